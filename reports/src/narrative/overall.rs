//! How many ratings there are, at which level, who answered, by what they came, and what of them is
//! odd or ruled out.

use super::{Writer, paragraph, paragraphs};
use crate::content::Block;
use crate::figures::{PUBLISHED_FROM, RANKED_FROM};

impl Writer<'_> {
    /// Nothing, few, or how many at each level; without shares under 30.
    pub(super) fn overall(&self) -> Vec<Block> {
        let total = self.figures.ratings.total;
        if total == 0 {
            let mut sentences = vec![self.texts.get("report-none")];
            sentences.extend(self.response());
            return vec![paragraph(&sentences)];
        }
        if self.is_whole_withheld() {
            let from = PUBLISHED_FROM.to_string();
            return vec![paragraph(&[self.say("report-too-few", &[("from", &from)])])];
        }
        let mut first = vec![self.total()];
        first.extend(self.participation());
        first.push(self.levels());
        let mut second = vec![self.satisfied()];
        let mut third = Vec::new();
        // Outside, who did not answer and where ratings came from would cut them into small groups.
        if !self.published {
            second.extend(self.response());
            third.push(self.sources());
        }
        third.extend(self.scales());
        third.push(self.texts.get("report-not-sipas"));
        [first, second, third].map(|one| paragraph(&one)).into()
    }

    /// A document for outside with so few ratings that nothing of them is told.
    pub(crate) fn is_whole_withheld(&self) -> bool {
        self.published && self.figures.ratings.total < PUBLISHED_FROM
    }

    fn total(&self) -> String {
        let total = self.numbers.prose(self.figures.ratings.total);
        if self.published {
            return self.say("report-total-published", &[("total", &total)]);
        }
        let stages = self.figures.ratings.by_stage;
        let key = if stages.unstated > 0 { "report-stages-unstated" } else { "report-stages" };
        let [receive, return_, unstated] =
            [stages.receive, stages.return_, stages.unstated].map(|one| self.numbers.prose(one));
        let places = [("receive", &*receive), ("return", &return_), ("unstated", &unstated)];
        self.say("report-total", &[("total", &total), ("stages", &self.say(key, &places))])
    }

    /// Ratings of the people served, where a queue told how many there were.
    fn participation(&self) -> Option<String> {
        let served = self.figures.served.filter(|served| *served > 0)?;
        let total = self.figures.ratings.total;
        let (share, numbers) = (self.numbers.ratio(total, served), self.numbers);
        let places = [
            ("share", &*share),
            ("total", &numbers.prose(total)),
            ("served", &numbers.prose(served)),
        ];
        Some(self.say("report-served", &places))
    }

    /// Every level with its count; those without any are named, too.
    fn levels(&self) -> String {
        let list = self.levels_list().join(", ");
        self.say("report-levels", &[("list", &list), ("annex", &self.annex())])
    }

    /// The levels in words: “Rất hài lòng 17.902 lượt (79,67%)”, …
    pub(crate) fn levels_list(&self) -> Vec<String> {
        let named = self.figures.ratings.levels.named();
        let shares = self.numbers.parts(named.map(|(_, count)| count));
        let word = |name: &str| self.texts.get(&format!("level-{name}"));
        let mut list = Vec::new();
        for ((name, count), share) in named.iter().zip(&shares).filter(|(one, _)| one.1 > 0) {
            let key = if self.has_share() { "report-level-share" } else { "report-level-count" };
            let count = self.numbers.prose(*count);
            list.push(
                self.say(key, &[("level", &word(name)), ("count", &count), ("share", share)]),
            );
        }
        let none: Vec<String> =
            named.iter().filter(|(_, count)| *count == 0).map(|(name, _)| word(name)).collect();
        let all_below = named[2..].iter().all(|(_, count)| *count == 0);
        if all_below && none.len() == 3 {
            list.push(self.say("report-level-none-below", &[("level", &word("neutral"))]));
        } else if !none.is_empty() {
            list.push(self.say("report-level-none", &[("levels", &none.join(", "))]));
        }
        list
    }

    /// The satisfied share with its interval; under 30 ratings, why there is none.
    fn satisfied(&self) -> String {
        let (numbers, of) = (self.numbers, self.figures.ratings.satisfied);
        let told = of.share.zip(of.low).zip(of.high).filter(|_| self.has_share());
        let Some(((share, low), high)) = told else {
            return self.say("report-few", &[("from", &RANKED_FROM.to_string())]);
        };
        self.say(
            "report-satisfied",
            &[
                ("count", &numbers.prose(of.count)),
                ("share", &numbers.percent(share)),
                ("low", &numbers.percent(low)),
                ("high", &numbers.percent(high)),
            ],
        )
    }

    fn sources(&self) -> String {
        let sources = self.figures.ratings.by_source;
        let key = match (sources.tablet, sources.imported) {
            (0, _) => "report-source-imported",
            (_, 0) => "report-source-tablet",
            _ => "report-source-both",
        };
        let [tablet, imported] =
            [sources.tablet, sources.imported].map(|count| self.numbers.prose(count));
        self.say(key, &[("tablet", &tablet), ("imported", &imported)])
    }

    /// Said only where some ratings were given on three levels: their shares weigh otherwise.
    fn scales(&self) -> Option<String> {
        let three = self.figures.ratings.by_scale.three;
        let written = self.numbers.prose(three);
        (three > 0).then(|| self.say("report-scale-three", &[("three", &written)]))
    }

    /// Who was asked by a tablet and answered.
    fn response(&self) -> Vec<String> {
        let ratings = &self.figures.ratings;
        if ratings.asked == 0 {
            let known = ratings.total > 0;
            return known.then(|| self.texts.get("report-response-unknown")).into_iter().collect();
        }
        let [asked, answered, abandoned, open] =
            [ratings.asked, ratings.answered(), ratings.abandoned, ratings.open()]
                .map(|count| self.numbers.prose(count));
        let share = self.numbers.ratio(ratings.answered(), ratings.asked);
        let enough = ratings.asked >= RANKED_FROM;
        let key = if enough { "report-response" } else { "report-response-few" };
        let places = [
            ("asked", &*asked),
            ("answered", &answered),
            ("abandoned", &abandoned),
            ("share", &share),
        ];
        let mut sentences = vec![self.say(key, &places)];
        if ratings.open() > 0 {
            sentences.push(self.say("report-response-open", &[("open", &open)]));
        }
        sentences
    }

    /// What rules found odd, what a ruling took out, and what waits for a check; each where there is
    /// any. That nothing is odd is said only where the rules looked at everything: not of files.
    pub(super) fn about_the_figures(&self) -> Vec<Block> {
        if self.published {
            return Vec::new();
        }
        let (figures, ratings) = (self.figures, &self.figures.ratings);
        let mut sentences = Vec::new();
        let flagged = self.flagged();
        if flagged > 0 {
            let (share, rest) = (figures.cleaned.satisfied.share, figures.cleaned.total);
            let told = share.filter(|_| rest >= RANKED_FROM);
            let key = if told.is_some() { "report-flagged" } else { "report-flagged-few" };
            let share = told.map_or_else(String::new, |share| self.numbers.percent(share));
            let (count, rest) = (self.numbers.prose(flagged), self.numbers.prose(rest));
            let places = [("count", &*count), ("share", &share), ("total", &rest)];
            sentences.push(self.say(key, &places));
        } else if ratings.total > 0 && ratings.by_source.imported == 0 {
            sentences.push(self.texts.get("report-flagged-none"));
        }
        let out = ratings.raw().saturating_sub(ratings.total);
        if out > 0 {
            let (count, raw) = (self.numbers.prose(out), self.numbers.prose(ratings.raw()));
            sentences.push(self.say("report-ruled-out", &[("count", &count), ("raw", &raw)]));
        }
        if figures.quarantined > 0 {
            sentences.push(self.counted("report-quarantined", figures.quarantined));
        }
        paragraphs(&sentences)
    }

    /// How many of the ratings any rule found odd.
    fn flagged(&self) -> u64 {
        if self.figures.flags.is_empty() {
            return 0;
        }
        self.figures.ratings.total.saturating_sub(self.figures.cleaned.total)
    }

    /// How many ratings lie below satisfied, and the reasons that were named most: three, and those
    /// that were named as often as the third. Outside, where no reason is told, there is nothing to say
    /// under this heading: the levels are told above.
    pub(super) fn named_reasons(&self) -> Vec<Block> {
        let ratings = &self.figures.ratings;
        if ratings.total == 0 || self.is_whole_withheld() {
            return Vec::new();
        }
        let below = ratings.total.saturating_sub(ratings.satisfied.count);
        let mut sentences = vec![if below == 0 {
            self.texts.get("report-below-none")
        } else {
            self.say("report-below", &[("below", &self.numbers.prose(below))])
        }];
        let least = if self.published { PUBLISHED_FROM } else { 1 };
        let reasons: Vec<_> =
            self.figures.reasons.iter().filter(|reason| reason.ratings >= least).collect();
        let third = reasons.get(2).map_or(0, |reason| reason.ratings);
        let most = reasons.iter().take_while(|reason| reason.ratings >= third);
        let list: Vec<String> = most
            .map(|reason| {
                let word = self.reasons.iter().find(|(id, _)| *id == reason.id);
                let word = word.map_or(&*reason.id, |(_, word)| word);
                let count = self.numbers.prose(reason.ratings);
                self.say("report-reason-item", &[("reason", word), ("count", &count)])
            })
            .collect();
        if !list.is_empty() {
            sentences.push(self.say("report-reasons", &[("list", &list.join("; "))]));
        } else if below > 0 {
            if self.published {
                return Vec::new();
            }
            sentences.push(self.texts.get("report-reasons-none"));
        }
        vec![paragraph(&sentences)]
    }
}
