# alerts: cảnh báo, thư báo, webhook
alerts-nav = Cảnh báo
alerts-nav-open = cảnh báo chưa đóng
alerts-title = Cảnh báo
alerts-one-title = Cảnh báo số { $num }
alerts-count = { $count } cảnh báo
alerts-back = Về danh sách cảnh báo
alerts-more = Thiết lập cảnh báo
alerts-none = Không có cảnh báo nào theo điều kiện đã chọn.
alerts-save = Lưu
alerts-simulated = Dữ liệu mô phỏng, không dùng làm căn cứ.

## Bộ lọc
alerts-filter = Lọc
alerts-filter-state = Trạng thái
alerts-filter-rule = Loại cảnh báo
alerts-filter-department = Cơ quan
alerts-filter-days = Thời gian
alerts-state-all = Mọi trạng thái
alerts-state-open = Mới
alerts-state-acknowledged = Đã tiếp nhận
alerts-state-closed = Đã đóng
alerts-rule-all = Mọi loại
alerts-department-all = Mọi cơ quan
alerts-days = { $days } ngày gần đây

## Loại cảnh báo
alerts-rule-low_with_reason = Mức thấp có nêu lý do
alerts-rule-share_under_limit = Tỷ lệ hài lòng thấp
alerts-rule-tablet_silent = Máy mất liên lạc
alerts-rule-tablet_blocked = Máy bị chặn khi gửi
alerts-rule-burst = Đánh giá dồn dập
alerts-rule-quarantine = Bản ghi chờ kiểm tra
alerts-rule-fork = Trùng danh tính máy
alerts-rule-officer_disputed = Sai người phục vụ
alerts-help-low_with_reason = Có người chọn một trong hai mức thấp nhất và nêu lý do hoặc để lại ý kiến.
alerts-help-share_under_limit = Tỷ lệ hài lòng của một cơ quan, quầy hoặc công chức xuống dưới ngưỡng khi đã đủ số lượt.
alerts-help-tablet_silent = Máy tính bảng không liên lạc trong giờ làm việc; cảnh báo tự đóng khi máy liên lạc lại.
alerts-help-tablet_blocked = Máy tính bảng có liên lạc nhưng có sự kiện bị tường lửa hoặc máy trung gian chặn; cảnh báo tự đóng khi sự kiện đã gửi được.
alerts-help-burst = Nhiều lượt đánh giá tại một máy trong vòng một phút.
alerts-help-quarantine = Có bản ghi từ máy tính bảng chưa tính được vào số liệu.
alerts-help-fork = Hai chuỗi bản ghi khác nhau cùng mang một danh tính máy; máy gửi sau phải được đăng ký lại.
alerts-help-officer_disputed = Người dân báo trên máy tính bảng rằng người phục vụ không phải người đang hiển thị; lượt đó không tính cho ai.

