//! `backup` and `restore`: one file that holds everything, made while the server works.

use super::data::DataArguments;
use super::output::{moment, say};
use analytics_server::clock::Clock;
use analytics_server::storage::backup::{BackupError, LAST_BACKUP, look_into};
use analytics_server::storage::restore::restore as put_back;
use analytics_server::storage::{Store, without_password};
use anyhow::{Context, Result, bail};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    /// File to write, or a directory in which it is named by the moment.
    #[arg(long, value_name = "FILE|DIR")]
    out: PathBuf,
}

#[derive(clap::Args)]
pub struct RestoreArguments {
    #[command(flatten)]
    data: DataArguments,
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Let tokens of other software hold on: some may have been revoked since the backup.
    #[arg(long)]
    keep_tokens: bool,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let config = arguments.data.configured_alone()?;
    if let Some(address) = config.database.value {
        return Err(BackupError::Postgres(without_password(&address)).into());
    }
    let (store, now) = arguments.data.existing_store_now().await?;
    if arguments.out.as_os_str().as_encoded_bytes().ends_with(b"/") {
        // A directory was meant, and nobody else reads what is in it.
        DirBuilder::new().recursive(true).mode(0o700).create(&arguments.out).with_context(
            || format!("the directory {} can not be made", arguments.out.display()),
        )?;
    }
    let to = if arguments.out.is_dir() {
        let at = jiff::Timestamp::from_millisecond(now)?;
        arguments.out.join(at.strftime("hai-long-%Y%m%dT%H%M%SZ.db").to_string())
    } else {
        arguments.out
    };
    store.back_up(&to).await?;
    let copy = look_into(&to).await?;
    let contents = contents(&copy).await?;
    copy.close().await;
    // Only now: a copy that can not be read is none.
    store.put_setting(LAST_BACKUP, &now.to_string(), "command line", now).await?;
    store.close().await;
    say(format!("{}: {contents}", to.display()))
}

pub async fn restore(arguments: RestoreArguments) -> Result<()> {
    let config = arguments.data.configured_alone()?;
    if config.database.value.is_some() {
        bail!(
            "a PostgreSQL database is restored by its own tools: pg_restore --dbname=ADDRESS \
             hai-long.dump"
        );
    }
    let keys = config.secrets_key_file();
    let dir = config.data_dir.value;
    let now = Clock::system().now();
    put_back(&arguments.from, &dir, arguments.keep_tokens, now).await?;
    let store = arguments.data.store().await?;
    say(format!("{}: {}", dir.display(), contents(&store).await?))?;
    say("everybody signs in anew; links for passwords and unused codes for tablets have ended")?;
    let tokens = store.machine_tokens().await?;
    let revoked = tokens.iter().filter(|token| token.revoked_at == Some(now)).count();
    if revoked > 0 {
        say(format!(
            "{revoked} tokens of other software were revoked, since some may have been taken back \
             after the backup: make new ones with “analytics-server token add”, or restore again \
             with --keep-tokens"
        ))?;
    }
    let sealed = store.users().await?.iter().any(|user| user.has_second_factor);
    if sealed && !keys.exists() {
        say(format!(
            "put the keys for secrets back to {} before the start, or people sign in with recovery \
             codes alone",
            keys.display()
        ))?;
    }
    say("people and tablets that were retired after the backup hold again: retire them anew")?;
    for tablet in store.tablets().await? {
        say(format!(
            "tablet {} at {} will send again what it recorded after its event {} (last contact {})",
            tablet.id,
            tablet.counter,
            tablet.head,
            moment(tablet.last_contact_at)
        ))?;
    }
    say("a tablet that was enrolled after the backup needs a new code and keeps what it recorded")?;
    store.close().await;
    say("start the server")
}

async fn contents(store: &Store) -> Result<String> {
    let totals = store.totals(0).await?;
    Ok(format!(
        "{} tablets, {} events, {} ratings, the last of {}",
        totals.tablets,
        totals.events,
        totals.ratings,
        moment(totals.last)
    ))
}
