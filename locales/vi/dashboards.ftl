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
dashboards-export = Tải dữ liệu của trang này
dashboards-widen = Bỏ các điều kiện lọc
dashboards-future = Thời gian này chưa đến nên chưa có số liệu.

dashboards-days = Theo giờ
dashboards-day = Theo giờ, ngày { $date }
dashboards-date = Ngày
dashboards-day-empty = Không có lượt đánh giá nào trong ngày này.
dashboards-hours = Các giờ trong ngày
dashboards-column-hour = Giờ
dashboards-hour = { $from }–{ $to } giờ
dashboards-lowest = thấp nhất
dashboards-worst-heading = Giờ có tỷ lệ hài lòng thấp nhất
dashboards-worst = { $hour }: hài lòng trở lên { $share } trên { $total } lượt; dưới mức hài lòng: { $below } lượt.
dashboards-worst-clear = Thấp hơn rõ rệt so với các giờ còn lại trong ngày.
dashboards-worst-unclear = Số lượt còn ít: chưa đủ số liệu để kết luận giờ này khác các giờ còn lại.
dashboards-reasons = Xem lý do
dashboards-method-worst = Giờ thấp nhất chỉ xét các giờ có từ 5 lượt trở lên và có lượt dưới mức hài lòng. “Thấp hơn rõ rệt”: khoảng tin cậy 95{"\u00A0"}% của chênh lệch so với các giờ còn lại nằm hẳn dưới 0.
dashboards-yesterday = Hôm qua ({ $date }): giờ thấp nhất { $hour }, dưới mức hài lòng { $below } lượt → xem lý do

dashboards-trend-none = Chưa vẽ biểu đồ: số lượt đánh giá còn ít, chưa đủ để chia kỳ thành các thời điểm có từ 10 lượt trở lên.
dashboards-week = Theo giờ trong tuần
dashboards-week-note = Số lượt; viền đỏ: tỷ lệ hài lòng thấp hơn mức chung
dashboards-week-day = Ngày
dashboards-week-low = { $count } (thấp)

dashboards-before = So với kỳ trước: { $difference }
dashboards-year-before = So với cùng kỳ năm trước: { $difference }
dashboards-before-year = So với năm trước: { $difference }
dashboards-served = { $total } lượt đánh giá trên { $served } lượt được phục vụ
dashboards-cleaned = Không tính { $count } lượt bất thường: { $share }
dashboards-visits = Xem từng lượt đánh giá
dashboards-answers = Xem theo cơ quan, quầy, công chức và giờ
dashboards-numbers = Số liệu của biểu đồ
dashboards-column-from = Từ ngày
