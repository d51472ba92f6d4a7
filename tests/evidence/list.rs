//! Every alteration, and whether it has to be found.

use super::code::Change;
use analytics_server::verify::findings::FindingKind;

/// Whether an alteration has to be found, and as what.
#[derive(Clone, Copy)]
pub enum Expect {
    /// As this, among others.
    Found(FindingKind),
    /// As this where rows are numbered without gaps: SQLite.
    OnSqlite(FindingKind),
    /// Not: no tablet signs it.
    Hidden,
}
use Change::{Code, Sql};
use Expect::{Found, Hidden, OnSqlite};

/// A name, what is done, and what has to come of it.
pub const ALTERATIONS: &[(&str, Change, Expect)] = &[
    ("bytes of an event, digests left", Code("bytes"), Found(FindingKind::Chain)),
    (
        "an event deleted in the middle",
        Sql(&["delete from events where number = 7 and tablet_id = {one}"]),
        Found(FindingKind::Chain),
    ),
    (
        "the number of a head lowered",
        Sql(&["update tablets set head_number = head_number - 2 where id = {one}"]),
        Found(FindingKind::Chain),
    ),
    (
        "levels on rating rows",
        Sql(&["update ratings set level = 1 where source = 1 and level >= 3"]),
        Found(FindingKind::Row("level")),
    ),
    (
        "low rating rows deleted",
        Sql(&["delete from ratings where source = 1 and level >= 4
               and num not in (select rating_num from rating_notes)"]),
        Found(FindingKind::Missing),
    ),
    ("twenty rating rows invented for a tablet", Code("invent"), Found(FindingKind::Invented)),
    ("twenty imported rows invented", Code("invent imported"), Found(FindingKind::Import)),
    (
        "ruled out without a ruling",
        Sql(&["update ratings set ruled_out_at = 5 where source = 1 and level = 5
               and ruled_out_at is null"]),
        Found(FindingKind::Between("rulings")),
    ),
    (
        "a ruling taken back without a word",
        Sql(&["update ratings set ruled_out_at = null where ruled_out_at is not null"]),
        Found(FindingKind::Between("rulings")),
    ),
    ("bytes, rows and chain written anew", Code("rewrite all"), Found(FindingKind::Signature)),
    (
        "the clocks beside a signature changed",
        Sql(&["update batches set tablet_at = tablet_at + 1 where tablet_id = {one}"]),
        Found(FindingKind::Signature),
    ),
    (
        "a signature exchanged for another one",
        Sql(&[
            "update batches set signature = (select b.signature from batches b
               where b.tablet_id <> {one} order by b.last_number limit 1) where tablet_id = {one}",
        ]),
        Found(FindingKind::Signature),
    ),
    ("the tail of a chain cut off, with its ratings", Code("cut tail"), Found(FindingKind::Tablet)),
    (
        "a whole tablet with its chain",
        Code("delete tablet"),
        Found(FindingKind::Between("tablets")),
    ),
    (
        "moments of events and ratings moved to another day",
        Sql(&[
            "update events set corrected_at = corrected_at - 86400000 where tablet_id = {one}
               and number between 9 and 12",
            "update ratings set asked_at = asked_at - 86400000,
               answered_at = answered_at - 86400000 where id in (select session_id from events
               where tablet_id = {one} and number between 9 and 12)",
        ]),
        Found(FindingKind::Moment),
    ),
    (
        "the moment of a rating alone",
        Sql(&["update ratings set asked_at = asked_at + 60000 where id in (select session_id
               from events where tablet_id = {one} and number = 9)"]),
        Found(FindingKind::Row("moment of asking")),
    ),
    (
        "the visit beside an event exchanged",
        Sql(&["update events set session_id = (select session_id from events
               where tablet_id = {one} and number = 1) where tablet_id = {one} and number = 9"]),
        Found(FindingKind::Event),
    ),
    (
        "low imported ratings changed",
        Sql(&["update ratings set level = 2 where source = 2 and level = 5 and num % 3 = 0"]),
        Found(FindingKind::Import),
    ),
    (
        "low imported ratings deleted",
        Sql(&["delete from ratings where source = 2 and level = 5 and dossier is null"]),
        Found(FindingKind::Import),
    ),
    (
        "the last imported rating deleted",
        Sql(&["delete from ratings where num = (select max(num) from ratings where source = 2)"]),
        Found(FindingKind::Import),
    ),
    (
        "imported ratings given to another officer",
        Sql(&["update ratings set officer_id = (select min(id) from officers)
               where source = 2 and level >= 4"]),
        Found(FindingKind::Import),
    ),
    (
        "an import's record deleted with its ratings",
        Sql(&[
            "delete from ratings where source = 2 and num between
               (select first_num from import_batches order by num limit 1) and
               (select last_num from import_batches order by num limit 1)",
            "delete from import_batches where num = (select min(num) from import_batches)",
        ]),
        Found(FindingKind::Import),
    ),
    (
        "the officer on rating rows",
        Sql(&["update ratings set officer_id = (select max(id) from officers)
               where source = 1 and officer_id = (select min(id) from officers)"]),
        Found(FindingKind::Row("officer")),
    ),
    (
        "the department on rating rows",
        Sql(&[
            "insert into departments (code, name) values ('X', 'X')",
            "update ratings set department_id = (select max(id) from departments)
               where source = 1 and level >= 4",
        ]),
        Found(FindingKind::Row("department")),
    ),
    (
        "the dossier on a rating row",
        Sql(&["update ratings set dossier = 'H53.02-260101-0009'
               where num = (select min(num) from ratings where source = 1)"]),
        Found(FindingKind::Row("dossier")),
    ),
    (
        "an abandoned visit made a rating",
        Sql(&["update ratings set level = 1, answered_at = abandoned_at, abandoned_at = null
               where source = 1 and abandoned_at is not null"]),
        Found(FindingKind::Row("level")),
    ),
    ("a visit appended, digest and head fitting", Code("append"), Found(FindingKind::Missing)),
    (
        "the key of a tablet replaced",
        Sql(&["update tablets set public_key = token_hash"]),
        Found(FindingKind::Signature),
    ),
    ("quarantine emptied", Sql(&["delete from quarantine"]), Found(FindingKind::Uncounted)),
    (
        "quarantine said to be released",
        Sql(&["update quarantine set resolved_at = created_at + 1"]),
        Found(FindingKind::Uncounted),
    ),
    (
        "the audit log thinned",
        Sql(&["delete from audit_log where num = (select min(num) + 1 from audit_log)"]),
        OnSqlite(FindingKind::Between("numbers of the audit log")),
    ),
    (
        "rulings taken out of the audit log",
        Sql(&["delete from audit_log where action = 'ruled_out'"]),
        Found(FindingKind::Between("audit log")),
    ),
    (
        "an actor of the audit log exchanged",
        Sql(&["update audit_log set actor = 'nobody'"]),
        Hidden,
    ),
    (
        "a note deleted",
        Sql(&["delete from rating_notes where kind = 'handled'"]),
        Found(FindingKind::Between("notes")),
    ),
    (
        "comments replaced",
        Sql(&["update ratings set comment = 'Rất tốt' where source = 1 and comment is not null
               and redacted_at is null"]),
        Found(FindingKind::Row("comment")),
    ),
    (
        "what a redaction left replaced",
        Sql(&["update ratings set comment = 'Rất tốt' where source = 1 and comment is not null
               and redacted_at is not null"]),
        Found(FindingKind::Row("comment")),
    ),
    (
        "comments taken away as if they had been redacted",
        Sql(&["update ratings set comment = null, redacted_at = 77 where source = 1
               and comment is not null and redacted_at is null"]),
        Found(FindingKind::Redaction),
    ),
    (
        "the original of a redaction replaced",
        Sql(&["update redacted_comments set was = 'Rất tốt'"]),
        Found(FindingKind::Redaction),
    ),
    (
        "a redaction undone by hand",
        Sql(&["update ratings set redacted_at = null, comment = (select c.was from
               redacted_comments c where c.rating_num = ratings.num) where num in
               (select rating_num from redacted_comments)"]),
        Found(FindingKind::Between("redactions")),
    ),
    ("an officer renamed", Sql(&["update officers set name = 'X'"]), Hidden),
    (
        "flags removed",
        Sql(&["delete from rating_flags where rule = 'quick_repeat'"]),
        Found(FindingKind::Between("flags")),
    ),
    (
        "flags of dossiers removed",
        Sql(&["delete from rating_flags where rule = 'dossier_twice'"]),
        Found(FindingKind::Between("flags")),
    ),
    (
        "an alarm removed",
        Sql(&["delete from alarms where num = 1"]),
        OnSqlite(FindingKind::Between("numbers of alarms")),
    ),
    (
        "procedures of dossiers exchanged on rating rows",
        Sql(&["update ratings set channel = 3 where channel = 1"]),
        Found(FindingKind::Between("dossiers")),
    ),
    (
        "the level of an event exchanged, chain written anew",
        Code("rewrite event"),
        Found(FindingKind::Row("level")),
    ),
    ("columns rewritten", Code("columns"), Found(FindingKind::Columns)),
    ("columns rewritten, digests fitting", Code("columns sealed"), Found(FindingKind::Columns)),
];
