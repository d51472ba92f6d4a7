# Khmer: to be reviewed by a speaker.
level-very_satisfied = ពេញចិត្តណាស់
level-satisfied = ពេញចិត្ត
level-neutral = ធម្មតា
level-dissatisfied = មិនពេញចិត្ត
level-very_dissatisfied = មិនពេញចិត្តខ្លាំង
language-km = ខ្មែរ
