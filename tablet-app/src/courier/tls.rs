//! Why a server's certificate was not taken, read from the chain of causes of a failed request.

use rustls::CertificateError as Certificate;
use std::error::Error;
use std::io;

/// What is wrong with a certificate, as far as a technician does something else about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It does not hold yet, or no longer, by this machine's clock.
    Clock,
    /// No known authority signed it, or this machine knows none at all.
    Authority,
    /// It is that of another server.
    Name,
}

/// What is wrong with the certificate, where that is why a request failed.
pub(super) fn fault(error: &(dyn Error + 'static)) -> Option<Fault> {
    let mut cause = Some(error);
    while let Some(one) = cause {
        if let Some(rustls::Error::InvalidCertificate(wrong)) = one.downcast_ref() {
            return Some(match wrong {
                Certificate::NotValidYet
                | Certificate::NotValidYetContext { .. }
                | Certificate::Expired
                | Certificate::ExpiredContext { .. } => Fault::Clock,
                Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                    Fault::Name
                }
                _ => Fault::Authority,
            });
        }
        if one.source().is_none() && one.to_string().contains("No CA certificates") {
            // The verifier has no type for it.
            return Some(Fault::Authority);
        }
        // An error of the system passes over its own cause when it is asked for the next one.
        let inner = one.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = match inner {
            Some(inner) => Some(inner),
            None => one.source(),
        };
    }
    None
}

/// The last cause says the most: "Connection refused (os error 111)".
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("error sending request")]
    struct Sending(#[source] io::Error);

    #[test]
    fn a_certificate_that_was_not_taken_is_told_by_its_kind() {
        let told = |wrong: Certificate| {
            let inner = io::Error::other(rustls::Error::InvalidCertificate(wrong));
            fault(&Sending(io::Error::other(inner)))
        };
        assert_eq!(told(Certificate::NotValidYet), Some(Fault::Clock));
        assert_eq!(told(Certificate::Expired), Some(Fault::Clock));
        assert_eq!(told(Certificate::UnknownIssuer), Some(Fault::Authority));
        assert_eq!(told(Certificate::NotValidForName), Some(Fault::Name));
        let none = io::Error::other("No CA certificates were loaded from the system");
        assert_eq!(fault(&Sending(none)), Some(Fault::Authority));
        assert_eq!(fault(&Sending(io::ErrorKind::ConnectionRefused.into())), None);
    }
}
