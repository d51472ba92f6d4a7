# Màn hình đánh giá tại quầy

## Chân màn hình
tablet-hint = Đánh giá là tự nguyện, để phục vụ tốt hơn. Lựa chọn của Ông/Bà được giữ kín.
tablet-hint-dossier = { tablet-hint } Mã hồ sơ được lưu kèm.
tablet-decline = Không đánh giá
tablet-clock = { $weekday }, { $date } · { $time }
tablet-clock-unknown = Chưa rõ giờ
tablet-offline = Chưa kết nối được máy chủ; đánh giá của Ông/Bà vẫn được lưu an toàn.
tablet-not-sent = Máy chưa gửi được dữ liệu; đánh giá của Ông/Bà vẫn được lưu an toàn.
tablet-forked = Máy cần được kiểm tra kỹ thuật; đánh giá của Ông/Bà vẫn được lưu an toàn.
tablet-simulated = Dữ liệu mô phỏng – không phải ý kiến thật của người dân
weekday-1 = Thứ Hai
weekday-2 = Thứ Ba
weekday-3 = Thứ Tư
weekday-4 = Thứ Năm
weekday-5 = Thứ Sáu
weekday-6 = Thứ Bảy
weekday-7 = Chủ nhật
# Trong câu, sau chữ khác (Nghị định số 30/2020/NĐ-CP, phụ lục II).
weekday-inside-1 = thứ Hai
weekday-inside-2 = thứ Ba
weekday-inside-3 = thứ Tư
weekday-inside-4 = thứ Năm
weekday-inside-5 = thứ Sáu
weekday-inside-6 = thứ Bảy
weekday-inside-7 = Chủ nhật

## Thẻ công chức
tablet-served-by = Người phục vụ Ông/Bà
tablet-not-this-officer = Không phải người này
tablet-title-department = { $title } · { $department }

## Cảm ơn
tablet-thanks = Xin cảm ơn Ông/Bà!
tablet-thanks-recorded = Ý kiến của Ông/Bà đã được ghi nhận.
tablet-thanks-again = Nếu chạm nhầm, Ông/Bà có thể chọn lại trong vài giây.
tablet-choose-again = Chọn lại
tablet-again-hint = Mời Ông/Bà chọn lại. Nếu không chọn, lựa chọn trước được giữ nguyên.

## Kết thúc mà không đánh giá
tablet-declined = Xin cảm ơn Ông/Bà!
tablet-declined-more = Ông/Bà đã chọn không đánh giá lần này.
tablet-officer-disputed = Xin cảm ơn Ông/Bà đã thông báo!
tablet-officer-disputed-more = Lượt này không tính cho người đang hiển thị; người quản lý sẽ được thông báo.
tablet-officer-disputed-then = Mời người đang phục vụ Ông/Bà đăng nhập, sau đó Ông/Bà có thể đánh giá.
tablet-take-back = Quay lại
tablet-take-back-hint = Nếu chạm nhầm, Ông/Bà có thể quay lại trong vài giây.
tablet-sign-in = Người phục vụ đăng nhập: giữ tay lên đồng hồ ở góc dưới bên phải trong 3 giây, rồi chọn họ tên và nhập mã PIN.

## Chưa phục vụ
tablet-not-in-service = Quầy hiện chưa phục vụ
tablet-not-in-service-more = Mời Ông/Bà theo dõi số thứ tự hoặc đến bàn hướng dẫn.
tablet-officer-unknown = Chưa rõ người đang phục vụ
tablet-officer-unknown-more = Máy chưa biết giờ nên chưa nhận đánh giá. Mời người phục vụ đăng nhập để bắt đầu.
tablet-starting = Đang nhận thông tin của quầy
tablet-starting-more = Máy đang kết nối với máy chủ { $server } và sẽ tự tiếp tục.
tablet-starting-offline = Chưa kết nối được với máy chủ { $server }. Máy sẽ tự thử lại; nếu kéo dài, đề nghị báo bộ phận kỹ thuật.
tablet-starting-refused = Máy chủ { $server } không nhận máy này: chưa được cấp mã hoặc đã ngừng dùng. Đề nghị quản trị viên cấp mã mới cho máy.
tablet-starting-clock = Theo đồng hồ của máy, chứng thư của máy chủ { $server } chưa hoặc không còn hiệu lực. Đề nghị báo bộ phận kỹ thuật chỉnh giờ của máy.
tablet-starting-authority = Máy không nhận ra nơi cấp chứng thư của máy chủ { $server }. Đề nghị báo bộ phận kỹ thuật cài chứng thư của Trung tâm.
tablet-starting-foreign = Tại địa chỉ { $server } không phải là máy chủ khảo sát trả lời, mà có thể là trang đăng nhập mạng hoặc tường lửa. Đề nghị báo bộ phận kỹ thuật kiểm tra mạng.

