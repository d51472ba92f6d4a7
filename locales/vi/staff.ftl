# Màn hình dành cho nhân viên
staff-title = Dành cho nhân viên
staff-close = Đóng
staff-back = Quay lại
staff-erase = Xóa
staff-ok = Nhập

## Chọn người
staff-who = Mời chọn tên
staff-nobody = Chưa có ai được đặt mã PIN cho quầy này. Quản trị viên đặt mã PIN trên máy chủ bằng lệnh “analytics-server officer pin” (công chức) và “analytics-server technician pin” (kỹ thuật viên).
staff-no-officer = Chưa có công chức nào được đặt mã PIN cho quầy này. Quản trị viên đặt mã PIN trên máy chủ bằng lệnh “analytics-server officer pin”.
staff-technician = Kỹ thuật viên
staff-technician-about = Kiểm tra, chuyển quầy, xuất dữ liệu, thoát
staff-on-duty = Đang làm việc
staff-page = { $page }/{ $pages }
staff-page-back = Trang trước
staff-page-on = Trang sau

## Mã PIN
staff-pin = Nhập mã PIN
staff-pin-digits = Đã nhập { $count } chữ số
staff-pin-checking = Đang kiểm tra…
staff-pin-wrong = Mã PIN không đúng. Mời nhập lại.
staff-pin-locked = Đã nhập sai nhiều lần. Mời thử lại sau { $seconds } giây.

## Bảng chọn
staff-sign-in = Bắt đầu phiên làm việc
staff-sign-in-about = Đánh giá từ lúc này là về { $name }
staff-sign-out = Kết thúc phiên làm việc
staff-sign-out-about = Kết thúc phiên của { $name }; sau đó ghi nhận theo lịch phân công
staff-test = Chạm thử
staff-test-about = Kiểm tra màn hình, không tính vào kết quả
staff-wipe = Lau màn hình
staff-wipe-about = 30 giây không nhận chạm
staff-wipe-hint = Mời lau màn hình. Mọi lần chạm đều không tính; câu hỏi trở lại sau { $seconds } giây.
staff-enrol = Chuyển sang quầy khác
staff-enrol-about = Cần mã do máy chủ cấp
staff-enrol-again = Chuyển quầy / đăng ký lại
staff-enrol-again-about = Cần mã mới của quầy này. Dữ liệu đã ghi được giữ nguyên và gửi đi
staff-export = Xuất dữ liệu ra USB
staff-export-about = Khi thiết bị không thể nối mạng nữa
staff-leave = Thoát chương trình
staff-leave-about = Dừng phần mềm trên thiết bị

## Tình trạng
staff-facts = Tình trạng thiết bị
fact-link = Kết nối
fact-link-online = Đã kết nối
fact-link-offline = Mất kết nối
fact-link-forked = Cần đăng ký lại: máy chủ có dữ liệu khác
fact-link-refused = Máy chủ không nhận thiết bị này
fact-link-clock = Đồng hồ của thiết bị có thể sai
fact-link-authority = Không nhận ra chứng thư của máy chủ
fact-link-foreign = Không phải máy chủ trả lời
fact-link-todo-offline = Kiểm tra cáp mạng hoặc Wi-Fi và máy chủ { $server }. Đánh giá vẫn được lưu và tự gửi khi có mạng.
fact-link-todo-refused = Máy chủ không biết thiết bị hoặc đã ngừng sử dụng thiết bị. Xin mã mới ở trang quản trị, mục Máy tính bảng, rồi nhập mã tại “Chuyển quầy / đăng ký lại”.
fact-link-todo-clock = Chứng thư của máy chủ chưa hoặc không còn hiệu lực theo giờ của thiết bị. Chỉnh giờ hệ thống (timedatectl); nếu giờ đã đúng, đề nghị quản trị viên gia hạn chứng thư.
fact-link-todo-authority = Cài gói ca-certificates và chứng thư của trung tâm (nếu có) vào thiết bị, rồi chạy update-ca-certificates.
fact-link-todo-foreign = Trang đăng nhập mạng, tường lửa hoặc một máy khác trả lời tại { $server }. Đăng nhập mạng, cho phép thiết bị qua tường lửa hoặc kiểm tra lại địa chỉ.
fact-link-todo-forked = Dữ liệu trên thiết bị và trên máy chủ không nối tiếp nhau. Xin mã mới ở trang quản trị, mục Máy tính bảng, rồi nhập mã tại “Chuyển quầy / đăng ký lại”; đánh giá vẫn được giữ nguyên.
fact-contact = Liên lạc gần nhất
fact-pending = Chờ gửi
fact-pending-count = { $pending } trên { $recorded } sự kiện
fact-blocked = Bị chặn khi gửi
fact-blocked-event = Sự kiện { $number }, từ { $since } (HTTP { $status })
fact-blocked-todo = Tường lửa hoặc máy trung gian không cho sự kiện này qua; các sự kiện sau phải chờ. Kiểm tra tường lửa, hoặc xuất dữ liệu ra USB.
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
staff-test-hint = Mời chạm từng khuôn mặt. Không lượt chạm nào ở đây được ghi lại.
staff-test-touched = Đã nhận: { $level }

