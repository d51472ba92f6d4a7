# report: số liệu viết thành chữ, biểu đồ, văn bản báo cáo

## Ngày tháng và kỳ báo cáo
date-long = ngày { $day } tháng { $month } năm { $year }
month-1 = tháng 01
month-2 = tháng 02
month-3 = tháng 3
month-4 = tháng 4
month-5 = tháng 5
month-6 = tháng 6
month-7 = tháng 7
month-8 = tháng 8
month-9 = tháng 9
month-10 = tháng 10
month-11 = tháng 11
month-12 = tháng 12
month-short-1 = T1
month-short-2 = T2
month-short-3 = T3
month-short-4 = T4
month-short-5 = T5
month-short-6 = T6
month-short-7 = T7
month-short-8 = T8
month-short-9 = T9
month-short-10 = T10
month-short-11 = T11
month-short-12 = T12
period-month = { $name } năm { $year }
period-quarter = quý { $quarter } năm { $year }
period-half-1 = 6 tháng đầu năm { $year }
period-half-2 = 6 tháng cuối năm { $year }
period-nine-months = 9 tháng năm { $year }
period-year = năm { $year }
period-day = ngày { $day }
period-range = từ ngày { $from } đến ngày { $to }

## Biểu đồ
chart-empty = Không có lượt đánh giá trong kỳ
chart-too-few = Số lượt đánh giá mỗi ngày quá ít (dưới 5) để vẽ biểu đồ
chart-count-share = { $count } · { $share }
chart-levels = Số lượt và tỷ lệ ở từng mức độ hài lòng (n = { $total } lượt).
chart-trend-day = Tỷ lệ hài lòng trở lên theo ngày (n = { $total } lượt).
chart-trend-week = Tỷ lệ hài lòng trở lên theo tuần (kỳ dài hơn 62 ngày nên gộp theo tuần; n = { $total } lượt).
chart-trend-limits = Dải nền: giới hạn kiểm soát 3σ quanh tỷ lệ cả kỳ { $mean }; điểm đỏ nằm ngoài giới hạn; trục đứng bắt đầu từ { $low }.
chart-trend-part = Số liệu của một bộ phận: chỉ vẽ thời điểm có từ 30 lượt và không làm lộ số lượt dưới 5. Dải nền: giới hạn kiểm soát 3σ quanh tỷ lệ { $mean } của các thời điểm được vẽ; trục đứng bắt đầu từ { $low }.
chart-hours = Ô càng đậm càng nhiều lượt (n = { $total }, nhiều nhất { $most } lượt một ô). Viền đỏ: từ { $from } lượt trở lên và tỷ lệ hài lòng thấp hơn mức chung ngoài sai số ngẫu nhiên.
chart-hours-none = Không có số liệu theo giờ
chart-hour = { $hour }h
chart-weekday-1 = T2
chart-weekday-2 = T3
chart-weekday-3 = T4
chart-weekday-4 = T5
chart-weekday-5 = T6
chart-weekday-6 = T7
chart-weekday-7 = CN
chart-groups = Tỷ lệ hài lòng trở lên và khoảng tin cậy 95{"\u00A0"}% theo cơ quan (n = { $total } lượt).
chart-groups-line = Vạch đỏ: tỷ lệ chung { $share }; cơ quan chưa đủ 30 lượt có màu xám, không xếp hạng.
chart-groups-bound = Nét mảnh: chỉ nêu giới hạn, không nêu tỷ lệ chính xác, để không suy ra được số lượt dưới 5.
chart-groups-more = … và { $count } dòng khác
chart-head-share = Hài lòng
chart-head-count = Số lượt
chart-head-share-count = Hài lòng · Số lượt
chart-unranked = chưa đủ { $from }

## Thể thức văn bản
report-nation = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
report-motto = Độc lập - Tự do - Hạnh phúc
report-number = Số: { $number }
report-place-date = { $place }, { $date }
report-kind = BÁO CÁO
report-title = Báo cáo mức độ hài lòng của người dân, tổ chức { $period }
report-part = Phạm vi: { $part }
report-subject =
    Mức độ hài lòng của người dân, tổ chức
    đối với việc phục vụ tại Trung tâm
    { $period }
