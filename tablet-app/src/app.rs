//! The window: shows the kiosk's view, hands touches to the desk, and repaints only when there is
//! a reason: a touch, an answer, news of the courier, a deadline of the kiosk, a new minute.

use crate::clock::Clock;
use crate::courier::policy::Pace;
use crate::courier::{Courier, CourierError, News};
use crate::desk::Desk;
use crate::journal::{Journal, JournalError};
use crate::kiosk::CALM_MS;
use crate::screens::{self, Link, Scene, Touched};
use crate::texts::Words;
use crate::{theme, widgets};
use eframe::egui;
use egui::{Context, TextureHandle, TextureOptions, Ui, Vec2, ViewportBuilder};
use protocol::settings::Settings;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

/// News that may wait to be drawn.
const NEWS: usize = 64;

/// Between two prunings of the journal, milliseconds: a day.
const PRUNE_MS: u64 = 24 * 3_600_000;

const MINUTE_MS: i64 = 60_000;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The journal said no.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The courier did not start.
    #[error(transparent)]
    Courier(#[from] CourierError),
    /// The window was there, and something else was not.
    #[error("{0}")]
    Start(String),
    /// The system gave no window.
    #[error("no window could be opened; is there a display (DISPLAY or WAYLAND_DISPLAY)?")]
    Window,
}

/// Opens the tablet's window and returns when it is closed. `windowed` is its size in points;
/// without it the window takes the whole screen.
pub fn run(journal: Journal, clock: Clock, windowed: Option<[f32; 2]>) -> Result<(), AppError> {
    let mut viewport = ViewportBuilder::default().with_title("Hài Lòng").with_app_id("hai-long");
    viewport = match windowed {
        Some(size) => viewport.with_inner_size(size),
        None => viewport.with_fullscreen(true).with_decorations(false),
    };
    // The lighter of eframe's renderers; a build for tests may bring the other along.
    let renderer = eframe::Renderer::Glow;
    let options = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    let made = eframe::run_native(
        "hai-long",
        options,
        Box::new(move |creation| {
            theme::apply(&creation.egui_ctx);
            Ok(Box::new(App::new(&creation.egui_ctx, journal, clock)?))
        }),
    );
    made.map_err(|error| match error {
        eframe::Error::AppCreation(error) => AppError::Start(error.to_string()),
        other => {
            tracing::debug!(error = %other, "no window");
            AppError::Window
        }
    })
}

struct App {
    desk: Desk,
    journal: Journal,
    clock: Clock,
    news: Receiver<News>,
    link: Link,
    server: String,
    portrait: Option<(String, Option<TextureHandle>)>,
    prune_at: u64,
    /// Stops carrying when the window closes.
    _courier: Courier,
}

impl App {
    fn new(ctx: &Context, journal: Journal, clock: Clock) -> Result<Self, AppError> {
        let repaint = ctx.clone();
        let wake = Arc::new(move || repaint.request_repaint());
        let desk = Desk::new(journal.clone(), clock.clone(), CALM_MS, wake)?;
        let inbox = desk.inbox();
        let (tell, news) = sync_channel(NEWS);
        let repaint = ctx.clone();
        let courier =
            Courier::start(journal.clone(), clock.clone(), Pace::default(), move |one| {
                match one {
                    News::Settings(settings) => inbox.settings(settings),
                    // A full queue means that nothing is drawn just now; the next news replaces it.
                    other => drop(tell.try_send(other)),
                }
                repaint.request_repaint();
            })?;
        let server = journal.identity()?.map_or_else(String::new, |identity| identity.server);
        Ok(Self {
            desk,
            journal,
            clock,
            news,
            link: Link::Good,
            server,
            portrait: None,
            prune_at: 0,
            _courier: courier,
        })
    }

    fn take_news(&mut self) {
        for news in self.news.try_iter() {
            self.link = match news {
                News::Settings(_) => continue,
                News::Parted(_) => Link::Parted,
                News::Online(true) => Link::Good,
                News::Online(false) => Link::Offline,
            };
        }
    }

