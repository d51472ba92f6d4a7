# live: số liệu trực tiếp, trang công khai, màn hình sảnh

## Hôm nay
live-today = Hôm nay
live-today-all = Hôm nay (không theo bộ lọc)
live-ratings = Lượt đánh giá
live-satisfied = Hài lòng trở lên
live-last = Lượt gần nhất
live-at = Số liệu lúc { $time }
live-on = Đang cập nhật trực tiếp
live-off = Mất kết nối, đang thử lại
live-over = Phiên làm việc đã hết
live-full = Máy chủ đang phục vụ nhiều trang trực tiếp. Trang này sẽ tự thử lại sau ít phút.
live-said = Hôm nay: { $ratings } lượt đánh giá, hài lòng trở lên { $satisfied }.
live-said-few = Hôm nay: { $ratings } lượt đánh giá.

## Trang công khai
live-public-title = Mức độ hài lòng của người dân, tổ chức
live-public-counters = đánh giá tại quầy
live-public-of = trên { $total } lượt đánh giá
live-public-no-response = chưa đủ số lượt được hỏi trên máy tính bảng
live-public-note = Xếp theo số lượt đánh giá, không phải xếp hạng. Tỷ lệ chỉ được nêu khi có từ 30 lượt.
live-public-method = Cách tính
live-public-masks = Dưới 30 lượt thì không nêu tỷ lệ; từ 1 đến 4 lượt ghi “<5” để không nhận ra người đánh giá; “≥”, “≤”: chỉ nêu giới hạn của tỷ lệ vì tỷ lệ chính xác làm lộ số lượt; “…”: không nêu vì từ đó có thể tính ra số được ẩn của một cơ quan.
live-public-over = tháng gần nhất đã kết thúc
live-until = Tính đến hết ngày { $day }; số liệu chỉ cập nhật khi hết ngày và có thêm ít nhất { $from } lượt, để không ai biết người khác đã chọn mức nào.
live-too-few = chưa đủ { $from } lượt

## Phản ánh, kiến nghị
live-petition = Phản ánh, kiến nghị
live-petition-text = Nếu chưa hài lòng hoặc có góp ý về quy định hành chính, hành vi hành chính, đề nghị Ông/Bà gửi phản ánh, kiến nghị đến:
live-petition-hotline = Đường dây nóng
live-petition-web = Gửi trực tuyến
live-petition-address = Gửi trực tiếp
live-petition-desk = Bộ phận một cửa của Trung tâm.
live-petition-need = Phản ánh, kiến nghị cần có họ tên, địa chỉ hoặc số điện thoại và nội dung rõ ràng để được tiếp nhận và trả lời. Lời góp ý trên máy tính bảng không có tên nên không thay cho phản ánh, kiến nghị.

## Màn hình sảnh
live-screen-ratings = lượt đánh giá
live-screen-satisfied = Hài lòng trở lên
live-screen-month = hài lòng trở lên, trên { $total } lượt
live-screen-last = Lượt gần nhất lúc { $time }
live-screen-invite = Xin cảm ơn Ông/Bà đã đánh giá sau khi giao dịch.
live-screen-scan = Quét mã để xem số liệu và gửi phản ánh, kiến nghị
live-weekday-1 = Thứ Hai
live-weekday-2 = Thứ Ba
live-weekday-3 = Thứ Tư
live-weekday-4 = Thứ Năm
live-weekday-5 = Thứ Sáu
live-weekday-6 = Thứ Bảy
live-weekday-7 = Chủ nhật
