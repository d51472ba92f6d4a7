//! The transitions of the staff screen. What a page does not offer is ignored there.

use super::{Done, Door, Effect, IDLE_MS, Input, Page, Pin, Staff, WIPE_MS, Who, Work};
use crate::clock::Now;
use protocol::enrol_link::{CHARS, CODE_CHARS};
use protocol::limits::PIN_DIGITS;
use protocol::settings::Settings;

impl Staff {
    pub(super) fn pass_time(&mut self, uptime: u64) {
        if self.page.is_some() && uptime >= self.until {
            self.close();
        }
        if let Some(Page::Pin { pin, .. }) = &mut self.page
            && matches!(pin, Pin::Locked(until) if uptime >= *until)
        {
            *pin = Pin::Typing;
        }
    }

    pub(super) fn take(
        &mut self,
        input: Input,
        settings: Option<&Settings>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let uptime = now.uptime_ms;
        let by_itself = matches!(
            input,
            Input::Tick | Input::Checked { .. } | Input::Ended(..) | Input::Sticks(_)
        );
        if self.page == Some(Page::Wipe) && !by_itself {
            return;
        }
        if !by_itself {
            self.until = uptime.saturating_add(IDLE_MS);
        }
        match input {
            Input::Open if self.page.is_none() => self.page = Some(Page::Names),
            Input::Close => self.close(),
            Input::Back => self.back(),
            Input::Choose(who) => self.choose(who, settings, now),
            Input::Type(letter) => self.type_letter(letter),
            Input::Write(text) => {
                for letter in text.chars() {
                    match letter {
                        '\n' => self.confirm(now, effects),
                        letter => self.type_letter(letter),
                    }
                }
            }
            Input::Erase => self.erase(),
            Input::Confirm => self.confirm(now, effects),
            Input::Checked { who, right } => self.checked(who, right, now, effects),
            Input::SignIn => {
                if let Some(Who::Officer(code)) = self.who.clone() {
                    effects.push(Effect::SignIn(code));
                    // Their name on the question is the answer.
                    self.close();
                }
            }
            Input::SignOut if matches!(self.who, Some(Who::Officer(_))) => {
                effects.push(Effect::SignOut);
                self.close();
            }
            Input::Go(door) => self.go(door, uptime),
            Input::Face(level) => {
                if let Some(Page::TestTap { touched }) = &mut self.page {
                    *touched = Some(level);
                }
            }
            Input::Ended(door, result) => self.ended(door, result, uptime),
            Input::Sticks(found) => {
                if let Some(Page::Export { work: work @ Work::Going, sticks }) = &mut self.page {
                    (*work, *sticks) = (Work::Idle, found);
                    self.until = uptime.saturating_add(IDLE_MS);
                }
            }
            Input::Stick(folder) => {
                if let Some(Page::Export { work, sticks }) = &mut self.page
                    && self.who == Some(Who::Technician)
                    && sticks.iter().any(|stick| stick.folder == folder)
                {
                    *work = Work::Going;
                    sticks.clear();
                    effects.push(Effect::Export(Some(folder)));
                }
            }
            Input::Open | Input::SignOut | Input::Tick => {}
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
            Some(Page::Enrol { work: Work::Going, .. } | Page::Export { work: Work::Going, .. })
        )
    }

    fn back(&mut self) {
        match &self.page {
            Some(Page::Pin { .. }) => self.page = Some(Page::Names),
            Some(Page::Names | Page::Menu) => self.close(),
            Some(_) if !self.is_busy() => self.page = Some(Page::Menu),
            Some(_) | None => {}
        }
    }

    fn choose(&mut self, who: Who, settings: Option<&Settings>, now: Now) {
        if self.page == Some(Page::Names)
            && settings.is_some_and(|all| pin_hash(all, &who).is_some())
        {
            let pin = self.locks.until(&who, now).map_or(Pin::Typing, Pin::Locked);
            self.page = Some(Page::Pin { who, digits: String::new(), pin });
        }
    }

