//! The centre's settings as a form carries them: each setting a field, each field read back with a
//! sentence of its own where it can not be kept.

use super::form_reader::{FormReader, time_of};
use crate::auth::Role;
use crate::centre::{COMMENT_MONTHS, Centre, NOTICE_CHARS, REPEAT_S};
use crate::import::fields::{Typed, line};
use crate::pages::form_field::FieldErrors;
use crate::period::Policy;
use crate::public::is_page;
use jiff::tz::TimeZone;
use locales::{Texts, languages_of};
use protocol::hours::{Hours, Span, Time};
use protocol::questionnaire::FIRST_LANGUAGE;
use protocol::settings::{self, Duty};

/// Letters of a name and of a line of the letterhead.
const LINE_CHARS: usize = 200;
/// Lines of a distribution list.
const RECEIVERS: usize = 30;
/// Spans of a day that the form has.
pub(super) const SPANS: usize = 2;
/// Both ends of a span.
pub(super) const ENDS: [&str; 2] = ["from", "until"];

/// The name of a field of the hours: weekday from 0 (Monday), span, end.
pub(super) fn hour(day: usize, span: usize, end: &str) -> String {
    format!("hours-{day}-{span}-{end}")
}

/// The name of the field that asks a role for a second factor.
pub(super) fn factor_field(role: Role) -> String {
    format!("factor-{}", role.word())
}

/// The settings as fields.
pub(in crate::pages) fn typed_of(centre: &Centre) -> Typed {
    let mut typed = Typed::new();
    let mut put = |name: &str, value: String| drop(typed.insert(name.to_owned(), value));
    for code in languages_of("pages") {
        put(&format!("name-{code}"), centre.name.get(code).cloned().unwrap_or_default());
    }
    put("zone", centre.time_zone.clone());
    put("policy", centre.policy.name().to_owned());
    put("duty", centre.duty.word().to_owned());
    put("tap-sound", if centre.tap_sound { "yes" } else { "no" }.to_owned());
    put("repeat", centre.repeat_s.to_string());
    put("comments", centre.comment_months.map(|months| months.to_string()).unwrap_or_default());
    for code in languages_of("tablet") {
        let chosen = centre.languages.iter().any(|one| one == code);
        put(&format!("language-{code}"), if chosen { "yes" } else { "" }.to_owned());
        put(&format!("notice-{code}"), centre.notice.get(code).cloned().unwrap_or_default());
    }
    for role in Role::ALL {
        let chosen = centre.second_factor.contains(&role);
        put(&factor_field(role), if chosen { "yes" } else { "" }.to_owned());
    }
    let head = &centre.letterhead;
    put("parent", head.parent_agency.clone());
    put("agency", head.agency.clone());
    put("number", head.document_number.clone());
    put("place", head.place.clone());
    put("authority", head.signer_authority.clone());
    put("signer-title", head.signer_title.clone());
    put("signer-name", head.signer_name.clone());
    put("distribution", head.distribution.join("\n"));
    let public = &centre.public;
    put("public-shown", if public.shown { "yes" } else { "no" }.to_owned());
    put("public-site", public.site.clone());
    put("public-hotline", public.petitions.hotline.clone());
    put("public-web", public.petitions.web.clone());
    for code in languages_of("pages") {
        let address = public.petitions.address.get(code).cloned();
        put(&format!("public-address-{code}"), address.unwrap_or_default());
    }
    for day in 0..7 {
        for span in 0..SPANS {
            let found = centre.hours.week.get(day).and_then(|spans| spans.get(span));
            let text = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
            put(&hour(day, span, ENDS[0]), text(found.map(|one| one.from)));
            put(&hour(day, span, ENDS[1]), text(found.map(|one| one.until)));
        }
    }
    typed
}

