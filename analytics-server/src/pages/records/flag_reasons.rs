//! Why rules flagged ratings: which rating each was held against, and how soon it began after that one, so
//! that who rules sees what the rule saw.

use crate::centre_time;
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::flags::{DOSSIER_TWICE, HeldAgainst, QUICK_REPEAT};
use crate::storage::records::Record;
use crate::visits::wording::{rule_name, rule_what};
use std::collections::{BTreeSet, HashMap};

/// A rule that found a rating, and what it found.
pub(super) struct FlagReason {
    /// What the rule is called.
    pub name: String,
    /// What it found, in a sentence; where that is not known any more, what it looks for.
    pub what: String,
    /// Where the rating is that it was held against, for who may see that one.
    pub link: Option<String>,
}

/// What the rules found of some ratings, by their numbers. The links keep a list.
pub(super) async fn flag_reasons(
    context: &Context,
    records: &[Record],
    list: &CameFrom,
) -> PageResult<HashMap<i64, Vec<FlagReason>>> {
    let mut reasons: HashMap<i64, Vec<FlagReason>> = HashMap::new();
    let rules: BTreeSet<&String> = records.iter().flat_map(|record| &record.flags).collect();
    for rule in rules {
        let flagged = records.iter().filter(|record| record.flags.contains(rule));
        let nums: Vec<i64> = flagged.map(|record| record.num).collect();
        let before = context.app.store.held_against(rule, &nums).await?;
        for num in nums {
            let reason = reason(context, rule, before.get(&num), list);
            reasons.entry(num).or_default().push(reason);
        }
    }
    Ok(reasons)
}

/// What a rule found of a rating that it held against another one.
fn reason(
    context: &Context,
    rule: &str,
    before: Option<&HeldAgainst>,
    list: &CameFrom,
) -> FlagReason {
    let Context { app, viewer, texts, .. } = context;
    let scope = viewer.scope();
    let seen = before.filter(|one| scope.has_department(one.department));
    let found = match (rule, before, seen) {
        (QUICK_REPEAT, Some(one), _) => {
            let seconds = one.gap / 1_000;
            Some(match seconds {
                0 => texts.get("records-found-at-once"),
                _ => texts.with("records-found-quick", &[("seconds", &seconds.to_string())]),
            })
        }
        (DOSSIER_TWICE, _, Some(one)) => {
            let when = centre_time::in_sentence(one.asked_at, &app.zone, texts);
            Some(texts.with("records-found-dossier", &[("when", &when)]))
        }
        _ => None,
    };
    let way = |one: &HeldAgainst| context.to(&list.carried_to(&format!("/records/{}", one.num)));
    FlagReason {
        name: rule_name(rule, texts),
        link: seen.filter(|_| found.is_some()).map(way),
        what: found.unwrap_or_else(|| rule_what(rule, app.centre().repeat_s, texts)),
    }
}
