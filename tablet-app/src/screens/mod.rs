//! The screens: what stands on the glass for each view of the kiosk. They draw what they are given
//! and return what was touched; no journal, no courier, no file, no clock.

mod frame;
mod notice;
pub mod rate;
pub mod staff;
pub mod thanks;

use crate::kiosk::{Trouble, View};
use crate::look::Look;
use crate::texts::Words;
use crate::typing::{Draft, Key};
use eframe::egui::{Rect, TextureHandle, Ui, Vec2};
use protocol::event::Detailed;
use protocol::settings::{Officer, Settings};
use protocol::{Level, Stage};

/// How the tablet stands to its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The last attempt reached the server, or none was made yet.
    Good,
    /// The server can not be reached.
    Offline,
    /// The chains have parted.
    Parted,
}

/// Everything that is drawn.
pub struct Scene<'a> {
    /// What the kiosk shows.
    pub view: View,
    /// The settings in force.
    pub settings: Option<&'a Settings>,
    /// Whose service is rated.
    pub officer: Option<&'a Officer>,
    /// The step of the service.
    pub stage: Option<Stage>,
    /// Code of the dossier, or the queue number, where it is known.
    pub reference: Option<&'a str>,
    /// Language of the screen (BCP 47).
    pub language: &'a str,
    /// How the person wants to see it.
    pub look: Look,
    /// What the person added to the level so far.
    pub added: &'a Detailed,
    /// The comment being typed.
    pub draft: &'a Draft,
    /// The clock's line in the footer.
    pub clock: &'a str,
    /// The officer's portrait.
    pub portrait: Option<&'a TextureHandle>,
    /// The server's address.
    pub server: &'a str,
    /// How the tablet stands to it.
    pub link: Link,
    /// How far a resting screen is moved against burn-in, in points.
    pub drift: Vec2,
}

/// What was touched.
#[derive(Clone, Debug, PartialEq)]
pub enum Touched {
    /// A face.
    Level(Level),
    /// A language's code.
    Language(String),
    /// Another look.
    Look(Look),
    /// “Choose again”.
    ChooseAgain,
    /// A level for an aspect, by the aspect's id.
    Aspect(String, Level),
    /// A reason, by its id; a second touch takes it back.
    Reason(String),
    /// A key of the comment.
    Key(Key),
    /// On to the next step, or to the end, with or without an answer.
    Next,
    /// The staff's corner was held long enough.
    Corner,
    /// Anywhere else.
    Elsewhere,
}

/// Shows the screen of this scene.
pub fn show(ui: &Ui, scene: &Scene<'_>) -> Option<Touched> {
    let words = Words::new(scene.language);
    let (content, language) = frame::show(ui, scene, &words);
    let touched = language.map(Touched::Language);
    let touched = touched.or_else(|| body(ui, content, scene, &words));
    let somewhere = ui.input(|input| input.pointer.primary_clicked());
    touched.or_else(|| somewhere.then_some(Touched::Elsewhere))
}

/// What stands between header and footer.
fn body(ui: &Ui, content: Rect, scene: &Scene<'_>, words: &Words) -> Option<Touched> {
    match (scene.view, scene.settings) {
        (View::Rate { active, again }, Some(settings)) => {
            let portrait = scene.portrait;
            let rate = rate::Rate { settings, words, portrait, active, again };
            rate::show(ui, content, &rate).map(|rate::Tapped(level)| Touched::Level(level))
        }
        (View::Thanks { again }, _) => {
            thanks::show(ui, content, words, again).then_some(Touched::ChooseAgain)
        }
        (View::NotInService, _) => {
            let more = [words.get("tablet-not-in-service-more")];
            notice::show(ui, content, &words.get("tablet-not-in-service"), &more, None);
            None
        }
        (View::OutOfService(trouble), _) => {
            let more = [words.get("tablet-out-of-service-more")];
            let officer = words.get(trouble_key(trouble));
            notice::show(ui, content, &words.get("tablet-out-of-service"), &more, Some(&officer));
            None
        }
        (View::Starting | View::Closed | View::Rate { .. } | View::Step { .. }, _) => {
            let key = match scene.link {
                Link::Offline => "tablet-starting-offline",
                Link::Good | Link::Parted => "tablet-starting-more",
            };
            let more = [words.with(key, &[("server", scene.server)])];
            notice::show(ui, content, &words.get("tablet-starting"), &more, None);
            None
        }
    }
}

fn trouble_key(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full => "tablet-trouble-full",
        Trouble::ReadOnly => "tablet-trouble-read-only",
        Trouble::Damaged => "tablet-trouble-damaged",
        Trouble::Slow => "tablet-trouble-slow",
        Trouble::Other => "tablet-trouble-other",
    }
}
