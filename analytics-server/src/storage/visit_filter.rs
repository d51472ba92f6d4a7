//! Which visits a list holds, and the same as a condition of SQL. The caller limits it to the scope of the
//! person.

use super::listed;
use protocol::Level;
use std::collections::BTreeSet;

/// Which visits are read. What is none narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each narrows by itself")]
pub struct VisitFilter {
    /// Of these departments, by id; an empty set finds nothing.
    pub departments: Option<BTreeSet<i64>>,
    /// Of these counters, by id; an empty set finds nothing.
    pub counters: Option<BTreeSet<i64>>,
    /// Of one officer, by id.
    pub officer: Option<i64>,
    /// About dossiers of one procedure, by id.
    pub procedure: Option<i64>,
    /// At one step of the service: 1 receive, 2 return, 0 not stated.
    pub stage: Option<u8>,
    /// About dossiers that came through one channel, 1 to 4; 0: the dossier is not known.
    pub channel: Option<u8>,
    /// Whether it came from a file of an earlier system.
    pub imported: Option<bool>,
    /// Asked from this moment on, milliseconds since 1970.
    pub from: Option<i64>,
    /// Asked before this moment.
    pub until: Option<i64>,
    /// Asked in this hour of the day, 0 to 23.
    pub hour: Option<u8>,
    /// Asked on this day of the week, 1 Monday to 7 Sunday.
    pub weekday: Option<u8>,
    /// How far the zone's clock is ahead of UTC, in milliseconds: for the two before.
    pub offset: i64,
    /// The best and the worst level.
    pub levels: Option<(Level, Level)>,
    /// Id of a reason, or the words of an earlier system.
    pub reason: Option<String>,
    /// Id of an aspect that was judged, with the best and the worst level given to it.
    pub aspect: Option<(String, Level, Level)>,
    /// Which flags.
    pub flag: Option<FlagFilter>,
    /// Only those with a comment.
    pub commented: bool,
    /// Whether somebody wrote down what was done.
    pub handled: Option<bool>,
    /// Whether it was ruled out.
    pub ruled_out: Option<bool>,
    /// Only flagged ones that count: whether somebody ruled that they do.
    pub examined: Option<bool>,
    /// Only those that were replied to.
    pub replied: bool,
    /// Only those with a reply that nobody has answered.
    pub unanswered: bool,
    /// Only those of which somebody proposed a redaction that nobody has decided on.
    pub proposed: bool,
    /// Low or flagged: what may be disputed.
    pub disputable: bool,
}

/// Which flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagFilter {
    /// Any.
    Any,
    /// None at all.
    None,
    /// Of one rule.
    Rule(String),
}

/// Code of the second lowest level: it and the one below are read one by one.
pub(super) const LOW: u8 = 4;

/// Code of the source of ratings that came from a file.
const FROM_FILE: i64 = 2;

/// From the few replies to their visits.
const REPLIED: &str = "r.num in (select n.rating_num from rating_notes n where n.kind = 'reply')";
/// Likewise from the replies that no answer and no ruling has followed (`Note::answers`).
const UNANSWERED: &str = "r.num in (select n.rating_num from rating_notes n where n.kind = 'reply' \
     and not exists (select 1 from rating_notes m where m.rating_num = n.rating_num \
     and m.num > n.num and ((m.answers_reply and m.kind in ('handled', 'further')) \
       or m.kind in ('accepted', 'not_accepted', 'ruled_out', 'ruled_in'))))";
/// Likewise from the proposals that no redaction, refusal or restoration has followed.
const PROPOSED: &str = "r.comment is not null and r.num in (select n.rating_num from rating_notes n \
     where n.kind = 'proposed' and not exists (select 1 from rating_notes m \
     where m.rating_num = n.rating_num and m.num > n.num \
     and m.kind in ('redacted', 'declined', 'restored')))";
/// Somebody ruled that it counts: of one that is not ruled out that is the last ruling.
const RULED_IN: &str = "exists (select 1 from rating_notes n where n.rating_num = r.num \
     and n.kind = 'ruled_in')";

/// From the flags to their visits: flags are few. A rule's place or the end follows.
const FLAGGED: &str = "r.id in (select f.rating_id from rating_flags f";

/// Parts of a condition, each of which has to hold, with the texts of its places.
struct Condition {
    sql: String,
    texts: Vec<String>,
}

impl Condition {
    fn and(&mut self, part: &str) {
        self.sql.push_str(" and ");
        self.sql.push_str(part);
    }

    /// The next place, for a text that somebody may have typed.
    fn place(&mut self, text: String) -> usize {
        self.texts.push(text);
        self.texts.len()
    }

    /// That a column holds a text, letter for letter.
    fn holds(&mut self, column: &str, text: String) -> String {
        format!("replace({column}, ${}, '') <> {column}", self.place(text))
    }
}

