//! What can go wrong behind these pages, told as a page.

use crate::auth::session::SessionError;
use crate::pages::fault::Fault;
use crate::pin::PinError;
use crate::sealing::SealingError;
use crate::stats::StatsError;
use crate::storage::StoreError;

/// A fault on its way to its page.
pub(super) struct Trouble(pub Fault);

impl Trouble {
    /// Something of the system failed; the log has it, the page asks to come back.
    pub fn broken(what: &str) -> Self {
        tracing::error!(what, "a page of accounts could not be made");
        Self(Fault::Interrupted)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self(Fault::Figures(StatsError::from(error)))
    }
}

impl From<SessionError> for Trouble {
    fn from(error: SessionError) -> Self {
        Self::broken(&error.to_string())
    }
}

impl From<SealingError> for Trouble {
    fn from(error: SealingError) -> Self {
        Self::broken(&error.to_string())
    }
}

impl From<PinError> for Trouble {
    fn from(error: PinError) -> Self {
        Self::broken(&error.to_string())
    }
}

impl From<getrandom::Error> for Trouble {
    fn from(error: getrandom::Error) -> Self {
        Self::broken(&error.to_string())
    }
}
