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
month-short-1 = Th1
month-short-2 = Th2
month-short-3 = Th3
month-short-4 = Th4
month-short-5 = Th5
month-short-6 = Th6
month-short-7 = Th7
month-short-8 = Th8
month-short-9 = Th9
month-short-10 = Th10
month-short-11 = Th11
month-short-12 = Th12
period-month = { $name } năm { $year }
period-quarter = quý { $quarter } năm { $year }
period-half-1 = 6 tháng đầu năm { $year }
period-half-2 = 6 tháng cuối năm { $year }
period-nine-months = 9 tháng năm { $year }
period-year = năm { $year }
period-day = ngày { $day }
period-range = từ ngày { $from } đến ngày { $to }

## Biểu đồ
chart-empty = Trong kỳ không có lượt đánh giá
chart-too-few = Số lượt đánh giá còn ít, chưa đủ để chia kỳ thành các khoảng thời gian có từ { $from } lượt trở lên
chart-count-share = { $count } · { $share }
chart-levels = Số lượt đánh giá và tỷ lệ theo mức độ hài lòng (tổng số { $total } lượt)
chart-trend-day = Tỷ lệ hài lòng theo ngày (tổng số { $total } lượt)
chart-trend-week = Tỷ lệ hài lòng theo tuần (tổng số { $total } lượt)
chart-trend-month = Tỷ lệ hài lòng theo tháng (tổng số { $total } lượt)
chart-trend-limits = Dải nền: mức dao động thông thường quanh tỷ lệ của cả kỳ { $mean }
chart-trend-outside = Điểm đỏ: nằm ngoài mức dao động thông thường
chart-trend-axis = Trục đứng bắt đầu từ { $low }
chart-trend-joined-day = Ngày có dưới { $from } lượt được gộp với ngày liền kề thành một điểm, ghi bằng ngày đầu và ngày cuối (số ngày như vậy: { $count })
chart-trend-joined-week = Tuần có dưới { $from } lượt được gộp với tuần liền kề thành một điểm, ghi bằng ngày đầu và ngày cuối (số tuần như vậy: { $count })
chart-trend-joined-month = Tháng có dưới { $from } lượt được gộp với tháng liền kề thành một điểm, ghi bằng ngày đầu và ngày cuối (số tháng như vậy: { $count })
chart-hours = Ô càng đậm, số lượt càng nhiều (tổng số { $total } lượt; nhiều nhất { $most } lượt một ô). Viền đỏ: tỷ lệ hài lòng thấp hơn rõ rệt so với các giờ còn lại
chart-hours-none = Không có số liệu theo giờ
chart-hour = { $hour }h
chart-weekday-1 = T2
chart-weekday-2 = T3
chart-weekday-3 = T4
chart-weekday-4 = T5
chart-weekday-5 = T6
chart-weekday-6 = T7
chart-weekday-7 = CN
chart-groups = Tỷ lệ hài lòng theo cơ quan và khoảng ước lượng, độ tin cậy 95% (tổng số { $total } lượt)
chart-groups-line = Vạch đỏ: tỷ lệ chung { $share }
chart-groups-few = Cơ quan có dưới { $from } lượt: màu xám, không xếp hạng
chart-groups-more = … và { $count } dòng khác
chart-head-share = Tỷ lệ hài lòng
chart-head-count = Số lượt
chart-head-share-count = Tỷ lệ hài lòng · Số lượt
chart-unranked = dưới { $from } lượt

## So sánh hai kỳ
compare-higher = tăng { $by } điểm phần trăm (độ tin cậy 95%: từ { $low } đến { $high })
compare-lower = giảm { $by } điểm phần trăm (độ tin cậy 95%: từ { $low } đến { $high })
compare-alike = chênh lệch { $by } điểm phần trăm; chưa đủ căn cứ để kết luận là tăng hay giảm
compare-full = giữ ở mức 100%
compare-nothing = chưa có số liệu để so sánh
compare-few = số lượt đánh giá của một trong hai kỳ còn ít (dưới { $from } lượt) nên chưa so sánh
compare-way = số liệu được thu nhận bằng cách khác nên không so sánh trực tiếp

