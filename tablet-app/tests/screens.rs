//! Every screen as a picture, lying and upright, in both languages; and what a touch returns,
//! through the tree that screen readers use. New pictures: `UPDATE_SNAPSHOTS=1`, then look at them.
#![allow(clippy::unwrap_used)]

mod support;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use eframe::egui::{ColorImage, Key, TextureHandle, TextureOptions, Theme, UiBuilder, Vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use protocol::settings::{Language, Settings};
use protocol::{Level, Scale};
use std::io::Cursor;
use support::settings;
use tablet_app::kiosk::{Trouble, View};
use tablet_app::screens::{self, Link, Scene, Touched};
use tablet_app::texts::Words;
use tablet_app::{theme, widgets};

const LYING: Vec2 = Vec2::new(1280.0, 800.0);
const UPRIGHT: Vec2 = Vec2::new(800.0, 1280.0);
const RATE: View = View::Rate { active: true, again: false };
/// 2023-09-27 09:41 in Tây Ninh.
const AT: i64 = 1_695_782_460_000;

/// What a harness draws, and what was touched so far.
struct Stage {
    view: View,
    settings: Option<Settings>,
    language: String,
    link: Link,
    portrait: Option<ColorImage>,
    texture: Option<TextureHandle>,
    touched: Vec<Touched>,
}

impl Stage {
    fn new(view: View) -> Self {
        Self {
            view,
            settings: Some(settings()),
            language: "vi".to_owned(),
            link: Link::Good,
            portrait: None,
            texture: None,
            touched: Vec::new(),
        }
    }

    fn harness(self, size: Vec2) -> Harness<'static, Self> {
        Harness::builder()
            .with_size(size)
            .with_theme(Theme::Light)
            .with_context_setup(theme::apply)
            .wgpu()
            .build_ui_state(
                |ui, stage: &mut Stage| {
                    // The whole glass, as in the window: the harness leaves a margin.
                    let glass = ui.ctx().content_rect();
                    let mut ui = ui.new_child(UiBuilder::new().max_rect(glass));
                    ui.set_clip_rect(glass);
                    if let Some(picture) = stage.portrait.take() {
                        let texture = ui.ctx().load_texture("p", picture, TextureOptions::LINEAR);
                        stage.texture = Some(texture);
                    }
                    let zone = "Asia/Ho_Chi_Minh";
                    let scene = Scene {
                        view: stage.view,
                        settings: stage.settings.as_ref(),
                        language: &stage.language,
                        clock: &Words::new(&stage.language).clock(AT, zone),
                        portrait: stage.texture.as_ref(),
                        server: "http://192.168.1.10:8080",
                        link: stage.link,
                    };
                    let touched = screens::show(&ui, &scene);
                    if touched != Touched::default() {
                        stage.touched.push(touched);
                    }
                },
                self,
            )
    }
}

/// Another version of the software renderer shades edges a little differently, so a pixel may
/// differ by more than the default; a word or a line that moved changes hundreds.
fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(2.0).max_failed_pixels(40)
}

/// Draws a stage in both languages and both ways.
fn pictures(results: &mut SnapshotResults, name: &str, stage: impl Fn() -> Stage) {
    for (way, size) in [("lying", LYING), ("upright", UPRIGHT)] {
        for language in ["vi", "en"] {
            let mut stage = stage();
            language.clone_into(&mut stage.language);
            let mut harness = stage.harness(size);
            harness.run();
            results
                .add(harness.try_snapshot_options(format!("{name}-{way}-{language}"), &options()));
        }
    }
}

#[test]
fn rate() {
    pictures(&mut SnapshotResults::new(), "rate", || Stage::new(RATE));
}

#[test]
fn rate_again_without_a_network() {
    pictures(&mut SnapshotResults::new(), "again", || {
        let mut stage = Stage::new(View::Rate { active: true, again: true });
        stage.link = Link::Offline;
        stage
    });
}

#[test]
fn rate_with_a_portrait_three_levels_and_simulated() {
    pictures(&mut SnapshotResults::new(), "three", || {
        let mut stage = Stage::new(RATE);
        let settings = stage.settings.as_mut().unwrap();
        settings.questionnaire.scale = Scale::Three;
        settings.simulated = true;
        settings.stage = None;
        let officer = settings.officer.as_mut().unwrap();
        officer.name = "Nguyễn Thị Ngọc Phượng Hoàng".to_owned();
        officer.title = "Phó Trưởng phòng".to_owned();
        officer.department = "Sở Nông nghiệp và Phát triển nông thôn".to_owned();
        stage.portrait = Some(widgets::decode_portrait(&portrait()).expect("a PNG"));
        stage
    });
}

