# Màn hình dành cho nhân viên
staff-title = Dành cho người phục vụ và kỹ thuật viên
staff-close = Đóng
staff-back = Quay lại
staff-erase = Xóa
staff-ok = Xác nhận

## Chọn người
staff-who = Mời chọn họ tên
staff-nobody = Chưa có mã PIN nào cho quầy này. Vui lòng đề nghị quản trị viên cấp mã PIN.
staff-no-officer = Chưa có người phục vụ nào có mã PIN tại quầy này. Vui lòng đề nghị quản trị viên cấp mã PIN.
staff-technician = Kỹ thuật viên
staff-technician-about = Kiểm tra, chuyển quầy, xuất dữ liệu, thoát
staff-on-duty = Đang trực quầy
staff-page = { $page }/{ $pages }
staff-page-back = Trang trước
staff-page-on = Trang sau

## Mã PIN
staff-pin = Nhập mã PIN
staff-pin-digits = Đã nhập { $count } chữ số
staff-pin-checking = Đang kiểm tra…
staff-pin-wrong = Mã PIN không đúng. Vui lòng nhập lại.
staff-pin-locked = Đã nhập sai nhiều lần. Vui lòng thử lại sau { $seconds } giây.

## Bảng chọn
staff-sign-in = Bắt đầu trực quầy
staff-sign-in-about = Từ lúc này, lượt đánh giá được tính cho { $name }
staff-sign-out = Kết thúc trực quầy
staff-sign-out-about = Kết thúc trực quầy của { $name }; sau đó tính theo lịch phân công
staff-test = Chạm thử
staff-test-about = Kiểm tra màn hình, không tính vào kết quả
staff-wipe = Lau màn hình
staff-wipe-about = 30 giây không nhận chạm
staff-wipe-hint = Vui lòng lau màn hình. Mọi lần chạm đều không tính; câu hỏi trở lại sau { $seconds } giây.
staff-enrol = Chuyển sang quầy khác
staff-enrol-about = Cần mã đăng ký máy do quản trị viên cấp
staff-enrol-again = Chuyển quầy / đăng ký lại
staff-enrol-again-about = Cần mã mới của quầy này. Dữ liệu đã ghi được giữ nguyên và gửi đi
staff-export = Xuất dữ liệu ra USB
staff-export-about = Khi máy không thể kết nối mạng
staff-leave = Thoát chương trình
staff-leave-about = Dừng phần mềm trên máy

## Tình trạng
staff-facts = Tình trạng máy
fact-link = Kết nối
fact-link-online = Đã kết nối
fact-link-offline = Mất kết nối
fact-link-forked = Dữ liệu không khớp với máy chủ, cần đăng ký lại máy
fact-link-refused = Máy chủ không nhận máy này
fact-link-clock = Đồng hồ của máy có thể sai
fact-link-authority = Không nhận ra chứng thư của máy chủ
fact-link-foreign = Không phải máy chủ Hài Lòng trả lời
fact-link-todo-offline = Vui lòng kiểm tra cáp mạng hoặc Wi-Fi và máy chủ { $server }. Đánh giá vẫn được lưu và tự gửi khi có mạng.
fact-link-todo-refused = Máy này chưa được đăng ký hoặc đã ngừng dùng. Vui lòng cấp mã mới ở trang quản trị, mục Máy tính bảng, rồi nhập mã tại “Chuyển quầy / đăng ký lại”.
fact-link-todo-clock = Chứng thư của máy chủ chưa hoặc không còn hiệu lực theo giờ của máy. Vui lòng chỉnh giờ hệ thống (timedatectl); nếu giờ đã đúng, đề nghị quản trị viên gia hạn chứng thư.
fact-link-todo-authority = Vui lòng cài gói ca-certificates và chứng thư của Trung tâm (nếu có) vào máy, rồi chạy update-ca-certificates.
fact-link-todo-foreign = Trang đăng nhập mạng, tường lửa hoặc một máy khác trả lời tại { $server }. Vui lòng đăng nhập mạng, cho phép máy qua tường lửa hoặc kiểm tra lại địa chỉ.
fact-link-todo-forked = Dữ liệu trên máy và trên máy chủ không nối tiếp nhau. Vui lòng cấp mã mới ở trang quản trị, mục Máy tính bảng, rồi nhập mã tại “Chuyển quầy / đăng ký lại”; đánh giá vẫn được giữ nguyên.
fact-contact = Liên lạc gần nhất
fact-pending = Chờ gửi
fact-pending-count = { $pending } trên { $recorded } bản ghi
fact-blocked = Bị chặn khi gửi
fact-blocked-event = Bản ghi số { $number }, từ { $since } (HTTP { $status })
fact-blocked-todo = Tường lửa hoặc máy trung gian không cho bản ghi này qua; các bản ghi sau phải chờ. Vui lòng kiểm tra tường lửa, hoặc xuất dữ liệu ra USB.
fact-skew = Lệch giờ
fact-skew-seconds = { $seconds } giây
fact-battery = Pin
fact-battery-charging = { $percent }%, đang sạc
fact-battery-percent = { $percent }%
fact-storage = Dung lượng còn trống
fact-storage-gigabytes = { $gigabytes } GB
fact-counter = Quầy
fact-server = Máy chủ
fact-version = Phiên bản
fact-version-text = { $version } · bộ câu hỏi { $questionnaire } · khởi động { $boots } lần
fact-unknown = Không rõ