    /// Lets go of old events, once a day and aside, so that the window does not wait for it.
    fn prune(&mut self) {
        let now = self.clock.now();
        if now.uptime_ms < self.prune_at {
            return;
        }
        self.prune_at = now.uptime_ms.saturating_add(PRUNE_MS);
        let journal = self.journal.clone();
        std::thread::spawn(move || match journal.prune(now.wall_ms) {
            Ok(0) => {}
            Ok(pruned) => tracing::info!(pruned, "old acknowledged events were let go"),
            Err(error) => tracing::warn!(%error, "old events could not be let go"),
        });
    }

    /// Decodes the officer's portrait when it is another one.
    fn keep_portrait(&mut self, ctx: &Context, settings: Option<&Settings>) {
        let photo = settings.and_then(|settings| settings.officer.as_ref()?.photo.clone());
        match photo {
            None => self.portrait = None,
            Some(photo) if self.portrait.as_ref().is_some_and(|(kept, _)| *kept == photo) => {}
            Some(photo) => {
                let picture = widgets::decode_portrait(&photo);
                if picture.is_none() {
                    tracing::warn!("the officer's portrait can not be read; initials are shown");
                }
                let texture = picture
                    .map(|picture| ctx.load_texture("portrait", picture, TextureOptions::LINEAR));
                self.portrait = Some((photo, texture));
            }
        }
    }

    fn touched(&mut self, touched: Option<Touched>) {
        match touched {
            Some(Touched::Level(level)) => self.desk.tap(level),
            Some(Touched::Language(code)) => self.desk.language(code),
            Some(Touched::ChooseAgain) => self.desk.choose_again(),
            Some(Touched::Elsewhere) => self.desk.touch(),
            _ => {}
        }
    }

    /// Asks to be painted again at the kiosk's next deadline or at the next minute.
    fn sleep(&self, ctx: &Context) {
        let into = self.clock.now().wall_ms.rem_euclid(MINUTE_MS);
        let minute = Duration::from_millis(u64::try_from(MINUTE_MS - into).unwrap_or_default());
        let next = self.desk.due_in().map_or(minute, |due| due.min(minute));
        ctx.request_repaint_after(next);
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        fit(&ctx);
        self.take_news();
        self.desk.attend();

        let settings = self.desk.kiosk().settings().cloned();
        self.keep_portrait(&ctx, settings.as_deref());
        let (view, language) = (self.desk.kiosk().view(), self.desk.kiosk().language().to_owned());
        let zone = settings.as_ref().map_or("", |settings| settings.time_zone.as_str());
        let scene = Scene {
            view,
            settings: settings.as_deref(),
            officer: settings.as_ref().and_then(|settings| settings.officer.as_ref()),
            stage: settings.as_ref().and_then(|settings| settings.stage),
            reference: None,
            look: crate::look::Look::default(),
            added: &protocol::event::Detailed::default(),
            draft: &crate::typing::Draft::default(),
            date: "",
            drift: Vec2::ZERO,
            language: &language,
            clock: &Words::new(&language).clock(self.clock.now().wall_ms, zone),
            portrait: self.portrait.as_ref().and_then(|(_, texture)| texture.as_ref()),
            server: &self.server,
            link: self.link,
        };
        let touched = screens::show(ui, &scene);
        self.touched(touched);
        let kiosk = self.desk.kiosk();
        if kiosk.view() != view || kiosk.language() != language {
            ctx.request_repaint();
        }
        self.prune();
        self.sleep(&ctx);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        theme::GROUND.to_normalized_gamma_f32()
    }
}

/// Zooms so that the screen is as large, in points, as the sizes of the theme are made for.
fn fit(ctx: &Context) {
    let glass: Vec2 = ctx.content_rect().size() * ctx.zoom_factor();
    let design = if glass.x >= glass.y { theme::DESIGN } else { theme::DESIGN.yx() };
    let zoom = (glass.x / design.x).min(glass.y / design.y).clamp(0.4, 4.0);
    if (zoom - ctx.zoom_factor()).abs() > 0.005 {
        ctx.set_zoom_factor(zoom);
    }
}
