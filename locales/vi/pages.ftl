# pages: trang cho lãnh đạo và công chức

## Khung trang
moment = { $time } ngày { $date }
pages-brand = Hài lòng
pages-skip = Đến nội dung chính
pages-nav = Các trang
pages-menu = Danh mục
pages-overview = Tổng quan
pages-report-pdf = Báo cáo (PDF)
pages-languages = Ngôn ngữ
pages-simulated = Dữ liệu mô phỏng
pages-simulated-note = Trang này có dữ liệu mô phỏng, chỉ dùng để giới thiệu và thử nghiệm hệ thống; không dùng làm căn cứ đánh giá, xếp loại.
pages-footer = Kết quả đánh giá tại quầy ngay sau khi giao dịch; không phải Chỉ số hài lòng về sự phục vụ hành chính (SIPAS).
pages-version = Phiên bản { $version }

## Chọn kỳ
pages-period = Kỳ số liệu
pages-part = Kỳ
pages-year = Năm
pages-show = Xem
pages-part-month = Tháng { $month }
pages-part-quarter = Quý { $quarter }
pages-part-half-1 = 6 tháng đầu năm
pages-part-half-2 = 6 tháng cuối năm
pages-part-nine-months = 9 tháng
pages-part-year = Cả năm
pages-parts-months = Tháng
pages-parts-quarters = Quý
pages-parts-longer = Kỳ dài hơn
pages-range = Khoảng ngày khác
pages-from = Từ ngày
pages-to = Đến ngày
pages-days = Từ ngày { $from } đến ngày { $to }
pages-nd09 = theo kỳ của Nghị định 09/2019/NĐ-CP
pages-previous = Kỳ trước: { $period }
pages-next = Kỳ sau: { $period }

## Ô số liệu
pages-figures = Số liệu chính
pages-ratings = Lượt đánh giá
pages-stages = tiếp nhận { $receive } · trả kết quả { $return }
pages-stage-unstated = không rõ khâu { $count }
pages-sources = từ máy tính bảng { $tablet } · nhập từ tệp { $imported }
pages-satisfied = Hài lòng trở lên
pages-satisfied-of = { $count } trên { $total } lượt
pages-interval = khoảng tin cậy 95{"\u00A0"}%: { $interval }
pages-no-ratings = chưa có lượt đánh giá trong kỳ
pages-response = Tỷ lệ phản hồi
pages-asked = { $answered } trả lời trên { $asked } lượt được hỏi
pages-abandoned = { $count } lượt không trả lời
pages-asked-none = không có số liệu: tệp nhập không ghi số lượt được hỏi
pages-asked-nobody = chưa có lượt nào được hỏi trong kỳ
pages-asked-some = chỉ tính lượt hỏi trên máy tính bảng, không gồm số liệu nhập từ tệp
pages-quarantine = Cần xem
pages-quarantine-some = bản ghi từ máy tính bảng chờ kiểm tra, chưa tính vào số liệu
pages-quarantine-whole = bản ghi chờ kiểm tra chưa thuộc cơ quan nào; chỉ theo dõi ở phạm vi toàn Trung tâm
pages-quarantine-none = không có bản ghi nào chờ kiểm tra

## Biểu đồ và bảng
pages-method = Cách tính
pages-trend = Hài lòng theo thời gian
pages-levels = Các mức độ
pages-departments = Theo cơ quan
pages-counters = Theo quầy
pages-officers = Theo công chức, viên chức
pages-ordered = Xếp theo số lượt; dưới { $from } lượt thì không xếp hạng
pages-more-rows = Xem tất cả { $count } dòng
pages-column-department = Cơ quan
pages-column-counter = Quầy
pages-column-officer = Công chức, viên chức
pages-column-total = Số lượt
pages-column-below = Dưới mức hài lòng
pages-column-satisfied = Hài lòng trở lên
pages-column-share = Hài lòng
pages-column-interval = Khoảng tin cậy 95{"\u00A0"}%
pages-unranked = chưa đủ { $from }
pages-no-groups = Chưa có lượt đánh giá nào trong kỳ này.
pages-centre = Tổng cộng
pages-masks = “<5”: từ 1 đến 4 lượt, không nêu cụ thể để không nhận ra người đánh giá; “…”: không nêu để không suy ra được ô “<5”; “≥”, “≤”: chỉ nêu giới hạn của tỷ lệ (tính với 4 lượt ở ô “<5”), vì tỷ lệ chính xác làm lộ số lượt; “–”: không có số liệu.
pages-method-response = Tỷ lệ phản hồi: số lượt trả lời chia cho số lượt được máy tính bảng hỏi trong kỳ.
pages-method-served = Tỷ lệ phản hồi theo số lượt được phục vụ: số lượt đánh giá chia cho số lượt được phục vụ (hoặc số thứ tự đã cấp) do hệ thống xếp hàng cung cấp trong kỳ.
pages-method-quarantine = Bản ghi chờ kiểm tra: đã nhận nguyên vẹn từ máy tính bảng nhưng nội dung chưa dùng được, ví dụ mã công chức không có trong danh mục. Bản ghi được giữ lại cho đến khi người quản trị xem xét.
pages-method-axis = Trục của khoảng tin cậy bắt đầu từ { $low }; vòng tròn là tỷ lệ, thanh ngang là khoảng tin cậy.

