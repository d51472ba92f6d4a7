//! How a spreadsheet program shows a number, where its format alone decides that and not the width of the
//! column: of a code that became a number, the text that people see is the code.

/// Whole numbers up to this many digits are shown as they are where nothing is said.
const GENERAL: f64 = 1e11;

/// A part of a number format.
enum FormatPart {
    /// A digit that always stands.
    Digit,
    /// A letter that stands for itself.
    Letter(char),
    /// The decimal sign.
    Point,
}

/// The text that is shown for a number; none where nobody can say it: rounded, scaled, in powers,
/// or with more digits than a number keeps.
pub(super) fn format_number(number: f64, format: &str) -> Option<String> {
    if !number.is_finite() || number < 0.0 || number.abs() >= 1e15 {
        return None;
    }
    if format.is_empty() || format.eq_ignore_ascii_case("general") || format == "@" {
        let whole = number.fract() == 0.0 && number < GENERAL;
        return whole.then(|| number.to_string());
    }
    let parts = parts(format)?;
    let point = parts.iter().position(|part| matches!(part, FormatPart::Point));
    let digits = |parts: &[FormatPart]| {
        parts.iter().filter(|part| matches!(part, FormatPart::Digit)).count()
    };
    let (whole, after) = parts.split_at(point.unwrap_or(parts.len()));
    let decimals = digits(after);
    if digits(whole) == 0 {
        return None;
    }
    let text = format!("{number:.decimals$}");
    // Shown in full: nothing of it is rounded away.
    if text.parse::<f64>().ok()?.total_cmp(&number).is_ne() {
        return None;
    }
    let mut text_digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let mut told: Vec<char> = Vec::new();
    let mut left = digits(&parts);
    for part in parts.iter().rev() {
        match part {
            FormatPart::Digit => {
                left -= 1;
                told.push(text_digits.pop().unwrap_or('0'));
                // The first digit's place takes all that are left.
                while left == 0
                    && let Some(more) = text_digits.pop()
                {
                    told.push(more);
                }
            }
            FormatPart::Letter(letter) => told.push(*letter),
            FormatPart::Point => told.push('.'),
        }
    }
    told.reverse();
    Some(told.into_iter().collect())
}

/// The parts of a format that is made of digits, a decimal sign and letters alone.
fn parts(format: &str) -> Option<Vec<FormatPart>> {
    let mut parts = Vec::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '0' => parts.push(FormatPart::Digit),
            '.' if !parts.iter().any(|part| matches!(part, FormatPart::Point)) => {
                parts.push(FormatPart::Point);
            }
            '-' | ' ' | '/' | ':' | '(' | ')' => parts.push(FormatPart::Letter(letter)),
            '\\' => parts.push(FormatPart::Letter(letters.next()?)),
            '"' => {
                let mut closed = false;
                for quoted in letters.by_ref() {
                    if quoted == '"' {
                        closed = true;
                        break;
                    }
                    parts.push(FormatPart::Letter(quoted));
                }
                if !closed {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_code_that_is_shown_or_nobody_knows() {
        for (number, format, text) in [
            (7.0, "000", Some("007")),
            (1.0, "00", Some("01")),
            (1234.0, "000", Some("1234")),
            (1.01201, "0.000000", Some("1.012010")),
            (2.00161, "0.000000", Some("2.001610")),
            (7.0, "\"CC\"000", Some("CC007")),
            (12345.0, "000\\-000", Some("012-345")),
            (7.0, "General", Some("7")),
            (7.0, "@", Some("7")),
            (1.01201, "General", None),
            (1.012_010_1, "0.000000", None),
            (0.1, "0%", None),
            (7.0, "#,##0", None),
            (1e17, "0", None),
            (1.23e12, "General", None),
            (-7.0, "000", None),
        ] {
            assert_eq!(format_number(number, format).as_deref(), text, "{number} {format}");
        }
    }
}