## Thể thức văn bản
report-nation = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
report-motto = Độc lập - Tự do - Hạnh phúc
report-number = Số: { $number }
report-place-date = { $place }, { $date }
report-kind = BÁO CÁO
report-title = Báo cáo kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân { $period }
report-subject =
    Kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân
    trong giải quyết thủ tục hành chính
    { $period }
report-subject-part =
    Kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân
    trong giải quyết thủ tục hành chính của
    { $part }
    { $period }
report-simulated = DỮ LIỆU MÔ PHỎNG
report-simulated-note = Báo cáo này có dữ liệu mô phỏng, chỉ dùng để giới thiệu và thử nghiệm hệ thống; không dùng làm căn cứ đánh giá, xếp loại công chức, viên chức.
report-distribution = Nơi nhận:
report-distribution-annex = (Phụ lục II chỉ gửi cơ quan cử công chức, viên chức)
report-annex = PHỤ LỤC
report-annex-1 = PHỤ LỤC I
report-annex-2 = PHỤ LỤC II
report-annex-in-text = Phụ lục
report-annex-1-in-text = Phụ lục I
report-annex-2-in-text = Phụ lục II
report-annex-figures = SỐ LIỆU ĐÁNH GIÁ
report-annex-officers = KẾT QUẢ ĐÁNH GIÁ THEO CÔNG CHỨC, VIÊN CHỨC
report-annex-to = (Kèm theo Báo cáo số { $number }, { $date })
report-annex-officers-note = Phụ lục có họ tên công chức, viên chức: chỉ gửi cơ quan cử công chức, viên chức, không gửi kèm báo cáo cho nơi nhận khác.
report-published-note = Số liệu công bố: không nêu riêng cơ quan có dưới { $from } lượt đánh giá trong một tháng của kỳ (không kể tháng không có lượt nào). Số liệu của các cơ quan này, khi cần thì cùng với cơ quan có số lượt ít kế tiếp, được gộp chung cho cả kỳ để giữ bí mật thông tin người đánh giá.
report-chart-failed = Không vẽ được biểu đồ này; số liệu của biểu đồ nêu tại các bảng.
report-letters-lost = Một số ký tự trong tên không thể hiện được và được thay bằng “�”.
letterhead-parent = VĂN PHÒNG UBND TỈNH
letterhead-agency =
    TRUNG TÂM PHỤC VỤ
    HÀNH CHÍNH CÔNG
letterhead-number = …/BC-TTPVHCC
letterhead-place = …
letterhead-signer-title = GIÁM ĐỐC
letterhead-receiver-1 = Văn phòng UBND tỉnh (để báo cáo)
letterhead-receiver-2 = Các sở, ban, ngành có công chức, viên chức làm việc tại Trung tâm
letterhead-receiver-3 = Lưu: VT

## Mở đầu và kết thúc
report-law-61 = Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính
report-law-107 = Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP
report-law-118 = Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông tại Bộ phận Một cửa và Cổng Dịch vụ công quốc gia
report-opening-law = Thực hiện { $law }, Trung tâm Phục vụ hành chính công (sau đây gọi là Trung tâm) { $report }
report-opening-plain = Trung tâm Phục vụ hành chính công (sau đây gọi là Trung tâm) { $report }
report-opening = báo cáo kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân { $period } (từ ngày { $from } đến ngày { $to }; { $figures }) như sau:
report-opening-days = báo cáo kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân từ ngày { $from } đến ngày { $to } ({ $figures }) như sau:
report-cut-off = số liệu chốt đến ngày { $day }
report-cut-off-over = số liệu của kỳ đến hết ngày { $to }, tiếp nhận và chốt đến ngày { $day }
report-cut-off-published = số liệu đã công bố của kỳ, đến hết ngày { $to }
report-closing = Trên đây là báo cáo kết quả đánh giá mức độ hài lòng của tổ chức, cá nhân { $period } của Trung tâm Phục vụ hành chính công./.

