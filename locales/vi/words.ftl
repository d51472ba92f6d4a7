# Từ dùng chung cho màn hình, trang và báo cáo.
level-very_satisfied = Rất hài lòng
level-satisfied = Hài lòng
level-neutral = Bình thường
level-dissatisfied = Không hài lòng
level-very_dissatisfied = Rất không hài lòng
stage-receive = Tiếp nhận hồ sơ
stage-return = Trả kết quả hồ sơ
centre-name = Trung tâm Phục vụ hành chính công
question-attitude = Ông/Bà hài lòng thế nào về tinh thần, trách nhiệm, thái độ phục vụ?
language-vi = Tiếng Việt
language-en = English
