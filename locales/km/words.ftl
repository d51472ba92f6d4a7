# Khmer: to be reviewed by a speaker. Zero-width spaces as in tablet.ftl.
level-very_satisfied = ពេញចិត្ត​ណាស់
level-satisfied = ពេញចិត្ត
level-neutral = ធម្មតា
level-dissatisfied = មិន​ពេញចិត្ត
level-very_dissatisfied = មិន​ពេញចិត្ត​ខ្លាំង
stage-receive = ទទួល​សំណុំ​រឿង
stage-return = ប្រគល់​លទ្ធផល
language-vi = Tiếng Việt
language-en = English
language-km = ខ្មែរ
