//! The transitions of the start. What a page does not offer is ignored there.

use super::{AGAIN_MS, Effect, Field, Form, Input, Page, Startup, StartupFault, Work};
use protocol::enrol_link::{Admission, CHARS, CODE_CHARS};

impl Startup {
    pub(super) fn take(&mut self, input: Input, uptime: u64, effects: &mut Vec<Effect>) {
        match input {
            Input::NotEnrolled => self.page = self.enrol(Work::Idle, None),
            Input::NotTaken(why) => self.not_taken(why, uptime),
            Input::Failed(fault, detail) => {
                let again_at = fault.may_pass().then_some(uptime.saturating_add(AGAIN_MS));
                self.page = Page::Fault { fault, detail, again_at };
            }
            Input::Language(language) => self.language = language,
            Input::Field(field) => {
                if let Some(form) = self.form() {
                    form.field = field;
                }
            }
            Input::Write(text) => {
                for letter in text.chars() {
                    match letter {
                        '\n' => self.confirm(effects),
                        letter => self.write(letter),
                    }
                }
            }
            Input::Erase => self.erase(),
            Input::Confirm => self.confirm(effects),
            Input::Again => self.again(effects),
            Input::Salvage => {
                if matches!(self.page, Page::Fault { fault: StartupFault::Damaged, .. }) {
                    self.page = Page::Salvage { work: Work::Idle, sticks: Vec::new() };
                }
            }
            Input::Back => {
                if matches!(&self.page, Page::Salvage { work, .. } if *work != Work::Going) {
                    self.open(effects);
                }
            }
            Input::Sticks(found) => {
                if let Page::Salvage { work: work @ Work::Going, sticks } = &mut self.page {
                    (*work, *sticks) = (Work::Idle, found);
                }
            }
            Input::Stick(folder) => {
                if let Page::Salvage { work, sticks } = &mut self.page
                    && sticks.iter().any(|stick| stick.folder == folder)
                {
                    *work = Work::Going;
                    sticks.clear();
                    effects.push(Effect::Salvage(Some(folder)));
                }
            }
            Input::Salvaged(result) => {
                if let Page::Salvage { work: work @ Work::Going, .. } = &mut self.page {
                    match result {
                        Ok(saved) => self.page = Page::Saved(saved),
                        Err(why) => *work = Work::Failed(why),
                    }
                }
            }
            // Somebody who has enrolled the tablet leaves it by their PIN.
            Input::Leave if matches!(self.page, Page::Enrol { .. }) => effects.push(Effect::Leave),
            Input::Leave => {}
            Input::Tick => {
                if self.wakes_at().is_some_and(|at| uptime >= at) {
                    self.again(effects);
                }
            }
        }
    }

    fn enrol(&self, work: Work, again_at: Option<u64>) -> Page {
        Page::Enrol { form: self.given.clone(), work, again_at }
    }

    /// A server that was not reached may be there in a moment; a code does not become right.
    fn not_taken(&mut self, why: &'static str, uptime: u64) {
        self.given.field = match why {
            "server" | "address" | "network" => Field::Server,
            _ => Field::Code,
        };
        let again_at = (why == "network").then_some(uptime.saturating_add(AGAIN_MS));
        self.page = self.enrol(Work::Failed(why), again_at);
    }

    fn open(&mut self, effects: &mut Vec<Effect>) {
        self.page = Page::Opening;
        effects.push(Effect::Open);
    }

    fn again(&mut self, effects: &mut Vec<Effect>) {
        match &self.page {
            Page::Fault { .. } => self.open(effects),
            Page::Enrol { work: Work::Failed(_), .. } => self.confirm(effects),
            _ => {}
        }
    }

    /// The form, while it may be changed. Whoever changes it does not want the old one tried again.
    fn form(&mut self) -> Option<&mut Form> {
        match &mut self.page {
            Page::Enrol { form, work, again_at } if *work != Work::Going => {
                *again_at = None;
                Some(form)
            }
            _ => None,
        }
    }

    fn write(&mut self, letter: char) {
        let Some(form) = self.form().filter(|_| letter.is_ascii_graphic()) else { return };
        let text = form.text();
        if text.len() < CHARS {
            text.push(letter);
        }
        self.is_typed();
    }

    fn erase(&mut self) {
        let Some(form) = self.form() else { return };
        let is_code = form.field == Field::Code;
        let text = form.text();
        // Nobody erases a scanned text letter by letter.
        if is_code && text.len() > CODE_CHARS {
            text.clear();
        } else {
            text.pop();
        }
        self.is_typed();
    }

    /// What was said of the text before holds no more.
    fn is_typed(&mut self) {
        if let Page::Enrol { form, work, .. } = &mut self.page {
            *work = Work::Idle;
            self.given = form.clone();
        }
    }

    fn confirm(&mut self, effects: &mut Vec<Effect>) {
        match &mut self.page {
            Page::Enrol { form, work, again_at } if *work != Work::Going => {
                *again_at = None;
                match admission(form) {
                    Ok((server, code)) => {
                        *work = Work::Going;
                        effects.push(Effect::Enrol { server, code });
                    }
                    Err((field, why)) => {
                        form.field = field;
                        *work = Work::Failed(why);
                    }
                }
            }
            Page::Salvage { work, sticks } if *work != Work::Going => {
                *work = Work::Going;
                sticks.clear();
                effects.push(Effect::Salvage(None));
            }
            Page::Saved(_) => self.open(effects),
            _ => {}
        }
    }
}

impl Form {
    fn text(&mut self) -> &mut String {
        match self.field {
            Field::Server => &mut self.server,
            Field::Code => &mut self.code,
        }
    }
}

/// Server and code of what was typed, or the field that lacks something and why.
fn admission(form: &Form) -> Result<(String, String), (Field, &'static str)> {
    let admission: Admission = form.code.parse().map_err(|_| (Field::Code, "text"))?;
    // What was typed by hand knows better than the picture how the tablet gets there.
    let typed = Some(form.server.trim().to_owned()).filter(|server| !server.is_empty());
    let server = typed.or(admission.server).ok_or((Field::Server, "server"))?;
    Ok((server, admission.code))
}
