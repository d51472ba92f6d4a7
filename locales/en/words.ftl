# Words shared by screens, pages and reports.
level-very_satisfied = Very satisfied
level-satisfied = Satisfied
level-neutral = Neutral
level-dissatisfied = Dissatisfied
level-very_dissatisfied = Very dissatisfied
stage-receive = Receiving a dossier
stage-return = Returning a result
reason-other = Another reason (in the comment)
centre-name = Public Administrative Service Center
question-attitude = How satisfied are you with the spirit, responsibility and attitude of the service?
language-vi = Tiếng Việt
language-en = English
language-km = ខ្មែរ
