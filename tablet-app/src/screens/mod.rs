//! The screens: what stands on the glass for each view of the kiosk. They draw what they are given
//! and return what was touched; no journal, no courier, no file, no clock.

mod aloud;
mod closed;
mod footer;
mod frame;
mod header;
mod notice;
mod rate;
mod sheet;
pub mod staff;
pub mod start;
mod step;
mod sticks;
mod thanks;
mod typed;

pub use aloud::{Subject, aloud};

use crate::appearance::Appearance;
use crate::kiosk::{Farewell, Reference, View};
use crate::link::Link;
use crate::texts::Words;
use crate::theme::Theme;
use crate::typing::{Draft, Key};
use crate::widgets::{Pen, tapped_anywhere};
use eframe::egui::{Rect, TextureHandle, Ui, Vec2};
use protocol::event::Detailed;
use protocol::questionnaire::Ask;
use protocol::settings::{Language, Officer, Settings};
use protocol::{Level, Stage};

/// Everything that is drawn.
pub struct Scene<'a> {
    /// What the kiosk shows.
    pub view: View,
    /// The settings in force.
    pub settings: Option<&'a Settings>,
    /// The languages that can be chosen.
    pub languages: &'a [Language],
    /// Whose service is rated.
    pub officer: Option<&'a Officer>,
    /// The step of the service.
    pub stage: Option<Stage>,
    /// Code of the dossier, or the queue number, where it is known.
    pub reference: Option<Reference<'a>>,
    /// Language of the screen (BCP 47).
    pub language: &'a str,
    /// How the person wants to see it.
    pub look: Appearance,
    /// What the person added to the level so far.
    pub added: &'a Detailed,
    /// The comment being typed.
    pub draft: &'a Draft,
    /// The clock's line in the footer.
    pub clock: &'a str,
    /// Today at the centre, such as `2026-09-02`; empty where it is not known.
    pub date: &'a str,
    /// The officer's photo.
    pub photo: Option<&'a TextureHandle>,
    /// The server's address.
    pub server: &'a str,
    /// How the tablet stands to it.
    pub link: Link,
    /// Whether all of this screen can be read aloud.
    pub can_read: bool,
    /// How far a resting screen is moved against burn-in, in points.
    pub pixel_shift: Vec2,
}

impl Scene<'_> {
    /// Whether the code of the dossier stands there.
    fn has_dossier(&self) -> bool {
        matches!(self.reference, Some(Reference::Dossier(_)))
    }

    /// What decides which of its sentences are read aloud.
    pub fn subject(&self) -> Subject<'_> {
        let (view, settings, language) = (self.view, self.settings, self.language);
        Subject { view, settings, has_dossier: self.has_dossier(), language }
    }
}

/// What was touched.
#[derive(Clone, Debug, PartialEq)]
pub enum Touched {
    /// A face.
    Level(Level),
    /// A language's code.
    Language(String),
    /// Another look.
    Appearance(Appearance),
    /// “Choose again”.
    ChooseAgain,
    /// A level for an aspect, by the aspect's id.
    Aspect(String, Level),
    /// A reason, by its id; a second touch takes it back.
    Reason(String),
    /// Keys of the comment, in their order; never empty.
    Keys(Vec<Key>),
    /// On to the next step, or to the end, with or without an answer.
    Next,
    /// The screen is to be read aloud.
    ReadAloud,
    /// “Không đánh giá”.
    Decline,
    /// “Không phải người này”.
    DisputeOfficer,
    /// “Quay lại”, right after it.
    TakeBack,
    /// “Người tiếp theo”.
    NextPerson,
    /// The staff's corner was held long enough.
    Corner,
    /// Anywhere else.
    Elsewhere,
}

/// One screen while it is drawn.
struct Page<'a> {
    pen: Pen<'a>,
    words: &'a Words,
    scene: &'a Scene<'a>,
    /// The view of the scene, or the one that takes its place.
    view: View,
    /// Where the screen stands on the glass.
    full: Rect,
}

impl<'a> Page<'a> {
    fn new(ui: &'a Ui, words: &'a Words, scene: &'a Scene<'a>) -> Self {
        let view = known(scene);
        let theme = Theme::new(scene.look);
        let theme = if view == View::Closed { theme.dim() } else { theme };
        let resting = matches!(
            view,
            View::Closed | View::NotInService | View::OfficerUnknown | View::Rate { .. }
        );
        let pixel_shift = if resting { scene.pixel_shift } else { Vec2::ZERO };
        let full = ui.max_rect().translate(pixel_shift);
        Self { pen: Pen::new(ui, theme), words, scene, view, full }
    }

