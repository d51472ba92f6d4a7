# outside: tải dữ liệu, giao diện lập trình, mã yêu cầu
outside-request = Mã yêu cầu: { $id }

export-nav = Tải dữ liệu
export-title = Tải dữ liệu đánh giá
export-about = Mỗi dòng là một lượt đánh giá. Vui lòng chọn kỳ và phạm vi, xem số lượt, rồi tải tệp. Mỗi lần tải được ghi vào nhật ký hệ thống.
export-period-hint = Ví dụ: 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 hoặc 2023-01-15..2023-02-14
export-all = Tất cả
export-comments = Kèm ý kiến góp ý
export-count = Có { $count } lượt đánh giá.
export-none = Không có lượt đánh giá nào trong kỳ và phạm vi đã chọn. Vui lòng chọn kỳ khác hoặc phạm vi rộng hơn.
export-too-many = Số lượt vượt quá số dòng của một trang tính Excel. Vui lòng tải tệp CSV hoặc Parquet, hoặc chọn kỳ ngắn hơn.
export-privacy = Mã hồ sơ được thay bằng mã băm: cùng hồ sơ có cùng mã băm, không suy ngược lại được. Tệp có dữ liệu của từng lượt; vui lòng bảo quản theo quy định về bảo vệ dữ liệu cá nhân.
export-as-csv = Tải tệp CSV
export-as-xlsx = Tải tệp Excel (XLSX)
export-as-parquet = Tải tệp Parquet
export-sheet = Đánh giá
export-fault-rows = Quá nhiều lượt cho một tệp Excel

export-column-id = Mã lượt
export-column-at = Thời điểm
export-column-department = Mã cơ quan
export-column-department-name = Cơ quan
export-column-counter = Mã quầy
export-column-counter-name = Quầy
export-column-officer = Mã công chức
export-column-stage = Khâu
export-column-scale = Thang đo
export-column-level = Mức độ hài lòng
export-column-level-number = Mức (1 là cao nhất)
export-column-reasons = Lý do
export-column-aspects = Khía cạnh
export-column-flags = Dấu hiệu bất thường
export-column-source = Nguồn
export-column-simulated = Mô phỏng
export-column-dossier = Mã băm hồ sơ
export-column-comment = Ý kiến góp ý

export-choose-department = Cơ quan
export-choose-counter = Quầy
export-choose-officer = Công chức

export-level-very-satisfied = Rất hài lòng
export-level-satisfied = Hài lòng
export-level-neutral = Bình thường
export-level-dissatisfied = Không hài lòng
export-level-very-dissatisfied = Rất không hài lòng
export-stage-receive = Tiếp nhận
export-stage-return = Trả kết quả
export-scale-five = 5 mức
export-scale-three = 3 mức
export-source-tablet = Máy tính bảng
export-source-imported = Nhập từ tệp

outside-docs = Giao diện lập trình (API)
outside-docs-about = Dành cho phần mềm khác của trung tâm. Mỗi yêu cầu kèm mã truy cập trong tiêu đề Authorization: Bearer …; người quản trị cấp mã truy cập kèm phạm vi. Phần mô tả chi tiết viết bằng tiếng Anh.
outside-docs-file = Bản mô tả OpenAPI (JSON)
outside-docs-scope = Phạm vi: { $scopes }
outside-docs-open = Không cần mã truy cập
outside-docs-parameters = Tham số
outside-docs-body = Nội dung gửi
outside-docs-answers = Kết quả
outside-docs-schemas = Kiểu dữ liệu
outside-docs-name = Tên
outside-docs-kind = Kiểu
outside-docs-meaning = Ý nghĩa
outside-docs-required = bắt buộc
outside-docs-values = Giá trị: { $values }
