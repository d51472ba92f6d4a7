//! The transitions of the staff screen. What a page does not offer is ignored there.

use super::{
    Done, IDLE_MS, MenuPage, Pin, Staff, StaffEffect, StaffInput, StaffPage, WIPE_MS, Who, Work,
};
use crate::clock::Now;
use protocol::enrol_link::{CHARS, CODE_CHARS};
use protocol::limits::PIN_DIGITS;
use protocol::settings::Settings;

impl Staff {
    pub(super) fn pass_time(&mut self, uptime: u64) {
        if self.page.is_some() && uptime >= self.until {
            self.close();
        }
        if let Some(StaffPage::Pin { pin, .. }) = &mut self.page
            && matches!(pin, Pin::Locked(until) if uptime >= *until)
        {
            *pin = Pin::Typing;
        }
    }

    pub(super) fn take(
        &mut self,
        input: StaffInput,
        settings: Option<&Settings>,
        now: Now,
        effects: &mut Vec<StaffEffect>,
    ) {
        let uptime = now.uptime_ms;
        let by_itself = matches!(
            input,
            StaffInput::Tick
                | StaffInput::Checked { .. }
                | StaffInput::Ended(..)
                | StaffInput::Sticks(_)
        );
        if self.page == Some(StaffPage::Wipe) && !by_itself {
            return;
        }
        if !by_itself {
            self.until = uptime.saturating_add(IDLE_MS);
        }
        match input {
            StaffInput::Open if self.page.is_none() => self.page = Some(StaffPage::Names),
            StaffInput::Close => self.close(),
            StaffInput::Back => self.back(),
            StaffInput::Choose(who) => self.choose(who, settings, now),
            StaffInput::Type(letter) => self.type_letter(letter),
            StaffInput::Write(text) => {
                for letter in text.chars() {
                    match letter {
                        '\n' => self.confirm(now, effects),
                        letter => self.type_letter(letter),
                    }
                }
            }
            StaffInput::Erase => self.erase(),
            StaffInput::Confirm => self.confirm(now, effects),
            StaffInput::Checked { who, right } => self.checked(who, right, now, effects),
            StaffInput::SignIn => {
                if let Some(Who::Officer(code)) = self.who.clone() {
                    effects.push(StaffEffect::SignIn(code));
                    // Their name on the question is the answer.
                    self.close();
                }
            }
            StaffInput::SignOut if matches!(self.who, Some(Who::Officer(_))) => {
                effects.push(StaffEffect::SignOut);
                self.close();
            }
            StaffInput::Go(menu_page) => self.go(menu_page, uptime),
            StaffInput::Face(level) => {
                if let Some(StaffPage::TestTap { touched }) = &mut self.page {
                    *touched = Some(level);
                }
            }
            StaffInput::Ended(menu_page, result) => self.ended(menu_page, result, uptime),
            StaffInput::Sticks(found) => {
                if let Some(StaffPage::Export { work: work @ Work::Going, sticks }) = &mut self.page
                {
                    (*work, *sticks) = (Work::Idle, found);
                    self.until = uptime.saturating_add(IDLE_MS);
                }
            }
            StaffInput::Stick(folder) => {
                if let Some(StaffPage::Export { work, sticks }) = &mut self.page
                    && self.who == Some(Who::Technician)
                    && sticks.iter().any(|stick| stick.folder == folder)
                {
                    *work = Work::Going;
                    sticks.clear();
                    effects.push(StaffEffect::Export(Some(folder)));
                }
            }
            StaffInput::Open | StaffInput::SignOut | StaffInput::Tick => {}
        }
    }

    /// Back to the citizens; not while a stick is written to or the server is asked, so that
    /// nobody takes the answer of one piece of work for that of another.
    fn close(&mut self) {
        if !self.is_busy() {
            self.page = None;
            self.who = None;
        }
    }

    fn is_busy(&self) -> bool {
        matches!(
            self.page,
            Some(
                StaffPage::Enrol { work: Work::Going, .. }
                    | StaffPage::Export { work: Work::Going, .. }
            )
        )
    }

    fn back(&mut self) {
        match &self.page {
            Some(StaffPage::Pin { .. }) => self.page = Some(StaffPage::Names),
            Some(StaffPage::Names | StaffPage::Menu) => self.close(),
            Some(_) if !self.is_busy() => self.page = Some(StaffPage::Menu),
            Some(_) | None => {}
        }
    }

    fn choose(&mut self, who: Who, settings: Option<&Settings>, now: Now) {
        if self.page == Some(StaffPage::Names)
            && settings.is_some_and(|all| pin_hash(all, &who).is_some())
        {
            let pin = self.locks.until(&who, now).map_or(Pin::Typing, Pin::Locked);
            self.page = Some(StaffPage::Pin { who, digits: String::new(), pin });
        }
    }

    fn type_letter(&mut self, letter: char) {
        match &mut self.page {
            Some(StaffPage::Pin { digits, pin: pin @ (Pin::Typing | Pin::Wrong), .. })
                if letter.is_ascii_digit() && digits.len() < *PIN_DIGITS.end() =>
            {
                digits.push(letter);
                *pin = Pin::Typing;
            }
            Some(StaffPage::Enrol { code, work })
                if *work != Work::Going && letter.is_ascii_graphic() && code.len() < CHARS =>
            {
                begin_anew(code, work);
                code.push(letter);
            }
            _ => {}
        }
    }

