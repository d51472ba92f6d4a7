//! Every screen as a picture, landscape and portrait: in Vietnamese and English as large as on the
//! glass, and in every language, text size and contrast on contact sheets. New pictures:
//! `UPDATE_SNAPSHOTS=true`, then look at them.
#![allow(clippy::unwrap_used)]

#[path = "../examples/gallery/scenes.rs"]
#[allow(dead_code, reason = "the gallery uses the rest")]
mod scenes;
mod support;

#[path = "screens/access.rs"]
mod access;
#[path = "screens/fingers.rs"]
mod fingers;
#[path = "screens/places.rs"]
mod places;
#[path = "screens/robust.rs"]
mod robust;
#[path = "screens/touch.rs"]
mod touch;
#[path = "screens/typing.rs"]
mod typing;

use eframe::egui::Vec2;
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotResults, try_image_snapshot_options};
use image::imageops::{FilterType, overlay, resize};
use image::{Rgba, RgbaImage};
use scenes::{RATE, Sample};
use support::glass::{LANDSCAPE, drawn, options, ways};
use tablet_app::appearance::{Appearance, TextSize};
use tablet_app::link::Link;

/// How large a screen stands on a contact sheet: every word can still be read.
const SHEET_SCALE: f32 = 0.29;
/// Between the screens of a sheet, pixels.
const SHEET_GAP: u32 = 12;

/// Screens that differ from another one in a sentence: one sheet for both is enough.
const ALIKE: [&str; 3] = ["starting-offline", "again", "thanks-last"];

/// What a contact sheet shows: language, text size, contrast.
const LOOKS: [(&str, TextSize, bool); 6] = [
    ("vi", TextSize::Large, false),
    ("vi", TextSize::Largest, false),
    ("en", TextSize::Largest, false),
    ("km", TextSize::Normal, false),
    ("km", TextSize::Largest, true),
    ("vi", TextSize::Normal, true),
];

/// A screen as it is drawn for a picture.
fn harness(sample: Sample, size: Vec2) -> Harness<'static, Sample> {
    drawn(sample, size, |ui, sample| {
        sample.show(ui);
    })
}

fn named(name: &str) -> Sample {
    scenes::all().into_iter().find(|sample| sample.name == name).unwrap()
}

/// Draws a screen both ways, in Vietnamese and English, and its contact sheet.
fn pictures(name: &str) {
    let mut results = SnapshotResults::new();
    for (way, size) in ways() {
        for language in ["vi", "en"] {
            let sample = named(name).with(|sample| language.clone_into(&mut sample.language));
            let mut harness = harness(sample, size);
            harness.run();
            results
                .add(harness.try_snapshot_options(format!("{name}-{way}-{language}"), &options()));
        }
    }
    if !ALIKE.contains(&name) {
        let sheet = sheet(name);
        results.add(try_image_snapshot_options(&sheet, format!("{name}-sheet"), &options()));
    }
}

/// A screen in all the looks, landscape ones above portrait ones.
fn sheet(name: &str) -> RgbaImage {
    let [landscape, portrait] = ways().map(|(_, size)| {
        LOOKS.map(|(language, size_of_text, high_contrast)| {
            let sample = named(name).with(|sample| {
                language.clone_into(&mut sample.language);
                sample.look = Appearance { size: size_of_text, high_contrast };
            });
            small(harness(sample, size))
        })
    });
    let rows: [&[RgbaImage]; 3] = [&landscape[..3], &landscape[3..], &portrait];
    let width = |row: &&[RgbaImage]| row.iter().map(|one| one.width() + SHEET_GAP).sum::<u32>();
    let whole = rows.iter().map(width).max().unwrap() + SHEET_GAP;
    let height = rows.iter().map(|row| row[0].height() + SHEET_GAP).sum::<u32>() + SHEET_GAP;
    let mut sheet = RgbaImage::from_pixel(whole, height, Rgba([120, 116, 110, 255]));
    let mut y = SHEET_GAP;
    for row in rows {
        let mut x = SHEET_GAP;
        for one in row {
            overlay(&mut sheet, one, i64::from(x), i64::from(y));
            x += one.width() + SHEET_GAP;
        }
        y += row[0].height() + SHEET_GAP;
    }
    sheet
}

fn small(mut harness: Harness<'static, Sample>) -> RgbaImage {
    harness.run();
    let drawn = harness.render().unwrap();
    let to = |length: u32| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
        let to = (length as f32 * SHEET_SCALE).round() as u32;
        to
    };
    resize(&drawn, to(drawn.width()), to(drawn.height()), FilterType::Triangle)
}

/// A test for each screen, so that they are drawn side by side and fail by name.
macro_rules! pictures {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(#[test]
        fn $test() {
            pictures($name);
        })*

        #[test]
        fn every_screen_has_its_pictures() {
            let drawn = [$($name),*];
            for sample in scenes::all() {
                assert!(drawn.contains(&sample.name), "{} is not drawn", sample.name);
            }
        }
    };
}

pictures! {
    starting: "starting",
    starting_without_a_network: "starting-offline",
    rate: "rate",
    rate_again_without_a_network: "again",
    rate_with_a_photo_three_levels_and_simulated: "three",
    aspects: "aspects",
    reasons: "reasons",
    comment: "comment",
    covered_answers: "covered",
    thanks: "thanks",
    thanks_for_the_last_time: "thanks-last",
    declined: "declined",
    an_officer_is_disputed: "disputing",
    officer_disputed: "officer-disputed",
    not_in_service: "not-in-service",
    officer_unknown: "officer-unknown",
    closed: "closed",
    out_of_service: "out-of-service",
}

/// Citizens read that nothing is lost; before there are settings, staff read what to do.
#[test]
fn every_way_to_stand_to_the_server_has_its_sentence() {
    for link in Link::ALL {
        for language in ["vi", "en"] {
            let drawn = |name: &str| {
                let mut sample = named(name);
                (sample.link, sample.language) = (link, language.to_owned());
                let mut harness = harness(sample, LANDSCAPE);
                harness.run();
                harness
            };
            let texts = locales::texts(language);
            let footer = match link {
                Link::Good => None,
                Link::Forked => Some("tablet-forked"),
                Link::Offline => Some("tablet-offline"),
                _ => Some("tablet-not-sent"),
            };
            let rate = drawn("rate");
            for key in ["tablet-forked", "tablet-offline", "tablet-not-sent"] {
                let stands = rate.query_by_label(&texts.get(key)).is_some();
                assert_eq!(stands, footer == Some(key), "{link:?} in {language}: {key}");
            }
            let asks = matches!(link, Link::Good | Link::Forked);
            let key = if asks { "more" } else { link.name() };
            let server = [("server", "http://192.168.1.10:8080")];
            let told = texts.with(&format!("tablet-starting-{key}"), &server);
            let starting = drawn("starting");
            assert!(starting.query_by_label(&told).is_some(), "{link:?} in {language}: {told}");
        }
    }
}

#[test]
fn the_focus_of_the_keyboard_can_be_seen() {
    let mut harness = harness(Sample::new("focus", RATE), LANDSCAPE);
    harness.get_by_label("Không hài lòng").focus();
    harness.run();
    harness.snapshot_options("focus", &options());
}
