//! What stands where from one screen to the next: the second tap of a trembling hand comes when the
//! screen has changed already, and must not meet something else.

use crate::scenes::{self, ASPECTS, COMMENT, LANDSCAPE, PORTRAIT, REASONS, Sample};
use crate::support::glass::{Control, controls};
use crate::touch::glass;
use eframe::egui::accesskit::Role;
use eframe::egui::{Pos2, Rect, Shape, Vec2};
use protocol::Level;
use std::collections::{BTreeMap, BTreeSet};
use tablet_app::appearance::TextSize;
use tablet_app::texts::Words;
use tablet_app::theme::{MARGIN, TARGET};

/// Which screens follow each other in a visit, and after it.
const FOLLOW: [(&str, &[&str]); 10] = [
    ("rate", &["aspects", "reasons", "comment", "thanks", "declined", "disputing"]),
    ("again", &["aspects", "reasons", "comment", "thanks-last", "rate"]),
    ("aspects", &["reasons", "comment", "again", "covered", "thanks-last", "rate"]),
    ("reasons", &["comment", "again", "covered", "thanks-last", "rate"]),
    ("comment", &["again", "covered", "thanks-last", "rate"]),
    ("covered", &["aspects", "rate"]),
    ("thanks", &["again", "rate"]),
    ("disputing", &["rate", "officer-disputed"]),
    ("officer-disputed", &["rate"]),
    ("declined", &["rate"]),
];

/// A hand that trembles comes down beside the place, points.
const BESIDE: f32 = 4.0;

/// What a control does.
#[derive(Clone, Debug, PartialEq)]
enum Does {
    /// An answer to what is asked: a face, a reason, a key.
    Answer,
    /// An answer to the question that is no level.
    Other(String),
    /// On to the next step; the label of the button varies.
    Next,
    /// Controls that do the same at every place: languages, looks, the clock.
    Named(String),
}

fn does(words: &Words, control: &Control) -> Does {
    let name = &control.name;
    let is = |keys: &[&str]| keys.iter().any(|key| words.get(key) == *name);
    let level = |level| name.ends_with(&words.get(&format!("level-{level}")));
    let typing = words.with("tablet-key-method", &[("method", "Telex")]);
    if is(&["tablet-skip", "tablet-next", "tablet-done"]) {
        Does::Next
    } else if is(&["tablet-decline", "tablet-not-this-officer"]) {
        Does::Other(name.clone())
    } else if Level::ALL.into_iter().any(level)
        || matches!(control.role, Role::CheckBox | Role::TextInput)
        || name.chars().count() == 1
        || is(&["tablet-key-erase", "tablet-key-shift", "tablet-key-space", "tablet-key-symbols"])
        || is(&["tablet-page-back", "tablet-page-on"])
        || *name == typing
    {
        Does::Answer
    } else {
        Does::Named(name.clone())
    }
}

/// Where two of these stand on each other no second tap goes astray.
fn is_harmless(one: &Does, other: &Does) -> bool {
    match (one, other) {
        (one, other) if one == other => true,
        // After a level nothing can be touched for a second, and from one step to the next, or to the
        // next person, a button of the footer leads.
        (Does::Answer, Does::Other(_)) | (Does::Other(_), Does::Answer) => true,
        _ => false,
    }
}

fn looks() -> impl Iterator<Item = (&'static str, TextSize, Vec2)> {
    let sizes = |language| TextSize::ALL.map(move |size| (language, size));
    let looks = ["vi", "en", "km"].into_iter().flat_map(sizes);
    looks.flat_map(|(language, size)| [LANDSCAPE, PORTRAIT].map(|glass| (language, size, glass)))
}

fn seen(name: &str, language: &str, size: TextSize, on: Vec2) -> Vec<Control> {
    let sample = match name {
        "aspects" => Sample::step("aspects", ASPECTS),
        "reasons" => Sample::step("reasons", REASONS),
        "comment" => Sample::step("comment", COMMENT),
        name => crate::named(name),
    };
    let sample = sample.with(|sample| {
        language.clone_into(&mut sample.language);
        sample.look.size = size;
    });
    let mut harness = glass(sample, on);
    harness.step();
    controls(&harness)
}