## Chạm thử
staff-test-hint = Vui lòng chạm từng khuôn mặt. Không lượt chạm nào ở đây được ghi lại.
staff-test-touched = Đã nhận: { $level }

## Chuyển quầy
staff-enrol-hint = Nhập mã gồm 8 chữ cái và chữ số, hoặc quét mã QR trên trang quản trị.
staff-enrol-code = Mã đăng ký máy
staff-enrol-confirm = Chuyển quầy
staff-enrol-going = Đang kiểm tra với máy chủ…
staff-enrol-done = Máy đã thuộc quầy { $counter }. Dữ liệu đã ghi được giữ nguyên.
staff-enrol-failed-code = Máy chủ không chấp nhận mã này: mã sai, đã dùng hoặc đã hết hạn. Vui lòng kiểm tra từng ký tự hoặc đề nghị cấp mã mới.
staff-enrol-failed-text = Nội dung vừa nhập không phải mã đăng ký máy. Vui lòng nhập mã gồm 8 chữ cái và chữ số, hoặc quét lại mã QR trên trang quản trị.
staff-enrol-failed-another = Mã này do máy chủ khác cấp. Vui lòng tạo mã trên trang quản trị của máy chủ mà máy này đang kết nối.
staff-enrol-failed-network = Chưa kết nối được máy chủ. Vui lòng kiểm tra kết nối rồi thử lại.
staff-enrol-failed-other = Chưa chuyển được. Vui lòng thử lại; nguyên nhân được ghi trong nhật ký của máy.

## Xuất dữ liệu
staff-export-hint = Cắm USB vào máy rồi bấm nút dưới đây. Mọi bản ghi còn lưu được sao chép ra một tệp có chữ ký số, được niêm phong nếu máy chủ đã gửi khóa; tệp được nạp vào máy chủ bằng lệnh “analytics-server import”. Dữ liệu trên máy không bị xóa.
staff-export-confirm = Xuất dữ liệu
staff-export-going = Đang ghi, vui lòng không rút USB…
staff-export-done = Đã ghi xong, có thể rút USB. Tệp: { $file }
staff-export-done-readable = Đã ghi xong, có thể rút USB. Tệp chưa được niêm phong vì máy chủ này chưa gửi khóa: ai giữ USB đều đọc được, vui lòng giữ cẩn thận. Tệp: { $file }
staff-export-choose = Vui lòng chọn nơi ghi dữ liệu
staff-stick-usb = USB, tháo rời được
staff-stick-fixed = Thẻ hoặc ổ gắn trong máy
staff-stick-about = { $kind } · { $size } GB, còn trống { $free } GB
staff-export-failed-stick = Chưa thấy USB nào. Vui lòng cắm USB, chờ vài giây rồi thử lại.
staff-export-failed-write = Chưa ghi được vào USB: USB có thể đã đầy hoặc bị khóa ghi. Vui lòng dùng USB khác.
staff-export-failed-other = Chưa đọc được dữ liệu trên máy; nguyên nhân được ghi trong nhật ký của máy.

## Thoát
staff-leave-hint = Máy sẽ không nhận đánh giá cho đến khi chương trình được mở lại. Dữ liệu đã ghi được giữ nguyên.
staff-leave-confirm = Thoát

## Trước khi có câu hỏi
start-title = Khởi động
start-opening = Đang mở dữ liệu của máy…
start-again = Thử lại
start-again-in = Tự thử lại sau { $seconds } giây.
start-detail = Chi tiết cho bộ phận kỹ thuật: { $detail }