## Nội dung
alerts-place = { $counter } ({ $department })
alerts-place-unknown = nơi chưa rõ
alerts-officer = Công chức { $officer }, { $place }
alerts-officer-unnamed = Một công chức của { $place }
alerts-why-reasons = lý do: { $reasons }
alerts-why-both = lý do: { $reasons }; có ý kiến kèm theo
alerts-why-comment = có ý kiến kèm theo
alerts-what-low_with_reason = Người được phục vụ chọn “{ $level }” tại { $place } lúc { $when }; { $why }.
alerts-what-share_under_limit = { $subject }: tỷ lệ hài lòng trong { $days } ngày đến { $when } là { $share } trên { $ratings } lượt, dưới ngưỡng { $limit }%.
alerts-what-tablet_silent = Máy tính bảng tại { $place } không liên lạc từ { $when }, trong giờ làm việc.
alerts-what-tablet_blocked = Sự kiện { $number } của máy tính bảng tại { $place } bị chặn trên đường gửi từ { $when } (mã HTTP: { $status }); các sự kiện sau đó phải chờ.
alerts-status-unknown = không có
alerts-what-burst = Máy tính bảng tại { $place } nhận từ { $taps } lượt đánh giá trở lên trong một phút, bắt đầu lúc { $when }.
alerts-what-quarantine = { $count } bản ghi của máy tính bảng tại { $place } chờ kiểm tra từ { $when }, chưa tính vào số liệu.
alerts-what-fork = Hai chuỗi bản ghi cùng mang danh tính của máy tính bảng tại { $place }, phát hiện lúc { $when }.
alerts-what-officer_disputed = Lúc { $when }, người dân tại { $place } báo người phục vụ không phải người đang hiển thị ({ $officer }). Lượt này không tính cho ai.
alerts-shown-unnamed = một công chức
alerts-what-unknown = Cảnh báo do phiên bản khác của phần mềm ghi nhận.
alerts-todo-low_with_reason = Vui lòng xem lượt đánh giá, trao đổi với quầy và ghi lại cách xử lý.
alerts-todo-share_under_limit = Vui lòng xem các lý do được nêu nhiều nhất và làm việc với bộ phận phụ trách.
alerts-todo-tablet_silent = Vui lòng kiểm tra nguồn điện và mạng của máy. Lượt đánh giá vẫn được giữ trên máy.
alerts-todo-tablet_blocked = Vui lòng kiểm tra tường lửa hoặc máy trung gian trước máy chủ, hoặc xuất dữ liệu của máy ra USB rồi nhập vào máy chủ. Lượt đánh giá vẫn được giữ trên máy.
alerts-todo-burst = Vui lòng đối chiếu với số lượt phục vụ tại quầy. Các lượt này vẫn được tính.
alerts-todo-quarantine = Vui lòng xem lý do và bổ sung quầy hoặc công chức còn thiếu; bản ghi sẽ được tính sau đó.
alerts-todo-fork = Dữ liệu của máy đã bị sao chép sang máy khác hoặc bị đưa về trạng thái cũ. Vui lòng cấp mã cho quầy nơi máy báo cần bộ phận kỹ thuật đang đứng và đăng ký lại ngay trên máy đó; không ngừng dùng máy còn lại. Lượt đánh giá đã ghi được giữ nguyên và chỉ tính một lần.
alerts-todo-officer_disputed = Vui lòng kiểm tra ai làm việc tại quầy lúc đó; nhắc đăng nhập hoặc sửa lịch trực để các lượt sau tính đúng người.
alerts-todo-unknown = Vui lòng cập nhật phần mềm trên mọi máy chủ lên cùng một phiên bản.
alerts-link-records = Xem các lượt trong giờ đó
alerts-link-counter = Xem quầy
alerts-link-department = Xem cơ quan
alerts-link-code = Cấp mã đăng ký
alerts-link-tablets = Xem các máy tính bảng

## Tiếp nhận và đóng
alerts-acknowledge = Tiếp nhận
alerts-taken-by = { $person } đã tiếp nhận lúc { $when }.
alerts-close = Đóng cảnh báo
alerts-close-open = Đóng…
alerts-close-button = Đóng
alerts-closed-by = { $person } đã đóng lúc { $when }.
alerts-closed-itself = Tự đóng lúc { $when } vì nguyên nhân không còn.
alerts-note = Đã xử lý thế nào
alerts-note-missing = Vui lòng ghi ngắn gọn đã xử lý thế nào.
alerts-note-long = Vui lòng ghi ngắn lại, tối đa { $letters } ký tự.

## Thư báo
alerts-mail-title = Nhận thư báo
alerts-mail-to = Thư báo được gửi tới { $email }. Để đổi địa chỉ, vui lòng liên hệ quản trị.
alerts-mail-nowhere = Tài khoản của Ông/Bà chưa có địa chỉ thư. Vui lòng liên hệ quản trị để bổ sung.
alerts-mail-which = Ông/Bà muốn nhận thư về những cảnh báo nào?
alerts-mail-on = Thư báo được gửi qua máy chủ { $server }, người gửi: { $sender }.
alerts-mail-off = Máy chủ gửi thư chưa được thiết lập, nên hiện chưa có thư nào được gửi. Thiết lập nằm trong tệp cấu hình của máy chủ.
alerts-mail-subject = [Hài Lòng] Cảnh báo số { $num }: { $rule }
alerts-mail-greeting = Kính gửi Ông/Bà,
alerts-mail-open = Mở cảnh báo: { $address }
alerts-mail-foot = Thư được gửi tự động, vui lòng không trả lời. Ông/Bà có thể chọn lại loại thư nhận tại mục Cảnh báo, Nhận thư báo.

## Thiết lập
alerts-settings-title = Thiết lập cảnh báo
alerts-settings-rules = Loại cảnh báo được dùng
alerts-settings-numbers = Ngưỡng
alerts-number-share_percent = Tỷ lệ hài lòng tối thiểu (%)
alerts-number-share_ratings = Số lượt đánh giá tối thiểu để xét tỷ lệ
alerts-number-share_days = Xét tỷ lệ trong bao nhiêu ngày gần nhất
alerts-number-silent_minutes = Máy không liên lạc quá bao nhiêu phút trong giờ làm việc
alerts-number-burst_taps = Số lượt tại một máy trong một phút
alerts-number-fresh_hours = Không cảnh báo lượt đánh giá về máy chủ muộn quá bao nhiêu giờ
alerts-number-wrong = Vui lòng nhập một số từ { $from } đến { $until }.
alerts-share-certain = Chỉ cảnh báo khi chắc chắn
alerts-share-certain-help = Khi cả đầu trên của khoảng tin cậy 95% (Wilson) cũng dưới ngưỡng; ít lượt thì khó báo nhầm. Nếu bỏ chọn, chỉ so tỷ lệ với ngưỡng.
alerts-link-local = Cho phép webhook tới địa chỉ liên kết cục bộ (link-local)
alerts-link-local-help = Các địa chỉ như 169.254.x.x, nơi hạ tầng đám mây để thông tin riêng. Chỉ chọn khi thật sự cần.

