# dashboards: bộ lọc và số liệu theo giờ

dashboards-department = Cơ quan
dashboards-site = Địa điểm
dashboards-procedure = Thủ tục
dashboards-stage = Khâu
dashboards-channel = Hình thức nộp hồ sơ
dashboards-whole = Toàn Trung tâm
dashboards-all-departments = Các cơ quan phụ trách
dashboards-all-sites = Mọi địa điểm
dashboards-all-procedures = Mọi thủ tục
dashboards-procedures-of-department = Mọi thủ tục (chọn cơ quan để lọc)
dashboards-all-stages = Tiếp nhận và trả kết quả
dashboards-all-channels = Mọi hình thức nộp

dashboards-nothing = Không có lượt đánh giá nào phù hợp với các điều kiện đã chọn.
dashboards-export = Xuất các lượt đánh giá của trang này
dashboards-table-xlsx = Tải dữ liệu của trang này (XLSX)
dashboards-table-csv = Tải dữ liệu của trang này (CSV)
dashboards-widen = Bỏ các điều kiện lọc
dashboards-future = Thời gian này chưa đến nên chưa có số liệu.

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
dashboards-method-worst = Chỉ xét các giờ có từ 5 lượt đánh giá trở lên và có lượt dưới mức Hài lòng. “Thấp hơn rõ rệt”: giờ có từ 30 lượt đánh giá, chênh lệch so với các giờ còn lại lớn hơn mức ngẫu nhiên (độ tin cậy từ 99,8% vì so sánh nhiều giờ cùng lúc).
dashboards-yesterday = Hôm qua ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour }, có { $below } lượt dưới mức Hài lòng → xem lý do
dashboards-last-day = Ngày gần nhất có lượt đánh giá ({ $date }): giờ có tỷ lệ hài lòng thấp nhất là { $hour }, có { $below } lượt dưới mức Hài lòng → xem lý do

dashboards-week = Theo giờ trong tuần
dashboards-week-note = Trên: tỷ lệ hài lòng (%); dưới: số lượt. Màu càng đậm, tỷ lệ càng thấp; viền đỏ: thấp hơn rõ rệt so với các giờ còn lại. Bấm vào ô để xem từng lượt.
dashboards-week-day = Ngày
dashboards-this-week = Tuần này
dashboards-last-week = Tuần trước
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