## I.1. Kết quả chung
report-heading-satisfaction = I. MỨC ĐỘ HÀI LÒNG CỦA TỔ CHỨC, CÁ NHÂN
report-heading-overall = { $nth }. Kết quả chung
report-total = Trong kỳ, có { $total } lượt đánh giá của tổ chức, cá nhân về tinh thần, trách nhiệm, thái độ phục vụ ({ $stages }).
report-total-published = Trong kỳ, có { $total } lượt đánh giá của tổ chức, cá nhân về tinh thần, trách nhiệm, thái độ phục vụ.
report-stages = khâu tiếp nhận hồ sơ { $receive } lượt, khâu trả kết quả { $return } lượt
report-stages-unstated = khâu tiếp nhận hồ sơ { $receive } lượt, khâu trả kết quả { $return } lượt, không xác định khâu { $unstated } lượt
report-served = Tỷ lệ tham gia đánh giá đạt { $share } ({ $total } lượt đánh giá trên { $served } lượt phục vụ).
report-levels = Kết quả: { $list } ({ $annex }, Bảng 1).
report-level-share = { $level } { $count } lượt ({ $share })
report-level-count = { $level } { $count } lượt
report-level-none = không có lượt { $levels }
report-level-none-below = không có lượt nào từ mức { $level } trở xuống
report-none = Trong kỳ không phát sinh lượt đánh giá; vì vậy, báo cáo không nêu tỷ lệ hài lòng.
report-too-few = Trong kỳ, số lượt đánh giá còn ít (dưới { $from } lượt) nên báo cáo không nêu kết quả, để giữ bí mật thông tin người đánh giá.
report-few = Số lượt đánh giá còn ít (dưới { $from } lượt), chưa đủ căn cứ để nêu tỷ lệ.
report-satisfied = Tỷ lệ hài lòng (từ mức Hài lòng trở lên) đạt { $share } ({ $count } lượt); với độ tin cậy 95%, tỷ lệ này nằm trong khoảng từ { $low } đến { $high }.
report-response = Thiết bị đánh giá điện tử tại quầy đã mời đánh giá { $asked } lượt, có { $answered } lượt trả lời, đạt tỷ lệ trả lời { $share }; { $abandoned } lượt không trả lời.
report-response-few = Thiết bị đánh giá điện tử tại quầy đã mời đánh giá { $asked } lượt, có { $answered } lượt trả lời; { $abandoned } lượt không trả lời.
report-response-open = Tại thời điểm chốt số liệu, { $open } lượt được mời đang diễn ra.
report-response-unknown = Hệ thống đánh giá sử dụng trước đây không ghi nhận số lượt được mời đánh giá, nên báo cáo không nêu tỷ lệ trả lời.
report-scale-three = Trong đó, { $three } lượt đánh giá theo thang ba mức (không có mức “Bình thường” và “Rất không hài lòng”); mức độ của hai thang đánh giá không quy đổi lẫn nhau.
report-source-imported = Số liệu được tổng hợp từ hệ thống đánh giá sử dụng trước đây.
report-source-tablet = Số liệu do thiết bị đánh giá điện tử tại quầy ghi nhận.
report-source-both = Trong đó, { $tablet } lượt do thiết bị đánh giá điện tử tại quầy ghi nhận, { $imported } lượt được tổng hợp từ hệ thống đánh giá sử dụng trước đây.
report-not-sipas = Kết quả trên là đánh giá tại quầy ngay sau khi giao dịch, không phải và không thay thế Chỉ số hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước (SIPAS).