## Webhook
alerts-webhooks-title = Địa chỉ nhận tự động (webhook)
alerts-webhooks-none = Chưa có địa chỉ nhận nào.
alerts-webhook-add = Thêm địa chỉ nhận
alerts-webhook-note = Mỗi cảnh báo được gửi bằng POST, nội dung JSON, theo chuẩn Standard Webhooks: webhook-id là mã tin, webhook-signature là “v1,” và HMAC-SHA256 (base64) của “webhook-id, dấu chấm, webhook-timestamp, dấu chấm, nội dung”, với khóa là phần base64 sau “whsec_”. Không gửi nội dung ý kiến và tên công chức.
alerts-webhook-address = Địa chỉ nhận
alerts-webhook-address-wrong = Vui lòng nhập địa chỉ dạng https://may-chu/duong-dan, không kèm tên và mật khẩu.
alerts-webhook-secret = Khóa ký (vui lòng sao chép ngay: sau khi lưu, khóa không được hiện lại)
alerts-webhook-secret-wrong = Vui lòng nhập khóa từ 32 đến 200 ký tự, không dấu và không có khoảng trắng.
alerts-webhook-rules = Gửi những cảnh báo nào
alerts-webhook-rules-wrong = Vui lòng chọn ít nhất một loại cảnh báo.
alerts-webhook-save = Thêm
alerts-webhook-test = Gửi thử
alerts-webhook-retire = Ngừng dùng
alerts-webhook-added = Thêm lúc { $when }.
alerts-webhook-retired = Ngừng dùng từ { $when }.

## Nhật ký gửi
alerts-deliveries-title = Nhật ký gửi
alerts-deliveries-note = Tin chưa gửi được sẽ được gửi lại, mỗi lần chờ lâu hơn, trong một ngày. Mã tin không đổi giữa các lần gửi.
alerts-deliveries-none = Chưa có tin nào được gửi.
alerts-column-made = Tạo lúc
alerts-column-alert = Cảnh báo
alerts-column-target = Nơi nhận
alerts-column-status = Trạng thái
alerts-column-attempts = Số lần gửi
alerts-column-answer = Trả lời
alerts-test = gửi thử
alerts-channel-mail = Thư báo
alerts-channel-webhook = Webhook
alerts-delivery-waiting = Đang chờ
alerts-delivery-delivered = Đã gửi
alerts-delivery-failed = Không gửi được
alerts-delivery-next = thử lại lúc { $when }
alerts-answer-http = HTTP { $detail }
alerts-answer-smtp = Máy chủ thư đã nhận ({ $detail })
alerts-answer-mail = Không gửi được thư: { $detail }
alerts-answer-form = Địa chỉ không đúng dạng
alerts-answer-unknown = Không tìm thấy máy chủ nhận
alerts-answer-reserved = Địa chỉ liên kết cục bộ hoặc dành riêng, không được phép
alerts-answer-timeout = Quá 10 giây không trả lời
alerts-answer-unreachable = Không kết nối được: { $detail }
alerts-answer-refused = Máy nhận từ chối kết nối: không có chương trình nào nghe tại cổng đó
alerts-answer-certificate = Chứng thư TLS của máy nhận không được tin: { $detail }
alerts-answer-retired = Nơi nhận không còn được dùng
alerts-answer-off = Chưa thiết lập máy chủ thư
alerts-answer-other = { $detail }
alerts-mail-test = Gửi thư thử
alerts-mail-test-sent = Máy chủ thư đã nhận thư thử gửi đến { $email }. Nếu sau vài phút chưa thấy thư, vui lòng xem hộp thư rác.
alerts-mail-test-failed = Không gửi được thư thử: { $why }
alerts-mail-test-subject = Thư thử của hệ thống Hài Lòng
alerts-mail-test-text = Ông/Bà nhận được thư này vì có người vừa bấm “Gửi thư thử”. Cảnh báo sẽ được gửi đến địa chỉ này.
