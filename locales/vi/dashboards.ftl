# dashboards: bộ lọc và số liệu theo giờ

dashboards-department = Cơ quan
dashboards-site = Nơi tiếp nhận
dashboards-procedure = Thủ tục hành chính
dashboards-stage = Khâu
dashboards-channel = Hình thức nộp hồ sơ
dashboards-whole = Toàn Trung tâm
dashboards-all-departments = Các cơ quan được giao quản lý
dashboards-all-sites = Mọi nơi tiếp nhận
dashboards-all-procedures = Mọi thủ tục
dashboards-procedures-of-department = Mọi thủ tục (chọn cơ quan để lọc)
dashboards-all-stages = Tiếp nhận và trả kết quả
dashboards-all-channels = Mọi hình thức nộp hồ sơ

dashboards-nothing = Không có lượt đánh giá nào phù hợp với các điều kiện đã chọn.
dashboards-export = Xuất các lượt đánh giá của trang này
dashboards-table-xlsx = Tải về dữ liệu của trang này (XLSX)
dashboards-table-csv = Tải về dữ liệu của trang này (CSV)
dashboards-widen = Bỏ các điều kiện lọc
dashboards-future = Kỳ này chưa đến nên chưa có số liệu.

dashboards-days = Theo giờ
dashboards-day = Theo giờ, ngày { $date }
dashboards-date = Ngày
dashboards-day-empty = Không có lượt đánh giá nào trong ngày này.
dashboards-hours = Các giờ trong ngày
dashboards-column-hour = Giờ
dashboards-hour = { $from }–{ $to } giờ
dashboards-lowest = { $enough ->
    [yes] thấp nhất trong các giờ có từ { $from } lượt trở lên
   *[no] tỷ lệ hài lòng thấp nhất
 }
dashboards-worst-heading = Giờ có tỷ lệ hài lòng thấp nhất
dashboards-worst = { $enough ->
    [yes] { $hour }: tỷ lệ hài lòng { $share } ({ $total } lượt đánh giá), trong đó { $below } lượt dưới mức Hài lòng (chỉ xét các giờ có từ { $from } lượt trở lên).
   *[no] { $hour }: tỷ lệ hài lòng { $share } ({ $total } lượt đánh giá), trong đó { $below } lượt dưới mức Hài lòng.
 }
dashboards-worst-clear = Thấp hơn rõ rệt so với các giờ còn lại trong ngày.
dashboards-worst-unclear = Chưa đủ căn cứ để kết luận giờ này thấp hơn các giờ còn lại; chênh lệch có thể do ngẫu nhiên.
dashboards-reasons = Xem lý do
dashboards-method-worst = Giờ có tỷ lệ hài lòng thấp nhất được chọn trong các giờ có từ 5 lượt đánh giá trở lên; nếu chỉ các giờ ít lượt hơn có lượt dưới mức Hài lòng thì chọn trong mọi giờ. “Thấp hơn rõ rệt”: so với các giờ còn lại bằng kiểm định chính xác Fisher, với độ tin cậy từ 99,8% vì so sánh nhiều giờ cùng lúc.
dashboards-yesterday = { $enough ->
    [yes] Hôm qua ({ $date }): trong các giờ có từ { $from } lượt trở lên, giờ có tỷ lệ hài lòng thấp nhất là { $hour } ({ $share }, { $total } lượt), có { $below } lượt dưới mức Hài lòng → xem lý do
   *[no] Hôm qua ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour } ({ $share }, { $total } lượt), có { $below } lượt dưới mức Hài lòng → xem lý do
 }
dashboards-working-day-before = { $enough ->
    [yes] Ngày làm việc trước ({ $date }): trong các giờ có từ { $from } lượt trở lên, giờ có tỷ lệ hài lòng thấp nhất là { $hour } ({ $share }, { $total } lượt), có { $below } lượt dưới mức Hài lòng → xem lý do
   *[no] Ngày làm việc trước ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour } ({ $share }, { $total } lượt), có { $below } lượt dưới mức Hài lòng → xem lý do
 }
dashboards-last-day = { $enough ->
    [yes] Ngày gần nhất có lượt đánh giá ({ $date }): trong các giờ có từ { $from } lượt trở lên, giờ có tỷ lệ hài lòng thấp nhất là { $hour } ({ $share }, { $total } lượt), có { $below } lượt dưới mức Hài lòng → xem lý do
   *[no] Ngày gần nhất có lượt đánh giá ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour } ({ $share }, { $total } lượt), có { $below } lượt dưới mức Hài lòng → xem lý do
 }