## Trang báo lỗi
pages-fault-period = Không có kỳ này
pages-fault-period-form = “{ $word }” không phải là một kỳ số liệu. Kỳ được viết như 2023-09 (tháng), 2023-Q3 (quý), 2023-H1 (6 tháng), 2023-9M (9 tháng), 2023 (năm) hoặc 2023-01-15..2023-02-14.
pages-fault-period-missing = Không có kỳ “{ $word }”: mỗi năm có tháng 01 đến 12, quý Q1 đến Q4, 6 tháng đầu (H1) và 6 tháng cuối (H2).
pages-fault-period-day = Trong “{ $word }” có ngày không tồn tại trên lịch. Ngày được viết theo thứ tự năm-tháng-ngày, ví dụ 2023-02-14.
pages-fault-period-reversed = “{ $word }” có ngày cuối trước ngày đầu. Ông/Bà vui lòng viết ngày sớm hơn trước.
pages-fault-period-long = “{ $word }” dài hơn mười năm. Ông/Bà vui lòng chọn khoảng ngày ngắn hơn.
pages-fault-period-year = “{ $word }” nằm ngoài các năm 1900 đến 2199. Ông/Bà vui lòng kiểm tra lại năm.
pages-fault-request = Địa chỉ không đúng
pages-fault-request-text = Địa chỉ của trang có phần không đọc được. Ông/Bà vui lòng quay về trang tổng quan và chọn lại.
pages-fault-format-text = Báo cáo có dạng pdf và png; không có dạng “{ $format }”.
pages-fault-page-text = Báo cáo này có { $pages } trang; không có trang { $page }.
pages-fault-missing = Không tìm thấy trang
pages-fault-missing-text = Không có trang nào ở địa chỉ này. Có thể địa chỉ bị gõ nhầm hoặc trang đã được chuyển đi.
pages-fault-form = Địa chỉ này chỉ nhận biểu mẫu
pages-fault-form-text = Chưa có gì được gửi đi. Ông/Bà vui lòng quay lại trang trước và gửi lại biểu mẫu ở đó.
pages-fault-busy = Chưa lấy được số liệu
pages-fault-busy-text = Máy chủ chưa đọc được cơ sở dữ liệu. Lượt đánh giá vẫn được máy tính bảng giữ lại, không bị mất. Ông/Bà vui lòng thử lại sau một phút; nếu vẫn không được, báo người quản trị hệ thống.
pages-fault-inner = Trang này gặp lỗi
pages-fault-inner-text = Máy chủ không dựng được trang này; lỗi đã được ghi lại. Số liệu không bị ảnh hưởng. Ông/Bà vui lòng thử lại; nếu vẫn không được, báo người quản trị hệ thống.
pages-fault-reports = Đang lập nhiều báo cáo
pages-fault-reports-text = Máy chủ đang lập nhiều báo cáo, xin thử lại sau ít phút. Số liệu không bị ảnh hưởng.
pages-fault-home = Về trang tổng quan
pages-fault-forbidden = Không có quyền xem
pages-fault-forbidden-text = Tài khoản của Ông/Bà không có quyền mở trang này. Nếu cần, đề nghị quản trị hệ thống cấp quyền.
pages-fault-signed-out = Chưa đăng nhập
pages-fault-signed-out-text = Phiên làm việc đã hết hoặc chưa đăng nhập; nội dung vừa gửi chưa được lưu. Ông/Bà đăng nhập rồi gửi lại.
pages-fault-replayed = Biểu mẫu không còn hiệu lực
pages-fault-replayed-text = Biểu mẫu này thuộc một phiên làm việc khác; nội dung vừa gửi chưa được lưu. Ông/Bà mở lại trang rồi gửi lại.
pages-fault-unpublished = Không có số liệu công bố
pages-fault-unpublished-text = Báo cáo để công bố chỉ lập cho toàn Trung tâm, theo kỳ trọn vẹn đã kết thúc (tháng, quý, 6 tháng, 9 tháng hoặc năm) và có từ 10 lượt đánh giá trở lên.
pages-fault-unbound = Tài khoản chưa gắn với công chức
pages-fault-unbound-text = Tài khoản của Ông/Bà chưa được gắn với công chức nào trong danh mục. Đề nghị quản trị hệ thống chọn công chức cho tài khoản này.