report-period = (Từ ngày { $from } đến ngày { $to }; số liệu chốt ngày { $cut-off })
report-simulated = DỮ LIỆU MÔ PHỎNG
report-simulated-note = Báo cáo này có dữ liệu mô phỏng, chỉ dùng để giới thiệu và thử nghiệm hệ thống; không dùng làm căn cứ đánh giá, xếp loại.
report-distribution = Nơi nhận:
letterhead-parent = UBND TỈNH …
letterhead-agency =
    TRUNG TÂM PHỤC VỤ
    HÀNH CHÍNH CÔNG
letterhead-number = …/BC-TTPVHCC
letterhead-place = …
letterhead-signer-title = GIÁM ĐỐC
letterhead-receiver-1 = UBND tỉnh (để báo cáo)
letterhead-receiver-2 = Các cơ quan có công chức làm việc tại Trung tâm
letterhead-receiver-3 = Lưu: VT

## I. Kết quả chung
report-heading-overall = I. KẾT QUẢ CHUNG
report-total = Trong kỳ có { $total } lượt đánh giá (bằng chữ: { $words } lượt) của người dân, tổ chức về tinh thần, trách nhiệm, thái độ phục vụ.
report-stages = Trong đó có { $receive } lượt ở khâu tiếp nhận hồ sơ và { $return } lượt ở khâu trả kết quả.
report-stages-unstated = Trong đó có { $receive } lượt ở khâu tiếp nhận hồ sơ, { $return } lượt ở khâu trả kết quả và { $unstated } lượt không rõ khâu.
report-none = Trong kỳ không có lượt đánh giá nào của người dân, tổ chức; vì vậy báo cáo không tính tỷ lệ.
report-satisfied = Có { $count } lượt hài lòng trở lên (gồm mức “Rất hài lòng” và “Hài lòng”) trên tổng số { $total } lượt đánh giá, đạt { $share } (khoảng tin cậy 95%: từ { $low } đến { $high }). Số lượt ở từng mức độ nêu tại Bảng 1 và Biểu đồ 1.
report-response = Máy tính bảng tại quầy đã mời đánh giá { $asked } lượt; có { $answered } lượt trả lời, đạt tỷ lệ phản hồi { $share } (n = { $asked }); { $abandoned } lượt kết thúc mà không có trả lời.
report-response-unknown = Trong kỳ không có số liệu về số lượt được mời đánh giá và số lượt không trả lời (hệ thống trước đây không ghi nhận), nên báo cáo không tính tỷ lệ phản hồi; cần thận trọng khi so sánh với các kỳ khác.
report-scale-three = Trong số lượt đánh giá nêu trên, { $three } lượt theo thang ba mức (không có mức “Bình thường” và “Rất không hài lòng”); mức độ của hai thang không quy đổi lẫn nhau.
report-source-imported = Toàn bộ số lượt đánh giá nêu trên được nhập từ tệp của hệ thống trước đây.
report-source-tablet = Toàn bộ số lượt đánh giá nêu trên do máy tính bảng tại quầy ghi nhận.
report-source-both = Trong số lượt đánh giá nêu trên, { $tablet } lượt do máy tính bảng tại quầy ghi nhận, { $imported } lượt được nhập từ tệp của hệ thống trước đây.
report-quarantined = Hiện có { $count } bản ghi từ máy tính bảng đang chờ kiểm tra, chưa tính vào số liệu của báo cáo.
report-quarantined-none = Không có bản ghi nào đang chờ kiểm tra.
report-not-sipas = Đây là kết quả đánh giá tại quầy ngay sau khi giao dịch, không phải Chỉ số hài lòng về sự phục vụ hành chính (SIPAS) và không thay thế chỉ số này.
report-table-levels = Bảng 1. Số lượt đánh giá theo mức độ hài lòng (n = { $total } lượt)
report-head-level = Mức độ hài lòng
report-head-count = Số lượt
report-head-share = Tỷ lệ
report-row-total = Tổng cộng
report-chart-levels = Biểu đồ 1. { $caption }

