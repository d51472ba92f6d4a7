//! Who is notified of an alert: webhooks that ask for its rule, and people who asked for mail and may
//! see it.

use super::occurrence::{Occurrence, Rule};
use super::visible::departments_of;
use crate::auth::Permission;
use crate::scope::Scope;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::alert_targets::Target;

/// Everybody who may be notified, read once for all alerts of an evaluation.
pub(super) struct Targets {
    /// Words of rules, where to.
    webhooks: Vec<(Vec<String>, Target)>,
    people: Vec<(Vec<String>, Option<Vec<i64>>, Target)>,
}

impl Targets {
    /// Those who are known now.
    pub async fn of(app: &App) -> Result<Self, StoreError> {
        let webhooks = app.store.webhooks().await?.into_iter();
        let webhooks = webhooks
            .filter(|one| one.retired_at.is_none())
            .map(|one| (one.rules, Target::Webhook { webhook: one.num, address: one.address }));
        let webhooks = webhooks.collect();
        // Mail that nobody can send would only fill the log.
        if app.mail.is_none() {
            return Ok(Self { webhooks, people: Vec::new() });
        }
        let subscriptions = app.store.subscriptions().await?;
        let users = app.store.users().await?;
        let mut people = Vec::new();
        for subscription in subscriptions {
            let Some(user) = users.iter().find(|user| user.id == subscription.user) else {
                continue;
            };
            let may = user.retired_at.is_none() && user.role.has(Permission::Alerts);
            let Some(address) = user.email.clone().filter(|_| may) else { continue };
            let scope = departments_of(&Scope::of(user));
            people.push((subscription.rules, scope, Target::Mail { user: user.id, address }));
        }
        Ok(Self { webhooks, people })
    }

    /// Those who are notified of this.
    pub fn of_occurrence(&self, found: &Occurrence) -> Vec<Target> {
        let asks = |rules: &[String]| rules.iter().any(|word| word == found.rule.word());
        let sees = |scope: &Option<Vec<i64>>| match (scope, found.place.department) {
            (None, _) => true,
            (Some(own), Some(department)) => own.contains(&department),
            (Some(_), None) => false,
        };
        let webhooks = self.webhooks.iter().filter(|(rules, _)| asks(rules));
        let people = self.people.iter().filter(|(rules, scope, _)| asks(rules) && sees(scope));
        webhooks
            .map(|(_, target)| target.clone())
            .chain(people.map(|(.., target)| target.clone()))
            .collect()
    }
}

/// Rules of which no second alert about the same subject is raised while one is open.
pub(super) const fn one_at_a_time(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::ShareUnderLimit | Rule::TabletSilent | Rule::TabletBlocked | Rule::Quarantine
    )
}
