//! How often somebody may guess. Two things are counted. What comes from one address flows through a
//! leaky bucket in memory, before anything is read or written: a flood stops there, and a building
//! behind one address goes on signing in. What passes is counted by name in the database, so that
//! several servers count together: a few free tries, then waits that double.

use crate::proxy::Peer;
use crate::state::App;
use crate::storage::StoreError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

/// Tries that cost no wait: a person who mistypes needs two or three. Of a name they are counted for
/// each address, so that a stranger who guesses at it keeps only themselves waiting.
const FREE: i64 = 5;
/// For a name from everywhere together: no person mistypes so often, only many machines at once.
const FREE_FROM_EVERYWHERE: i64 = 200;
/// The longest wait then, in milliseconds: 1,440 tries a day, and a way in for whom the name is.
const LONGEST_FROM_EVERYWHERE_MS: i64 = 60_000;
/// Tries of one address at once: a building of people who all sign in at half past seven.
const BURST: NonZeroU32 = NonZeroU32::new(300).unwrap();
/// Tries of one address a second after that. Looking at a password keeps a processor busy for some
/// tens of milliseconds, so that this is some hundredths of one.
const A_SECOND: NonZeroU32 = NonZeroU32::new(2).unwrap();
/// Codes of tablets at once: a room of tablets that are set up by hand.
const CODES: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// After those one code each so many seconds. A code has more than 10^11 forms and lives two days.
const CODE_EVERY: Duration = Duration::from_secs(2);
/// Invitations of one officer a minute: one every two seconds is more than anybody serves.
const INVITATIONS_A_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// Addresses that are remembered before those who have been quiet are let go.
const REMEMBERED: usize = 10_000;
/// The first wait, in milliseconds.
const FIRST_MS: i64 = 30_000;
/// The longest: nobody guesses a password in a hundred tries a day, and nobody is kept out by
/// others for longer than a coffee.
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

/// What flows in from each address.
#[derive(Debug)]
pub struct Buckets {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    codes: DefaultKeyedRateLimiter<IpAddr>,
    /// By the id of who asks.
    invitations: DefaultKeyedRateLimiter<i64>,
}

impl Default for Buckets {
    fn default() -> Self {
        let codes = Quota::with_period(CODE_EVERY).map(|quota| quota.allow_burst(CODES));
        Self {
            sign_in: RateLimiter::keyed(Quota::per_second(A_SECOND).allow_burst(BURST)),
            codes: RateLimiter::keyed(codes.unwrap_or(Quota::per_second(A_SECOND))),
            invitations: RateLimiter::keyed(Quota::per_minute(INVITATIONS_A_MINUTE)),
        }
    }
}

impl Buckets {
    /// Takes an invitation of a person; otherwise the seconds until they may make one.
    pub fn invite(&self, user: i64) -> Result<(), u64> {
        if self.invitations.len() > REMEMBERED {
            self.invitations.retain_recent();
        }
        self.invitations.check_key(&user).map_err(|full| {
            full.wait_time_from(DefaultClock::default().now()).as_secs().saturating_add(1)
        })
    }

    /// Takes a drop; otherwise the seconds until there is room for one.
    fn take(&self, target: Target<'_>, client: &Client) -> Result<(), i64> {
        // Without an address there is no connection: a test, or a program of our own.
        let Some(network) = client.network() else { return Ok(()) };
        let bucket = match target {
            Target::Enrolment => &self.codes,
            Target::Name(_) | Target::Second(_) => &self.sign_in,
        };
        if bucket.len() > REMEMBERED {
            bucket.retain_recent();
        }
        bucket.check_key(&network).map_err(|full| {
            let wait = full.wait_time_from(DefaultClock::default().now());
            i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1)
        })
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
    /// The second factor of a person, by id. Whoever guesses at it has the password, so it is
    /// counted from wherever it comes.
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
        if let Err(wait) = app.buckets.take(target, client) {
            return Ok(Err(wait));
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

    #[test]
    fn an_officer_invites_thirty_times_a_minute() {
        let buckets = Buckets::default();
        let made = (0..200).filter(|_| buckets.invite(7).is_ok()).count();
        assert!((30..=31).contains(&made), "{made}");
        assert!((1..=3).contains(&buckets.invite(7).unwrap_err()));
        assert_eq!(buckets.invite(8), Ok(()));
    }

    #[test]
    fn a_flood_of_one_address_stops_and_others_go_on() {
        let buckets = Buckets::default();
        let client = |last: u8| Client(Some(std::net::Ipv4Addr::new(10, 0, 0, last).into()));
        let taken = |last, target: Target<'_>| buckets.take(target, &client(last));
        let name = Target::Name("x");
        let passed = (0..1_000).filter(|_| taken(1, name).is_ok()).count();
        // Some more flow through while the loop runs.
        assert!((300..400).contains(&passed), "{passed}");
        assert!((1..=2).contains(&taken(1, name).unwrap_err()), "soon there is room for one");
        assert_eq!(taken(2, name), Ok(()));
        assert_eq!(taken(1, Target::Enrolment), Ok(()), "codes have a bucket of their own");
        let codes = (0..200).filter(|_| taken(3, Target::Enrolment).is_ok()).count();
        assert!((60..70).contains(&codes), "{codes}");
        assert_eq!(buckets.take(name, &Client(None)), Ok(()));
    }
}
