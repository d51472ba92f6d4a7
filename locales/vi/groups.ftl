# groups: số liệu theo cơ quan, công chức, quầy, thủ tục; khía cạnh và lý do

groups-departments = Cơ quan
groups-officers = Công chức
groups-counters = Quầy
groups-procedures = Thủ tục
groups-column-departments = Cơ quan
groups-column-officers = Công chức, viên chức
groups-column-counters = Quầy
groups-column-procedures = Thủ tục
groups-column-estimate = Tỷ lệ hiệu chỉnh
groups-lists = Các danh mục
groups-period = { $period } · { $days }
groups-note = { $count } mục có lượt đánh giá · trang { $page }/{ $pages } · dưới { $from } lượt thì không xếp hạng. Bấm vào tiêu đề cột để sắp xếp.
groups-method-estimate = Tỷ lệ hiệu chỉnh: kết hợp tỷ lệ hài lòng của người phục vụ với tỷ lệ chung của cơ quan, càng ít lượt đánh giá thì càng gần tỷ lệ chung.

groups-unranked-below = dưới { $from } lượt: không xếp hạng
groups-estimate-towards = kết hợp với tỷ lệ chung của cơ quan; càng ít lượt thì càng gần tỷ lệ chung
groups-low = Xem các lượt không hài lòng
groups-its-officers = Công chức của cơ quan
groups-its-counters = Quầy của cơ quan
groups-its-procedures = Thủ tục của cơ quan

groups-aspects = Nội dung đánh giá và lý do
groups-aspects-judged = Các nội dung đánh giá
groups-aspects-none = Chưa có lượt đánh giá theo nội dung nào trong kỳ.
groups-column-aspect = Nội dung đánh giá
groups-column-judged = Số lượt
groups-reasons = Lý do được nêu
groups-reasons-none = Chưa có lý do nào được nêu trong kỳ.
groups-column-reason = Lý do
groups-column-named = Số lượt nêu
groups-column-bar = So với lý do được nêu nhiều nhất
groups-method-reasons = Lý do: số lượt đánh giá có nêu lý do đó; một lượt có thể nêu nhiều lý do, nên tổng có thể lớn hơn số lượt.

groups-answers = Mời đánh giá và trả lời
groups-asked = Được mời đánh giá
groups-asked-what = số lượt máy tính bảng hiển thị câu hỏi
groups-answered = Trả lời
groups-answered-what = số lượt được mời đã chọn một mức độ
groups-answered-ruled-out = trong đó { $count } lượt không tính vào kết quả theo kết luận
groups-abandoned = Không trả lời
groups-abandoned-what = số lượt được mời nhưng kết thúc mà không chọn mức độ nào
groups-abandoned-declined = trong đó { $count } lượt chọn “Không đánh giá”
groups-abandoned-disputed = trong đó { $count } lượt cho biết người phục vụ không phải người đang hiển thị
groups-open = Chưa kết thúc
groups-open-what = số lượt được mời chưa trả lời và chưa kết thúc
groups-rate = Tỷ lệ trả lời
groups-rate-what = số lượt trả lời chia cho số lượt được mời đánh giá
groups-answers-hours = Theo giờ trong ngày
groups-answers-none = Trong kỳ chưa có lượt nào được mời đánh giá trên máy tính bảng.
groups-answers-all = Xem toàn bộ bảng
groups-method-answers = Được mời đánh giá: có người chạm vào màn hình của máy tính bảng, hoặc một lời mời đánh giá hiển thị trên máy. Số liệu nhập từ tệp không có lượt được mời. Mỗi lượt được mời là một trong ba: trả lời (kể cả lượt không tính vào kết quả theo kết luận), không trả lời, hoặc chưa kết thúc; ba số này cộng lại bằng số lượt được mời.
