# live: số liệu trực tiếp, trang công khai, màn hình sảnh

## Hôm nay
live-today = Hôm nay
live-today-all = Hôm nay (không theo bộ lọc)
live-ratings = Lượt đánh giá
live-satisfied = Tỷ lệ hài lòng
live-last = Lượt gần nhất
live-at = Số liệu lúc { $time }
live-on = Đang cập nhật trực tiếp
live-off = Mất kết nối, đang thử lại
live-over = Phiên đăng nhập đã hết hạn: đăng nhập lại
live-full = Máy chủ đang phục vụ nhiều trang trực tiếp. Trang này sẽ tự kết nối lại sau ít phút.
live-said = Hôm nay: { $ratings } lượt đánh giá, tỷ lệ hài lòng { $satisfied }.
live-said-few = Hôm nay: { $ratings } lượt đánh giá.

## Trang công khai
live-public-link = Kết quả công khai
live-screen-link = Màn hình tại sảnh
live-public-title = Mức độ hài lòng của tổ chức, cá nhân
live-satisfied-word = hài lòng
live-level-count = { $total } lượt
live-public-counters = lượt đánh giá tại quầy
live-public-satisfied = Tỷ lệ hài lòng
live-public-response = Tỷ lệ trả lời
live-public-asked = số lượt trả lời trên số lượt được máy tính bảng mời đánh giá, làm tròn đến phần trăm
live-public-few = dưới 30 lượt: chỉ nêu số lượt ở từng mức
live-public-others = Các cơ quan khác
live-public-none = Chưa đủ số lượt đánh giá để nêu riêng từng cơ quan.
live-public-no-response = chưa đủ số lượt được mời đánh giá trên máy tính bảng
live-public-note = Xếp theo số lượt đánh giá, không phải xếp hạng. Từ 30 lượt thì nêu tỷ lệ; từ 10 đến 29 lượt thì nêu số lượt ở từng mức.
live-public-method = Cách tính
live-public-masks = Không nêu tỷ lệ của nhóm có dưới 30 lượt đánh giá và không nêu số liệu của nhóm có dưới 10 lượt, để giữ bí mật thông tin người đánh giá. Các cơ quan có dưới 10 lượt được cộng chung vào dòng “Các cơ quan khác”, có thể cùng với cơ quan có số lượt nhiều hơn liền kề. Số liệu đã công bố được giữ nguyên cho đến lần cập nhật sau; lượt đến muộn và kết luận của bộ phận kiểm tra được đưa vào lần cập nhật đó.
live-public-over = tháng gần nhất đã kết thúc
live-until = Số liệu tính đến hết ngày { $day }; chỉ cập nhật khi hết ngày và có thêm ít nhất { $from } lượt đánh giá, để giữ kín lựa chọn của từng người.
live-too-few = chưa đủ { $from } lượt đánh giá

## Phản ánh, kiến nghị
live-petition = Phản ánh, kiến nghị
live-petition-text = Nếu có phản ánh, kiến nghị về quy định hành chính hoặc về hành vi của công chức, viên chức, mời Ông/Bà gửi đến:
live-petition-hotline = Gọi điện thoại
live-petition-web = Gửi trực tuyến
live-petition-address = Đến trực tiếp
live-petition-desk = Bàn hướng dẫn tại Trung tâm.
live-petition-need = Phản ánh, kiến nghị cần ghi rõ họ tên, địa chỉ, số điện thoại và nội dung để được tiếp nhận và trả lời. Ý kiến góp ý trên máy tính bảng không ghi tên nên không thay cho phản ánh, kiến nghị.

## Màn hình sảnh
live-screen-ratings = lượt đánh giá
live-screen-levels = Số lượt ở từng mức
live-screen-interval = khoảng ước lượng (độ tin cậy 95%): { $interval }
live-screen-closed = Kết quả đánh giá hiện chưa được công bố tại đây.
live-screen-invite = Mời Ông/Bà đánh giá sau khi giao dịch. Xin cảm ơn.
live-screen-scan = Mời Ông/Bà quét mã để xem kết quả và gửi phản ánh, kiến nghị
live-weekday-1 = Thứ Hai
live-weekday-2 = Thứ Ba
live-weekday-3 = Thứ Tư
live-weekday-4 = Thứ Năm
live-weekday-5 = Thứ Sáu
live-weekday-6 = Thứ Bảy
live-weekday-7 = Chủ nhật
