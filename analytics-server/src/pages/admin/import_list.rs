//! The lists of which files are read in: what their files are about, what one would change, and how
//! that is stored.

use super::holidays::change;
use super::resource_page::resource_of;
use crate::auth::Role;
use crate::auth::person_rows::{self, PersonChange};
use crate::centre::days_off::DaysOff;
use crate::import::days_off;
use crate::import::fields::{References, path_segment};
use crate::import::header::Column;
use crate::import::kinds::listed;
use crate::import::lines::ListRow;
use crate::import::plan::{Plan, plan};
use crate::import::roster::{self, RosterChange};
use crate::pages::prelude::*;
use crate::storage::register::{EntryChange, Noun, RegisterOutcome};
use crate::storage::user_changes::Changed;
use serde::Serialize;

/// A list of which files are read in.
#[derive(Clone, Copy)]
pub(super) enum ImportList {
    Entries(Noun),
    Holidays,
    Roster,
    Users,
}

impl ImportList {
    /// The list that an address such as `/admin/officers/upload` is about, as it is routed: before
    /// anything in it is decoded.
    pub fn of(context: &Context) -> PageResult<Self> {
        match context.uri.path().split('/').nth(2).unwrap_or_default() {
            "holidays" => Ok(Self::Holidays),
            "rosters" => Ok(Self::Roster),
            "users" => Ok(Self::Users),
            word => resource_of(word).map(Self::Entries),
        }
    }

    /// Where the list is.
    pub fn path(self) -> String {
        format!("/admin/{}", self.word())
    }

    /// What the list is called.
    pub fn title(self, texts: &Texts) -> String {
        texts.get(&format!("admin-{}", self.word()))
    }

    /// Its word in addresses and in the key of its title.
    const fn word(self) -> &'static str {
        match self {
            Self::Entries(noun) => path_segment(noun),
            Self::Holidays => "holidays",
            Self::Roster => "rosters",
            Self::Users => "users",
        }
    }

    /// What to know about the columns of its files.
    pub fn note(self, texts: &Texts) -> String {
        match self {
            Self::Entries(_) => texts.get("admin-file-columns-note"),
            Self::Holidays => texts.get("admin-holidays-file-note"),
            Self::Roster => texts.get("admin-roster-file-note"),
            Self::Users => {
                let roles = Role::ALL.map(|role| role.name(texts)).join(", ");
                texts.with("account-file-note", &[("roles", &roles)])
            }
        }
    }

    /// Keys of what the preview calls the first two columns.
    pub const fn heads(self) -> [&'static str; 2] {
        match self {
            Self::Entries(_) => ["admin-row-code", "admin-row-name"],
            Self::Holidays => ["admin-holidays-day", "admin-holidays-weekday"],
            Self::Roster => ["admin-roster-row-day", "admin-roster-row-who"],
            Self::Users => ["account-name", "account-full-name"],
        }
    }

    /// The columns that make a file one of this list, in the order of its fields.
    pub fn columns(self) -> Vec<Column> {
        match self {
            Self::Entries(noun) => listed(noun),
            Self::Holidays => days_off::columns(),
            Self::Roster => roster::columns(),
            Self::Users => person_rows::columns(),
        }
    }

    /// What rows would change of what is stored now.
    pub async fn plan(self, context: &Context, rows: &[ListRow]) -> PageResult<Plan<Work>> {
        let (app, texts, now) = (&context.app, context.texts, context.now());
        let store = &app.store;
        Ok(match self {
            Self::Entries(noun) => {
                let references = References::of(store).await?;
                let stored = store.entries(noun).await?;
                let plan = plan(noun, &references, &stored, rows, texts);
                plan.map(|steps| Work::Entries(noun, steps))
            }
            Self::Holidays => {
                let known = app.centre_now().await?.days_off();
                days_off::plan(&known, rows, texts).map(Work::Holidays)
            }
            Self::Roster => {
                roster::plan(store, rows, &app.zone, texts, now).await?.map(Work::Roster)
            }
            Self::Users => person_rows::plan(store, rows, texts).await?.map(Work::Users),
        })
    }
}

/// What there is to do for a file.
#[derive(Serialize)]
pub(super) enum Work {
    Entries(Noun, Vec<EntryChange>),
    Holidays(DaysOff),
    Roster(RosterChange),
    Users(Vec<PersonChange>),
}

impl Work {
    /// Carries it out, or the key of why not.
    pub async fn carry_out(self, context: &Context) -> PageResult<Result<(), &'static str>> {
        const STALE: Result<(), &str> = Err("admin-import-stale");
        let (store, actor, now) = (&context.app.store, context.viewer.actor(), context.now());
        match self {
            Self::Entries(noun, steps) => {
                let carried = store.carry_out(noun, &steps, &actor, now).await?;
                Ok(if carried == RegisterOutcome::Done { Ok(()) } else { STALE })
            }
            Self::Holidays(fresh) => {
                let add = |days: &mut DaysOff| {
                    if fresh.iter().any(|(day, name)| days.get(day) == Some(name)) {
                        return STALE;
                    }
                    days.extend(fresh.clone());
                    Ok(())
                };
                change(context, add).await
            }
            Self::Roster(RosterChange { cancelled, added }) => {
                let made = store.change_roster(&cancelled, &added, &actor, now).await?;
                Ok(if made.is_some() { Ok(()) } else { STALE })
            }
            Self::Users(people) => {
                Ok(match person_rows::carry_out(store, &people, &actor, now).await? {
                    Changed::Done => Ok(()),
                    Changed::LastAdministrator => Err("account-fault-last"),
                    Changed::Missing | Changed::Stale => Err("account-import-rest"),
                })
            }
        }
    }
}
