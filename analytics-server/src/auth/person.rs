//! What an administrator writes about a person, on a page or on the command line, becomes what can
//! be stored, or the one thing that can not.

use super::Role;
use crate::normalization::composed;
use crate::storage::rows::Directory;
use crate::storage::users::{User, UserData};
use locales::{Texts, languages_of};
use std::collections::BTreeSet;

/// Letters of a user name.
const NAME: std::ops::RangeInclusive<usize> = 2..=40;
/// Letters of a full name.
const FULL_NAME_CHARS: usize = 100;
/// Letters of an address: RFC 5321.
const EMAIL_CHARS: usize = 254;

/// As written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// What they type at the sign-in.
    pub name: String,
    /// How they are addressed.
    pub full_name: String,
    /// A role's word.
    pub role: String,
    /// Codes of departments.
    pub departments: Vec<String>,
    /// Code of the officer that the person is; may be empty but for officers' accounts.
    pub officer: String,
    /// Where mail reaches them; may be empty.
    pub email: String,
    /// BCP 47; empty: Vietnamese.
    pub language: String,
}

impl Written {
    /// A person as they are stored.
    pub fn of(user: &User, directory: &Directory) -> Self {
        let code = |id: &i64| directory.department_of(*id).map(|one| one.code.clone());
        let officer = user.officer.and_then(|id| directory.officer_of(id));
        Self {
            name: user.name.clone(),
            full_name: user.full_name.clone(),
            role: user.role.word().to_owned(),
            departments: user.departments.iter().filter_map(code).collect(),
            officer: officer.map(|one| one.code.clone()).unwrap_or_default(),
            email: user.email.clone().unwrap_or_default(),
            language: user.language.clone().unwrap_or_default(),
        }
    }

    /// Label and words of each field but the name, which stays.
    pub fn words(&self, texts: &Texts) -> Vec<(String, String)> {
        let role = Role::of_word(&self.role).map(|role| role.name(texts));
        let fields = [
            ("account-full-name", self.full_name.clone()),
            ("account-role", role.unwrap_or_default()),
            ("account-departments-of", self.departments.join(", ")),
            ("account-officer-of", self.officer.clone()),
            ("account-email", self.email.clone()),
            ("account-language", self.language.clone()),
        ];
        fields.map(|(key, words)| (texts.get(key), words)).into()
    }
}

/// Why a person can not be stored as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonFault {
    /// Other signs than allowed, too short or too long.
    #[error("a user name has 2 to 40 signs: small letters a to z, digits, “.”, “-”, “_”")]
    Name,
    /// Empty, or no name.
    #[error("the full name has 1 to 100 letters")]
    FullName,
    /// No such role.
    #[error("a role is administrator, leader, supervisor, officer or auditor")]
    Role,
    /// A supervisor of nothing.
    #[error("a supervisor needs at least one department")]
    NoDepartment,
    /// No department has this code.
    #[error("a department's code is not known")]
    Department,
    /// No officer has this code, or none is named for an officer's account.
    #[error("no officer who is known here has this code; an officer's account needs one")]
    Officer,
    /// No address.
    #[error("the mail address can not be one")]
    Email,
    /// No such language.
    #[error("there is no such language")]
    Language,
}

impl PersonFault {
    /// The word in the key of its sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::FullName => "full-name",
            Self::Role => "role",
            Self::NoDepartment => "no-department",
            Self::Department => "department",
            Self::Officer => "officer",
            Self::Email => "email",
            Self::Language => "language",
        }
    }
}