#[test]
fn rate_with_khmer_among_the_languages() {
    let mut results = SnapshotResults::new();
    for (way, size) in [("lying", LYING), ("upright", UPRIGHT)] {
        let mut stage = Stage::new(RATE);
        let khmer = Language { code: "km".to_owned(), name: "ខ្មែរ".to_owned() };
        stage.settings.as_mut().unwrap().languages.push(khmer);
        let mut harness = stage.harness(size);
        harness.run();
        results.add(harness.try_snapshot_options(format!("khmer-{way}"), &options()));
    }
}

#[test]
fn thanks() {
    let mut results = SnapshotResults::new();
    pictures(&mut results, "thanks", || Stage::new(View::Thanks { again: true }));
    pictures(&mut results, "thanks-last", || Stage::new(View::Thanks { again: false }));
}

#[test]
fn not_in_service() {
    pictures(&mut SnapshotResults::new(), "not-in-service", || Stage::new(View::NotInService));
}

#[test]
fn out_of_service() {
    pictures(&mut SnapshotResults::new(), "out-of-service", || {
        Stage::new(View::OutOfService(Trouble::Full))
    });
}

#[test]
fn starting() {
    let mut results = SnapshotResults::new();
    for (name, link) in [("starting", Link::Good), ("starting-offline", Link::Offline)] {
        pictures(&mut results, name, || {
            let mut stage = Stage::new(View::Starting);
            stage.settings = None;
            stage.link = link;
            stage
        });
    }
}

#[test]
fn the_focus_of_the_keyboard_can_be_seen() {
    let mut harness = Stage::new(RATE).harness(LYING);
    harness.get_by_label("Không hài lòng").focus();
    harness.run();
    harness.snapshot_options("focus", &options());
}

fn level(level: Level) -> Touched {
    Touched { level: Some(level), ..Touched::default() }
}

#[test]
fn each_face_returns_its_level() {
    for size in [LYING, UPRIGHT] {
        let mut harness = Stage::new(RATE).harness(size);
        for word in Level::ALL.map(|level| Words::new("vi").get(&format!("level-{level}"))) {
            harness.get_by_label(&word).click();
            harness.run();
        }
        assert_eq!(harness.state().touched, Level::ALL.map(level));
    }
}

#[test]
fn a_face_can_be_chosen_by_key_and_keeps_no_ring() {
    let mut harness = Stage::new(RATE).harness(LYING);
    harness.get_by_label("Hài lòng").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(harness.state().touched, [level(Level::Satisfied)]);
    assert!(!harness.get_by_label("Hài lòng").is_focused(), "the ring shows the choice");
}

#[test]
fn nothing_can_be_tapped_while_a_rating_is_written() {
    let mut harness = Stage::new(View::Rate { active: false, again: false }).harness(LYING);
    harness.get_by_label("Hài lòng").click();
    harness.run();
    assert!(harness.state().touched.iter().all(|touched| touched.level.is_none()));
}

#[test]
fn languages_the_button_and_the_rest_are_told_apart() {
    let mut harness = Stage::new(RATE).harness(LYING);
    harness.get_by_label("English").click();
    harness.run();
    harness.get_by_label("Nguyễn Văn A").click();
    harness.run();
    harness.state_mut().view = View::Thanks { again: true };
    harness.run();
    harness.get_by_label("Chọn lại").click();
    harness.run();
    let expected = [
        Touched { language: Some("en".to_owned()), ..Touched::default() },
        Touched { elsewhere: true, ..Touched::default() },
        Touched { again: true, ..Touched::default() },
    ];
    assert_eq!(harness.state().touched, expected);
}

#[test]
fn targets_are_as_large_as_a_fingertip_asks() {
    for size in [LYING, UPRIGHT] {
        let mut harness = Stage::new(RATE).harness(size);
        harness.run();
        for word in ["Rất hài lòng", "Bình thường", "English", "Tiếng Việt"] {
            let rect = harness.get_by_label(word).rect();
            assert!(
                rect.width() >= theme::TARGET && rect.height() >= theme::TARGET,
                "{word}: {rect}"
            );
        }
    }
}

#[test]
fn a_portrait_that_can_not_be_read_is_none() {
    assert!(widgets::decode_portrait("not base64!").is_none());
    assert!(widgets::decode_portrait(&BASE64_STANDARD.encode(b"not a picture")).is_none());
    assert!(widgets::decode_portrait(&"A".repeat(1024 * 1024)).is_none());
}

/// A picture wider than high, as PNG in base64: a light head on a dark ground.
fn portrait() -> String {
    let picture = image::RgbImage::from_fn(200, 120, |x, y| {
        let (dx, dy) = (f64::from(x) - 100.0, f64::from(y) - 55.0);
        let head = dx.hypot(dy) < 34.0;
        let body = y > 84 && dx.abs() < 55.0;
        image::Rgb(if head {
            [222, 184, 150]
        } else if body {
            [60, 80, 120]
        } else {
            [150, 170, 180]
        })
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    BASE64_STANDARD.encode(png.into_inner())
}