start-enrol = Đăng ký máy
start-enrol-hint = Máy chưa được đăng ký. Vui lòng nhập mã và địa chỉ máy chủ ở trang Quản trị, mục Máy tính bảng (Cấp mã đăng ký máy), hoặc quét mã QR ở đó.
start-enrol-code = Mã đăng ký máy, hoặc nội dung mã QR
start-enrol-server = Địa chỉ máy chủ
start-enrol-confirm = Đăng ký
start-leave = Thoát
start-enrol-failed-text = Nội dung vừa nhập không phải mã đăng ký máy. Vui lòng nhập 8 chữ cái và chữ số, hoặc quét lại mã QR ở trang quản trị.
start-enrol-failed-server = Vui lòng nhập thêm địa chỉ máy chủ, ví dụ https://hai-long.example.gov.vn.
start-enrol-failed-address = Chưa dùng được địa chỉ này: địa chỉ phải bắt đầu bằng https:// hoặc http:// và là của máy chủ Hài Lòng. Vui lòng kiểm tra từng ký tự.
start-enrol-failed-code = Máy chủ không chấp nhận mã này: mã sai, đã dùng hoặc đã hết hạn. Vui lòng kiểm tra từng ký tự hoặc đề nghị cấp mã mới.
start-enrol-failed-network = Chưa kết nối được máy chủ. Vui lòng kiểm tra dây mạng hoặc Wi-Fi và địa chỉ.
start-enrol-failed-other = Chưa đăng ký được; nguyên nhân được ghi trong nhật ký của máy. Vui lòng thử lại.

start-trouble = Máy chưa khởi động được
start-trouble-in-use = Chương trình đang chạy ở một nơi khác trên máy này
start-trouble-in-use-more = Vui lòng đóng cửa sổ hoặc lệnh đang chạy. Màn hình này tự chuyển tiếp khi dữ liệu không còn bị chiếm dụng.
start-trouble-damaged = Dữ liệu trên máy bị hỏng
start-trouble-damaged-more = Không có nội dung nào bị xóa. Vui lòng cắm USB và bấm “Cứu dữ liệu ra USB”, sau đó đăng ký lại máy bằng mã mới. Dữ liệu hỏng được giữ lại trong thư mục bên cạnh.
start-trouble-newer = Dữ liệu do phiên bản mới hơn của chương trình ghi
start-trouble-newer-more = Vui lòng cài lại phiên bản mới của gói hai-long-tablet. Dữ liệu được giữ nguyên.
start-trouble-read-only = Không ghi được vào thư mục dữ liệu
start-trouble-read-only-more = Vui lòng kiểm tra quyền ghi của thư mục và ổ đĩa. Màn hình này tự chuyển tiếp khi ghi được.
start-trouble-full = Ổ đĩa của máy đã đầy
start-trouble-full-more = Vui lòng giải phóng dung lượng. Màn hình này tự chuyển tiếp khi có chỗ; dữ liệu đã ghi được giữ nguyên.
start-trouble-other = Chương trình gặp lỗi khi khởi động
start-trouble-other-more = Vui lòng báo bộ phận kỹ thuật kèm chi tiết bên dưới. Dữ liệu đã ghi được giữ nguyên.

start-salvage = Cứu dữ liệu
start-salvage-go = Cứu dữ liệu ra USB
start-salvage-hint = Cắm USB vào máy rồi bấm nút dưới đây. Những gì còn đọc được sẽ được ghi ra một tệp niêm phong, chỉ máy chủ mở được bằng lệnh “analytics-server import”. Dữ liệu hỏng được chuyển sang thư mục bên cạnh, không bị xóa.
start-salvage-confirm = Cứu dữ liệu
start-salvage-failed-stick = Chưa thấy USB nào. Vui lòng cắm USB, chờ vài giây rồi thử lại.
start-salvage-failed-write = Chưa ghi được vào USB: USB có thể đã đầy hoặc bị khóa ghi. Vui lòng dùng USB khác.
start-salvage-failed-key = Không đọc được khóa của máy chủ nên không niêm phong được tệp. Vui lòng dùng lệnh “tablet-app salvage” trên máy.
start-salvage-failed-other = Chưa cứu được dữ liệu; nguyên nhân được ghi trong nhật ký của máy. Dữ liệu được giữ nguyên.
start-saved-all = Đã cứu được toàn bộ dữ liệu, có thể rút USB. Tệp: { $file }
start-saved-some = Đã ghi xong, có thể rút USB. Không đọc được { $missing } bản ghi. Tệp: { $file }
start-saved-none = Không đọc được bản ghi nào có thể kiểm chứng nên không có tệp nào được ghi.
start-saved-more = Dữ liệu hỏng được giữ lại trong thư mục bên cạnh. Bước tiếp theo: đăng ký lại máy bằng mã mới.
start-saved-confirm = Đăng ký lại