/// Reads a form over the settings it was made from.
pub(super) fn read(typed: &Typed, base: &Centre, texts: &Texts) -> Result<Centre, FieldErrors> {
    let mut form = FormReader::new(typed, texts);
    let mut centre = base.clone();
    for code in languages_of("pages") {
        let name = form.line(&format!("name-{code}"), LINE_CHARS, code == FIRST_LANGUAGE);
        put_text(&mut centre.name, code, name);
    }
    centre.time_zone = form.line("zone", LINE_CHARS, true);
    if !form.errors.contains_key("zone") && TimeZone::get(&centre.time_zone).is_err() {
        form.fail("zone", "admin-fault-zone");
    }
    match form.text("policy").parse::<Policy>() {
        Ok(policy) => centre.policy = policy,
        Err(_) => form.fail("policy", "admin-fault-choice"),
    }
    match Duty::of_word(form.text("duty")) {
        Some(duty) => centre.duty = duty,
        None => form.fail("duty", "admin-fault-choice"),
    }
    centre.tap_sound = form.yes_or_no("tap-sound").unwrap_or_default();
    match form.text("repeat").parse::<u32>() {
        Ok(seconds) if seconds <= REPEAT_S => centre.repeat_s = seconds,
        _ => form.fail("repeat", "admin-fault-repeat"),
    }
    match (form.text("comments"), form.text("comments").parse::<i32>()) {
        ("", _) => centre.comment_months = None,
        (_, Ok(months)) if COMMENT_MONTHS.contains(&months) => {
            centre.comment_months = Some(months);
        }
        _ => form.fail("comments", "admin-fault-comments"),
    }
    languages(&mut form, &mut centre);
    let asked = |role: &Role| form.is_ticked(&factor_field(*role));
    centre.second_factor = Role::ALL.into_iter().filter(asked).collect();
    notice(&mut form, &mut centre);
    letterhead(&mut form, &mut centre);
    public(&mut form, &mut centre);
    let week = (0..7).map(|number| day(&mut form, number)).collect();
    centre.hours = Hours { week, closed: base.hours.closed.clone() };
    form.finish(centre)
}

/// Puts a text in a language; an empty one takes the language out.
fn put_text(texts: &mut settings::Texts, code: &str, text: String) {
    if text.is_empty() {
        texts.remove(code);
    } else {
        texts.insert(code.to_owned(), text);
    }
}

/// Several lines, without empty ones, each short enough.
fn lines(form: &mut FormReader<'_>, name: &str, most: usize) -> Vec<String> {
    let lines = form.text(name).lines().map(|one| one.trim().to_owned());
    let lines: Vec<String> = lines.filter(|one| !one.is_empty()).collect();
    let long = lines.iter().any(|one| line(one, LINE_CHARS, true, form.texts).is_err());
    if lines.len() > most || long {
        form.fail_with(name, "admin-fault-lines", &[("most", &most.to_string())]);
    }
    lines
}

/// The languages in their order; those already chosen keep theirs.
fn languages(form: &mut FormReader<'_>, centre: &mut Centre) {
    let wanted = |code: &str| form.is_ticked(&format!("language-{code}"));
    let mut chosen: Vec<String> =
        centre.languages.iter().filter(|code| wanted(code)).cloned().collect();
    for code in languages_of("tablet").filter(|code| wanted(code)) {
        if !chosen.iter().any(|one| one == code) {
            chosen.push(code.to_owned());
        }
    }
    if chosen.is_empty() {
        form.fail("languages", "admin-fault-language");
    }
    centre.languages = chosen;
}

fn notice(form: &mut FormReader<'_>, centre: &mut Centre) {
    centre.notice.clear();
    for code in languages_of("tablet") {
        if let Some(text) = form.short_text(&format!("notice-{code}"), NOTICE_CHARS, true) {
            centre.notice.insert(code.to_owned(), text);
        }
    }
    let first = format!("notice-{FIRST_LANGUAGE}");
    if !centre.notice.is_empty() && form.text(&first).is_empty() {
        form.fail(&first, "admin-fault-notice");
    }
}

fn letterhead(form: &mut FormReader<'_>, centre: &mut Centre) {
    let head = &mut centre.letterhead;
    head.parent_agency = form.line("parent", LINE_CHARS, false);
    head.agency = lines(form, "agency", 3).join("\n");
    head.document_number = form.line("number", LINE_CHARS, false);
    head.place = form.line("place", LINE_CHARS, false);
    head.signer_authority = form.line("authority", LINE_CHARS, false);
    head.signer_title = form.line("signer-title", LINE_CHARS, false);
    head.signer_name = form.line("signer-name", LINE_CHARS, false);
    head.distribution = lines(form, "distribution", RECEIVERS);
}

