//! The transitions of the start. What a page does not offer is ignored there.

use super::{
    AGAIN_MS, Field, Form, Startup, StartupEffect, StartupFault, StartupInput, StartupPage, Work,
};
use protocol::enrol_link::{Admission, CHARS, CODE_CHARS};

impl Startup {
    pub(super) fn take(
        &mut self,
        input: StartupInput,
        uptime: u64,
        effects: &mut Vec<StartupEffect>,
    ) {
        match input {
            StartupInput::NotEnrolled => self.page = self.enrol(Work::Idle, None),
            StartupInput::NotTaken(why) => self.not_taken(why, uptime),
            StartupInput::Failed(fault, detail) => {
                let again_at = fault.may_pass().then_some(uptime.saturating_add(AGAIN_MS));
                self.page = StartupPage::Fault { fault, detail, again_at };
            }
            StartupInput::Language(language) => self.language = language,
            StartupInput::Field(field) => {
                if let Some(form) = self.form() {
                    form.field = field;
                }
            }
            StartupInput::Write(text) => {
                for letter in text.chars() {
                    match letter {
                        '\n' => self.confirm(effects),
                        letter => self.write(letter),
                    }
                }
            }
            StartupInput::Erase => self.erase(),
            StartupInput::Confirm => self.confirm(effects),
            StartupInput::Again => self.again(effects),
            StartupInput::Salvage => {
                if matches!(self.page, StartupPage::Fault { fault: StartupFault::Damaged, .. }) {
                    self.page = StartupPage::Salvage { work: Work::Idle, sticks: Vec::new() };
                }
            }
            StartupInput::Back => {
                if matches!(&self.page, StartupPage::Salvage { work, .. } if *work != Work::Going) {
                    self.open(effects);
                }
            }
            StartupInput::Sticks(found) => {
                if let StartupPage::Salvage { work: work @ Work::Going, sticks } = &mut self.page {
                    (*work, *sticks) = (Work::Idle, found);
                }
            }
            StartupInput::Stick(folder) => {
                if let StartupPage::Salvage { work, sticks } = &mut self.page
                    && sticks.iter().any(|stick| stick.folder == folder)
                {
                    *work = Work::Going;
                    sticks.clear();
                    effects.push(StartupEffect::Salvage(Some(folder)));
                }
            }
            StartupInput::Salvaged(result) => {
                if let StartupPage::Salvage { work: work @ Work::Going, .. } = &mut self.page {
                    match result {
                        Ok(saved) => self.page = StartupPage::Saved(saved),
                        Err(why) => *work = Work::Failed(why),
                    }
                }
            }
            // Somebody who has enrolled the tablet leaves it by their PIN.
            StartupInput::Leave if matches!(self.page, StartupPage::Enrol { .. }) => {
                effects.push(StartupEffect::Leave);
            }
            StartupInput::Leave => {}
            StartupInput::Tick => {
                if self.wakes_at().is_some_and(|at| uptime >= at) {
                    self.again(effects);
                }
            }
        }
    }

    fn enrol(&self, work: Work, again_at: Option<u64>) -> StartupPage {
        StartupPage::Enrol { form: self.given.clone(), work, again_at }
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

    fn open(&mut self, effects: &mut Vec<StartupEffect>) {
        self.page = StartupPage::Opening;
        effects.push(StartupEffect::Open);
    }

    fn again(&mut self, effects: &mut Vec<StartupEffect>) {
        match &self.page {
            StartupPage::Fault { .. } => self.open(effects),
            StartupPage::Enrol { work: Work::Failed(_), .. } => self.confirm(effects),
            _ => {}
        }
    }

    /// The form, while it may be changed. A change cancels the retry of what was typed before.
    fn form(&mut self) -> Option<&mut Form> {
        match &mut self.page {
            StartupPage::Enrol { form, work, again_at } if *work != Work::Going => {
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
        if let StartupPage::Enrol { form, work, .. } = &mut self.page {
            *work = Work::Idle;
            self.given = form.clone();
        }
    }

    fn confirm(&mut self, effects: &mut Vec<StartupEffect>) {
        match &mut self.page {
            StartupPage::Enrol { form, work, again_at } if *work != Work::Going => {
                *again_at = None;
                match admission(form) {
                    Ok((server, code)) => {
                        *work = Work::Going;
                        effects.push(StartupEffect::Enrol { server, code });
                    }
                    Err((field, why)) => {
                        form.field = field;
                        *work = Work::Failed(why);
                    }
                }
            }
            StartupPage::Salvage { work, sticks } if *work != Work::Going => {
                *work = Work::Going;
                sticks.clear();
                effects.push(StartupEffect::Salvage(None));
            }
            StartupPage::Saved(_) => self.open(effects),
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
