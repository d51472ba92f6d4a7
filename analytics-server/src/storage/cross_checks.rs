//! What has to be true between the tables, each as one query that finds the rows for which it is
//! not. They run as of one moment, so nothing that is under way looks like a difference.

use super::evidence_tables::Offending;
use super::{Store, StoreError};

/// A rule between tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossCheck {
    /// What it looks at, as a report names it.
    pub what: &'static str,
    /// What the numbers are of.
    pub of: &'static str,
    /// What is wrong with a row that breaks it, said after its number.
    pub wrong: &'static str,
    query: &'static str,
    /// Rows are numbered without gaps in SQLite alone.
    sqlite_only: bool,
}

const fn rule(
    what: &'static str,
    of: &'static str,
    wrong: &'static str,
    query: &'static str,
) -> CrossCheck {
    CrossCheck { what, of, wrong, query, sqlite_only: false }
}

const fn gap(what: &'static str, of: &'static str, query: &'static str) -> CrossCheck {
    let wrong = "is missing: rows are never deleted, so somebody took it out";
    CrossCheck { what, of, wrong, query, sqlite_only: true }
}

/// Finds the numbers that are missing before those that are there.
macro_rules! gaps {
    ($table:literal) => {
        concat!(
            "select g.num - 1 as num from ",
            $table,
            " g where g.num > 1 and not exists (select 1 from ",
            $table,
            " b where b.num = g.num - 1)"
        )
    };
}

