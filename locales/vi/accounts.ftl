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
