# accounts: đăng nhập, tài khoản, vai trò
account-sign-in = Đăng nhập
account-sign-out = Đăng xuất
account-name = Tên đăng nhập
account-password = Mật khẩu
account-refused = Tên đăng nhập hoặc mật khẩu không đúng. Ông/Bà vui lòng kiểm tra và nhập lại.
account-role-administrator = Quản trị
account-role-leader = Lãnh đạo
account-role-supervisor = Phụ trách cơ quan
account-role-officer = Công chức
account-role-auditor = Kiểm tra

## Vào xem thử
account-demo = Vào xem thử
account-demo-note = Đây là bản giới thiệu với dữ liệu mô phỏng. Mời Ông/Bà chọn một vai trò để vào xem ngay, không cần mật khẩu.
account-demo-first = Nên xem trước
account-demo-supervisor = Xem kết quả của cơ quan mình: xu hướng, ý kiến, việc cần xử lý
account-demo-leader = Xem toàn Trung tâm, so sánh giữa các cơ quan
account-demo-administrator = Danh mục, thiết bị, người dùng và cài đặt
account-demo-officer = Kết quả của riêng mình
account-demo-auditor = Xem toàn bộ, nhật ký thay đổi và kiểm chứng dữ liệu

## Tài khoản của mình
account-own = Tài khoản
account-full-name = Họ và tên
account-role = Vai trò
account-departments = Cơ quan phụ trách