## Chuyển quầy
staff-enrol-hint = Nhập mã gồm 8 chữ cái và chữ số, hoặc quét mã QR trên trang quản trị
staff-enrol-code = Mã chuyển quầy
staff-enrol-confirm = Chuyển quầy
staff-enrol-going = Đang hỏi máy chủ…
staff-enrol-done = Thiết bị này nay thuộc quầy { $counter }. Dữ liệu đã ghi được giữ nguyên.
staff-enrol-failed-code = Máy chủ không nhận mã này: mã sai, đã dùng hoặc đã hết hạn. Mời kiểm tra từng chữ hoặc xin mã mới.
staff-enrol-failed-text = Nội dung vừa nhập không phải mã chuyển quầy. Mời nhập mã gồm 8 chữ cái và chữ số, hoặc quét lại mã QR trên trang quản trị của máy chủ.
staff-enrol-failed-another = Mã này do máy chủ khác cấp, không phải máy chủ của thiết bị này. Mời tạo mã trên trang quản trị của đúng máy chủ.
staff-enrol-failed-network = Chưa liên lạc được với máy chủ. Mời kiểm tra kết nối rồi thử lại.
staff-enrol-failed-other = Chưa chuyển được. Mời thử lại; nguyên nhân được ghi trong nhật ký của thiết bị.

## Xuất dữ liệu
staff-export-hint = Cắm USB vào thiết bị rồi bấm nút dưới đây. Mọi sự kiện còn lưu được chép ra một tệp có chữ ký, được niêm phong nếu máy chủ đã gửi khóa; máy chủ nhận tệp ấy bằng lệnh “analytics-server import”. Dữ liệu trên thiết bị không bị xóa.
staff-export-confirm = Xuất dữ liệu
staff-export-going = Đang ghi, xin đừng rút USB…
staff-export-done = Đã ghi xong, có thể rút USB. Tệp: { $file }
staff-export-done-readable = Đã ghi xong, có thể rút USB. Tệp chưa được niêm phong vì máy chủ này chưa gửi khóa: ai giữ USB đều đọc được, xin giữ cẩn thận. Tệp: { $file }
staff-export-choose = Ông/Bà chọn nơi ghi dữ liệu
staff-stick-usb = USB, tháo rời được
staff-stick-fixed = Thẻ hoặc ổ gắn trong thiết bị
staff-stick-about = { $kind } · { $size } GB, còn trống { $free } GB
staff-export-failed-stick = Chưa thấy USB nào. Cắm USB, chờ vài giây rồi thử lại.
staff-export-failed-write = Chưa ghi được vào USB: USB có thể đã đầy hoặc bị khóa ghi. Mời dùng USB khác.
staff-export-failed-other = Chưa đọc được dữ liệu trên thiết bị; nguyên nhân được ghi trong nhật ký của thiết bị.

## Thoát
staff-leave-hint = Thiết bị sẽ không nhận đánh giá cho đến khi chương trình được mở lại. Dữ liệu đã ghi được giữ nguyên.
staff-leave-confirm = Thoát

## Trước khi có câu hỏi
start-title = Khởi động
start-opening = Đang mở dữ liệu của thiết bị…
start-again = Thử lại
start-again-in = Tự thử lại sau { $seconds } giây.
start-detail = Chi tiết cho bộ phận kỹ thuật: { $detail }