fn public(form: &mut FormReader<'_>, centre: &mut Centre) {
    let public = &mut centre.public;
    public.shown = form.yes_or_no("public-shown").unwrap_or_default();
    public.site = web_page(form, "public-site");
    public.petitions.hotline = form.line("public-hotline", LINE_CHARS, false);
    public.petitions.web = web_page(form, "public-web");
    for code in languages_of("pages") {
        let address = form.line(&format!("public-address-{code}"), LINE_CHARS, false);
        put_text(&mut public.petitions.address, code, address);
    }
}

/// The address of a page on the web, or nothing.
fn web_page(form: &mut FormReader<'_>, name: &str) -> String {
    let text = form.line(name, LINE_CHARS, false);
    if !is_page(&text) {
        form.fail(name, "admin-fault-page");
    }
    text
}

/// The spans of a weekday. One with one end alone, or that ends before it begins, is an error.
fn day(form: &mut FormReader<'_>, day: usize) -> Vec<Span> {
    let name = format!("hours-{day}");
    let mut spans: Vec<Span> = Vec::new();
    for span in 0..SPANS {
        let [from, until] = ENDS.map(|end| form.text(&hour(day, span, end)));
        if from.is_empty() && until.is_empty() {
            continue;
        }
        let (Some(from), Some(until)) = (time_of(from), time_of(until)) else {
            form.fail(&name, "admin-fault-time");
            continue;
        };
        let free = spans.last().is_none_or(|last| last.until <= from);
        if from >= until || !free {
            form.fail(&name, "admin-fault-span");
            continue;
        }
        spans.push(Span { from, until });
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_reads_as_it_was_written_and_names_each_fault() {
        let (centre, texts) = (Centre::default(), locales::texts("vi"));
        let typed = typed_of(&centre);
        let again = read(&typed, &centre, texts).unwrap();
        assert_eq!(typed_of(&again), typed);
        assert_eq!(again.hours, centre.hours);
        for (name, value, field) in [
            ("name-vi", "", "name-vi"),
            ("name-vi", &*"ạ".repeat(201), "name-vi"),
            ("zone", "Asia/Sai Gon", "zone"),
            ("zone", "", "zone"),
            ("policy", "x", "policy"),
            ("duty", "", "duty"),
            ("tap-sound", "", "tap-sound"),
            ("repeat", "3601", "repeat"),
            ("repeat", "-1", "repeat"),
            ("notice-en", "Closed", "notice-vi"),
            ("notice-vi", &*"ạ".repeat(301), "notice-vi"),
            ("place", "a\tb\u{7}", "place"),
            ("public-shown", "maybe", "public-shown"),
            ("public-web", "dichvucong.gov.vn", "public-web"),
            ("public-site", "javascript:alert(1)", "public-site"),
            ("public-hotline", &*"1".repeat(201), "public-hotline"),
            ("public-address-vi", &*"ạ".repeat(201), "public-address-vi"),
            ("distribution", &*"Như trên\n".repeat(31), "distribution"),
            ("hours-0-0-from", "", "hours-0"),
            ("hours-0-0-from", "25:00", "hours-0"),
            ("hours-0-0-until", "06:00", "hours-0"),
            ("hours-0-1-from", "11:00", "hours-0"),
        ] {
            let mut spoiled = typed.clone();
            spoiled.insert(name.to_owned(), value.to_owned());
            let errors = read(&spoiled, &centre, texts).unwrap_err();
            assert_eq!(errors.keys().collect::<Vec<_>>(), [field], "{name}={value}");
            assert!(!errors[field].starts_with('['), "{errors:?}");
        }
        let mut none = typed.clone();
        none.retain(|name, _| !name.starts_with("language-"));
        assert!(read(&none, &centre, texts).unwrap_err().contains_key("languages"));
    }
}