## Ngừng phục vụ
tablet-out-of-service = Máy tạm ngừng nhận đánh giá
tablet-out-of-service-more = Mong Ông/Bà thông cảm. Máy sẽ hoạt động lại sau khi khắc phục xong.
tablet-trouble-full = Đề nghị báo bộ phận kỹ thuật: bộ nhớ của máy đã đầy.
tablet-trouble-read-only = Đề nghị báo bộ phận kỹ thuật: máy không ghi được dữ liệu.
tablet-trouble-damaged = Đề nghị báo bộ phận kỹ thuật: dữ liệu trên máy bị hỏng.
tablet-trouble-slow = Đề nghị báo bộ phận kỹ thuật: máy ghi dữ liệu quá chậm.
tablet-trouble-other = Đề nghị báo bộ phận kỹ thuật: máy chưa lưu được đánh giá.

## Cách hiển thị
tablet-size-normal = Cỡ chữ: vừa
tablet-size-large = Cỡ chữ: lớn
tablet-size-largest = Cỡ chữ: rất lớn
tablet-contrast = Tương phản cao
tablet-staff = Dành cho người phục vụ
tablet-dossier = Hồ sơ { $code }
tablet-ticket = Số thứ tự { $code }

## Câu hỏi tiếp theo
tablet-kept = Xin cảm ơn Ông/Bà. Ý kiến đã được ghi nhận.
tablet-next = Tiếp tục
tablet-done = Xong
tablet-skip = Bỏ qua
tablet-next-person = Người tiếp theo
tablet-covered = Chạm để tiếp tục
tablet-covered-more = Câu trả lời đã được lưu và được che lại.
tablet-page-back = Trang trước
tablet-page-on = Trang sau

## Ý kiến bằng lời
tablet-comment = Ý kiến góp ý của Ông/Bà
tablet-comment-hint = Mời Ông/Bà viết ý kiến tại đây.
tablet-privacy = Xin Ông/Bà không ghi họ tên, số điện thoại, số căn cước.
tablet-typing-telex = Gõ Telex: aa â · aw ă · ee ê · oo ô · ow ơ · uw ư · dd đ · s sắc · f huyền · r hỏi · x ngã · j nặng
tablet-typing-vni = Gõ VNI: 6 â ê ô · 7 ơ ư · 8 ă · 9 đ · 1 sắc · 2 huyền · 3 hỏi · 4 ngã · 5 nặng
tablet-typing-plain = Gõ ABC: chữ không dấu
tablet-key-erase = Xóa
tablet-key-shift = Chữ hoa
tablet-key-space = Dấu cách
tablet-key-symbols = Số và dấu câu
tablet-key-letters = Chữ cái
tablet-key-method = Kiểu gõ: { $method }

## Ngoài giờ làm việc
tablet-touch-to-rate = Mời chạm màn hình để đánh giá
tablet-from-to = { $from } – { $to }
tablet-day-closed = Nghỉ
tablet-closed-days = Nghỉ các ngày: { $days }

## Đọc thành tiếng
tablet-aloud = Nghe đọc màn hình
tablet-aloud-key-1 = Phím một.
tablet-aloud-key-2 = Phím hai.
tablet-aloud-key-3 = Phím ba.
tablet-aloud-key-4 = Phím bốn.
tablet-aloud-key-5 = Phím năm.
tablet-aloud-again = Bấm phím không để nghe lại.
