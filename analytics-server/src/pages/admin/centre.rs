//! The centre's settings: one form over all of them. Tablets follow within half a minute, pages and
//! reports within seconds.

use crate::auth::Role;
use crate::centre::fields::{ENDS, SPANS, factor_field, hour, label, read, typed_of};
use crate::centre::{Centre, NOTICE_CHARS};
use crate::form_reader::FormValues;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::confirmation::{Confirmation, FIELD, is_confirmed, sent_again};
use crate::pages::first_steps::{FirstSteps, NextStep};
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Field, FormFields, is_current};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::period::Policy;
use crate::retention::count_expiring;
use locales::languages_of;
use protocol::settings::Duty;

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
    errors: FormErrors,
    done: Option<String>,
    next: Option<NextStep>,
    general: Vec<Field>,
    /// Roles that are asked for a second factor.
    roles: Field,
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
    /// The field that has its error.
    field: String,
    name: String,
    /// Name, label, value.
    times: Vec<(String, String, String)>,
    error: Option<String>,
}

/// `GET /admin/centre`.
pub(super) async fn show(context: Context) -> PageResult {
    let centre = context.app.centre_now().await?;
    page(&context, &centre, &typed_of(&centre), FormErrors::default()).await
}

async fn page(
    context: &Context,
    centre: &Centre,
    typed: &FormValues,
    errors: FormErrors,
) -> PageResult {
    let next = FirstSteps::next_step(context).await?;
    let texts = context.texts;
    let key = |word: &str| format!("admin-centre-{word}");
    let form = FormFields { texts, key, typed, errors: &errors.fields };
    let role = |role: Role| (factor_field(role), role.name(texts));
    let notice = |code: &str| {
        let field = form.field(&format!("notice-{code}"), NOTICE_CHARS);
        Field { kind: "textarea", ..field }
    };
    let page = CentrePage {
        layout: context.layout(context.text("admin-centre"), PATH),
        breadcrumb: Breadcrumb::admin(context),
        action: context.to(PATH),
        holidays: context.to("/admin/holidays"),
        was: mark_of(centre),
        done: done_notice(context),
        next,
        general: general(&form),
        roles: form.ticks(form.field("factor-roles", 0), Role::ALL.into_iter().map(role)),
        notice: languages_of("tablet").map(notice).collect(),
        shown: centre.notice.get(texts.language()).or(centre.notice.get("vi")).cloned(),
        days: (0..7).map(|number| day(&form, number)).collect(),
        letterhead: letterhead(&form),
        public: public(&form),
        zone_waits: centre.zone().ok().as_ref() != Some(&context.app.zone),
        errors,
    };
    Ok(answer(page.errors.status(), page.render()))
}

fn choice(form: &FormFields<'_>, name: &str, words: &[&str]) -> Field {
    form.choose(form.hinted(name, 20), None, words, |word| format!("admin-centre-{name}-{word}"))
}

fn general(form: &FormFields<'_>) -> Vec<Field> {
    let names = languages_of("pages").map(|code| form.field(&format!("name-{code}"), 200));
    let language = |code: &str| {
        let name = format!("language-{code}");
        let label = label(&name, form.texts);
        (name, label)
    };
    let others = [
        form.hinted("zone", 60),
        choice(form, "policy", &Policy::ALL.map(Policy::name)),
        choice(form, "duty", &Duty::ALL.map(Duty::word)),
        choice(form, "tap-sound", &["no", "yes"]),
        Field { kind: "number", ..form.hinted("repeat", 4) },
        Field { kind: "number", ..form.hinted("comments", 3) },
        form.ticks(form.field("languages", 0), languages_of("tablet").map(language)),
    ];
    names.chain(others).collect()
}

fn letterhead(form: &FormFields<'_>) -> Vec<Field> {
    vec![
        form.field("parent", 200),
        Field { kind: "textarea", ..form.hinted("agency", 600) },
        form.field("number", 200),
        form.field("place", 200),
        form.field("authority", 200),
        form.field("signer-title", 200),
        form.field("signer-name", 200),
        Field { kind: "textarea", ..form.hinted("distribution", 6_000) },
    ]
}

fn public(form: &FormFields<'_>) -> Vec<Field> {
    let first = [
        choice(form, "public-shown", &["no", "yes"]),
        form.hinted("public-site", 200),
        form.hinted("public-hotline", 200),
        form.hinted("public-web", 200),
    ];
    let address = |code: &str| form.field(&format!("public-address-{code}"), 200);
    first.into_iter().chain(languages_of("pages").map(address)).collect()
}

fn day(form: &FormFields<'_>, day: usize) -> Day {
    let spans = (0..SPANS).flat_map(|span| ENDS.map(|end| (span, end)));
    let times = spans.map(|(span, end)| {
        let name = hour(day, span, end);
        let label = form.texts.get(&format!("admin-centre-span-{span}-{end}"));
        let value = form.value(&name);
        (name, label, value)
    });
    let field = format!("hours-{day}");
    Day {
        name: form.texts.get(&format!("admin-weekday-{}", day + 1)),
        times: times.collect(),
        error: form.errors.get(&field).cloned(),
        field,
    }
}

/// `POST /admin/centre`.
pub(super) async fn save(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
    let (centre, was) = Centre::stored(&context.app.store).await?;
    if !is_current(&typed, "was", &centre) {
        return stale(&context, &centre, &typed).await;
    }
    let changed = match read(&typed, &centre, context.texts) {
        Ok(changed) => changed,
        Err(errors) => {
            let errors = FormErrors::of_fields(&context, errors);
            let errors = errors.linked(context.texts, |name| label(name, context.texts));
            return page(&context, &centre, &typed, errors).await;
        }
    };
    if let Some(question) = comments_question(&context, &centre, &changed, &typed).await? {
        return Ok(question.page(&context));
    }
    if keep(&context, was.as_deref(), &changed).await? {
        return Ok(context.done(PATH, "saved"));
    }
    stale(&context, &context.app.centre_now().await?, &typed).await
}

/// Asks before comments are kept for a shorter time, since older ones are erased for good; none: they are
/// not, or somebody read what will happen.
async fn comments_question(
    context: &Context,
    centre: &Centre,
    changed: &Centre,
    typed: &FormValues,
) -> PageResult<Option<Confirmation>> {
    let before = centre.comment_months;
    let shorter = changed.comment_months.filter(|months| before.is_none_or(|was| *months < was));
    let confirmed = typed.get(FIELD).is_some_and(|field| is_confirmed(field));
    let Some(months) = shorter.filter(|_| !confirmed) else { return Ok(None) };
    let count = count_expiring(&context.app, months).await?;
    let places = [("count", &*count.to_string()), ("months", &*months.to_string())];
    Ok(Some(Confirmation {
        title: context.texts.with("admin-centre-ask-comments", &places),
        effects: vec![context.texts.with("admin-centre-ask-comments-effect", &places)],
        button: context.text("admin-save"),
        fields: sent_again(typed),
        back: PATH.to_owned(),
    }))
}

/// Somebody else was quicker: what is stored now, beside what was typed.
async fn stale(context: &Context, centre: &Centre, typed: &FormValues) -> PageResult {
    let theirs = typed_of(centre).into_iter().filter_map(|(name, now)| {
        let own = typed.get(&name).map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
        (own.trim() != now).then(|| (label(&name, context.texts), now, own))
    });
    page(context, centre, typed, FormErrors::stale(context, theirs)).await
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
