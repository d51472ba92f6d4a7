# Màn hình đánh giá tại quầy

## Chân màn hình
tablet-hint = Chạm một khuôn mặt. Người phục vụ không nhìn thấy lựa chọn của Ông/Bà.
tablet-clock = { $time } · { $weekday }, { $date }
tablet-offline = Chưa có mạng, đánh giá vẫn được lưu an toàn.
tablet-parted = Thiết bị cần bộ phận kỹ thuật kiểm tra; đánh giá vẫn được lưu an toàn.
tablet-simulated = Dữ liệu mô phỏng – không phải ý kiến thật của người dân
weekday-1 = Thứ Hai
weekday-2 = Thứ Ba
weekday-3 = Thứ Tư
weekday-4 = Thứ Năm
weekday-5 = Thứ Sáu
weekday-6 = Thứ Bảy
weekday-7 = Chủ Nhật

## Thẻ công chức
tablet-served-by = Người phục vụ Ông/Bà
tablet-title-department = { $title } · { $department }

## Cảm ơn
tablet-thanks = Xin cảm ơn Ông/Bà!
tablet-thanks-recorded = Ý kiến của Ông/Bà đã được ghi nhận.
tablet-thanks-again = Nếu chạm nhầm, Ông/Bà có thể chọn lại trong vài giây.
tablet-choose-again = Chọn lại
tablet-again-hint = Mời Ông/Bà chọn lại. Nếu không chọn, ý kiến trước được giữ nguyên.

## Chưa phục vụ
tablet-not-in-service = Quầy hiện chưa phục vụ
tablet-not-in-service-more = Mời Ông/Bà theo dõi số thứ tự hoặc liên hệ bàn hướng dẫn.
tablet-starting = Đang nhận thông tin của quầy
tablet-starting-more = Thiết bị đang kết nối với máy chủ { $server } và sẽ tự tiếp tục.
tablet-starting-offline = Chưa kết nối được với máy chủ { $server }. Thiết bị sẽ tự thử lại; nếu kéo dài, đề nghị báo bộ phận kỹ thuật.

## Ngừng phục vụ
tablet-out-of-service = Thiết bị tạm ngừng nhận đánh giá
tablet-out-of-service-more = Mong Ông/Bà thông cảm. Thiết bị sẽ tự hoạt động lại khi khắc phục xong.
tablet-trouble-full = Đề nghị công chức báo bộ phận kỹ thuật: bộ nhớ của thiết bị đã đầy.
tablet-trouble-read-only = Đề nghị công chức báo bộ phận kỹ thuật: thiết bị không ghi được dữ liệu.
tablet-trouble-damaged = Đề nghị công chức báo bộ phận kỹ thuật: dữ liệu trên thiết bị bị hỏng.
tablet-trouble-slow = Đề nghị công chức báo bộ phận kỹ thuật: thiết bị ghi dữ liệu quá chậm.
tablet-trouble-other = Đề nghị công chức báo bộ phận kỹ thuật: thiết bị chưa lưu được đánh giá.