dashboards-week = Theo giờ trong tuần
dashboards-week-note = Trên: tỷ lệ hài lòng (%); dưới: số lượt. Màu càng đậm, tỷ lệ càng thấp; ô không tô màu: dưới { $from } lượt; viền đỏ: thấp hơn rõ rệt so với các giờ còn lại.
dashboards-week-choose = Bấm vào ô để xem từng lượt.
dashboards-week-day = Ngày
dashboards-quick = Chọn nhanh kỳ
dashboards-filter = Bộ lọc
dashboards-today = Hôm nay
dashboards-working-day = Ngày làm việc trước
dashboards-this-week = Tuần này
dashboards-last-week = Tuần trước
dashboards-this-month = Tháng này
dashboards-this-quarter = Quý này
dashboards-week-low = thấp hơn rõ rệt
dashboards-week-clear = Thấp hơn rõ rệt so với các giờ còn lại trong tuần.
dashboards-week-worst = { $enough ->
    [yes] Giờ có tỷ lệ hài lòng thấp nhất trong tuần (chỉ xét các giờ có từ { $from } lượt trở lên): { $day }, { $hour }: { $share } ({ $total } lượt đánh giá), trong đó { $below } lượt dưới mức Hài lòng.
   *[no] Giờ có tỷ lệ hài lòng thấp nhất trong tuần: { $day }, { $hour }: { $share } ({ $total } lượt đánh giá), trong đó { $below } lượt dưới mức Hài lòng.
 }

dashboards-before = So với kỳ trước: { $difference }
dashboards-year-before = So với cùng kỳ năm trước: { $difference }
dashboards-before-year = So với năm trước: { $difference }
dashboards-served = { $total } lượt đánh giá trên { $served } lượt phục vụ
dashboards-cleaned = Nếu không tính { $count } lượt có dấu hiệu bất thường: { $share }
dashboards-cleaned-none = không còn lượt nào
dashboards-visits = Xem từng lượt đánh giá
dashboards-answers = Xem theo cơ quan, quầy, người phục vụ và giờ
dashboards-numbers = Số liệu của biểu đồ
dashboards-column-days = Thời gian

dashboards-chart-files = Tải về hình:
dashboards-chart-departments = Tỷ lệ hài lòng theo cơ quan
dashboards-chart-source = Nguồn: đánh giá tại quầy ngay sau khi giao dịch; { $figures }
dashboards-report = Báo cáo theo kỳ
dashboards-report-note = Vui lòng chọn kỳ và phạm vi, rồi tải về báo cáo theo thể thức văn bản hành chính.
dashboards-report-choose = Chọn kỳ và phạm vi
dashboards-report-chosen = Báo cáo đã chọn
dashboards-report-days = Thời gian
dashboards-report-part = Phạm vi
dashboards-report-pdf = Tải về báo cáo (PDF)
dashboards-report-for = Bản báo cáo
dashboards-report-for-sent = Để gửi đi
dashboards-report-for-internal = Kèm Phụ lục II, lưu hành nội bộ
dashboards-report-for-publication = Để công bố
dashboards-report-page = Trang số
dashboards-report-png = Tải về một trang (PNG)
dashboards-report-contents = Nội dung báo cáo
dashboards-report-annex = Phụ lục: bảng số liệu, biểu đồ và cách tính.
dashboards-report-officers = Riêng bản lưu hành nội bộ có Phụ lục II: kết quả theo từng công chức, viên chức, chỉ gửi cơ quan cử công chức, viên chức.
dashboards-report-outside = Bản để công bố chỉ có số liệu đã công bố: kết quả chung, so sánh với các kỳ trước, kết quả theo cơ quan, tồn tại, hạn chế, nhiệm vụ và phụ lục; không nêu công chức, viên chức, diễn biến và lý do.

## What is to be done
dashboards-todo = Việc cần làm
dashboards-todo-none = Không có việc nào đang chờ Ông/Bà.
dashboards-todo-since = Lượt đánh giá và ý kiến góp ý: tính từ ngày { $date }.
dashboards-todo-alerts = cảnh báo mới, chưa có người nhận xử lý
dashboards-todo-low = lượt đánh giá từ mức Không hài lòng trở xuống chưa xử lý
dashboards-todo-comments = ý kiến góp ý chưa xử lý
dashboards-todo-replies = ý kiến giải trình chờ xem xét
dashboards-todo-flags = lượt có dấu hiệu bất thường chưa có kết luận
dashboards-todo-proposals = đề nghị lược bỏ ý kiến chờ quyết định
dashboards-todo-quarantine = bản ghi chờ kiểm tra
dashboards-todo-tablets = máy tính bảng mất liên lạc
dashboards-todo-status = mục có lỗi hoặc cần chú ý ở Tình trạng hệ thống

## Last week
dashboards-weeks = Tuần trước so với tuần trước nữa
dashboards-week-whole = Xem toàn bộ tuần trước
dashboards-week-before = Tỷ lệ hài lòng so với tuần trước nữa: { $difference }
dashboards-week-earlier = tuần trước nữa: { $number }
dashboards-week-reasons = Lý do được nêu nhiều nhất
dashboards-week-comments = Ý kiến góp ý mới nhất, dưới mức Hài lòng
dashboards-week-all-comments = Xem tất cả ý kiến góp ý dưới mức Hài lòng của tuần trước
