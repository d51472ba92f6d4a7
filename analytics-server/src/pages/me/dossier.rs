//! The form of a dossier's code.

/// Whether a text is a dossier's code, such as H53.02-230914-0027 or 000.00.06.H56-231027-0361.
pub(super) fn is_dossier(text: &str) -> bool {
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = text.splitn(3, '-');
    let (Some(agency), Some(day), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let mut agency: Vec<&str> = agency.split('.').collect();
    if let [first, second, third, _, ..] = agency[..]
        && digits(first, 3, 3)
        && digits(second, 2, 2)
        && digits(third, 2, 2)
    {
        agency.drain(..3);
    }
    let Some((province, below)) = agency.split_first() else { return false };
    province.strip_prefix('H').is_some_and(|number| digits(number, 2, 2))
        && below.iter().all(|part| digits(part, 1, 9))
        && digits(day, 6, 6)
        && digits(number, 4, 12)
}

#[cfg(test)]
mod tests {
    use super::is_dossier;

    #[test]
    fn codes_of_dossiers_are_known_by_their_form() {
        for code in ["H53.02-230914-0027", "000.00.06.H56-231027-0361", "H56-231027-12345"] {
            assert!(is_dossier(code), "{code}");
        }
        for code in [
            "",
            "H53",
            "H5-230914-0027",
            "H53.02-23091-0027",
            "H53.02-230914-002",
            "0912345678",
            "H53.x-230914-0027",
            "H53..1-230914-0027",
            "00.00.06.H56-231027-0361",
            "H53-230914-00-27",
        ] {
            assert!(!is_dossier(code), "{code}");
        }
    }
}
