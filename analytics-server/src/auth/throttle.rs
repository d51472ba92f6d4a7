//! How often somebody may guess. Two things are counted. What comes from one address meets a rate limit
//! in memory first. What passes is counted by name in the database, so that several servers count
//! together: a few free tries, then waits that double.

use crate::proxy::Peer;
use crate::state::App;
use crate::storage::StoreError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};

/// Tries that cost no wait: a person who mistypes needs two or three. Of a name they are counted for
/// each address, so that a stranger who guesses at it delays only themselves.
const FREE: i64 = 5;
/// For a name from everywhere together: no person mistypes so often, only many machines at once.
const FREE_FROM_EVERYWHERE: i64 = 200;
/// The longest wait then, in milliseconds: 1,440 tries a day, and a way in for whom the name is.
const LONGEST_FROM_EVERYWHERE_MS: i64 = 60_000;
/// The first wait, in milliseconds.
const FIRST_MS: i64 = 30_000;
/// The longest wait, in milliseconds: a quarter of an hour, so that nobody guesses a password in a hundred
/// tries a day, and somebody who is kept out by others waits no longer than that.
const LONGEST_MS: i64 = 15 * 60_000;
/// After a day without a failure it is as if there had been none.
pub const FORGET_MS: i64 = 24 * 60 * 60_000;
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

fn wait_of_name_from_everywhere(failures: i64) -> i64 {
    wait(failures, FREE_FROM_EVERYWHERE).min(LONGEST_FROM_EVERYWHERE_MS)
}

/// Where a request comes from, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client(pub Option<IpAddr>);

impl Client {
    /// What is counted for it: IPv6 by the 64 bits that one household has.
    fn network(&self) -> Option<IpAddr> {
        Some(match self.0?.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            address @ IpAddr::V4(_) => address,
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
#[derive(Debug, Default)]
pub struct Try {
    /// What begins anew once it was right.
    own: Option<String>,
    /// What gets only this try back.
    name: Option<String>,
}

/// What is guessed at.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// The password of a name, as it was typed.
    Name(&'a str),
    /// The second factor of a person, by id. A guess at it means that the password is known, so tries
    /// from all addresses are counted together.
    Second(i64),
    /// The code with which a tablet enrols: nothing is counted beyond its address.
    Enrolment,
}

impl Try {
    /// Takes a try at something from somewhere; otherwise the seconds until there is one.
    pub async fn take(
        app: &App,
        target: Target<'_>,
        client: &Client,
    ) -> Result<Result<Self, i64>, StoreError> {
        // Without an address there is no connection: a test, or a program of our own.
        if let Some(address) = client.network() {
            let taken = match target {
                Target::Enrolment => app.address_limits.code(address),
                Target::Name(_) | Target::Second(_) => app.address_limits.sign_in(address),
            };
            if let Err(wait) = taken {
                return Ok(Err(wait.cast_signed()));
            }
        }
        let (own, name) = match target {
            Target::Name(name) => {
                let hash = blake3::derive_key(NAME_CONTEXT, name.as_bytes());
                let name = format!("name {}", hex::encode(&hash[..16]));
                match client.network() {
                    Some(network) => (format!("{name} from {network}"), Some(name)),
                    None => (name, None),
                }
            }
            Target::Second(user) => (format!("second factor {user}"), None),
            Target::Enrolment => return Ok(Ok(Self::default())),
        };
        let (store, now) = (&app.store, app.clock.now());
        // The own one first, so that who waits for it costs the name no try.
        if let Some(left) = store.take_try(&own, wait_of_name, FORGET_MS, now).await? {
            return Ok(Err(seconds(left)));
        }
        if let Some(name) = &name
            && let Some(left) =
                store.take_try(name, wait_of_name_from_everywhere, FORGET_MS, now).await?
        {
            store.give_try_back(&own).await?;
            return Ok(Err(seconds(left)));
        }
        Ok(Ok(Self { own: Some(own), name }))
    }

    /// It was right: what is counted for this name and address begins anew. The name gets only this
    /// one try back, or many machines could guess at it whenever its person signs in.
    pub async fn succeed(self, app: &App) -> Result<(), StoreError> {
        if let Some(name) = &self.name {
            app.store.give_try_back(name).await?;
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
        let network = |text: &str| Client(Some(text.parse().unwrap())).network();
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::4"), network("2001:db8:1:3::4"));
        assert_eq!(network("::ffff:10.0.0.7"), Some("10.0.0.7".parse().unwrap()));
    }
}