## I.2. So sánh
report-before-days = giai đoạn từ ngày { $from } đến ngày { $to }
report-heading-before = { $nth }. So sánh với các kỳ trước
report-before-none = Chưa có số liệu { $before } để so sánh.
report-before-few = Số lượt đánh giá của kỳ báo cáo hoặc của { $before } còn ít (dưới { $from } lượt) nên chưa so sánh.
report-before-way = Số liệu { $before } được thu nhận bằng cách khác nên không so sánh trực tiếp.
report-before-higher = Tỷ lệ hài lòng tăng { $by } điểm phần trăm so với { $before } ({ $share }); với độ tin cậy 95%, mức tăng từ { $low } đến { $high } điểm phần trăm.
report-before-lower = Tỷ lệ hài lòng giảm { $by } điểm phần trăm so với { $before } ({ $share }); với độ tin cậy 95%, mức giảm từ { $low } đến { $high } điểm phần trăm.
report-before-alike = So với { $before } ({ $share }), tỷ lệ hài lòng chênh lệch { $by } điểm phần trăm; chưa đủ căn cứ để kết luận là tăng hay giảm.
report-before-full = Tỷ lệ hài lòng giữ ở mức 100% như { $before }.
report-before-more = Số lượt đánh giá tăng { $share } so với { $before } ({ $count } lượt).
report-before-less = Số lượt đánh giá giảm { $share } so với { $before } ({ $count } lượt).
report-before-departments-lower = So với { $before }, cơ quan có tỷ lệ hài lòng giảm rõ rệt: { $list }.
report-before-departments-higher = So với { $before }, cơ quan có tỷ lệ hài lòng tăng rõ rệt: { $list }.
report-before-departments-none = So với { $before }, không có cơ quan nào có tỷ lệ hài lòng tăng hoặc giảm rõ rệt (số cơ quan đủ căn cứ để so sánh: { $count }).
report-before-item-lower = { $name } (giảm { $by } điểm phần trăm, còn { $share })
report-before-item-higher = { $name } (tăng { $by } điểm phần trăm, đạt { $share })
report-note-lower = giảm { $by } điểm phần trăm so với { $before }
report-note-higher = tăng { $by } điểm phần trăm so với { $before }
report-note-below-rest-departments = thấp hơn rõ rệt so với các cơ quan còn lại
report-note-below-rest-officers = thấp hơn rõ rệt so với những người còn lại

## I.3. Diễn biến
report-heading-trend = { $nth }. Diễn biến trong kỳ
report-trend-day = Trong kỳ có { $days } ngày có lượt đánh giá; tỷ lệ hài lòng theo ngày thể hiện tại Biểu đồ 2, { $annex }.
report-trend-week = Trong kỳ có { $days } ngày có lượt đánh giá; tỷ lệ hài lòng theo tuần thể hiện tại Biểu đồ 2, { $annex }.
report-trend-month = Trong kỳ có { $days } ngày có lượt đánh giá; tỷ lệ hài lòng theo tháng thể hiện tại Biểu đồ 2, { $annex }.
report-trend-joined-day = Có { $count } ngày có dưới { $from } lượt đánh giá, được gộp với ngày liền kề.
report-trend-joined-week = Có { $count } tuần có dưới { $from } lượt đánh giá, được gộp với tuần liền kề.
report-trend-joined-month = Có { $count } tháng có dưới { $from } lượt đánh giá, được gộp với tháng liền kề.
report-trend-inside = { $unit ->
    [day] Tỷ lệ hài lòng của cả { $count } ngày đều nằm trong mức dao động thông thường.
    [week] Tỷ lệ hài lòng của cả { $count } tuần đều nằm trong mức dao động thông thường.
    [month] Tỷ lệ hài lòng của cả { $count } tháng đều nằm trong mức dao động thông thường.
   *[joined] Sau khi gộp còn { $count } khoảng thời gian; tỷ lệ hài lòng của tất cả đều nằm trong mức dao động thông thường.
}
report-trend-outside = { $unit ->
    [day] Có { $count } trên { $points } ngày có tỷ lệ hài lòng nằm ngoài mức dao động thông thường: { $list }.
    [week] Có { $count } trên { $points } tuần có tỷ lệ hài lòng nằm ngoài mức dao động thông thường: { $list }.
    [month] Có { $count } trên { $points } tháng có tỷ lệ hài lòng nằm ngoài mức dao động thông thường: { $list }.
   *[joined] Sau khi gộp, có { $count } trên { $points } khoảng thời gian có tỷ lệ hài lòng nằm ngoài mức dao động thông thường: { $list }.
}
report-trend-below = { $when } (tỷ lệ { $share } trên { $total } lượt, thấp hơn mức dao động thông thường từ { $low } đến { $high })
report-trend-above = { $when } (tỷ lệ { $share } trên { $total } lượt, cao hơn mức dao động thông thường từ { $low } đến { $high })
report-trend-more = { $unit ->
    [day] và { $count } ngày khác
    [week] và { $count } tuần khác
    [month] và { $count } tháng khác
   *[joined] và { $count } khoảng thời gian khác
}
report-trend-few = Số lượt đánh giá chưa đủ để chia kỳ thành các khoảng thời gian có từ { $from } lượt trở lên, nên báo cáo không nêu diễn biến.
report-when-day = ngày { $day }
report-when-days = từ ngày { $from } đến ngày { $to }

