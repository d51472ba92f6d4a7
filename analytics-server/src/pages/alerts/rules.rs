//! The rules of alerts in forms.

use crate::alerts::Rule;
use locales::Texts;

/// A rule to choose, with a tick.
pub(super) struct RuleChoice {
    pub word: &'static str,
    pub name: String,
    /// When it raises an alert.
    pub help: String,
    pub ticked: bool,
}

/// What a rule is called.
pub(super) fn alert_rule_name(word: &str, texts: &Texts) -> String {
    texts.get(&format!("alerts-rule-{word}"))
}

/// All rules with a tick where `ticked`.
pub(super) fn rule_choices(texts: &Texts, ticked: impl Fn(Rule) -> bool) -> Vec<RuleChoice> {
    let choice = |rule: Rule| RuleChoice {
        word: rule.word(),
        name: alert_rule_name(rule.word(), texts),
        help: texts.get(&format!("alerts-help-{}", rule.word())),
        ticked: ticked(rule),
    };
    Rule::ALL.into_iter().map(choice).collect()
}

/// The rules that a form ticked, in their order; what is no rule is passed over.
pub(super) fn ticked_rules(words: &[String]) -> Vec<Rule> {
    Rule::ALL.into_iter().filter(|rule| words.iter().any(|word| word == rule.word())).collect()
}

/// Words of rules as they are stored.
pub(super) fn rule_words(rules: &[Rule]) -> Vec<String> {
    rules.iter().map(|rule| rule.word().to_owned()).collect()
}
