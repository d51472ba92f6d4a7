# groups: số liệu theo cơ quan, công chức, quầy, thủ tục; khía cạnh và lý do

groups-departments = Cơ quan
groups-officers = Công chức
groups-counters = Quầy
groups-procedures = Thủ tục
groups-column-departments = Cơ quan
groups-column-officers = Công chức, viên chức
groups-column-counters = Quầy
groups-column-procedures = Thủ tục
groups-column-estimate = Ước lượng điều chỉnh
groups-lists = Các danh mục
groups-period = { $period } · { $days }
groups-note = { $count } mục có lượt đánh giá · trang { $page }/{ $pages } · dưới { $from } lượt thì không xếp hạng. Bấm vào tiêu đề cột để sắp xếp.
groups-unranked = không xếp hạng
groups-page-previous = Trang trước
groups-page-next = Trang sau
groups-method-estimate = Ước lượng điều chỉnh: tỷ lệ hài lòng của công chức được kéo về phía tỷ lệ chung của cơ quan, càng ít lượt đánh giá thì kéo càng nhiều; không nêu khi có thể từ đó suy ra ô “<5”.

groups-unranked-below = dưới { $from } lượt: không xếp hạng
groups-estimate-towards = tỷ lệ kéo về phía tỷ lệ chung của cơ quan
groups-too-few = Dưới { $from } lượt đánh giá trong kỳ: chưa đủ để nêu diễn biến, khía cạnh và lý do. Ông/Bà có thể chọn kỳ dài hơn.
groups-low = Xem các lượt không hài lòng
groups-its-officers = Công chức của cơ quan
groups-its-counters = Quầy của cơ quan
groups-its-procedures = Thủ tục của cơ quan

groups-aspects = Khía cạnh và lý do
groups-aspects-judged = Các khía cạnh
groups-aspects-none = Chưa có lượt đánh giá khía cạnh nào trong kỳ.
groups-column-aspect = Khía cạnh
groups-column-judged = Số lượt
groups-reasons = Lý do được nêu
groups-reasons-none = Chưa có lý do nào được nêu trong kỳ.
groups-column-reason = Lý do
groups-column-named = Số lượt nêu
groups-column-bar = So với lý do được nêu nhiều nhất
groups-method-reasons = Lý do: số lượt đánh giá có nêu lý do đó; một lượt có thể nêu nhiều lý do, nên tổng có thể lớn hơn số lượt.

groups-answers = Được hỏi và trả lời
groups-asked = Được hỏi
groups-asked-what = số lượt máy tính bảng đã đặt câu hỏi
groups-answered = Trả lời
groups-answered-what = số lượt được hỏi đã chọn một mức độ
groups-abandoned = Không trả lời
groups-abandoned-what = số lượt được hỏi kết thúc mà không có câu trả lời
groups-rate = Tỷ lệ phản hồi
groups-rate-what = số lượt trả lời chia cho số lượt được hỏi
groups-answers-hours = Theo giờ trong ngày
groups-answers-none = Chưa có lượt nào được hỏi trên máy tính bảng trong kỳ.
groups-answers-all = Xem toàn bộ danh mục
groups-method-answers = Được hỏi: có người chạm vào màn hình của máy tính bảng, hoặc một lời mời đánh giá hiện lên. Số liệu nhập từ tệp không có lượt được hỏi. Lượt đang được hỏi và lượt đánh giá bị loại sau khi xem xét có trong số lượt được hỏi, nhưng không phải là trả lời, cũng không phải là không trả lời; vì vậy hai số này cộng lại có thể ít hơn số lượt được hỏi.
