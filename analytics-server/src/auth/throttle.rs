//! How often somebody may guess. The database counts, so that several servers count together; this
//! is the policy: a few free tries, then waits that double.

use crate::proxy::Peer;
use crate::state::App;
use crate::storage::StoreError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};

/// Tries that cost no wait: a person who mistypes needs two or three. Of a name they are counted for
/// each address, so that a stranger who guesses at it keeps only themselves waiting.
const FREE: i64 = 5;
/// For a name from everywhere together: no person mistypes so often, only many machines at once.
const FREE_FROM_EVERYWHERE: i64 = 200;
/// The longest wait then, in milliseconds: 1,440 tries a day, and a way in for whom the name is.
const LONGEST_FROM_EVERYWHERE_MS: i64 = 60_000;
/// For an address: many people of one building may come from one.
const FREE_OF_ADDRESS: i64 = 20;
/// The first wait, in milliseconds.
const FIRST_MS: i64 = 30_000;
/// The longest: nobody guesses a password in a hundred tries a day, and nobody is kept out by
/// others for longer than a coffee.
const LONGEST_MS: i64 = 15 * 60_000;
/// After a day without a failure it is as if there had been none.
const FORGET_MS: i64 = 24 * 60 * 60_000;
/// What the hash of a typed name begins with: somebody may have typed a password there.
const NAME_CONTEXT: &str = "hai-long sign-in name v1";

/// Milliseconds after so many failures, of which `free` cost nothing.
fn wait(failures: i64, free: i64) -> i64 {
    let beyond = failures - free;
    if beyond < 0 {
        return 0;
    }
    // Ten doublings are far beyond the longest.
    (FIRST_MS << beyond.min(10)).min(LONGEST_MS)
}

fn wait_of_name(failures: i64) -> i64 {
    wait(failures, FREE)
}

fn wait_of_address(failures: i64) -> i64 {
    wait(failures, FREE_OF_ADDRESS)
}

fn wait_of_name_from_everywhere(failures: i64) -> i64 {
    wait(failures, FREE_FROM_EVERYWHERE).min(LONGEST_FROM_EVERYWHERE_MS)
}

/// Where a request comes from, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client(pub Option<IpAddr>);

impl Client {
    /// What is counted for it: IPv6 by the 64 bits that one household has.
    fn subject(&self, what: &str) -> Option<String> {
        Some(match self.0?.to_canonical() {
            IpAddr::V4(address) => format!("{what} {address}"),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{what} {}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        })
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = Peer::of(app, &parts.extensions, &parts.headers);
        Ok(Self(peer.map(|peer| peer.address)))
    }
}

/// A try that was taken.
#[derive(Debug)]
pub struct Try {
    /// What begins anew once it was right.
    own: Option<String>,
    /// What gets only this try back.
    shared: Vec<String>,
}

/// What is guessed at.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// The password of a name, as it was typed.
    Name(&'a str),
    /// The second factor of a person, by id. Whoever guesses at it has the password, so it is
    /// counted from wherever it comes.
    Second(i64),
    /// The code with which a tablet enrols. Codes that are right are not counted: many tablets are
    /// set up at one moment from one address.
    Enrolment,
}

/// How long so many failures make wait.
type Wait = fn(i64) -> i64;

impl Try {
    /// Takes a try at something from somewhere; otherwise the seconds until there is one.
    pub async fn take(
        app: &App,
        target: Target<'_>,
        client: &Client,
    ) -> Result<Result<Self, i64>, StoreError> {
        let mut shared: Vec<(String, Wait)> = Vec::new();
        let place = match target {
            Target::Enrolment => "enrolment",
            Target::Name(_) | Target::Second(_) => "address",
        };
        shared.extend(client.subject(place).map(|one| (one, wait_of_address as Wait)));
        let own = match target {
            Target::Name(name) => {
                let hash = blake3::derive_key(NAME_CONTEXT, name.as_bytes());
                let name = format!("name {}", hex::encode(&hash[..16]));
                let own = client.subject(&format!("{name} from")).unwrap_or_else(|| name.clone());
                if own != name {
                    shared.push((name, wait_of_name_from_everywhere));
                }
                Some(own)
            }
            Target::Second(user) => Some(format!("second factor {user}")),
            Target::Enrolment => None,
        };
        // The own one stands before the name, so that who waits for it costs the name no try.
        let place = shared.len().min(1);
        let mut all = shared.clone();
        if let Some(own) = &own {
            all.insert(place, (own.clone(), wait_of_name));
        }
        for (subject, wait) in &all {
            if let Some(left) =
                app.store.take_try(subject, *wait, FORGET_MS, app.clock.now()).await?
            {
                return Ok(Err(seconds(left)));
            }
        }
        Ok(Ok(Self { own, shared: shared.into_iter().map(|(subject, _)| subject).collect() }))
    }

    /// It was right: what is counted for this name and address begins anew. The address and the
    /// name get only this one try back, or somebody with an account of their own could guess at
    /// others for ever, and many machines at one name whenever its person signs in.
    pub async fn succeed(self, app: &App) -> Result<(), StoreError> {
        for subject in &self.shared {
            app.store.give_try_back(subject).await?;
        }
        match &self.own {
            Some(own) => app.store.forget_failures(own).await,
            None => Ok(()),
        }
    }
}

/// Whole seconds, never none.
fn seconds(left: i64) -> i64 {
    (left + 999) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_only_grow_up_to_the_longest(failures in 0_i64..10_000) {
            let (one, next) = (wait_of_name(failures), wait_of_name(failures + 1));
            prop_assert!(one <= next && next <= LONGEST_MS);
            prop_assert_eq!(one == 0, failures < FREE);
        }
    }

    #[test]
    fn waits_double_from_half_a_minute() {
        let seconds: Vec<_> = (4..11).map(|failures| wait_of_name(failures) / 1000).collect();
        assert_eq!(seconds, [0, 30, 60, 120, 240, 480, 900]);
    }

    #[test]
    fn a_household_counts_as_one() {
        let subject = |text: &str| Client(Some(text.parse().unwrap())).subject("address");
        assert_eq!(subject("2001:db8:1:2:3::4"), subject("2001:db8:1:2:ffff::1"));
        assert_ne!(subject("2001:db8:1:2::4"), subject("2001:db8:1:3::4"));
        assert_eq!(subject("::ffff:10.0.0.7"), Some("address 10.0.0.7".into()));
    }
}