## I.4. Lý do
report-heading-reasons = { $nth }. Lý do chưa hài lòng
report-below = Có { $below } lượt đánh giá dưới mức Hài lòng (gồm Bình thường, Không hài lòng, Rất không hài lòng).
report-below-none = Không có lượt đánh giá dưới mức Hài lòng.
report-reasons = Lý do được nêu nhiều nhất: { $list }.
report-reasons-none = Không có lượt nào trong số đó ghi nhận lý do.
report-reason-item = { $reason } ({ $count } lượt)

## I.5. Cơ quan, công chức, viên chức
report-heading-groups = { $nth }. Kết quả theo cơ quan, công chức, viên chức
report-heading-departments = { $nth }. Kết quả theo cơ quan
report-heading-officers = { $nth }. Kết quả theo công chức, viên chức
report-departments = Trong { $count } cơ quan có lượt đánh giá ({ $annex }, Bảng 2): { $parts }.
report-departments-published = Trong { $count } cơ quan được công bố riêng ({ $annex }, Bảng 2): { $parts }.
report-departments-pooled = Các cơ quan còn lại được gộp chung một dòng: { $total } lượt đánh giá.
report-departments-full = { $count } cơ quan có 100% lượt đánh giá từ mức Hài lòng trở lên
report-departments-lower = { $count } cơ quan có tỷ lệ hài lòng thấp hơn rõ rệt so với các cơ quan còn lại, gồm { $list }
report-departments-lower-one = 01 cơ quan có tỷ lệ hài lòng thấp hơn rõ rệt so với các cơ quan còn lại, là { $list }
report-departments-lower-none = không có cơ quan nào có tỷ lệ hài lòng thấp hơn rõ rệt so với các cơ quan còn lại
report-departments-few = { $count } cơ quan có dưới { $from } lượt đánh giá, chưa đủ căn cứ để so sánh
report-department-item = { $name } ({ $share }, { $total } lượt)
report-department-more = và { $count } cơ quan khác
report-none-departments = Trong kỳ không có cơ quan nào phát sinh lượt đánh giá.
report-officers = Trong kỳ, có { $count } công chức, viên chức được đánh giá.
report-officers-one-department = Trong kỳ, có { $count } công chức, viên chức của cơ quan được đánh giá.
report-officers-annex = Kết quả chi tiết gửi riêng từng cơ quan ({ $annex }).
report-officers-apart = Kết quả chi tiết gửi riêng từng cơ quan cử công chức, viên chức.
report-officers-lower = Có { $count } công chức, viên chức có tỷ lệ hài lòng thấp hơn rõ rệt so với những người còn lại (xét người có từ { $from } lượt đánh giá trở lên).
report-concentrated = { $part } lượt dưới mức Hài lòng ({ $of }/{ $below } lượt) tập trung ở { $count } công chức, viên chức.
report-concentrated-departments = { $part } lượt dưới mức Hài lòng ({ $of }/{ $below } lượt) tập trung ở { $count } công chức, viên chức thuộc { $departments }.
report-concentrated-all = Toàn bộ số
report-concentrated-none = Các lượt dưới mức Hài lòng không tập trung ở cá nhân cụ thể.
report-none-officers = Trong kỳ không có công chức, viên chức nào được đánh giá.

