//! `user add`, `list`, `password`, `factor` and `retire`: the first administrator, and the way back in when
//! nobody can sign in any more. Passwords never stand on a command line, where others could read
//! them: a person chooses theirs by a link.

use super::data::DataArguments;
use super::lookup::known_codes;
use super::output::{say, say_none};
use analytics_server::auth::Role;
use analytics_server::auth::link;
use analytics_server::auth::person::{PersonFault, Written, read};
use analytics_server::storage::Store;
use analytics_server::storage::rows::Directory;
use analytics_server::storage::user_changes::Changed;
use analytics_server::storage::users::User;
use anyhow::{Context, Error, Result, anyhow, bail};
use clap::Subcommand;
use clap::builder::PossibleValuesParser;

/// How the audit log names the person at the command line.
const ACTOR: &str = "command line";

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Add a person and print the link with which they choose a password, once.
    Add {
        #[command(flatten)]
        data: DataArguments,
        /// What they type at the sign-in: small letters, digits, “.”, “-”, “_”.
        #[arg(value_name = "NAME")]
        name: String,
        /// How they are addressed.
        #[arg(long, value_name = "NAME")]
        full_name: String,
        /// What they may do.
        #[arg(long, value_name = "ROLE", value_parser = PossibleValuesParser::new(Role::ALL.map(Role::word)))]
        role: String,
        /// Code of a department that a supervisor answers for; can be repeated.
        #[arg(long, value_name = "CODE")]
        department: Vec<String>,
        /// Code of the officer that the person is: needed for the role officer, for others who also
        /// serve at a counter.
        #[arg(long, value_name = "CODE", default_value = "")]
        officer: String,
        /// Where mail reaches them.
        #[arg(long, value_name = "ADDRESS", default_value = "")]
        email: String,
        #[command(flatten)]
        server: Server,
    },
    /// List all people who may sign in.
    List {
        #[command(flatten)]
        data: DataArguments,
    },
    /// Print a new link for a password. The old password, all sessions and older links are void.
    Password {
        #[command(flatten)]
        data: DataArguments,
        /// User name.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        server: Server,
    },
    /// Take a second factor away from somebody who lost it: the password alone lets them in again.
    Factor {
        #[command(flatten)]
        data: DataArguments,
        /// User name.
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Retire a person: they can not sign in any more.
    Retire {
        #[command(flatten)]
        data: DataArguments,
        /// User name.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// Where people reach the server.
#[derive(clap::Args)]
struct Server {
    /// Address of the server as people reach it, such as `https://hailong.tinh.gov.vn`; without it
    /// the link begins with the path.
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
}

impl Server {
    /// Makes a link and prints it.
    async fn link(&self, store: &Store, user: i64, now: i64) -> Result<()> {
        let path = link::make(store, user, ACTOR, now).await?;
        match self.address.as_deref() {
            Some(address) => say(format!("{}{path}", address.trim_end_matches('/')))?,
            None => say(path)?,
        }
        eprintln!(
            "The link works once, within two days.{}",
            if self.address.is_none() { " Put the server's address before it." } else { "" }
        );
        Ok(())
    }
}

async fn known(store: &Store, name: &str) -> Result<User> {
    let name = name.trim().to_lowercase();
    let user = store.users().await?.into_iter().find(|user| user.name == name);
    user.with_context(|| {
        format!("nobody has the user name {name}; see “analytics-server user list”")
    })
}

/// A fault with the codes that could have been meant.
fn refused(fault: PersonFault, directory: &Directory) -> Error {
    let known = match fault {
        PersonFault::NoDepartment | PersonFault::Department => {
            known_codes(directory.departments.iter().map(|one| one.code.as_str()))
        }
        PersonFault::Officer => known_codes(directory.officers.iter().map(|one| one.code.as_str())),
        other => return other.into(),
    };
    anyhow!("{fault}; known are: {known}")
}

pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Add { data, name, full_name, role, department, officer, email, server } => {
            let (store, now) = data.existing_store_now().await?;
            let departments = department;
            let language = String::new();
            let written = Written { name, full_name, role, departments, officer, email, language };
            let directory = store.directory().await?;
            let data = read(&written, &directory).map_err(|fault| refused(fault, &directory))?;
            let Some(user) = store.add_user(&data, ACTOR, now).await? else {
                bail!("the user name {} is taken; choose another", data.name);
            };
            server.link(&store, user, now).await
        }
        Command::List { data } => {
            let (store, _) = data.existing_store_now().await?;
            let users = store.users().await?;
            if users.is_empty() {
                say_none("Nobody can sign in yet; “analytics-server user add” adds the first.");
            }
            for user in users {
                let state = match user {
                    User { retired_at: Some(_), .. } => "retired",
                    User { has_password: false, .. } => "no password yet",
                    User { has_second_factor: true, .. } => "active, two steps",
                    _ => "active",
                };
                say(format!("{}\t{}\t{}\t{state}", user.name, user.full_name, user.role.word()))?;
            }
            Ok(())
        }
        Command::Password { data, name, server } => {
            let (store, now) = data.existing_store_now().await?;
            let user = known(&store, &name).await?;
            if user.retired_at.is_some() {
                bail!(
                    "{} is retired; an administrator can bring them back on the pages",
                    user.name
                );
            }
            server.link(&store, user.id, now).await
        }
        Command::Factor { data, name } => {
            let (store, now) = data.existing_store_now().await?;
            let user = known(&store, &name).await?;
            if store.remove_second_factor(user.id, ACTOR, now).await? {
                say(format!("{} has no second factor any more", user.name))
            } else {
                bail!("{} has no second factor", user.name)
            }
        }
        Command::Retire { data, name } => {
            let (store, now) = data.existing_store_now().await?;
            let user = known(&store, &name).await?;
            match store.retire_user(user.id, true, ACTOR, now).await? {
                Changed::Done => say(format!("{} is retired", user.name)),
                Changed::Missing | Changed::Stale => {
                    bail!("nobody has the user name {}", user.name)
                }
                Changed::LastAdministrator => {
                    bail!("{} is the last active administrator; add another one first", user.name)
                }
            }
        }
    }
}
