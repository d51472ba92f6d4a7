//! The centre's settings as a form carries them: each setting a field, each field read back with a
//! sentence of its own where it can not be kept.

use super::nouns::{Typed, line};
use crate::auth::Role;
use crate::centre::{COMMENT_MONTHS, Centre, NOTICE_CHARS, REPEAT_S};
use crate::period::Policy;
use crate::public::is_page;
use jiff::tz::TimeZone;
use locales::{Texts, languages_of};
use protocol::hours::{Hours, Span, Time};
use protocol::questionnaire::FIRST_LANGUAGE;
use protocol::settings::Duty;
use std::collections::BTreeMap;

/// Letters of a name and of a line of the letterhead.
const LINE_CHARS: usize = 200;
/// Lines of a distribution list.
const RECEIVERS: usize = 30;
/// Spans of a day that the form has.
pub(super) const SPANS: usize = 2;
/// Both ends of a span.
pub(super) const ENDS: [&str; 2] = ["from", "until"];

/// What is wrong, by field.
pub(super) type Faults = BTreeMap<String, String>;

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
pub(super) fn read(typed: &Typed, base: &Centre, texts: &Texts) -> Result<Centre, Faults> {
    let mut form = Form { typed, texts, faults: Faults::new() };
    let mut centre = base.clone();
    for code in languages_of("pages") {
        let name = form.line(&format!("name-{code}"), code == FIRST_LANGUAGE);
        if name.is_empty() {
            centre.name.remove(code);
        } else {
            centre.name.insert(code.to_owned(), name);
        }
    }
    centre.time_zone = form.line("zone", true);
    if !form.faults.contains_key("zone") && TimeZone::get(&centre.time_zone).is_err() {
        form.fault("zone", "admin-fault-zone");
    }
    match form.text("policy").parse::<Policy>() {
        Ok(policy) => centre.policy = policy,
        Err(_) => form.fault("policy", "admin-fault-choice"),
    }
    match Duty::of_word(form.text("duty")) {
        Some(duty) => centre.duty = duty,
        None => form.fault("duty", "admin-fault-choice"),
    }
    match form.text("tap-sound") {
        "yes" => centre.tap_sound = true,
        "no" => centre.tap_sound = false,
        _ => form.fault("tap-sound", "admin-fault-choice"),
    }
    match form.text("repeat").parse::<u32>() {
        Ok(seconds) if seconds <= REPEAT_S => centre.repeat_s = seconds,
        _ => form.fault("repeat", "admin-fault-repeat"),
    }
    match (form.text("comments"), form.text("comments").parse::<i32>()) {
        ("", _) => centre.comment_months = None,
        (_, Ok(months)) if COMMENT_MONTHS.contains(&months) => {
            centre.comment_months = Some(months);
        }
        _ => form.fault("comments", "admin-fault-comments"),
    }
    form.languages(&mut centre);
    let asked = |role: &Role| form.text(&factor_field(*role)) == "yes";
    centre.second_factor = Role::ALL.into_iter().filter(asked).collect();
    form.notice(&mut centre);
    form.letterhead(&mut centre);
    form.public(&mut centre);
    centre.hours = Hours { week: form.week(), closed: base.hours.closed.clone() };
    if form.faults.is_empty() { Ok(centre) } else { Err(form.faults) }
}

struct Form<'a> {
    typed: &'a Typed,
    texts: &'a Texts,
    faults: Faults,
}

