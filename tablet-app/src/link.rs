//! How the tablet stands to its server: what the glass says to citizens and the staff's screen to
//! technicians, so that nobody pulls a cable where a code or a clock is what is wrong.

/// How the tablet stands to its server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// The last attempt reached the server, or none was made yet.
    #[default]
    Good,
    /// The server can not be reached, or is not available.
    Offline,
    /// The server does not know this tablet, or has retired it: a code is needed.
    Refused,
    /// By the tablet's clock the server's certificate does not hold yet or no longer.
    Clock,
    /// The tablet knows no authority that signed the server's certificate.
    Authority,
    /// Something else answers in the place of the server: the page of a network that asks to sign in,
    /// a firewall, another program.
    Foreign,
    /// The chains have forked.
    Forked,
}

impl Link {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Good,
        Self::Offline,
        Self::Refused,
        Self::Clock,
        Self::Authority,
        Self::Foreign,
        Self::Forked,
    ];

    /// In one word, for keys of sentences.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "online",
            Self::Offline => "offline",
            Self::Refused => "refused",
            Self::Clock => "clock",
            Self::Authority => "authority",
            Self::Foreign => "foreign",
            Self::Forked => "forked",
        }
    }
}
