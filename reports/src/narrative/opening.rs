//! Under what law the report is made, about which days, and how it ends.

use super::Writer;
use crate::figures::Figures;
use crate::periods::{document_cut_off, document_period_name, is_range};
use jiff::civil::{Date, date};
use locales::Texts;

/// The laws of the one-stop mechanism: key of the name, first and last day in force. Decree 107/2021
/// amends 61/2018, so both are named while it holds; 118/2025 replaced both.
const LAWS: [(&str, Date, Date); 3] = [
    ("report-law-61", date(2018, 6, 21), date(2025, 6, 30)),
    ("report-law-107", date(2021, 12, 6), date(2025, 6, 30)),
    ("report-law-118", date(2025, 7, 1), Date::MAX),
];

impl Writer<'_> {
    /// “Thực hiện …, Trung tâm … báo cáo …”: every law that was in force on a day of the period.
    pub(super) fn opening(&self) -> String {
        let period = &self.figures.period;
        let laws = LAWS.iter().filter(|(_, from, to)| *from <= period.to && *to >= period.from);
        let laws: Vec<String> = laws.map(|(key, ..)| self.texts.get(key)).collect();
        let [from, to] = [period.from, period.to].map(|date| self.numbers.document_date(date));
        let name = document_period_name(period, self.texts);
        let figures = if self.published {
            self.say("report-cut-off-published", &[("to", &to)])
        } else {
            document_cut_off(period, self.cut_off, self.texts)
        };
        let places = [("period", &*name), ("from", &from), ("to", &to), ("figures", &figures)];
        let key = if is_range(period) { "report-opening-days" } else { "report-opening" };
        let report = self.say(key, &places);
        let key = if laws.is_empty() { "report-opening-plain" } else { "report-opening-law" };
        self.say(key, &[("law", &laws.join("; ")), ("report", &report)])
    }
}

/// “Trên đây là báo cáo …./.”.
pub(crate) fn closing(figures: &Figures, texts: &Texts) -> String {
    let period = document_period_name(&figures.period, texts);
    texts.with("report-closing", &[("period", &period)])
}