    fn erase(&mut self) {
        match &mut self.page {
            Some(StaffPage::Pin { digits, pin: Pin::Typing | Pin::Wrong, .. }) => {
                digits.pop();
            }
            Some(StaffPage::Enrol { code, work }) if *work != Work::Going => {
                begin_anew(code, work);
                code.pop();
            }
            _ => {}
        }
    }

    fn confirm(&mut self, now: Now, effects: &mut Vec<StaffEffect>) {
        let technician = self.who == Some(Who::Technician);
        match &mut self.page {
            Some(StaffPage::Pin { who, digits, pin: pin @ (Pin::Typing | Pin::Wrong) })
                if PIN_DIGITS.contains(&digits.len())
                    && !self.checking
                    && self.locks.until(who, now).is_none() =>
            {
                self.checking = true;
                *pin = Pin::Checking;
                self.locks.count(who, now);
                effects.push(StaffEffect::Remember(self.locks.clone()));
                effects.push(StaffEffect::Check { who: who.clone(), pin: std::mem::take(digits) });
            }
            Some(StaffPage::Enrol { code, work })
                if technician && *work != Work::Going && !code.is_empty() =>
            {
                *work = match code.parse() {
                    Ok(admission) => {
                        effects.push(StaffEffect::Enrol(admission));
                        Work::Going
                    }
                    Err(_) => Work::Failed("text"),
                };
            }
            Some(StaffPage::Export { work, sticks }) if technician && *work != Work::Going => {
                *work = Work::Going;
                sticks.clear();
                effects.push(StaffEffect::Export(None));
            }
            Some(StaffPage::Leave) if technician => effects.push(StaffEffect::Leave),
            _ => {}
        }
    }

    fn checked(&mut self, who: Who, right: bool, now: Now, effects: &mut Vec<StaffEffect>) {
        self.checking = false;
        // The person may have gone back meanwhile: a wrong PIN counts all the same, a right one opens
        // nothing any more.
        let asks = matches!(&self.page, Some(StaffPage::Pin { who: asked, .. }) if *asked == who);
        let waits = asks && matches!(&self.page, Some(StaffPage::Pin { pin: Pin::Checking, .. }));
        if right {
            self.locks.right(&who);
            effects.push(StaffEffect::Remember(self.locks.clone()));
            if waits {
                self.page = Some(StaffPage::Menu);
                self.who = Some(who);
                self.until = now.uptime_ms.saturating_add(IDLE_MS);
            }
            return;
        }
        if asks {
            let pin = self.locks.until(&who, now).map_or(Pin::Wrong, Pin::Locked);
            self.page = Some(StaffPage::Pin { who, digits: String::new(), pin });
        }
    }

    fn go(&mut self, menu_page: MenuPage, uptime: u64) {
        let technician = self.who == Some(Who::Technician);
        let everybodys = matches!(menu_page, MenuPage::TestTap | MenuPage::Wipe);
        if self.page != Some(StaffPage::Menu) || !(technician || everybodys) {
            return;
        }
        if menu_page == MenuPage::Wipe {
            self.until = uptime.saturating_add(WIPE_MS);
        }
        self.page = Some(match menu_page {
            MenuPage::TestTap => StaffPage::TestTap { touched: None },
            MenuPage::Wipe => StaffPage::Wipe,
            MenuPage::Enrol => StaffPage::Enrol { code: String::new(), work: Work::Idle },
            MenuPage::Export => StaffPage::Export { work: Work::Idle, sticks: Vec::new() },
            MenuPage::Leave => StaffPage::Leave,
        });
    }

    fn ended(&mut self, menu_page: MenuPage, result: Result<Done, &'static str>, uptime: u64) {
        let ((Some(StaffPage::Enrol { work, .. }), MenuPage::Enrol)
        | (Some(StaffPage::Export { work, .. }), MenuPage::Export)) = (&mut self.page, menu_page)
        else {
            return;
        };
        if *work == Work::Going {
            *work = result.map_or_else(Work::Failed, Work::Done);
            self.until = uptime.saturating_add(IDLE_MS);
        }
    }
}

/// A text that came in vain is longer than anybody would erase by hand: the next one, or the first
/// erasing, takes its place. A code is kept, to be put right letter by letter.
fn begin_anew(code: &mut String, work: &mut Work) {
    if matches!(std::mem::take(work), Work::Failed(_)) && code.len() > CODE_CHARS {
        code.clear();
    }
}

/// What the PIN of somebody has to agree with.
pub fn pin_hash<'a>(settings: &'a Settings, who: &Who) -> Option<&'a str> {
    match who {
        Who::Technician => settings.technician_pin.as_deref(),
        Who::Officer(code) => {
            let mut staff = settings.staff.iter();
            staff.find(|staff| staff.officer.code == *code).map(|staff| staff.pin.as_str())
        }
    }
}
