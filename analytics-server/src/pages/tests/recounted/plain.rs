//! The plain recount: rows of the store walked through one by one. Nothing of `stats` is used.

use super::house::House;
use crate::centre_time::local;
use crate::storage::rows::RatingRow;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What counts of some rows come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub raw: u64,
    pub ruled_out: u64,
    pub total: u64,
    pub levels: [u64; 5],
    pub flagged: u64,
    pub cleaned: u64,
    pub cleaned_satisfied: u64,
    pub asked: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub open: u64,
}

impl Plain {
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a RatingRow>) -> Self {
        let mut sum = Self::default();
        for row in rows {
            let answered = row.level > 0;
            if !row.imported {
                sum.asked += 1;
                sum.answered += u64::from(answered);
                sum.abandoned += u64::from(row.abandoned);
                sum.open += u64::from(!answered && !row.abandoned);
            }
            if !answered {
                continue;
            }
            sum.raw += 1;
            if row.ruled_out {
                sum.ruled_out += 1;
                continue;
            }
            sum.total += 1;
            sum.levels[usize::from(row.level) - 1] += 1;
            if row.flags.is_empty() {
                sum.cleaned += 1;
                sum.cleaned_satisfied += u64::from(row.level <= 2);
            } else {
                sum.flagged += 1;
            }
        }
        sum
    }

    pub fn satisfied(&self) -> u64 {
        self.levels[0] + self.levels[1]
    }

    /// Very satisfied, satisfied, below.
    pub fn three(&self) -> [u64; 3] {
        [self.levels[0], self.levels[1], self.levels[2] + self.levels[3] + self.levels[4]]
    }
}

/// The 95 % interval of a share by Wilson's formula as the books have it.
pub(super) fn wilson(count: u64, total: u64) -> (f64, f64) {
    let (n, z) = (total as f64, 1.959_963_984_540_054_f64);
    let p = count as f64 / n;
    let centre = (p + z.powi(2) / (2.0 * n)) / (1.0 + z.powi(2) / n);
    let half =
        z / (1.0 + z.powi(2) / n) * (p * (1.0 - p) / n + z.powi(2) / (4.0 * n.powi(2))).sqrt();
    // At its ends the formula gives exactly 0 and 1; floating point comes only near.
    let low = if count == 0 { 0.0 } else { centre - half };
    let high = if count == total { 1.0 } else { centre + half };
    (low, high)
}

/// A query of an address, as names and values.
pub(super) fn fields(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    serde_html_form::from_str(query).unwrap()
}

impl House {
    /// The day and hour of a row.
    pub fn wall(&self, row: &RatingRow) -> (Date, u8) {
        let local = local(row.asked_at, &self.app.zone);
        (local.date(), u8::try_from(local.hour()).unwrap())
    }

    /// The rows that an address of a list of visits means, for a reader of some departments or all.
    pub fn meant(&self, address: &str, scope: Option<&BTreeSet<i64>>) -> Vec<&RatingRow> {
        let fields = fields(address);
        let answered = self.rows.iter().filter(|row| row.level > 0);
        let inside = answered.filter(|row| scope.is_none_or(|own| own.contains(&row.department)));
        let judged = fields.iter().find(|(name, _)| name == "judged");
        let judged = judged.map_or("", |(_, word)| word.as_str());
        inside
            .filter(|row| fields.iter().all(|(name, value)| self.fits(row, name, value, judged)))
            .collect()
    }

    fn fits(&self, row: &RatingRow, name: &str, value: &str, judged: &str) -> bool {
        let (day, hour) = self.wall(row);
        let directory = &self.directory;
        match name {
            "date" => day == value.parse().unwrap(),
            "from" => day >= value.parse().unwrap(),
            "to" => day <= value.parse().unwrap(),
            "hour" => hour == value.parse::<u8>().unwrap(),
            "weekday" => day.weekday().to_monday_one_offset() == value.parse::<i8>().unwrap(),
            "department" => directory.department(value).unwrap().id == row.department,
            "counter" => directory.counter(value).unwrap().id == row.counter,
            "officer" => directory.officer(value).unwrap().id == row.officer,
            "procedure" => {
                let own = directory.procedures.iter().find(|one| one.code == value).unwrap();
                own.id == row.procedure
            }
            "site" => self.at_site.contains(&row.counter),
            "stage" => row.stage == place(&["unstated", "receive", "return"], value),
            "channel" => {
                let words = ["unknown", "in_person", "postal", "online_full", "online_partial"];
                row.channel == place(&words, value)
            }
            "source" => row.imported == (value == "imported"),
            "level" => is_level(row.level, value),
            "reason" => row.reasons.iter().any(|one| one == value),
            "aspect" => row
                .aspects
                .iter()
                .any(|(id, level)| id == value && (judged.is_empty() || is_level(*level, judged))),
            "judged" => true,
            "flag" => match value {
                "any" => !row.flags.is_empty(),
                "none" => row.flags.is_empty(),
                rule => row.flags.iter().any(|one| one == rule),
            },
            "state" => match value {
                "counted" => !row.ruled_out,
                "ruled_out" => row.ruled_out,
                "examined" | "unexamined" => {
                    let is_examined = self.ruled_in.contains(&row.num);
                    !row.ruled_out && !row.flags.is_empty() && is_examined == (value == "examined")
                }
                // Nobody of the house has handled anything, replied to it or proposed a redaction.
                "open" => true,
                "handled" | "replied" | "unanswered" | "proposed" => false,
                other => panic!("no recount of the state {other}"),
            },
            other => panic!("no recount of the field {other}={value}"),
        }
    }
}

fn place(words: &[&str], word: &str) -> u8 {
    u8::try_from(words.iter().position(|one| *one == word).unwrap()).unwrap()
}

fn is_level(level: u8, word: &str) -> bool {
    match word {
        "low" => level >= 4,
        "below" => level >= 3,
        "well" => level <= 2,
        name => protocol::Level::from_code(level).unwrap().name() == name,
    }
}