/// All rules. `{repeat}` stands for the shortest time within which a second answer was ever flagged.
pub const CROSS_CHECKS: [CrossCheck; 25] = [
    rule(
        "origin of ratings",
        "rating",
        "belongs to no tablet that there is, or to a tablet though it came from a file",
        "select num from ratings r where source not in (1, 2)
           or (source = 2 and tablet_id is not null)
           or (source = 1 and not exists (select 1 from tablets t where t.id = r.tablet_id))",
    ),
    rule(
        "change clock",
        "rating",
        "changed at a position that the change clock has not reached",
        "select num from ratings where position > (select position from installation)",
    ),
    rule(
        "rulings",
        "rating",
        "is ruled out, and no ruling says so",
        "select num from ratings r where ruled_out_at is not null and not exists (
           select 1 from rating_notes n where n.rating_num = r.num and n.kind = 'ruled_out'
             and n.at = r.ruled_out_at and n.num = (
               select max(m.num) from rating_notes m
               where m.rating_num = r.num and m.kind in ('ruled_out', 'ruled_in')))",
    ),
    rule(
        "rulings",
        "rating",
        "was ruled out, and is counted",
        "select r.num from rating_notes n join ratings r on r.num = n.rating_num
         where n.kind = 'ruled_out' and r.ruled_out_at is null and n.num = (
           select max(m.num) from rating_notes m
           where m.rating_num = r.num and m.kind in ('ruled_out', 'ruled_in'))",
    ),
    rule(
        "notes",
        "rating",
        "is marked as handled at another moment than its first note says",
        "select num from ratings r where handled_at is not null and not exists (
           select 1 from rating_notes n where n.rating_num = r.num and n.kind = 'handled'
             and n.at = r.handled_at)",
    ),
    rule(
        "notes",
        "rating",
        "was handled, as a note says, and is not marked so",
        "select distinct r.num from rating_notes n join ratings r on r.num = n.rating_num
         where n.kind = 'handled' and r.handled_at is null",
    ),
    rule(
        "redactions",
        "rating",
        "was redacted, as a note says, and is not marked so",
        "select r.num from ratings r join (
           select rating_num, sum(case kind when 'redacted' then 1 else -1 end) as standing
           from rating_notes where kind in ('redacted', 'restored') group by rating_num) n
           on n.rating_num = r.num
         where r.redacted_at is null and n.standing > 0",
    ),
    rule(
        "redactions",
        "rating",
        "has an original that is kept, and is not redacted",
        "select distinct r.num from redacted_comments c join ratings r on r.num = c.rating_num
         where r.redacted_at is null",
    ),
    rule(
        "redactions",
        "note",
        "tells of no redaction, and an original is kept for it",
        "select c.note_num as num from redacted_comments c left join rating_notes n
           on n.num = c.note_num and n.kind = 'redacted' and n.rating_num = c.rating_num
           and n.at = c.at
         where n.num is null",
    ),
    rule(
        "notes",
        "note",
        "is of a rating that does not exist",
        "select n.num from rating_notes n left join ratings r on r.num = n.rating_num
         where r.num is null",
    ),
    rule(
        "audit log",
        "note",
        "has no line in the audit log",
        "select n.num from rating_notes n left join audit_log a on a.at = n.at
           and a.action = n.kind and a.subject = 'rating ' || n.rating_num
         where a.num is null",
    ),
    rule(
        "audit log",
        "line",
        "of the audit log tells of a note that is not there",
        "select a.num from audit_log a left join rating_notes n on n.at = a.at
           and n.kind = a.action and a.subject = 'rating ' || n.rating_num
         where n.num is null and a.action in
           ('handled', 'further', 'reply', 'accepted', 'not_accepted', 'ruled_out', 'ruled_in',
            'redacted', 'proposed', 'declined', 'restored')
           and a.subject like 'rating %'",
    ),
    rule(
        "dossiers",
        "rating",
        "has not the procedure and channel that its dossier says",
        "select r.num from ratings r left join dossiers d on d.code = r.dossier
         where coalesce(r.procedure_id, 0) <> coalesce(d.procedure_id, 0)
           or coalesce(r.channel, 0) <> coalesce(d.channel, 0)",
    ),
    rule(
        "flags",
        "rating",
        "is the second of its dossier and stage, and is not flagged as such",
        "select v.num from ratings v where v.level is not null and v.dossier is not null
           and exists (select 1 from ratings o where o.dossier = v.dossier and o.id <> v.id
             and coalesce(o.stage, 0) = coalesce(v.stage, 0) and o.level is not null
             and (o.answered_at < v.answered_at
               or (o.answered_at = v.answered_at and o.id < v.id)))
           and not exists (select 1 from rating_flags f
             where f.rating_id = v.id and f.rule = 'dossier_twice')",
    ),
    rule(
        "flags",
        "rating",
        "came shortly after another answer, and is not flagged as such",
        "select v.num from ratings v where v.source = 1 and v.level is not null
           and v.invitation is null
           and exists (select 1 from ratings p where p.tablet_id = v.tablet_id and p.num < v.num
             and p.level is not null and p.answered_at <= v.asked_at
             and p.answered_at > v.asked_at - {repeat})
           and not exists (select 1 from rating_flags f
             where f.rating_id = v.id and f.rule = 'quick_repeat')
           and not exists (select 1 from quarantine q
             where q.tablet_id = v.tablet_id and q.resolved_at is not null)",
    ),
    rule(
        "flags",
        "flag",
        "is of a rating that does not exist or was not answered",
        "select coalesce(r.num, 0) as num from rating_flags f
         left join ratings r on r.id = f.rating_id where r.num is null or r.level is null",
    ),
    rule(
        "quarantine",
        "event",
        "waits in quarantine and is in no chain",
        "select q.number as num from quarantine q left join events e
           on e.tablet_id = q.tablet_id and e.number = q.number where e.number is null",
    ),
    rule(
        "batches",
        "event",
        "is the last one of a batch and is in no chain",
        "select b.last_number as num from batches b left join events e
           on e.tablet_id = b.tablet_id and e.number = b.last_number where e.number is null",
    ),
    rule(
        "continuations",
        "event",
        "says that its tablet continues another one, and nothing was written down of it",
        "select e.number as num from events e left join continuations c
           on c.tablet_id = e.tablet_id and c.number = e.number
         where e.kind = 'continues' and c.number is null",
    ),
    rule(
        "tablets",
        "tablet",
        "(or more) was admitted by a code and does not exist",
        "select distinct cast(1 as bigint) as num, c.tablet_id from enrolment_codes c left join tablets t
           on t.id = c.tablet_id where c.tablet_id is not null and t.id is null",
    ),
    gap("numbers of ratings", "rating", gaps!("ratings")),
    gap("numbers of the audit log", "line", gaps!("audit_log")),
    gap("numbers of notes", "note", gaps!("rating_notes")),
    gap("numbers of alarms", "alarm", gaps!("alarms")),
    gap("numbers of alerts", "alert", gaps!("alerts")),
];

impl Store {
    /// The rows that break a rule; none where it does not hold for this kind of database.
    pub async fn cross_check(
        &self,
        check: &CrossCheck,
        repeat_ms: i64,
    ) -> Result<Option<Offending>, StoreError> {
        if check.sqlite_only && matches!(self, Self::Postgres(_)) {
            return Ok(None);
        }
        let query = check.query.replace("{repeat}", &repeat_ms.to_string());
        self.offending(&query).await.map(Some)
    }
}
