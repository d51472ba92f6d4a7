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
dashboards-lowest = tỷ lệ hài lòng thấp nhất
dashboards-worst-heading = Giờ có tỷ lệ hài lòng thấp nhất
dashboards-worst = { $hour }: tỷ lệ hài lòng { $share } ({ $total } lượt đánh giá), trong đó { $below } lượt dưới mức Hài lòng.
dashboards-worst-clear = Thấp hơn rõ rệt so với các giờ còn lại trong ngày.
dashboards-worst-unclear = Số lượt còn ít, chưa đủ căn cứ để kết luận giờ này khác các giờ còn lại.
dashboards-reasons = Xem lý do
dashboards-method-worst = Chỉ xét các giờ có từ 5 lượt đánh giá trở lên và có lượt dưới mức Hài lòng. “Thấp hơn rõ rệt”: giờ có từ 30 lượt đánh giá, chênh lệch so với các giờ còn lại vượt quá dao động thống kê (độ tin cậy từ 99,8% vì so sánh nhiều giờ cùng lúc).
dashboards-yesterday = Hôm qua ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour }, có { $below } lượt dưới mức Hài lòng → xem lý do
dashboards-working-day-before = Ngày làm việc trước ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour }, có { $below } lượt dưới mức Hài lòng → xem lý do
dashboards-last-day = Ngày gần nhất có lượt đánh giá ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour }, có { $below } lượt dưới mức Hài lòng → xem lý do

dashboards-week = Theo giờ trong tuần
dashboards-week-note = Trên: tỷ lệ hài lòng (%); dưới: số lượt. Màu càng đậm, tỷ lệ càng thấp; viền đỏ: thấp hơn rõ rệt so với các giờ còn lại. Bấm vào ô để xem từng lượt.
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
dashboards-week-worst = Giờ có tỷ lệ hài lòng thấp nhất trong tuần: { $day }, { $hour }: { $share } ({ $total } lượt đánh giá), trong đó { $below } lượt dưới mức Hài lòng.

dashboards-before = So với kỳ trước: { $difference }
dashboards-year-before = So với cùng kỳ năm trước: { $difference }
dashboards-before-year = So với năm trước: { $difference }
dashboards-served = { $total } lượt đánh giá trên { $served } lượt phục vụ
dashboards-cleaned = Nếu không tính { $count } lượt có dấu hiệu bất thường: { $share }
dashboards-cleaned-none = không còn lượt nào
dashboards-visits = Xem từng lượt đánh giá
dashboards-answers = Xem theo cơ quan, quầy, người phục vụ và giờ
dashboards-numbers = Số liệu của biểu đồ
dashboards-column-from = Từ ngày

dashboards-chart-files = Tải về hình:
dashboards-chart-departments = Tỷ lệ hài lòng theo cơ quan
dashboards-chart-source = Nguồn: đánh giá tại quầy ngay sau khi giao dịch; số liệu đến ngày { $day }
dashboards-report = Báo cáo theo kỳ
dashboards-report-note = Vui lòng chọn kỳ và phạm vi, rồi tải về báo cáo theo thể thức văn bản hành chính.
dashboards-report-choose = Chọn kỳ và phạm vi
dashboards-report-chosen = Báo cáo đã chọn
dashboards-report-days = Thời gian
dashboards-report-part = Phạm vi
dashboards-report-pdf = Tải về báo cáo (PDF)
dashboards-report-published = Tải về bản để công bố (PDF)
dashboards-report-page = Trang số
dashboards-report-png = Tải về một trang (PNG)
dashboards-report-contents = Nội dung báo cáo
dashboards-report-overall = Kết quả chung: số lượt đánh giá, các mức độ, tỷ lệ hài lòng kèm khoảng ước lượng.
dashboards-report-before = So sánh với kỳ trước và cùng kỳ năm trước.
dashboards-report-course = Diễn biến trong kỳ và lý do chưa hài lòng.
dashboards-report-groups = Kết quả theo cơ quan, công chức, viên chức; tồn tại, hạn chế; phương hướng, nhiệm vụ.
dashboards-report-annex = Phụ lục I: bảng số liệu, biểu đồ và cách tính.
dashboards-report-officers = Phụ lục II: kết quả theo công chức, viên chức, chỉ gửi cơ quan cử công chức, viên chức; bản để công bố không có phụ lục này.

## What is to be done
dashboards-todo = Việc cần làm
dashboards-todo-none = Không có việc nào đang chờ Ông/Bà.
dashboards-todo-since = Lượt đánh giá và ý kiến góp ý: tính từ ngày { $date }.
dashboards-todo-alerts = cảnh báo mới, chưa có người nhận xử lý
dashboards-todo-low = lượt đánh giá mức thấp chưa xử lý
dashboards-todo-comments = ý kiến góp ý chưa xử lý
dashboards-todo-replies = ý kiến giải trình chờ xem xét
dashboards-todo-flags = lượt có dấu hiệu bất thường đang được tính vào kết quả
dashboards-todo-proposals = đề nghị lược bỏ ý kiến chờ quyết định
dashboards-todo-quarantine = bản ghi chờ kiểm tra
dashboards-todo-tablets = máy tính bảng mất liên lạc

## Last week
dashboards-weeks = Tuần trước so với tuần trước nữa
dashboards-week-whole = Xem toàn bộ tuần trước
dashboards-week-before = Tỷ lệ hài lòng so với tuần trước nữa: { $difference }
dashboards-week-earlier = tuần trước nữa: { $number }
dashboards-week-reasons = Lý do được nêu nhiều nhất
dashboards-week-comments = Ý kiến góp ý mới nhất, dưới mức Hài lòng
dashboards-week-all-comments = Xem tất cả ý kiến góp ý dưới mức Hài lòng của tuần trước
