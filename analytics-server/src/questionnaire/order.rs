//! Steps and items of a form in another order, before anything is stored: all that was typed into one
//! goes along with it.

use super::fields::{STEPS, filled_items, filled_steps};
use crate::form_reader::FormValues;
use protocol::limits::CHOICES;

/// A step, or an item of one, by their places from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormPlace {
    /// A step.
    Step(usize),
    /// A step, and the row of its item.
    Item(usize, usize),
}

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormMove {
    /// One place to the front.
    Up,
    /// One place to the back.
    Down,
    /// Away; what follows closes the gap.
    Remove,
}

impl FormMove {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Remove];

    /// How a form names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Remove => "remove",
        }
    }

    /// What a button that sends this does.
    pub fn of_press(press: &str) -> Option<Self> {
        read(press).map(|(_, to)| to)
    }
}

impl FormPlace {
    /// How the names of its fields begin.
    pub fn prefix(self) -> String {
        match self {
            Self::Step(step) => format!("s{step}-"),
            Self::Item(step, row) => format!("s{step}-i{row}-"),
        }
    }

    /// Its place among those beside it, and how many there can be.
    const fn among(self) -> (usize, usize) {
        match self {
            Self::Step(step) => (step, STEPS),
            Self::Item(_, row) => (row, CHOICES),
        }
    }

    /// The one at another place beside it.
    const fn beside(self, at: usize) -> Self {
        match self {
            Self::Step(_) => Self::Step(at),
            Self::Item(step, _) => Self::Item(step, at),
        }
    }
}

/// What a button sends: `s1-up`, `s1-i2-remove`.
pub fn press(place: FormPlace, to: FormMove) -> String {
    format!("{}{}", place.prefix(), to.word())
}

/// Does what a button sent; where the step or item stands then, or the one that is nearest to where a
/// removed one stood. None: no button sends this, and nothing was changed.
pub fn carry_out(typed: &mut FormValues, press: &str) -> Option<FormPlace> {
    let (place, to) = read(press)?;
    let (at, most) = place.among();
    let there = match to {
        FormMove::Up => at.checked_sub(1)?,
        FormMove::Down => Some(at + 1).filter(|at| *at < most)?,
        FormMove::Remove => at,
    };
    let fields = take(typed, place);
    if to == FormMove::Remove {
        for next in at + 1..most {
            let fields = take(typed, place.beside(next));
            put(typed, place.beside(next - 1), fields);
        }
        let left = match place {
            FormPlace::Step(_) => filled_steps(typed),
            FormPlace::Item(step, _) => filled_items(typed, step),
        };
        return Some(place.beside(at.min(left.saturating_sub(1))));
    }
    let others = take(typed, place.beside(there));
    put(typed, place.beside(there), fields);
    put(typed, place, others);
    Some(place.beside(there))
}

fn read(press: &str) -> Option<(FormPlace, FormMove)> {
    let number = |part: &str, letter: char| part.strip_prefix(letter)?.parse::<usize>().ok();
    let mut parts = press.split('-');
    let (step, next) = (number(parts.next()?, 's')?, parts.next()?);
    let (place, word) = match number(next, 'i') {
        Some(row) => (FormPlace::Item(step, row), parts.next()?),
        None => (FormPlace::Step(step), next),
    };
    let to = FormMove::ALL.into_iter().find(|to| to.word() == word)?;
    let (at, most) = place.among();
    (step < STEPS && at < most && parts.next().is_none()).then_some((place, to))
}

/// Takes the fields of a place out of a form, without the beginning of their names.
fn take(typed: &mut FormValues, place: FormPlace) -> Vec<(String, String)> {
    let prefix = place.prefix();
    let names: Vec<String> =
        typed.keys().filter(|name| name.starts_with(&prefix)).cloned().collect();
    let taken = names.into_iter().filter_map(|name| {
        let value = typed.remove(&name)?;
        Some((name[prefix.len()..].to_owned(), value))
    });
    taken.collect()
}

fn put(typed: &mut FormValues, place: FormPlace, fields: Vec<(String, String)>) {
    let prefix = place.prefix();
    typed.extend(fields.into_iter().map(|(name, value)| (format!("{prefix}{name}"), value)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> FormValues {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_item_moves_with_all_that_was_typed() {
        let mut typed = form(&[
            ("s0-i0-id", "a"),
            ("s0-i0-text-vi", "A"),
            ("s0-i1-id", "b"),
            ("s0-i1-text-km", "B"),
            ("s1-i0-id", "other"),
            ("was", "mark"),
        ]);
        let before = typed.clone();
        assert_eq!(carry_out(&mut typed, "s0-i0-down"), Some(FormPlace::Item(0, 1)));
        let expected = form(&[
            ("s0-i0-id", "b"),
            ("s0-i0-text-km", "B"),
            ("s0-i1-id", "a"),
            ("s0-i1-text-vi", "A"),
            ("s1-i0-id", "other"),
            ("was", "mark"),
        ]);
        assert_eq!(typed, expected);
        assert_eq!(carry_out(&mut typed, "s0-i1-up"), Some(FormPlace::Item(0, 0)));
        assert_eq!(typed, before, "and back");
    }

    #[test]
    fn a_step_moves_with_its_items_and_its_ticks() {
        let mut typed = form(&[
            ("s0-kind", "aspects"),
            ("s0-i3-id", "x"),
            ("s1-kind", "comment"),
            ("s1-after-neutral", "yes"),
        ]);
        assert_eq!(carry_out(&mut typed, "s1-up"), Some(FormPlace::Step(0)));
        let expected = form(&[
            ("s0-kind", "comment"),
            ("s0-after-neutral", "yes"),
            ("s1-kind", "aspects"),
            ("s1-i3-id", "x"),
        ]);
        assert_eq!(typed, expected);
    }

    #[test]
    fn what_follows_one_that_is_removed_closes_the_gap() {
        let mut typed = form(&[("s0-i0-id", "a"), ("s0-i1-id", "b"), ("s0-i3-id", "d")]);
        assert_eq!(carry_out(&mut typed, "s0-i0-remove"), Some(FormPlace::Item(0, 0)));
        assert_eq!(typed, form(&[("s0-i0-id", "b"), ("s0-i2-id", "d")]));
        assert_eq!(carry_out(&mut typed, "s0-i2-remove"), Some(FormPlace::Item(0, 0)), "the last");
        assert_eq!(typed, form(&[("s0-i0-id", "b")]));
    }

    #[test]
    fn what_no_button_sends_changes_nothing() {
        let mut typed = form(&[("s0-kind", "aspects"), ("s5-kind", "comment")]);
        let before = typed.clone();
        for odd in [
            "",
            "s0",
            "s0-up",
            "s5-down",
            "s6-up",
            "s0-i0-up",
            "s0-i31-down",
            "s0-i32-up",
            "s0-left",
            "i0-up",
            "s0-i1-up-x",
            "s99999999999999999999-up",
            "s-up",
        ] {
            assert_eq!(carry_out(&mut typed, odd), None, "{odd}");
            assert_eq!(typed, before, "{odd}");
        }
    }

    #[test]
    fn every_button_is_read_as_it_is_written() {
        for place in [FormPlace::Step(1), FormPlace::Item(2, 7)] {
            for to in FormMove::ALL {
                assert_eq!(read(&press(place, to)), Some((place, to)));
            }
        }
    }
}
