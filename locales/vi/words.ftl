# Từ dùng chung cho màn hình, trang và báo cáo.
level-very_satisfied = Rất hài lòng
level-satisfied = Hài lòng
level-neutral = Bình thường
level-dissatisfied = Không hài lòng
level-very_dissatisfied = Rất không hài lòng
stage-receive = Tiếp nhận hồ sơ
stage-return = Trả kết quả
reason-other = Lý do khác (nêu trong ý kiến)
centre-name = Trung tâm Phục vụ hành chính công
# Không ngắt dòng giữa một từ ghép.
question-attitude = Ông/Bà có hài{"\u00A0"}lòng về tinh{"\u00A0"}thần, trách{"\u00A0"}nhiệm, thái{"\u00A0"}độ phục{"\u00A0"}vụ không?
language-vi = Tiếng Việt
language-en = English
language-km = ខ្មែរ
