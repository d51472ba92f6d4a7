//! The text in the QR picture beside an enrolment code: where the server is and the code, in one
//! line that a tablet can be given instead of typing both.

use std::fmt::{self, Write as _};
use std::str::FromStr;

/// What such a text begins with.
const BEGIN: &str = "hai-long://enrol?";
/// Letters of such a text; an address and a code have under a hundred.
pub const CHARS: usize = 500;
/// Letters of a code with its dash and spaces; codes have eight.
pub const CODE_CHARS: usize = 20;

/// An invitation to enrol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolLink {
    /// Address of the server, such as `https://hai-long.example.gov.vn`.
    pub server: String,
    /// The code.
    pub code: String,
}

/// What somebody gives a tablet that is to enrol: the code alone, or the whole text of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Address of the server, where the text names one.
    pub server: Option<String>,
    /// The code.
    pub code: String,
}

/// A text that is no such invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is no invitation to enrol; it begins with {BEGIN} and names a server and a code")]
pub struct NoEnrolLink;

/// A text that is neither a code nor an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the text is neither an enrolment code, such as 7KQ2-M9XF, nor the whole text beside the QR \
     picture, which begins with {BEGIN}"
)]
pub struct NoAdmission;

impl fmt::Display for EnrolLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(BEGIN)?;
        f.write_str("server=")?;
        escaped(f, &self.server)?;
        f.write_str("&code=")?;
        escaped(f, &self.code)
    }
}

impl FromStr for EnrolLink {
    type Err = NoEnrolLink;

    fn from_str(text: &str) -> Result<Self, NoEnrolLink> {
        let fields = text.trim().strip_prefix(BEGIN).filter(|rest| rest.len() <= CHARS);
        let (mut server, mut code) = (None, None);
        for field in fields.ok_or(NoEnrolLink)?.split('&') {
            let (name, value) = field.split_once('=').ok_or(NoEnrolLink)?;
            let place = match name {
                "server" => &mut server,
                "code" => &mut code,
                // A later version may say more.
                _ => continue,
            };
            if place.replace(plain(value).ok_or(NoEnrolLink)?).is_some() {
                return Err(NoEnrolLink);
            }
        }
        let (server, code) = (server.ok_or(NoEnrolLink)?, code.ok_or(NoEnrolLink)?);
        let known = ["https://", "http://"].iter().any(|scheme| server.starts_with(scheme));
        if known && !code.is_empty() { Ok(Self { server, code }) } else { Err(NoEnrolLink) }
    }
}

impl FromStr for Admission {
    type Err = NoAdmission;

    fn from_str(text: &str) -> Result<Self, NoAdmission> {
        if let Ok(EnrolLink { server, code }) = text.parse() {
            return Ok(Self { server: Some(server), code });
        }
        let code = text.trim();
        let known = code.chars().all(|one| one.is_ascii_alphanumeric() || "- ".contains(one));
        if known && (1..=CODE_CHARS).contains(&code.len()) {
            Ok(Self { server: None, code: code.to_owned() })
        } else {
            Err(NoAdmission)
        }
    }
}

/// Percent-encoding of all but the unreserved letters (RFC 3986).
fn escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            f.write_char(char::from(byte))?;
        } else {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}

/// The text before it was escaped.
fn plain(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|one| u8::try_from(one).ok());
        bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_invitation_is_one_line() {
        let link = EnrolLink { server: "http://10.0.0.5:8080".into(), code: "7KQ2-M9XF".into() };
        let text = "hai-long://enrol?server=http%3A%2F%2F10.0.0.5%3A8080&code=7KQ2-M9XF";
        assert_eq!(link.to_string(), text);
        assert_eq!(format!(" {text}\n").parse(), Ok(link.clone()));
        assert_eq!(format!("{text}&later=1").parse(), Ok(link));
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "7KQ2-M9XF",
            "hai-long://enrol?",
            "hai-long://enrol?server=https%3A%2F%2Fx",
            "hai-long://enrol?code=1&server=file%3A%2F%2Fx",
            "hai-long://enrol?code=&server=https%3A%2F%2Fx",
            "hai-long://enrol?code=1&code=2&server=https%3A%2F%2Fx",
            "hai-long://enrol?code=%4&server=https%3A%2F%2Fx",
            "hai-long://enrol?code=%0A&server=https%3A%2F%2Fx",
            "hai-long://enrol?code=%FF&server=https%3A%2F%2Fx",
        ] {
            assert_eq!(text.parse::<EnrolLink>(), Err(NoEnrolLink), "{text}");
        }
    }

    #[test]
    fn a_code_alone_or_the_whole_text_admits() {
        let code = "7KQ2-M9XF".to_owned();
        assert_eq!(" 7KQ2-M9XF\n".parse(), Ok(Admission { server: None, code: code.clone() }));
        let text = "hai-long://enrol?server=http%3A%2F%2F10.0.0.5%3A8080&code=7KQ2-M9XF";
        let server = Some("http://10.0.0.5:8080".to_owned());
        assert_eq!(text.parse(), Ok(Admission { server, code }));
        for text in ["", " ", "https://example.vn", "hai-long://enrol?code=1", &"7".repeat(21)] {
            assert_eq!(text.parse::<Admission>(), Err(NoAdmission), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_link_that_is_written_can_be_read(host in "[ -~ạ-ỹ]{0,40}", code in "[!-~]{1,20}") {
            let link = EnrolLink { server: format!("https://{host}"), code };
            prop_assert_eq!(link.to_string().parse(), Ok(link));
        }
    }
}
