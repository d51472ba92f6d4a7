//! How a password or a code is checked: tries are counted, failures are logged, and who tried too often
//! waits.

use super::password::{self, PasswordFault};
use super::throttle::{Client, Target, Try};
use super::{factor_keys, second};
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::users::User;
use locales::Texts;

/// Somebody who is not signed in, as the log names them.
pub const VISITOR: &str = "visitor";

/// Counts sign-ins that were refused for their password or code.
pub const SIGN_INS_FAILED: &str = "hai_long_sign_ins_failed_total";

/// Why a password or a code does not lead on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not right.
    Wrong,
    /// It was not looked at: seconds until there is another try.
    Wait(i64),
}

impl Refusal {
    /// Why, in a sentence; `wrong` is the key of the one that it is not right.
    pub fn sentence(self, texts: &Texts, wrong: &str) -> String {
        match self {
            Self::Wrong => texts.get(wrong),
            Self::Wait(seconds @ ..=90) => {
                texts.with("account-wait-seconds", &[("seconds", &seconds.to_string())])
            }
            Self::Wait(seconds) => {
                let minutes = (seconds + 59) / 60;
                texts.with("account-wait-minutes", &[("minutes", &minutes.to_string())])
            }
        }
    }
}

/// Id and hash of the person of a name whose password is `given`. `actor` is who gives it.
pub async fn check_password(
    app: &App,
    actor: &str,
    client: &Client,
    name: &str,
    given: String,
) -> Result<Result<(i64, String), Refusal>, StoreError> {
    let taken = match Try::take(app, Target::Name(name), client).await? {
        Ok(taken) => taken,
        Err(seconds) => return Ok(Err(Refusal::Wait(seconds))),
    };
    let known = app.store.password_of(name).await?;
    let hash = known.as_ref().map(|(_, hash)| hash.clone());
    let right = password::holds_any(given, hash).await;
    let Some(known) = known.filter(|_| right) else {
        failed(app, actor, client, name, "give wrong password").await?;
        return Ok(Err(Refusal::Wrong));
    };
    taken.succeed(app).await?;
    Ok(Ok(known))
}

/// Whether a code is one of somebody's second factor, or a recovery code of theirs, and was not taken
/// before.
pub async fn check_second_factor(
    app: &App,
    client: &Client,
    user: &User,
    code: &str,
) -> Result<Result<(), Refusal>, StoreError> {
    let taken = match Try::take(app, Target::Second(user.id), client).await? {
        Ok(taken) => taken,
        Err(seconds) => return Ok(Err(Refusal::Wait(seconds))),
    };
    if !is_right(app, user.id, code).await? {
        failed(app, VISITOR, client, &user.name, "give wrong second factor").await?;
        return Ok(Err(Refusal::Wrong));
    }
    taken.succeed(app).await?;
    Ok(Ok(()))
}

async fn is_right(app: &App, user: i64, code: &str) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let Some(kept) = app.store.second_factor(user).await?.secret else { return Ok(false) };
    let step = match factor_keys::open(&app.sealing, user, &kept) {
        Ok(secret) => second::step_of(&secret, code, now),
        Err(error) => {
            // Recovery codes are kept as hashes and let in without it.
            tracing::error!(user, %error, "the code of a second factor can not be checked");
            None
        }
    };
    match step {
        Some(step) => app.store.take_totp_step(user, step).await,
        None => app.store.take_recovery_code(user, second::recovery_hash(code), now).await,
    }
}

/// Notes a failed sign-in. A name that nobody has is not written down: people type passwords there.
async fn failed(
    app: &App,
    actor: &str,
    client: &Client,
    name: &str,
    action: &str,
) -> Result<(), StoreError> {
    metrics::counter!(SIGN_INS_FAILED).increment(1);
    let known = app.store.has_user_named(name).await?;
    let subject = if known { format!("user {name}") } else { "unknown name".to_owned() };
    let address = client.0.map(|address| address.to_string());
    app.store.add_audit_line(actor, action, &subject, address.as_deref(), app.clock.now()).await
}

/// Whether somebody can choose a password, by what is known about them.
pub async fn weigh_password(
    app: &App,
    user: &User,
    password: String,
) -> Result<Result<(), PasswordFault>, StoreError> {
    let directory = app.store.directory().await?;
    let code = user.officer.and_then(|id| directory.officer_of(id)).map(|one| one.code.clone());
    let department = |id: &i64| directory.department_of(*id).map(|one| one.name.clone());
    let mut about = vec![user.name.clone(), user.full_name.clone()];
    about.extend(code.into_iter().chain(user.email.clone()));
    about.extend(user.departments.iter().filter_map(department));
    about.extend(app.centre().name.values().cloned());
    Ok(password::weigh(password, about).await)
}
