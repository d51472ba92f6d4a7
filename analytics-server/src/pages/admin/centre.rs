//! The centre's settings: one form over all of them. Tablets follow within half a minute, pages and
//! reports within seconds.

use super::centre_form::{ENDS, Faults, SPANS, factor_field, hour, read, typed_of};
use super::desk::{Desk, Stop};
use super::form::Field;
use super::holidays;
use super::list::{Choice, done_of};
use super::nouns::Typed;
use crate::auth::Role;
use crate::centre::{Centre, NOTICE_CHARS};
use crate::pages::posted::{Posted, mark_of};
use crate::pages::shell::{Shell, answer};
use crate::period::Policy;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use locales::languages_of;
use protocol::settings::Duty;

/// The page.
#[derive(Template)]
#[template(path = "admin/centre.html")]
pub(super) struct CentrePage {
    shell: Shell,
    admin: String,
    action: String,
    holidays: String,
    was: String,
    refusal: Option<String>,
    done: Option<String>,
    theirs: Vec<(String, String, String)>,
    general: Vec<Field>,
    languages: Vec<Choice>,
    languages_fault: Option<String>,
    /// Roles that are asked for a second factor.
    factor_roles: Vec<Choice>,
    notice: Vec<Field>,
    /// The notice as it stands on the tablets now.
    shown: Option<String>,
    days: Vec<Day>,
    letterhead: Vec<Field>,
    public: Vec<Field>,
    zone_waits: bool,
}

/// A weekday's spans.
struct Day {
    name: String,
    /// Name, label, value.
    times: Vec<(String, String, String)>,
    fault: Option<String>,
}

/// What happened before the page is shown.
#[derive(Default)]
struct Trouble {
    faults: Faults,
    refusal: Option<String>,
    theirs: Vec<(String, String, String)>,
}

/// `GET /admin/centre`.
pub(super) async fn show(desk: Desk) -> Response {
    let shown = async {
        let centre = desk.app.centre_now().await?;
        Ok(page(&desk, &centre, &typed_of(&centre), Trouble::default()))
    };
    desk.answer(shown.await)
}

fn page(desk: &Desk, centre: &Centre, typed: &Typed, trouble: Trouble) -> Response {
    let Trouble { faults, refusal, theirs } = trouble;
    let parts = Parts { desk, typed, faults: &faults };
    let status = if refusal.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let languages = languages_of("tablet").map(|code| {
        let name = format!("language-{code}");
        let chosen = parts.value(&name) == "yes";
        Choice { chosen, name: desk.say(&format!("admin-centre-notice-{code}")), value: name }
    });
    let shown = CentrePage {
        shell: desk.shell(desk.say("admin-centre"), "/admin/centre"),
        admin: desk.to("/admin"),
        action: desk.to("/admin/centre"),
        holidays: desk.to(holidays::PATH),
        was: mark_of(centre),
        refusal,
        done: done_of(desk),
        theirs,
        general: parts.general(),
        languages: languages.collect(),
        factor_roles: parts.factor_roles(),
        languages_fault: faults.get("languages").cloned(),
        notice: languages_of("tablet")
            .map(|code| parts.field(&format!("notice-{code}"), "textarea", NOTICE_CHARS))
            .collect(),
        shown: centre.notice.get(desk.texts.language()).or(centre.notice.get("vi")).cloned(),
        days: (0..7).map(|day| parts.day(day)).collect(),
        letterhead: parts.letterhead(),
        public: parts.public(),
        zone_waits: centre.zone().ok().as_ref() != Some(&desk.app.zone),
    };
    answer(status, shown.render())
}

/// What the page's fields are made from.
struct Parts<'a> {
    desk: &'a Desk,
    typed: &'a Typed,
    faults: &'a Faults,
}

