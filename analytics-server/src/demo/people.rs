//! The five people of a demonstration, one for each role, so that a visitor looks at the pages as
//! each of them with one click. They have no password: only a demonstration lets them in.

use super::DemoError;
use super::counters::counters;
use super::guide::CASE;
use crate::demonstration::PEOPLE;
use crate::period;
use crate::state::App;
use crate::storage::rows::{Directory, Officer};
use crate::storage::users::{Role, UserData};
use std::collections::BTreeSet;

/// Adds those of them that are missing.
pub(super) async fn give_people(app: &App) -> Result<(), DemoError> {
    let known = app.store.users().await?;
    if PEOPLE.iter().all(|(_, name, _)| known.iter().any(|user| user.name == *name)) {
        return Ok(());
    }
    let directory = app.store.directory().await?;
    let officer = busiest(app, &directory).await;
    for (role, name, full_name) in PEOPLE {
        let department = officer.filter(|_| role == Role::Supervisor).map(|one| one.department);
        let own = officer.filter(|_| role == Role::Officer);
        let data = UserData {
            name: name.to_owned(),
            // The officer's account speaks of the officer, under their own name.
            full_name: own.map_or(full_name, |one| one.name.as_str()).to_owned(),
            role,
            departments: department.into_iter().collect::<BTreeSet<_>>(),
            officer: own.map(|one| one.id),
            email: None,
            language: None,
        };
        app.store.add_user(&data, "demo", app.clock.now()).await?;
    }
    Ok(())
}

/// The officer at a simulated tablet whose department has the most ratings in the case: there is
/// much to see, and it grows while one looks.
async fn busiest<'a>(app: &App, directory: &'a Directory) -> Option<&'a Officer> {
    let case = period::parse(CASE, app.centre().policy).ok()?;
    // Without figures any officer at a tablet will do.
    let figures = app.figures(&case).await.ok();
    let ratings = |officer: &Officer| {
        let code = directory.department_of(officer.department).map(|one| one.code.as_str());
        let groups = figures.iter().flat_map(|figures| &figures.departments);
        let mut own = groups.filter(|group| Some(group.code.as_str()) == code);
        own.next().map_or(0, |group| group.ratings.total)
    };
    let officers = counters(directory);
    let officers = officers.into_iter().filter_map(|one| directory.usual_officer(one.id));
    officers.max_by_key(|officer| ratings(officer))
}
