//! What flows in from each address before the sign-in, and from each officer who invites. A flood stops
//! here, and a building behind one address goes on signing in.

use super::take;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// Tries to sign in of one address at once: a building of people who all do at half past seven.
const SIGN_INS: NonZeroU32 = NonZeroU32::new(300).unwrap();
/// Tries of one address a second after that. Looking at a password keeps a processor busy for some
/// tens of milliseconds, so that this is some hundredths of one.
const SIGN_INS_A_SECOND: NonZeroU32 = NonZeroU32::new(2).unwrap();
/// Codes of tablets at once: a room of tablets that are set up by hand.
const CODES: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// After those one code each so many seconds. A code has more than 10^11 forms and lives two days.
const CODE_EVERY: Duration = Duration::from_secs(2);
/// Invitations of one officer a minute: one every two seconds is more than anybody serves.
const INVITATIONS_A_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// The limits of all addresses of this process.
#[derive(Debug)]
pub struct AddressLimits {
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    codes: DefaultKeyedRateLimiter<IpAddr>,
    /// By the id of the officer's account.
    invitations: DefaultKeyedRateLimiter<i64>,
}

impl Default for AddressLimits {
    fn default() -> Self {
        let codes = Quota::with_period(CODE_EVERY).map(|quota| quota.allow_burst(CODES));
        let sign_ins = Quota::per_second(SIGN_INS_A_SECOND);
        Self {
            sign_ins: RateLimiter::keyed(sign_ins.allow_burst(SIGN_INS)),
            codes: RateLimiter::keyed(codes.unwrap_or(sign_ins)),
            invitations: RateLimiter::keyed(Quota::per_minute(INVITATIONS_A_MINUTE)),
        }
    }
}

impl AddressLimits {
    /// Takes a try to sign in from an address; otherwise the seconds until there is room for one.
    pub fn sign_in(&self, address: IpAddr) -> Result<(), u64> {
        take(&self.sign_ins, &address)
    }

    /// Takes a try of a tablet's code from an address; otherwise the seconds until there is room for one.
    pub fn code(&self, address: IpAddr) -> Result<(), u64> {
        take(&self.codes, &address)
    }

    /// Takes an invitation of an account; otherwise the seconds until it may make one.
    pub fn invite(&self, user: i64) -> Result<(), u64> {
        take(&self.invitations, &user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_officer_invites_thirty_times_a_minute() {
        let limits = AddressLimits::default();
        let made = (0..200).filter(|_| limits.invite(7).is_ok()).count();
        assert!((30..=31).contains(&made), "{made}");
        assert!((1..=3).contains(&limits.invite(7).unwrap_err()));
        assert_eq!(limits.invite(8), Ok(()));
    }

    #[test]
    fn a_flood_of_one_address_stops_and_others_go_on() {
        let limits = AddressLimits::default();
        let address = |last: u8| IpAddr::from([10, 0, 0, last]);
        let passed = (0..1_000).filter(|_| limits.sign_in(address(1)).is_ok()).count();
        // Some more flow through while the loop runs.
        assert!((300..400).contains(&passed), "{passed}");
        assert!((1..=2).contains(&limits.sign_in(address(1)).unwrap_err()), "soon there is room");
        assert_eq!(limits.sign_in(address(2)), Ok(()));
        assert_eq!(limits.code(address(1)), Ok(()), "codes have a limit of their own");
        let codes = (0..200).filter(|_| limits.code(address(3)).is_ok()).count();
        assert!((60..70).contains(&codes), "{codes}");
    }
}