impl Form<'_> {
    fn text(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", |text| text.trim())
    }

    fn fault(&mut self, name: &str, key: &str) {
        self.faults.entry(name.to_owned()).or_insert_with(|| self.texts.get(key));
    }

    fn line(&mut self, name: &str, required: bool) -> String {
        match line(self.text(name), LINE_CHARS, required, self.texts) {
            Ok(text) => text,
            Err(fault) => {
                self.faults.insert(name.to_owned(), fault);
                String::new()
            }
        }
    }

    /// Several lines, without empty ones, each short enough.
    fn lines(&mut self, name: &str, most: usize) -> Vec<String> {
        let lines: Vec<String> = self.text(name).lines().map(|one| one.trim().to_owned()).collect();
        let lines: Vec<_> = lines.into_iter().filter(|one| !one.is_empty()).collect();
        let long = lines.iter().any(|one| line(one, LINE_CHARS, true, self.texts).is_err());
        if lines.len() > most || long {
            let most = most.to_string();
            let sentence = self.texts.with("admin-fault-lines", &[("most", &most)]);
            self.faults.insert(name.to_owned(), sentence);
        }
        lines
    }

    /// The languages in their order; those already chosen keep theirs.
    fn languages(&mut self, centre: &mut Centre) {
        let wanted = |code: &str| self.text(&format!("language-{code}")) == "yes";
        let mut chosen: Vec<String> =
            centre.languages.iter().filter(|code| wanted(code)).cloned().collect();
        let more = languages_of("tablet").filter(|code| wanted(code));
        let more: Vec<_> = more.filter(|code| !chosen.iter().any(|one| one == code)).collect();
        chosen.extend(more.into_iter().map(str::to_owned));
        if chosen.is_empty() {
            self.fault("languages", "admin-fault-language");
        }
        centre.languages = chosen;
    }

    fn notice(&mut self, centre: &mut Centre) {
        centre.notice.clear();
        for code in languages_of("tablet") {
            let name = format!("notice-{code}");
            let text = self.text(&name).replace("\r\n", "\n");
            if text.chars().count() > NOTICE_CHARS {
                let limit = NOTICE_CHARS.to_string();
                let sentence = self.texts.with("admin-fault-long", &[("limit", &limit)]);
                self.faults.insert(name, sentence);
            } else if text.chars().any(|letter| letter.is_control() && letter != '\n') {
                self.fault(&name, "admin-fault-control");
            } else if !text.is_empty() {
                centre.notice.insert(code.to_owned(), text);
            }
        }
        let first = format!("notice-{FIRST_LANGUAGE}");
        if !centre.notice.is_empty() && self.text(&first).is_empty() {
            self.fault(&first, "admin-fault-notice");
        }
    }

    fn letterhead(&mut self, centre: &mut Centre) {
        let head = &mut centre.letterhead;
        head.parent_agency = self.line("parent", false);
        head.agency = self.lines("agency", 3).join("\n");
        head.document_number = self.line("number", false);
        head.place = self.line("place", false);
        head.signer_authority = self.line("authority", false);
        head.signer_title = self.line("signer-title", false);
        head.signer_name = self.line("signer-name", false);
        head.distribution = self.lines("distribution", RECEIVERS);
    }

    fn public(&mut self, centre: &mut Centre) {
        let public = &mut centre.public;
        match self.text("public-shown") {
            "yes" => public.shown = true,
            "no" => public.shown = false,
            _ => self.fault("public-shown", "admin-fault-choice"),
        }
        public.site = self.page("public-site");
        public.petitions.hotline = self.line("public-hotline", false);
        public.petitions.web = self.page("public-web");
        for code in languages_of("pages") {
            let address = self.line(&format!("public-address-{code}"), false);
            if address.is_empty() {
                public.petitions.address.remove(code);
            } else {
                public.petitions.address.insert(code.to_owned(), address);
            }
        }
    }

    /// The address of a page, or nothing.
    fn page(&mut self, name: &str) -> String {
        let text = self.line(name, false);
        if !is_page(&text) {
            self.fault(name, "admin-fault-page");
        }
        text
    }

    /// The week's spans. One with one end alone, or that ends before it begins, is a fault.
    fn week(&mut self) -> Vec<Vec<Span>> {
        (0..7).map(|day| self.day(day)).collect()
    }

    fn day(&mut self, day: usize) -> Vec<Span> {
        let name = format!("hours-{day}");
        let mut spans: Vec<Span> = Vec::new();
        for span in 0..SPANS {
            let [from, until] = ENDS.map(|end| self.text(&hour(day, span, end)).to_owned());
            if from.is_empty() && until.is_empty() {
                continue;
            }
            // People write 7:30 as well.
            let read = |text: &str| {
                let padded =
                    if text.find(':') == Some(1) { format!("0{text}") } else { text.into() };
                padded.parse::<Time>().ok()
            };
            let (Some(from), Some(until)) = (read(&from), read(&until)) else {
                self.fault(&name, "admin-fault-time");
                continue;
            };
            let free = spans.last().is_none_or(|last| last.until <= from);
            if from >= until || !free {
                self.fault(&name, "admin-fault-span");
                continue;
            }
            spans.push(Span { from, until });
        }
        spans
    }
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
            let faults = read(&spoiled, &centre, texts).unwrap_err();
            assert_eq!(faults.keys().collect::<Vec<_>>(), [field], "{name}={value}");
            assert!(!faults[field].starts_with('['), "{faults:?}");
        }
        let mut none = typed.clone();
        none.retain(|name, _| !name.starts_with("language-"));
        assert!(read(&none, &centre, texts).unwrap_err().contains_key("languages"));
    }
}