    fn get(&self, key: &str) -> String {
        self.words.get(key)
    }

    /// The whole glass, beyond a screen that is moved a little.
    fn glass(&self) -> Rect {
        self.pen.ui.max_rect()
    }

    fn is_landscape(&self) -> bool {
        self.full.width() >= self.full.height()
    }

    /// Whether the question stands there, to be answered for the first time.
    fn asks(&self) -> bool {
        matches!(self.view, View::Rate { active: true, again: false })
    }
}

/// Shows the screen of this scene.
pub fn show(ui: &Ui, scene: &Scene<'_>) -> Option<Touched> {
    let words = Words::new(scene.language);
    let page = Page::new(ui, &words, scene);
    let ground = page.pen.theme.palette.ground;
    ui.painter().rect_filled(page.glass(), 0.0, ground);
    let frame = frame::Frame::measure(&page);
    let mut touched = [None, None, None];
    touched[0] = frame.show_header(&page);
    touched[1] = body(&page, &frame);
    touched[2] = frame.show_footer(&page);
    let somewhere = tapped_anywhere(ui);
    let touched = touched.into_iter().flatten().next();
    touched.or_else(|| somewhere.then_some(Touched::Elsewhere))
}

/// What is shown: a step that this version can not ask is passed over, should it come here.
fn known(scene: &Scene<'_>) -> View {
    match (scene.view, scene.settings) {
        (View::Step { at, again, .. }, Some(settings)) => {
            match settings.questionnaire.steps.get(at).map(|step| &step.ask) {
                None | Some(Ask::Unknown) => View::Thanks { again },
                Some(Ask::Aspects { .. } | Ask::Reasons { .. } | Ask::Comment { .. }) => scene.view,
            }
        }
        (View::Closed | View::Rate { .. } | View::Step { .. }, None) => View::Starting,
        (view, _) => view,
    }
}

/// What stands between header and footer.
fn body(page: &Page<'_>, frame: &frame::Frame) -> Option<Touched> {
    match (page.view, page.scene.settings) {
        (View::Rate { active, again }, Some(settings)) => {
            rate::show(page, frame, settings, rate::ActiveTouches { active, again })
        }
        (View::Step { covered: true, .. }, Some(_)) => step::covered(page, frame),
        (View::Step { at, last, covered: false, .. }, Some(settings)) => {
            let ask = &settings.questionnaire.steps.get(at)?.ask;
            step::show(page, frame, &step::Asked { ask, settings, at, last })
        }
        (View::Closed, Some(settings)) => closed::show(page, frame, settings),
        (View::Noted | View::Thanks { .. }, _) => {
            thanks::show(page, frame.content);
            None
        }
        (View::Farewell(Farewell::Declined), _) => {
            let more = [page.get("tablet-declined-more")];
            notice::show(page, frame.content, &page.get("tablet-declined"), &more, None);
            None
        }
        (View::Disputing | View::Farewell(Farewell::OfficerDisputed), settings) => {
            notice::disputed(page, frame.content, settings);
            None
        }
        (View::NotInService, settings) => {
            notice::not_in_service(page, frame.content, settings, "tablet-not-in-service");
            None
        }
        (View::OfficerUnknown, settings) => {
            notice::not_in_service(page, frame.content, settings, "tablet-officer-unknown");
            None
        }
        (View::OutOfService(fault), _) => {
            let more = [page.get("tablet-out-of-service-more")];
            let officer = page.get(&format!("tablet-trouble-{}", fault.name()));
            let title = page.get("tablet-out-of-service");
            notice::show(page, frame.content, &title, &more, Some(&officer));
            None
        }
        (View::Starting | View::Closed | View::Rate { .. } | View::Step { .. }, _) => {
            let key = match page.scene.link {
                Link::Good | Link::Forked => "more",
                link => link.name(),
            };
            let key = format!("tablet-starting-{key}");
            let more = [page.words.with(&key, &[("server", page.scene.server)])];
            notice::show(page, frame.content, &page.get("tablet-starting"), &more, None);
            None
        }
    }
}