## I.6. Về số liệu
report-heading-data = { $nth }. Về số liệu
report-flagged = Có { $count } lượt đánh giá có dấu hiệu bất thường, được giữ nguyên trong số liệu; nếu không tính các lượt này, tỷ lệ hài lòng là { $share } ({ $total } lượt).
report-flagged-few = Có { $count } lượt đánh giá có dấu hiệu bất thường, được giữ nguyên trong số liệu; nếu không tính các lượt này, còn { $total } lượt.
report-flagged-none = Không có lượt đánh giá có dấu hiệu bất thường.
report-ruled-out = Có { $count } lượt không tính vào kết quả theo kết luận kiểm tra (số lượt đánh giá trước khi kết luận: { $raw } lượt).
report-quarantined = Đến thời điểm chốt số liệu, còn { $count } bản ghi của máy tính bảng (thuộc mọi kỳ) chờ kiểm tra, chưa tính vào số liệu.

## II, III. Tồn tại, nhiệm vụ
report-heading-limits = II. TỒN TẠI, HẠN CHẾ
report-heading-tasks = III. PHƯƠNG HƯỚNG, NHIỆM VỤ
report-limit-participation = Số lượt đánh giá còn ít so với số lượt phục vụ ({ $share }), nên kết quả chưa phản ánh đầy đủ ý kiến của tổ chức, cá nhân.
report-task-participation = Tăng cường mời tổ chức, cá nhân đánh giá tại quầy và qua điện thoại, mã QR; hỗ trợ người cao tuổi, người khuyết tật, người dân tộc thiểu số tham gia đánh giá.
report-limit-lower = Tỷ lệ hài lòng giảm { $by } điểm phần trăm so với { $before }.
report-task-lower = Phân tích nguyên nhân, có giải pháp khắc phục trong kỳ tới.
report-limit-departments = Tỷ lệ hài lòng của { $list } thấp hơn rõ rệt so với các cơ quan còn lại.
report-task-departments = Đề nghị { $list } làm rõ nguyên nhân, chấn chỉnh tinh thần, trách nhiệm, thái độ phục vụ.
report-limit-concentrated = { $part } lượt dưới mức Hài lòng tập trung ở { $count } công chức, viên chức.
report-task-concentrated = Cơ quan cử công chức, viên chức xem xét, có biện pháp phù hợp sau khi nghe ý kiến giải trình.
report-limit-few = { $count } cơ quan có dưới { $from } lượt đánh giá, chưa đủ căn cứ để đánh giá.
report-task-few = Bố trí thiết bị, hướng dẫn đánh giá tại quầy của các cơ quan có ít lượt đánh giá.
report-limit-outside = { $unit ->
    [day] Có { $count } ngày trong kỳ có tỷ lệ hài lòng thấp hơn mức dao động thông thường.
    [week] Có { $count } tuần trong kỳ có tỷ lệ hài lòng thấp hơn mức dao động thông thường.
    [month] Có { $count } tháng trong kỳ có tỷ lệ hài lòng thấp hơn mức dao động thông thường.
   *[joined] Có { $count } khoảng thời gian trong kỳ có tỷ lệ hài lòng thấp hơn mức dao động thông thường.
}
report-task-outside = Làm rõ nguyên nhân tỷ lệ hài lòng thấp hơn mức dao động thông thường trong thời gian nêu trên.
report-limit-none = Chưa thu thập được ý kiến đánh giá của tổ chức, cá nhân.