impl Parts<'_> {
    fn value(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    fn field(&self, name: &str, kind: &'static str, limit: usize) -> Field {
        Field {
            name: name.to_owned(),
            label: self.desk.say(&format!("admin-centre-{name}")),
            hint: None,
            value: self.value(name),
            kind,
            limit,
            choices: Vec::new(),
            fault: self.faults.get(name).cloned(),
            fixed: false,
        }
    }

    fn hinted(&self, name: &str, kind: &'static str, limit: usize) -> Field {
        let hint = Some(self.desk.say(&format!("admin-centre-{name}-hint")));
        Field { hint, ..self.field(name, kind, limit) }
    }

    fn choice(&self, name: &str, words: &[&str]) -> Field {
        let field = self.hinted(name, "text", 20);
        let choices = words.iter().map(|word| Choice {
            value: (*word).to_owned(),
            name: self.desk.say(&format!("admin-centre-{name}-{}", word.replace('_', "-"))),
            chosen: field.value == *word,
        });
        Field { choices: choices.collect(), ..field }
    }

    fn general(&self) -> Vec<Field> {
        let names =
            languages_of("pages").map(|code| self.field(&format!("name-{code}"), "text", 200));
        let policies = Policy::ALL.map(Policy::name);
        names
            .chain([
                self.hinted("zone", "text", 60),
                self.choice("policy", &policies),
                self.choice("duty", &Duty::ALL.map(Duty::word)),
                self.choice("tap-sound", &["no", "yes"]),
                self.hinted("repeat", "number", 4),
                self.hinted("comments", "number", 3),
            ])
            .collect()
    }

    fn factor_roles(&self) -> Vec<Choice> {
        let choice = |role: Role| Choice {
            chosen: self.value(&factor_field(role)) == "yes",
            name: self.desk.say(&format!("account-role-{}", role.word())),
            value: factor_field(role),
        };
        Role::ALL.into_iter().map(choice).collect()
    }

    fn letterhead(&self) -> Vec<Field> {
        vec![
            self.field("parent", "text", 200),
            self.hinted("agency", "textarea", 600),
            self.field("number", "text", 200),
            self.field("place", "text", 200),
            self.field("authority", "text", 200),
            self.field("signer-title", "text", 200),
            self.field("signer-name", "text", 200),
            self.hinted("distribution", "textarea", 6_000),
        ]
    }

    fn public(&self) -> Vec<Field> {
        let first = [
            self.choice("public-shown", &["no", "yes"]),
            self.hinted("public-site", "text", 200),
            self.hinted("public-hotline", "text", 200),
            self.hinted("public-web", "text", 200),
        ];
        let addresses = languages_of("pages")
            .map(|code| self.field(&format!("public-address-{code}"), "text", 200));
        first.into_iter().chain(addresses).collect()
    }

    fn day(&self, day: usize) -> Day {
        let spans = (0..SPANS).flat_map(|span| ENDS.map(|end| (span, end)));
        let times = spans.map(|(span, end)| {
            let name = hour(day, span, end);
            let label = self.desk.say(&format!("admin-centre-span-{span}-{end}"));
            (name.clone(), label, self.value(&name))
        });
        Day {
            name: self.desk.say(&format!("admin-weekday-{}", day + 1)),
            times: times.collect(),
            fault: self.faults.get(&format!("hours-{day}")).cloned(),
        }
    }
}

/// `POST /admin/centre`.
pub(super) async fn save(desk: Desk, posted: Posted<Typed>) -> Response {
    let saved = async {
        let (centre, was) = Centre::stored(&desk.app.store).await?;
        let typed = &posted.form;
        if typed.get("was") != Some(&mark_of(&centre)) {
            return Ok(stale(&desk, &centre, typed));
        }
        match read(typed, &centre, desk.texts) {
            Ok(changed) if keep(&desk, was.as_deref(), &changed).await? => {
                Ok(desk.done("/admin/centre", "saved"))
            }
            Ok(_) => Ok(stale(&desk, &desk.app.centre_now().await?, typed)),
            Err(faults) => {
                let refusal = Some(desk.say("admin-fault-form"));
                Ok(page(&desk, &centre, typed, Trouble { faults, refusal, theirs: Vec::new() }))
            }
        }
    };
    desk.answer(saved.await)
}

/// Somebody else was faster: what is stored now, beside what was typed.
fn stale(desk: &Desk, centre: &Centre, typed: &Typed) -> Response {
    let stored = typed_of(centre);
    let theirs = stored.iter().filter_map(|(name, now)| {
        let own = typed.get(name).map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
        (own.trim() != now).then(|| (label(desk, name), now.clone(), own))
    });
    let (theirs, refusal) = (theirs.collect(), Some(desk.say("admin-fault-stale")));
    page(desk, centre, typed, Trouble { faults: Faults::new(), refusal, theirs })
}

/// Stores changed settings, after the check that every way in has; whether they were still what
/// they `was`.
pub(super) async fn keep(desk: &Desk, was: Option<&str>, centre: &Centre) -> Result<bool, Stop> {
    let json = serde_json::to_string(centre).unwrap_or_default();
    let checked = Centre::read(&json)?;
    Ok(desk.app.change_centre(was, checked, &desk.viewer.actor()).await?)
}

/// The label of any field, also of those in tables.
fn label(desk: &Desk, name: &str) -> String {
    if let Some(rest) = name.strip_prefix("hours-") {
        let mut parts = rest.splitn(2, '-');
        let day: usize = parts.next().and_then(|day| day.parse().ok()).unwrap_or(0);
        let weekday = desk.say(&format!("admin-weekday-{}", day + 1));
        let span = parts.next().unwrap_or_default();
        return format!("{weekday}: {}", desk.say(&format!("admin-centre-span-{span}")));
    }
    if let Some(code) = name.strip_prefix("language-") {
        return desk.say(&format!("admin-centre-notice-{code}"));
    }
    if let Some(role) = name.strip_prefix("factor-") {
        let role = desk.say(&format!("account-role-{role}"));
        return format!("{}: {role}", desk.say("admin-centre-factor"));
    }
    desk.say(&format!("admin-centre-{name}"))
}