    fn type_letter(&mut self, letter: char) {
        match &mut self.page {
            Some(Page::Pin { digits, pin: pin @ (Pin::Typing | Pin::Wrong), .. })
                if letter.is_ascii_digit() && digits.len() < *PIN_DIGITS.end() =>
            {
                digits.push(letter);
                *pin = Pin::Typing;
            }
            Some(Page::Enrol { code, work })
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
            Some(Page::Pin { digits, pin: Pin::Typing | Pin::Wrong, .. }) => drop(digits.pop()),
            Some(Page::Enrol { code, work }) if *work != Work::Going => {
                begin_anew(code, work);
                code.pop();
            }
            _ => {}
        }
    }

    fn confirm(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let technician = self.who == Some(Who::Technician);
        match &mut self.page {
            Some(Page::Pin { who, digits, pin: pin @ (Pin::Typing | Pin::Wrong) })
                if PIN_DIGITS.contains(&digits.len())
                    && !self.checking
                    && self.locks.until(who, now).is_none() =>
            {
                self.checking = true;
                *pin = Pin::Checking;
                self.locks.count(who, now);
                effects.push(Effect::Remember(self.locks.clone()));
                effects.push(Effect::Check { who: who.clone(), pin: std::mem::take(digits) });
            }
            Some(Page::Enrol { code, work })
                if technician && *work != Work::Going && !code.is_empty() =>
            {
                *work = match code.parse() {
                    Ok(admission) => {
                        effects.push(Effect::Enrol(admission));
                        Work::Going
                    }
                    Err(_) => Work::Failed("text"),
                };
            }
            Some(Page::Export { work, sticks }) if technician && *work != Work::Going => {
                *work = Work::Going;
                sticks.clear();
                effects.push(Effect::Export(None));
            }
            Some(Page::Leave) if technician => effects.push(Effect::Leave),
            _ => {}
        }
    }

    fn checked(&mut self, who: Who, right: bool, now: Now, effects: &mut Vec<Effect>) {
        self.checking = false;
        // Whoever typed may have gone back: a wrong PIN counts all the same, a right one opens
        // nothing any more.
        let asks = matches!(&self.page, Some(Page::Pin { who: asked, .. }) if *asked == who);
        let waits = asks && matches!(&self.page, Some(Page::Pin { pin: Pin::Checking, .. }));
        if right {
            self.locks.right(&who);
            effects.push(Effect::Remember(self.locks.clone()));
            if waits {
                self.page = Some(Page::Menu);
                self.who = Some(who);
                self.until = now.uptime_ms.saturating_add(IDLE_MS);
            }
            return;
        }
        if asks {
            let pin = self.locks.until(&who, now).map_or(Pin::Wrong, Pin::Locked);
            self.page = Some(Page::Pin { who, digits: String::new(), pin });
        }
    }

    fn go(&mut self, door: Door, uptime: u64) {
        let technician = self.who == Some(Who::Technician);
        let everybodys = matches!(door, Door::TestTap | Door::Wipe);
        if self.page != Some(Page::Menu) || !(technician || everybodys) {
            return;
        }
        if door == Door::Wipe {
            self.until = uptime.saturating_add(WIPE_MS);
        }
        self.page = Some(match door {
            Door::TestTap => Page::TestTap { touched: None },
            Door::Wipe => Page::Wipe,
            Door::Enrol => Page::Enrol { code: String::new(), work: Work::Idle },
            Door::Export => Page::Export { work: Work::Idle, sticks: Vec::new() },
            Door::Leave => Page::Leave,
        });
    }

    fn ended(&mut self, door: Door, result: Result<Done, &'static str>, uptime: u64) {
        let ((Some(Page::Enrol { work, .. }), Door::Enrol)
        | (Some(Page::Export { work, .. }), Door::Export)) = (&mut self.page, door)
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
