//! Where things stand on the glass: the same screens, drawn without a window, are asked where the
//! button with these words is. So a test that touches a real window has no pixels written into it.

use eframe::egui::{Pos2, Theme, UiBuilder, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use protocol::event::Detailed;
use protocol::settings::Settings;
use std::sync::Arc;
use tablet_app::appearance::Appearance;
use tablet_app::kiosk::View;
use tablet_app::link::Link;
use tablet_app::screens::{self, Scene};
use tablet_app::staff::{Facts, Staff};
use tablet_app::texts::offered;
use tablet_app::theme;
use tablet_app::typing::Draft;

/// What stands on the glass.
pub struct Glass {
    /// The view of the kiosk.
    pub view: View,
    /// The staff's side, where it is up.
    pub staff: Option<Staff>,
    /// Code of the officer who signed in.
    pub signed_in: Option<String>,
    /// The settings in force.
    pub settings: Arc<Settings>,
    /// Language of the screen.
    pub language: String,
}

/// Finds things on a glass of 1280x800.
pub struct Finder(Harness<'static, Glass>);

impl Finder {
    /// A finder on the screens of these settings.
    pub fn new(settings: Arc<Settings>) -> Self {
        let view = View::Rate { active: true, again: false };
        let (staff, signed_in, language) = (None, None, "vi".to_owned());
        let glass = Glass { view, staff, signed_in, settings, language };
        let harness = Harness::builder()
            .with_size(Vec2::new(1280.0, 800.0))
            .with_theme(Theme::Light)
            .with_context_setup(theme::apply)
            .build_ui_state(
                |ui, glass: &mut Glass| {
                    let whole = ui.ctx().content_rect();
                    let mut ui = ui.new_child(UiBuilder::new().max_rect(whole));
                    ui.set_clip_rect(whole);
                    draw(&ui, glass);
                },
                glass,
            );
        Self(harness)
    }

    /// The middle of the one whose words contain all of `words`, on the screen that `change`
    /// prepares.
    pub fn find(&mut self, words: &[&str], change: impl FnOnce(&mut Glass)) -> [u32; 2] {
        change(self.0.state_mut());
        self.0.step();
        self.0.step();
        let fits = |label: &str| words.iter().all(|word| label.contains(word));
        let found = self.0.query_all_by(|node| node.label().is_some_and(|label| fits(&label)));
        // The shortest: “Hài lòng” is also in “Rất hài lòng”.
        let shortest = found.min_by_key(|node| node.accesskit_node().label().map(|one| one.len()));
        let Pos2 { x, y } = shortest.unwrap_or_else(|| panic!("no {words:?}")).rect().center();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the glass")]
        let at = [x as u32, y as u32];
        at
    }
}

fn draw(ui: &eframe::egui::Ui, glass: &Glass) {
    let settings = &glass.settings;
    if let Some(staff) = &glass.staff {
        let scene = screens::staff::StaffScene {
            staff,
            settings: Some(settings),
            on_duty: None,
            signed_in: glass.signed_in.as_deref(),
            facts: &Facts::default(),
            uptime: 0,
            language: "vi",
        };
        screens::staff::show(ui, &scene);
        return;
    }
    let scene = Scene {
        view: glass.view,
        settings: Some(settings),
        languages: &offered(settings),
        officer: settings.officer.as_ref(),
        stage: settings.stage,
        reference: None,
        language: &glass.language,
        look: Appearance::default(),
        added: &Detailed::default(),
        draft: &Draft::default(),
        clock: "Thứ Tư, 27/09/2023 · 09:41",
        date: "2023-09-27",
        photo: None,
        server: "",
        link: Link::Good,
        can_read: false,
        pixel_shift: Vec2::ZERO,
    };
    screens::show(ui, &scene);
}