/// Reads what was written. Departments count for supervisors alone; an officer's account needs its
/// officer, any other may name one.
pub fn read(written: &Written, directory: &Directory) -> Result<UserData, PersonFault> {
    use PersonFault as F;
    let name = written.name.trim().to_lowercase();
    let sign =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    if !NAME.contains(&name.len()) || !name.bytes().all(sign) {
        return Err(F::Name);
    }
    let full_name = composed(&written.full_name);
    let full_name = full_name.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = full_name.chars().count();
    if letters == 0 || letters > FULL_NAME_CHARS || full_name.chars().any(char::is_control) {
        return Err(F::FullName);
    }
    let role = Role::of_word(&written.role).ok_or(F::Role)?;
    let mut departments = BTreeSet::new();
    if role == Role::Supervisor {
        for code in &written.departments {
            departments
                .insert(directory.department(composed(code).trim()).ok_or(F::Department)?.id);
        }
        if departments.is_empty() {
            return Err(F::NoDepartment);
        }
    }
    // An account of a person who also serves at a counter names that officer, so that nobody redacts
    // a comment about themself.
    let code = composed(&written.officer);
    let officer = match (role, code.trim()) {
        (Role::Officer, code) => Some(directory.officer(code).ok_or(F::Officer)?.id),
        (_, "") => None,
        (_, code) => Some(directory.officer(code).ok_or(F::Officer)?.id),
    };
    let email = Some(written.email.trim()).filter(|email| !email.is_empty());
    if !email.is_none_or(is_address) {
        return Err(F::Email);
    }
    let language = Some(written.language.trim()).filter(|code| !code.is_empty());
    if !language.is_none_or(|code| languages_of("pages").any(|known| known == code)) {
        return Err(F::Language);
    }
    Ok(UserData {
        name,
        full_name,
        role,
        departments,
        officer,
        email: email.map(str::to_owned),
        language: language.map(str::to_owned),
    })
}

/// Whether a text can be a mail address. Only mail that arrives proves one.
fn is_address(text: &str) -> bool {
    let plain = !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let parts = text.split_once('@');
    let whole = parts.is_some_and(|(who, host)| {
        !who.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.')
    });
    plain && whole && text.chars().count() <= EMAIL_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::rows::{Department, Officer};

    fn directory() -> Directory {
        let department = Department {
            id: 7,
            code: "STP".into(),
            name: "Sở Tư pháp".into(),
            ticket_prefix: None,
        };
        let officer = Officer {
            id: 3,
            code: "CC001".into(),
            name: "Nguyễn Văn A".into(),
            title: String::new(),
            department: 7,
            counter: None,
        };
        Directory { departments: vec![department], officers: vec![officer], ..Directory::default() }
    }

    fn written() -> Written {
        Written {
            name: " Phu-Trach ".into(),
            full_name: "Nguyễn  Văn A".into(),
            role: "supervisor".into(),
            departments: vec!["STP".into()],
            ..Written::default()
        }
    }

    #[test]
    fn what_can_be_stored_is_tidied() {
        let data = read(&written(), &directory()).unwrap();
        assert_eq!((data.name.as_str(), data.full_name.as_str()), ("phu-trach", "Nguyễn Văn A"));
        assert_eq!(data.departments, [7].into());
        let leader = Written { role: "leader".into(), ..written() };
        assert!(read(&leader, &directory()).unwrap().departments.is_empty());
        let officer = Written { role: "officer".into(), officer: "CC001".into(), ..written() };
        assert_eq!(read(&officer, &directory()).unwrap().officer, Some(3));
        let both = Written { role: "administrator".into(), ..officer };
        assert_eq!(read(&both, &directory()).unwrap().officer, Some(3), "who also serves");
    }

    #[test]
    fn what_can_not_be_stored_is_named() {
        use PersonFault as F;
        let faults = [
            (Written { name: "x".into(), ..written() }, F::Name),
            (Written { name: "phụ trách".into(), ..written() }, F::Name),
            (Written { full_name: " ".into(), ..written() }, F::FullName),
            (Written { role: "root".into(), ..written() }, F::Role),
            (Written { departments: Vec::new(), ..written() }, F::NoDepartment),
            (Written { departments: vec!["?".into()], ..written() }, F::Department),
            (Written { role: "officer".into(), ..written() }, F::Officer),
            (Written { role: "leader".into(), officer: "?".into(), ..written() }, F::Officer),
            (Written { email: "a@b".into(), ..written() }, F::Email),
            (Written { email: "a b@c.vn".into(), ..written() }, F::Email),
            (Written { language: "xx".into(), ..written() }, F::Language),
        ];
        for (written, fault) in faults {
            assert_eq!(read(&written, &directory()), Err(fault), "{written:?}");
        }
    }
}
