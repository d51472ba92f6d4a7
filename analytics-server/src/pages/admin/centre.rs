//! The centre's settings: one form over all of them. Tablets follow within half a minute, pages and
//! reports within seconds.

use super::centre_form::{ENDS, SPANS, factor_field, hour, read, typed_of};
use super::form_page::FormErrors;
use crate::auth::Role;
use crate::centre::{Centre, NOTICE_CHARS};
use crate::import::fields::Typed;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Choice, Field, FieldValues, is_current};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::period::Policy;
use locales::languages_of;
use protocol::settings::Duty;

/// Where it is.
const PATH: &str = "/admin/centre";

/// The page with all settings.
#[derive(Template)]
#[template(path = "admin/centre.html")]
struct CentrePage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    holidays: String,
    was: String,
    refusal: Option<String>,
    done: Option<String>,
    theirs: Vec<(String, String, String)>,
    general: Vec<Field>,
    languages: Vec<Choice>,
    languages_error: Option<String>,
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
    error: Option<String>,
}

/// `GET /admin/centre`.
pub(super) async fn show(context: Context) -> PageResult {
    let centre = context.app.centre_now().await?;
    Ok(page(&context, &centre, &typed_of(&centre), FormErrors::default()))
}

fn page(context: &Context, centre: &Centre, typed: &Typed, errors: FormErrors) -> Response {
    let status = errors.status();
    let FormErrors { fields: errors, refusal, theirs, .. } = errors;
    let parts = Parts(FieldValues { context, typed, errors: &errors });
    let languages = languages_of("tablet").map(|code| {
        let label = context.text(&format!("admin-centre-notice-{code}"));
        parts.0.tick(format!("language-{code}"), label)
    });
    let page = CentrePage {
        layout: context.layout(context.text("admin-centre"), PATH),
        breadcrumb: Breadcrumb::admin(context),
        action: context.to(PATH),
        holidays: context.to("/admin/holidays"),
        was: mark_of(centre),
        refusal,
        done: done_notice(context),
        theirs,
        general: parts.general(),
        languages: languages.collect(),
        factor_roles: parts.factor_roles(),
        languages_error: errors.get("languages").cloned(),
        notice: languages_of("tablet")
            .map(|code| parts.field(&format!("notice-{code}"), "textarea", NOTICE_CHARS))
            .collect(),
        shown: centre.notice.get(context.texts.language()).or(centre.notice.get("vi")).cloned(),
        days: (0..7).map(|day| parts.day(day)).collect(),
        letterhead: parts.letterhead(),
        public: parts.public(),
        zone_waits: centre.zone().ok().as_ref() != Some(&context.app.zone),
    };
    answer(status, page.render())
}

/// Makes the parts of the form.
struct Parts<'a>(FieldValues<'a>);

impl Parts<'_> {
    fn text(&self, key: &str) -> String {
        self.0.context.text(key)
    }

    fn field(&self, name: &str, kind: &'static str, limit: usize) -> Field {
        Field { kind, ..self.0.line(name, &format!("admin-centre-{name}"), limit) }
    }

    fn hinted(&self, name: &str, kind: &'static str, limit: usize) -> Field {
        let hint = Some(self.text(&format!("admin-centre-{name}-hint")));
        Field { hint, ..self.field(name, kind, limit) }
    }

    fn choice(&self, name: &str, words: &[&str]) -> Field {
        let field = self.hinted(name, "text", 20);
        let choices = words.iter().map(|word| Choice {
            value: (*word).to_owned(),
            name: self.text(&format!("admin-centre-{name}-{}", word.replace('_', "-"))),
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
        let tick = |role: Role| {
            let label = self.text(&format!("account-role-{}", role.word()));
            self.0.tick(factor_field(role), label)
        };
        Role::ALL.into_iter().map(tick).collect()
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
            let label = self.text(&format!("admin-centre-span-{span}-{end}"));
            (name.clone(), label, self.0.value(&name))
        });
        Day {
            name: self.text(&format!("admin-weekday-{}", day + 1)),
            times: times.collect(),
            error: self.0.errors.get(&format!("hours-{day}")).cloned(),
        }
    }
}

/// `POST /admin/centre`.
pub(super) async fn save(context: Context, CsrfForm(typed): CsrfForm<Typed>) -> PageResult {
    let (centre, was) = Centre::stored(&context.app.store).await?;
    if !is_current(&typed, "was", &centre) {
        return Ok(stale(&context, &centre, &typed));
    }
    let changed = match read(&typed, &centre, context.texts) {
        Ok(changed) => changed,
        Err(errors) => {
            let errors = FormErrors::of_fields(&context, errors);
            return Ok(page(&context, &centre, &typed, errors));
        }
    };
    if keep(&context, was.as_deref(), &changed).await? {
        return Ok(context.done(PATH, "saved"));
    }
    Ok(stale(&context, &context.app.centre_now().await?, &typed))
}

/// Somebody else was faster: what is stored now, beside what was typed.
fn stale(context: &Context, centre: &Centre, typed: &Typed) -> Response {
    let stored = typed_of(centre);
    let theirs = stored.iter().filter_map(|(name, now)| {
        let own = typed.get(name).map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
        (own.trim() != now).then(|| (label(context, name), now.clone(), own))
    });
    let theirs = theirs.collect();
    let errors = FormErrors { theirs, ..FormErrors::refusal(context.text("admin-fault-stale")) };
    page(context, centre, typed, errors)
}

/// Stores changed settings, after the check that every way of storing them makes; whether they were
/// still what they `was`.
pub(super) async fn keep(
    context: &Context,
    was: Option<&str>,
    centre: &Centre,
) -> PageResult<bool> {
    let json = serde_json::to_string(centre).unwrap_or_default();
    let checked = Centre::read(&json)?;
    Ok(context.app.change_centre(was, checked, &context.viewer.actor()).await?)
}

/// The label of any field, also of those in tables.
fn label(context: &Context, name: &str) -> String {
    if let Some(rest) = name.strip_prefix("hours-") {
        let mut parts = rest.splitn(2, '-');
        let day: usize = parts.next().and_then(|day| day.parse().ok()).unwrap_or(0);
        let weekday = context.text(&format!("admin-weekday-{}", day + 1));
        let span = parts.next().unwrap_or_default();
        return format!("{weekday}: {}", context.text(&format!("admin-centre-span-{span}")));
    }
    if let Some(code) = name.strip_prefix("language-") {
        return context.text(&format!("admin-centre-notice-{code}"));
    }
    if let Some(role) = name.strip_prefix("factor-") {
        let role = context.text(&format!("account-role-{role}"));
        return format!("{}: {role}", context.text("admin-centre-factor"));
    }
    context.text(&format!("admin-centre-{name}"))
}
