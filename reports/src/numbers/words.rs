//! Numbers in Vietnamese words, as official documents repeat a total ("bằng chữ"). The rules are
//! those of school grammar in the northern manner: mười and mươi, mốt, lăm, linh, không trăm.

/// The digits.
const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// The names of the groups of three digits within a billion, from the right.
const GROUPS: [&str; 3] = ["", "nghìn", "triệu"];

/// Everything above is told in billions (tỷ) of what stands before.
const BILLION: u64 = 1_000_000_000;

/// `count` in Vietnamese words: 22471 is "hai mươi hai nghìn bốn trăm bảy mươi mốt".
pub fn words(count: u64) -> String {
    if count == 0 {
        return DIGITS[0].to_owned();
    }
    let mut parts = Vec::new();
    tell(count, false, &mut parts);
    parts.join(" ")
}

/// Tells a number that is not 0; `follows` when something greater was told before it.
fn tell(count: u64, follows: bool, parts: &mut Vec<&'static str>) {
    let mut follows = follows;
    if count >= BILLION {
        tell(count / BILLION, follows, parts);
        parts.push("tỷ");
        follows = true;
    }
    let rest = count % BILLION;
    for (place, name) in GROUPS.iter().enumerate().rev() {
        let group = rest / [1, 1_000, 1_000_000][place] % 1_000;
        if group == 0 {
            continue;
        }
        tell_group(group, follows, parts);
        if !name.is_empty() {
            parts.push(name);
        }
        follows = true;
    }
}

/// Tells three digits that are not all 0.
fn tell_group(group: u64, follows: bool, parts: &mut Vec<&'static str>) {
    let digit = |place: u64| usize::try_from(group / place % 10).unwrap_or(0);
    let (hundreds, tens, ones) = (digit(100), digit(10), digit(1));
    let has_hundreds = follows || hundreds > 0;
    if has_hundreds {
        parts.extend([DIGITS[hundreds], "trăm"]);
    }
    match tens {
        0 if ones > 0 && has_hundreds => parts.push("linh"),
        0 => {}
        1 => parts.push("mười"),
        _ => parts.extend([DIGITS[tens], "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => parts.push("mốt"),
        (1.., 5) => parts.push("lăm"),
        _ => parts.push(DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn well_known_examples() {
        for (count, written) in [
            (0, "không"),
            (4, "bốn"),
            (10, "mười"),
            (11, "mười một"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi bốn"),
            (55, "năm mươi lăm"),
            (91, "chín mươi mốt"),
            (100, "một trăm"),
            (101, "một trăm linh một"),
            (105, "một trăm linh năm"),
            (110, "một trăm mười"),
            (115, "một trăm mười lăm"),
            (1_000, "một nghìn"),
            (1_001, "một nghìn không trăm linh một"),
            (1_015, "một nghìn không trăm mười lăm"),
            (2_023, "hai nghìn không trăm hai mươi ba"),
            (22_248, "hai mươi hai nghìn hai trăm bốn mươi tám"),
            (22_471, "hai mươi hai nghìn bốn trăm bảy mươi mốt"),
            (117_816, "một trăm mười bảy nghìn tám trăm mười sáu"),
            (1_000_000, "một triệu"),
            (1_000_005, "một triệu không trăm linh năm"),
            (1_021_000, "một triệu không trăm hai mươi mốt nghìn"),
            (1_000_000_000, "một tỷ"),
            (3_000_500_000, "ba tỷ năm trăm nghìn"),
            (21_000_000_001, "hai mươi mốt tỷ không trăm linh một"),
        ] {
            assert_eq!(words(count), written);
        }
    }

    /// Reads words back; none when they break a rule of order.
    fn read(written: &str) -> Option<u64> {
        let (mut billions, mut total, mut group, mut digit) = (0, 0, 0, None::<u64>);
        let digit_of = |word: &str| match word {
            "mốt" => Some(1),
            "lăm" => Some(5),
            _ => DIGITS.iter().position(|one| *one == word).map(|digit| digit as u64),
        };
        for word in written.split(' ') {
            match word {
                "trăm" => group += digit.take()? * 100,
                "mươi" => group += digit.take()? * 10,
                "mười" => group += 10,
                "linh" => {}
                "nghìn" | "triệu" => {
                    let scale = if word == "nghìn" { 1_000 } else { 1_000_000 };
                    total += (group + digit.take().unwrap_or(0)) * scale;
                    group = 0;
                }
                "tỷ" => {
                    billions = total + group + digit.take().unwrap_or(0);
                    (total, group) = (0, 0);
                }
                _ => digit = Some(digit_of(word).filter(|_| digit.is_none())?),
            }
        }
        Some(billions * BILLION + total + group + digit.unwrap_or(0))
    }

    proptest! {
        #[test]
        fn every_number_reads_back(count in 0..1_000_000_000_000_000_000_u64) {
            prop_assert_eq!(read(&words(count)), Some(count));
        }

        #[test]
        fn small_numbers_read_back(count in 0..3_000_000_u64) {
            let written = words(count);
            prop_assert_eq!(read(&written), Some(count));
            prop_assert!(!written.contains("  ") && written.trim() == written);
        }
    }
}