## II. Diễn biến
report-heading-trend = II. DIỄN BIẾN TRONG KỲ
report-trend-day = Trong kỳ có { $days } ngày phát sinh lượt đánh giá. Biểu đồ 2 thể hiện tỷ lệ hài lòng trở lên theo từng ngày, kèm giới hạn kiểm soát 3σ: điểm nằm trong giới hạn là dao động ngẫu nhiên, điểm nằm ngoài giới hạn cần được xem xét nguyên nhân.
report-trend-week = Trong kỳ có { $days } ngày phát sinh lượt đánh giá. Biểu đồ 2 thể hiện tỷ lệ hài lòng trở lên theo từng tuần, kèm giới hạn kiểm soát 3σ: điểm nằm trong giới hạn là dao động ngẫu nhiên, điểm nằm ngoài giới hạn cần được xem xét nguyên nhân.
report-trend-inside = Không có điểm nào nằm ngoài giới hạn kiểm soát.
report-trend-outside-day = Có { $count } ngày nằm ngoài giới hạn kiểm soát: { $list }.
report-trend-outside-week = Có { $count } tuần nằm ngoài giới hạn kiểm soát: { $list }.
report-trend-day-item = ngày { $day } ({ $share }, giới hạn { $limits }, n = { $total })
report-trend-week-item = tuần từ ngày { $day } ({ $share }, giới hạn { $limits }, n = { $total })
report-trend-left-out = Không thể hiện { $count } điểm có dưới 5 lượt đánh giá.
report-chart-trend = Biểu đồ 2. { $caption }

## III. Theo cơ quan, IV. Theo công chức
report-heading-departments = III. KẾT QUẢ THEO CƠ QUAN
report-departments = Trong kỳ có { $count } cơ quan có lượt đánh giá tại Trung tâm. Kết quả xếp theo số lượt đánh giá, nêu tại Bảng 2 và Biểu đồ 3. Tỷ lệ của hai cơ quan có khoảng tin cậy chồng lên nhau thì chưa đủ cơ sở để kết luận là khác nhau.
report-none-departments = Trong kỳ không có cơ quan nào có lượt đánh giá.
report-table-departments = Bảng 2. Kết quả đánh giá theo cơ quan
report-head-department = Cơ quan
report-head-number = TT
report-head-total = Số lượt
report-head-below = Dưới mức hài lòng
report-head-satisfied = Tỷ lệ hài lòng trở lên
report-head-interval = Khoảng tin cậy 95%
report-row-centre = Tổng cộng
report-unranked = chưa đủ { $from } lượt, không xếp hạng
report-chart-groups = Biểu đồ 3. { $caption }
report-heading-officers = IV. KẾT QUẢ THEO CÔNG CHỨC, VIÊN CHỨC
report-officers = Có { $count } công chức, viên chức được đánh giá trong kỳ, xếp theo cơ quan và số lượt đánh giá (Bảng 3). Người có dưới { $from } lượt đánh giá được nêu kết quả nhưng không xếp hạng.
report-none-officers = Trong kỳ không có công chức, viên chức nào được đánh giá.
report-table-officers = Bảng 3. Kết quả đánh giá theo công chức, viên chức
report-head-officer = Công chức, viên chức
report-no-department = Không rõ cơ quan
report-masks = Ghi chú: ô “<5” là số lượt từ 1 đến 4, không nêu cụ thể để không nhận ra người đánh giá; ô “…” không nêu để không suy ra được ô “<5”; “≥”, “≤” chỉ nêu giới hạn của tỷ lệ (tính với 4 lượt ở ô “<5”), vì tỷ lệ chính xác làm lộ số lượt; “–” là không có số liệu.

## V. Cách tính
report-heading-method = V. CÁCH TÍNH
report-method-1 = Lượt đánh giá: một lần người dân, tổ chức chọn một mức độ hài lòng ngay sau khi công chức tiếp nhận hồ sơ hoặc trả kết quả.
report-method-2 = Tỷ lệ hài lòng trở lên: số lượt “Rất hài lòng” và “Hài lòng” chia cho tổng số lượt đánh giá (n).
report-method-3 = Khoảng tin cậy 95%: tính theo công thức Wilson; n càng nhỏ thì khoảng càng rộng.
report-method-4 = Tỷ lệ phản hồi: số lượt trả lời chia cho số lượt được máy tính bảng mời đánh giá.
report-method-5 = Giới hạn kiểm soát 3σ: p ± 3√(p(1 − p)/n), trong đó p là tỷ lệ cả kỳ, n là số lượt của ngày hoặc tuần.
report-trend-withheld = Số lượt trong từng ngày, từng tuần còn ít; không nêu diễn biến để không chỉ ra từng người.