impl VisitFilter {
    /// The condition with the texts of its places. Numbers are our own and stand in it as they
    /// are; nothing that somebody typed does.
    pub(super) fn condition(&self) -> (String, Vec<String>) {
        let sql = "where r.level is not null".to_owned();
        let mut condition = Condition { sql, texts: Vec::new() };
        self.narrow_places(&mut condition);
        self.narrow_times(&mut condition);
        self.narrow_answers(&mut condition);
        self.narrow_flags(&mut condition);
        self.narrow_states(&mut condition);
        (condition.sql, condition.texts)
    }

    /// Where, by whom and about what.
    fn narrow_places(&self, condition: &mut Condition) {
        // What is rare has an index of its own; a sign before a column keeps the one of the place away.
        let rare = self.ruled_out == Some(true) || self.replied || self.unanswered || self.proposed;
        let sign = if rare { "+" } else { "" };
        let sets = [(&self.departments, "r.department_id"), (&self.counters, "r.counter_id")];
        for (own, column) in sets {
            let Some(own) = own else { continue };
            condition.and(&format!("{sign}{column} in ({})", listed(own)));
        }
        let numbers = [
            (self.officer, "r.officer_id ="),
            (self.procedure, "r.procedure_id ="),
            (self.stage.map(i64::from), "coalesce(r.stage, 0) ="),
            (self.channel.map(i64::from), "coalesce(r.channel, 0) ="),
            (self.imported.filter(|is| *is).map(|_| FROM_FILE), "r.source ="),
            (self.imported.filter(|is| !is).map(|_| FROM_FILE), "r.source <>"),
        ];
        for (number, place) in numbers {
            if let Some(number) = number {
                condition.and(&format!("{place} {number}"));
            }
        }
    }

    /// When it was asked.
    fn narrow_times(&self, condition: &mut Condition) {
        let offset = self.offset;
        if let Some(from) = self.from {
            condition.and(&format!("r.asked_at >= {from}"));
        }
        if let Some(until) = self.until {
            condition.and(&format!("r.asked_at < {until}"));
        }
        if let Some(hour) = self.hour {
            condition.and(&format!("(r.asked_at + {offset}) / 3600000 % 24 = {hour}"));
        }
        if let Some(weekday) = self.weekday {
            // 1970-01-01 was a Thursday.
            let day = format!("((r.asked_at + {offset}) / 86400000 + 3) % 7 + 1");
            condition.and(&format!("{day} = {weekday}"));
        }
    }

    /// What was answered.
    fn narrow_answers(&self, condition: &mut Condition) {
        if let Some((best, worst)) = self.levels {
            // In these words the index of low levels is found.
            condition.and(&format!("r.level >= {} and r.level <= {}", best.code(), worst.code()));
            if best.code() > LOW {
                condition.and(&format!("r.level >= {LOW}"));
            }
        }
        if let Some(reason) = &self.reason {
            let quoted = serde_json::Value::from(reason.as_str()).to_string();
            // In these words the index is found. Capitals count, as where reasons are counted.
            let holds = condition.holds("r.reasons", quoted);
            condition.and(&format!("r.reasons is not null and {holds}"));
        }
        if let Some((aspect, best, worst)) = &self.aspect {
            let quoted = serde_json::Value::from(aspect.as_str()).to_string();
            let given = Level::ALL
                .into_iter()
                .filter(|level| (best.code()..=worst.code()).contains(&level.code()));
            let text = |level: Level| format!("{quoted}:\"{}\"", level.name());
            let any = given.map(|level| condition.holds("r.aspects", text(level)));
            let any: Vec<String> = any.collect();
            condition.and(&format!("r.aspects is not null and ({})", any.join(" or ")));
        }
    }

    /// What rules found, and what was ruled on it.
    fn narrow_flags(&self, condition: &mut Condition) {
        match &self.flag {
            Some(FlagFilter::Any) => condition.and(&format!("{FLAGGED})")),
            Some(FlagFilter::None) => condition.and(&format!("not {FLAGGED})")),
            Some(FlagFilter::Rule(rule)) => {
                let place = condition.place(rule.clone());
                condition.and(&format!("{FLAGGED} where f.rule = ${place})"));
            }
            None => {}
        }
        if let Some(is) = self.examined {
            let not = if is { "" } else { "not " };
            condition.and(&format!("r.ruled_out_at is null and {FLAGGED}) and {not}{RULED_IN}"));
        }
        if self.disputable {
            condition.and(&format!("(r.level >= {LOW} or {FLAGGED}))"));
        }
    }

    /// What became of it.
    fn narrow_states(&self, condition: &mut Condition) {
        let states = [(self.handled, "r.handled_at"), (self.ruled_out, "r.ruled_out_at")];
        for (state, column) in states {
            let Some(is) = state else { continue };
            condition.and(&format!("{column} is {}null", if is { "not " } else { "" }));
        }
        let plain = [
            (self.commented, "r.comment is not null"),
            (self.replied, REPLIED),
            (self.unanswered, UNANSWERED),
            (self.proposed, PROPOSED),
        ];
        for (_, part) in plain.into_iter().filter(|(is_wanted, _)| *is_wanted) {
            condition.and(part);
        }
    }
}
