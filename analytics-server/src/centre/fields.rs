//! The centre's settings as a form carries them: each setting a field, each field read back with a
//! sentence of its own where it can not be kept.

use super::{COMMENT_MONTHS, Centre, NOTICE_CHARS, REPEAT_S};
use crate::form_reader::{FieldErrors, FormReader, FormValues, line, time_of};
use crate::period::Policy;
use crate::public::is_page;
use crate::storage::users::Role;
use jiff::tz::TimeZone;
use locales::{Texts, languages_of};
use protocol::hours::{Hours, Span};
use protocol::questionnaire::FIRST_LANGUAGE;
use protocol::settings::{self, Duty};

/// Letters of a name and of a line of the letterhead.
const LINE_CHARS: usize = 200;
/// Lines of a distribution list.
const RECEIVERS: usize = 30;
/// Spans of a day that the form has.
pub const SPANS: usize = 2;
/// Both ends of a span.
pub const ENDS: [&str; 2] = ["from", "until"];

/// How a text is read.
#[derive(Clone, Copy)]
enum TextKind {
    /// One line.
    Line,
    /// At most so many lines.
    Lines(usize),
    /// The address of a page on the web, or nothing.
    Page,
}

/// A setting that is a text: its field, its kind, where it is kept.
type TextSetting = (&'static str, TextKind, fn(&mut Centre) -> &mut String);

/// The settings that are texts and may be left empty.
const TEXTS: [TextSetting; 10] = [
    ("parent", TextKind::Line, |centre| &mut centre.letterhead.parent_agency),
    ("agency", TextKind::Lines(3), |centre| &mut centre.letterhead.agency),
    ("number", TextKind::Line, |centre| &mut centre.letterhead.document_number),
    ("place", TextKind::Line, |centre| &mut centre.letterhead.place),
    ("authority", TextKind::Line, |centre| &mut centre.letterhead.signer_authority),
    ("signer-title", TextKind::Line, |centre| &mut centre.letterhead.signer_title),
    ("signer-name", TextKind::Line, |centre| &mut centre.letterhead.signer_name),
    ("public-site", TextKind::Page, |centre| &mut centre.public.site),
    ("public-hotline", TextKind::Line, |centre| &mut centre.public.petitions.hotline),
    ("public-web", TextKind::Page, |centre| &mut centre.public.petitions.web),
];

/// A setting with a line in each language of the pages: how its fields begin, where it is kept.
type WordedSetting = (&'static str, fn(&mut Centre) -> &mut settings::Texts);

const WORDED: [WordedSetting; 2] = [
    ("name", |centre| &mut centre.name),
    ("public-address", |centre| &mut centre.public.petitions.address),
];

/// The name of a field of the hours: weekday from 0 (Monday), span, end.
pub fn hour(day: usize, span: usize, end: &str) -> String {
    format!("hours-{day}-{span}-{end}")
}

/// The name of the field that asks a role for a second factor.
pub fn factor_field(role: Role) -> String {
    format!("factor-{}", role.word())
}

/// The label of a field, also of those that stand in a table or a list.
pub fn label(name: &str, texts: &Texts) -> String {
    if let Some(rest) = name.strip_prefix("hours-") {
        let (day, span) = rest.split_once('-').unwrap_or((rest, ""));
        let day: usize = day.parse().unwrap_or(0);
        let weekday = texts.get(&format!("admin-weekday-{}", day + 1));
        // The error of a weekday stands at all of its spans.
        if span.is_empty() {
            return weekday;
        }
        return format!("{weekday}: {}", texts.get(&format!("admin-centre-span-{span}")));
    }
    if let Some(code) = name.strip_prefix("language-") {
        return texts.get(&format!("admin-centre-notice-{code}"));
    }
    if let Some(role) = name.strip_prefix("factor-") {
        let role = texts.get(&format!("account-role-{role}"));
        return format!("{}: {role}", texts.get("admin-centre-factor"));
    }
    texts.get(&format!("admin-centre-{name}"))
}

/// The settings as fields.
pub fn typed_of(centre: &Centre) -> FormValues {
    // The tables lead to where a setting is kept, to be read and to be changed.
    let mut kept = centre.clone();
    let mut typed = FormValues::new();
    let mut put = |name: &str, value: String| drop(typed.insert(name.to_owned(), value));
    let word = |yes: bool, no: &str| if yes { "yes" } else { no }.to_owned();
    for (name, _, setting) in TEXTS {
        put(name, setting(&mut kept).clone());
    }
    for (name, setting) in WORDED {
        for code in languages_of("pages") {
            let text = setting(&mut kept).get(code).cloned();
            put(&format!("{name}-{code}"), text.unwrap_or_default());
        }
    }
    put("zone", centre.time_zone.clone());
    put("policy", centre.policy.name().to_owned());
    put("duty", centre.duty.word().to_owned());
    put("tap-sound", word(centre.tap_sound, "no"));
    put("repeat", centre.repeat_s.to_string());
    put("comments", centre.comment_months.map(|months| months.to_string()).unwrap_or_default());
    for code in languages_of("tablet") {
        let chosen = centre.languages.iter().any(|one| one == code);
        put(&format!("language-{code}"), word(chosen, ""));
        put(&format!("notice-{code}"), centre.notice.get(code).cloned().unwrap_or_default());
    }
    for role in Role::ALL {
        put(&factor_field(role), word(centre.second_factor.contains(&role), ""));
    }
    put("distribution", centre.letterhead.distribution.join("\n"));
    put("public-shown", word(centre.public.shown, "no"));
    for (day, span) in (0..7).flat_map(|day| (0..SPANS).map(move |span| (day, span))) {
        let found = centre.hours.week.get(day).and_then(|spans| spans.get(span));
        let times = found.map(|one| [one.from.to_string(), one.until.to_string()]);
        for (end, time) in ENDS.into_iter().zip(times.unwrap_or_default()) {
            put(&hour(day, span, end), time);
        }
    }
    typed
}

/// Reads a form over the settings it was made from.
pub fn read(typed: &FormValues, base: &Centre, texts: &Texts) -> Result<Centre, FieldErrors> {
    let mut form = FormReader::new(typed, texts);
    let mut centre = base.clone();
    for (name, kind, setting) in TEXTS {
        *setting(&mut centre) = match kind {
            TextKind::Line => form.line(name, LINE_CHARS, false),
            TextKind::Lines(most) => lines(&mut form, name, most).join("\n"),
            TextKind::Page => web_page(&mut form, name),
        };
    }
    for (name, setting) in WORDED {
        for code in languages_of("pages") {
            let required = name == "name" && code == FIRST_LANGUAGE;
            let text = form.line(&format!("{name}-{code}"), LINE_CHARS, required);
            if text.is_empty() {
                setting(&mut centre).remove(code);
            } else {
                setting(&mut centre).insert(code.to_owned(), text);
            }
        }
    }
    centre.time_zone = form.line("zone", LINE_CHARS, true);
    if !form.errors.contains_key("zone") && TimeZone::get(&centre.time_zone).is_err() {
        form.fail("zone", "admin-fault-zone");
    }
    let policy = form.choice("policy", |word| word.parse::<Policy>().ok());
    centre.policy = policy.unwrap_or(centre.policy);
    centre.duty = form.choice("duty", Duty::of_word).unwrap_or(centre.duty);
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
    centre.languages = languages(&mut form, base);
    let asked = |role: &Role| form.is_ticked(&factor_field(*role));
    centre.second_factor = Role::ALL.into_iter().filter(asked).collect();
    centre.notice = notice(&mut form);
    centre.letterhead.distribution = lines(&mut form, "distribution", RECEIVERS);
    centre.public.shown = form.yes_or_no("public-shown").unwrap_or_default();
    let week = (0..7).map(|number| day(&mut form, number)).collect();
    centre.hours = Hours { week, closed: base.hours.closed.clone() };
    form.finish(centre)
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

fn web_page(form: &mut FormReader<'_>, name: &str) -> String {
    let text = form.line(name, LINE_CHARS, false);
    if !is_page(&text) {
        form.fail(name, "admin-fault-page");
    }
    text
}

/// The languages in their order; those already chosen keep theirs.
fn languages(form: &mut FormReader<'_>, base: &Centre) -> Vec<String> {
    let wanted = |code: &str| form.is_ticked(&format!("language-{code}"));
    let mut chosen: Vec<String> =
        base.languages.iter().filter(|code| wanted(code)).cloned().collect();
    for code in languages_of("tablet").filter(|code| wanted(code)) {
        if !chosen.iter().any(|one| one == code) {
            chosen.push(code.to_owned());
        }
    }
    if chosen.is_empty() {
        form.fail("languages", "admin-fault-language");
    }
    chosen
}

fn notice(form: &mut FormReader<'_>) -> settings::Texts {
    let mut notice = settings::Texts::new();
    for code in languages_of("tablet") {
        if let Some(text) = form.short_text(&format!("notice-{code}"), NOTICE_CHARS, true) {
            notice.insert(code.to_owned(), text);
        }
    }
    let first = format!("notice-{FIRST_LANGUAGE}");
    if !notice.is_empty() && form.text(&first).is_empty() {
        form.fail(&first, "admin-fault-notice");
    }
    notice
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