start-enrol = Đăng ký thiết bị
start-enrol-hint = Thiết bị chưa được đăng ký. Ông/Bà nhập mã và địa chỉ máy chủ ở trang Quản trị, mục Máy tính bảng (Cấp mã cho máy mới), hoặc quét mã QR ở đó.
start-enrol-code = Mã đăng ký, hoặc nội dung mã QR
start-enrol-server = Địa chỉ máy chủ
start-enrol-confirm = Đăng ký
start-leave = Thoát
start-enrol-failed-text = Nội dung vừa nhập không phải mã đăng ký. Vui lòng nhập 8 chữ cái và chữ số, hoặc quét lại mã QR ở trang quản trị.
start-enrol-failed-server = Vui lòng nhập thêm địa chỉ máy chủ, ví dụ https://hai-long.example.gov.vn.
start-enrol-failed-address = Chưa dùng được địa chỉ này: địa chỉ phải bắt đầu bằng https:// hoặc http:// và là của máy chủ Hài Lòng. Vui lòng kiểm tra từng chữ.
start-enrol-failed-code = Máy chủ không nhận mã này: mã sai, đã dùng hoặc đã quá hạn. Vui lòng kiểm tra từng chữ hoặc xin mã mới.
start-enrol-failed-network = Chưa kết nối được máy chủ. Vui lòng kiểm tra dây mạng hoặc Wi-Fi và địa chỉ.
start-enrol-failed-other = Chưa đăng ký được; nguyên nhân được ghi trong nhật ký của thiết bị. Vui lòng thử lại.

start-trouble = Thiết bị chưa khởi động được
start-trouble-in-use = Chương trình đang chạy ở một nơi khác trên máy này
start-trouble-in-use-more = Vui lòng đóng cửa sổ hoặc lệnh đang chạy. Màn hình này tự chuyển tiếp khi dữ liệu không còn bị chiếm dụng.
start-trouble-damaged = Dữ liệu trên thiết bị bị hỏng
start-trouble-damaged-more = Không có gì bị xóa. Vui lòng cắm USB và bấm “Cứu dữ liệu ra USB”, sau đó đăng ký lại thiết bị bằng mã mới. Dữ liệu hỏng được giữ lại bên cạnh.
start-trouble-newer = Dữ liệu do phiên bản mới hơn của chương trình ghi
start-trouble-newer-more = Vui lòng cài lại phiên bản mới của gói hai-long-tablet. Dữ liệu được giữ nguyên.
start-trouble-read-only = Không ghi được vào thư mục dữ liệu
start-trouble-read-only-more = Vui lòng kiểm tra quyền ghi của thư mục và ổ đĩa. Màn hình này tự chuyển tiếp khi ghi được.
start-trouble-full = Ổ đĩa của thiết bị đã đầy
start-trouble-full-more = Vui lòng giải phóng dung lượng. Màn hình này tự chuyển tiếp khi có chỗ; dữ liệu đã ghi được giữ nguyên.
start-trouble-other = Chương trình gặp lỗi khi khởi động
start-trouble-other-more = Vui lòng báo bộ phận kỹ thuật kèm chi tiết bên dưới. Dữ liệu đã ghi được giữ nguyên.

start-salvage = Cứu dữ liệu
start-salvage-go = Cứu dữ liệu ra USB
start-salvage-hint = Cắm USB vào thiết bị rồi bấm nút dưới đây. Những gì còn đọc được sẽ được ghi ra một tệp niêm phong, chỉ máy chủ mở được bằng lệnh “analytics-server import”. Dữ liệu hỏng được chuyển sang thư mục bên cạnh, không bị xóa.
start-salvage-confirm = Cứu dữ liệu
start-salvage-failed-stick = Chưa thấy USB nào. Cắm USB, chờ vài giây rồi thử lại.
start-salvage-failed-write = Chưa ghi được vào USB: USB có thể đã đầy hoặc bị khóa ghi. Mời dùng USB khác.
start-salvage-failed-key = Không đọc được khóa của máy chủ nên không niêm phong được tệp. Vui lòng dùng lệnh “tablet-app salvage” trên thiết bị.
start-salvage-failed-other = Chưa cứu được dữ liệu; nguyên nhân được ghi trong nhật ký của thiết bị. Dữ liệu được giữ nguyên.
start-saved-all = Đã cứu được toàn bộ dữ liệu, có thể rút USB. Tệp: { $file }
start-saved-some = Đã ghi xong, có thể rút USB. Không đọc được { $missing } bản ghi. Tệp: { $file }
start-saved-none = Không đọc được bản ghi nào có thể kiểm chứng nên không có tệp nào được ghi.
start-saved-more = Dữ liệu hỏng được giữ lại bên cạnh. Bước tiếp theo: đăng ký lại thiết bị bằng mã mới.
start-saved-confirm = Đăng ký lại