#[test]
fn no_second_tap_meets_something_else_on_the_next_screen() {
    let mut faults = Vec::new();
    for (language, size, on) in looks() {
        let words = Words::new(language);
        let names = FOLLOW.iter().flat_map(|(name, next)| [&[*name], *next].concat());
        let names: BTreeSet<_> = names.collect();
        let screen = |name| {
            let controls = seen(name, language, size, on).into_iter();
            let controls: Vec<_> = controls.map(|one| (does(&words, &one), one)).collect();
            (name, controls)
        };
        let screens: BTreeMap<_, _> = names.into_iter().map(screen).collect();
        for (name, next) in
            FOLLOW.iter().flat_map(|(name, all)| all.iter().map(move |next| (*name, *next)))
        {
            for (one, before) in &screens[name] {
                for (other, after) in &screens[next] {
                    // What stood there before as well is nothing else.
                    let stays = |(does, before): &(Does, Control)| {
                        does == other && before.rect == after.rect
                    };
                    if screens[name].iter().any(stays) {
                        continue;
                    }
                    let both = before.rect.expand(BESIDE).intersect(after.rect.expand(BESIDE));
                    let meets = both.width() > 0.0 && both.height() > 0.0;
                    if meets && !is_harmless(one, other) {
                        let (one, other) = (&before.name, &after.name);
                        let place = format!("{language} {size:?} {on}");
                        faults
                            .push(format!("{place}: “{one}” of {name} where “{other}” of {next}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_staffs_corner_stands_in_the_same_place_on_every_screen() {
    for (language, size, on) in looks() {
        let end = Pos2::new(on.x - MARGIN, on.y);
        let corner = Rect::from_min_max(end - Vec2::splat(TARGET), end);
        for sample in scenes::all() {
            let staff = Words::new(language).get("tablet-staff");
            let all = seen(sample.name, language, size, on);
            let place = all.iter().find(|one| one.name == staff).map(|one| one.rect);
            let there = place.is_some_and(|place| place.expand(0.5).contains_rect(corner));
            assert!(there, "{} {language} {size:?} {on}: {place:?}", sample.name);
        }
    }
}

/// The digits of 15:15 are narrower than those of 20:06, and a tablet may know no time.
#[test]
fn no_minute_moves_a_button() {
    // 2026-11-27 in Tây Ninh.
    let (narrow, wide) = (1_795_767_300_000, 1_795_784_760_000);
    for (language, size, on) in looks() {
        for name in ["aspects", "reasons", "comment", "rate", "disputing"] {
            let places = [Some(narrow), Some(wide), None].map(|moment| {
                let sample = crate::named(name).with(|sample| {
                    language.clone_into(&mut sample.language);
                    sample.look.size = size;
                    sample.moment = moment;
                });
                let mut harness = glass(sample, on);
                harness.step();
                let all = controls(&harness).into_iter();
                all.map(|one| (one.name, one.rect)).collect::<Vec<_>>()
            });
            assert_eq!(places[0], places[1], "{name} {language} {size:?} {on}");
            assert_eq!(places[0], places[2], "{name} {language} {size:?} {on}");
        }
    }
}

/// What the screen says about a rating has to fit in large letters, too.
#[test]
fn the_notice_of_a_rating_grows_with_the_letters() {
    for (language, _, on) in looks() {
        let notice = Words::new(language).get("tablet-hint-dossier");
        let letters = |size: TextSize| {
            let sample = crate::named("rate").with(|sample| {
                language.clone_into(&mut sample.language);
                sample.look.size = size;
            });
            let mut harness = glass(sample, on);
            harness.step();
            let mut shapes = harness.output().shapes.iter();
            let of_notice = shapes.find_map(|one| match &one.shape {
                Shape::Text(text) => {
                    let job = &text.galley.job;
                    let is = job.text.replace('\u{2009}', "\u{200b}") == notice;
                    is.then(|| job.sections[0].format.font_id.size)
                }
                _ => None,
            });
            of_notice.expect("the notice stands there")
        };
        let grown = letters(TextSize::Largest) / letters(TextSize::Normal);
        assert!(grown > 1.4, "{language} {on}: {grown}");
    }
}