## Phụ lục
report-table-levels = Bảng 1. Số lượt đánh giá theo mức độ hài lòng (tổng số { $total } lượt)
report-head-level = Mức độ hài lòng
report-head-count = Số lượt
report-head-share = Tỷ lệ
report-row-total = Tổng cộng
report-chart-levels = Biểu đồ 1. { $caption }
report-chart-trend = Biểu đồ 2. { $caption }
report-chart-groups = Biểu đồ 3. { $caption }
report-table-departments = Bảng 2. Kết quả đánh giá theo cơ quan
report-table-officers = Bảng { $nth }. Kết quả đánh giá theo công chức, viên chức
report-head-department = Cơ quan
report-head-number = TT
report-head-total = Số lượt
report-head-below = Dưới mức Hài lòng
report-head-satisfied = Tỷ lệ hài lòng
report-head-interval = Khoảng ước lượng (độ tin cậy 95%)
report-row-centre = Tổng cộng
report-unranked = dưới { $from } lượt, không xếp hạng
report-head-officer = Công chức, viên chức
report-no-department = Không xác định cơ quan
report-heading-method = GIẢI THÍCH CÁCH TÍNH
report-method-1 = Lượt đánh giá: một lần tổ chức, cá nhân chọn một mức độ hài lòng sau khi được tiếp nhận hồ sơ hoặc nhận kết quả.
report-method-2 = Tỷ lệ hài lòng: số lượt “Rất hài lòng” và “Hài lòng” chia cho tổng số lượt đánh giá.
report-method-3 = Khoảng ước lượng: khoảng mà tỷ lệ hài lòng nằm trong đó với độ tin cậy 95% (công thức Wilson); số lượt càng ít thì khoảng càng rộng.
report-method-4 = Tỷ lệ trả lời: số lượt trả lời chia cho số lượt được thiết bị mời đánh giá; lượt không tính vào kết quả theo kết luận kiểm tra vẫn là lượt trả lời. Tỷ lệ tham gia đánh giá: số lượt đánh giá chia cho số lượt phục vụ do hệ thống xếp hàng cung cấp.
report-method-5 = Mức dao động thông thường: phân vị 0,135% và 99,865% của phân bố nhị thức theo tỷ lệ của cả kỳ và số lượt của từng điểm. Điểm là ngày, tuần hoặc tháng: chọn bước ngắn nhất mà phần có dưới 10 lượt không quá 5% tổng số lượt và biểu đồ không quá 62 điểm ngày hoặc tuần; phần có dưới 10 lượt được gộp với phần liền kề.
report-method-6 = Tăng, giảm so với kỳ khác: chỉ kết luận khi khoảng ước lượng của chênh lệch hai tỷ lệ (phương pháp Newcombe, độ tin cậy 95%) không chứa 0; mỗi kỳ có từ 30 lượt đánh giá trở lên.
report-method-7 = Thấp hơn, tăng, giảm rõ rệt khi xét nhiều cơ quan, nhiều người cùng lúc: chỉ kết luận khi khoảng ước lượng của chênh lệch hai tỷ lệ (phương pháp Newcombe) với độ tin cậy từ 99,8% (95% nếu chỉ có một cơ quan, một người so sánh được), để hạn chế kết luận nhầm, không chứa 0; mỗi cơ quan, mỗi người có từ 30 lượt đánh giá trở lên được so với toàn bộ số còn lại hoặc với chính mình ở kỳ khác.
report-alt-levels = Biểu đồ thanh. { $list }
report-alt-trend = Biểu đồ đường, { $points } điểm, từ { $lowest } đến { $highest }. { $outside }
report-alt-groups = Biểu đồ điểm kèm khoảng ước lượng. { $list }
