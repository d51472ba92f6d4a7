//! The window: first the start, until there is the journal of an enrolled tablet, then the glass, until
//! the journal is found to be damaged. It repaints only when there is a reason: a touch, an answer, news
//! of the courier, a deadline, a new minute. As a kiosk it takes the whole screen and is not closed by
//! anybody but its staff.

mod glass;
mod idle;
mod photo;
mod reading;
mod staff_work;
mod start;

pub use glass::Glass;
pub use start::{StartOptions, Starter};

use crate::clock::Clock;
use crate::courier::CourierError;
use crate::journal::JournalError;
use crate::startup::{StartupFault, StartupInput};
use crate::theme;
use eframe::egui;
use egui::{Context, Ui, Vec2, ViewportBuilder, ViewportCommand, WindowLevel};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The program's picture in lists of windows.
const ICON: &[u8] = include_bytes!("../../../packaging/tablet/hai-long.png");

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The journal could not be opened or read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The courier did not start.
    #[error(transparent)]
    Courier(#[from] CourierError),
    /// The system gave no window.
    #[error("no window could be opened; is there a display (DISPLAY or WAYLAND_DISPLAY)?")]
    Window,
}

/// How the window is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Its size in points; without it the window is a kiosk: it takes the whole screen and only its
    /// staff can close it.
    pub windowed: Option<[f32; 2]>,
    /// Where journals are written to instead of the USB stick that is plugged in.
    pub export_dir: Option<PathBuf>,
    /// Folder of the sentences that are read aloud; see [`crate::speech`].
    pub speech: PathBuf,
}

/// Opens the tablet's window and returns when it is closed: whether the staff said so. Nothing is opened
/// or made before the window is there.
pub fn run(start: StartOptions, clock: Clock, options: Options) -> Result<bool, AppError> {
    let icon = eframe::icon_data::from_png_bytes(ICON).unwrap_or_default();
    let mut viewport =
        ViewportBuilder::default().with_title("Hài Lòng").with_app_id("hai-long").with_icon(icon);
    viewport = match options.windowed {
        Some(size) => viewport.with_inner_size(size),
        None => viewport
            .with_fullscreen(true)
            .with_decorations(false)
            .with_window_level(WindowLevel::AlwaysOnTop),
    };
    // The lighter of eframe's renderers; a build for tests may bring the other along.
    let renderer = eframe::Renderer::Glow;
    let native = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    let left = Arc::new(AtomicBool::new(false));
    let leaving = Arc::clone(&left);
    let made = eframe::run_native(
        "hai-long",
        native,
        Box::new(move |creation| {
            theme::apply(&creation.egui_ctx);
            let shown = Shown::Nothing;
            let mut window = Window { shown, start, clock, options, left: leaving };
            window.begin(&creation.egui_ctx);
            Ok(Box::new(window))
        }),
    );
    made.map(|()| left.load(Ordering::SeqCst)).map_err(|error| {
        tracing::debug!(%error, "no window");
        AppError::Window
    })
}

/// What the window shows.
enum Shown {
    Start(Box<Starter>),
    Glass(Box<Glass>),
    /// Between the two: the journal is closed before it is opened again.
    Nothing,
}

struct Window {
    shown: Shown,
    start: StartOptions,
    clock: Clock,
    options: Options,
    left: Arc<AtomicBool>,
}

impl Window {
    /// Begins to open the journal, after the one that had it open has closed it.
    fn begin(&mut self, ctx: &Context) {
        self.shown = Shown::Nothing;
        let repaint = ctx.clone();
        let wake = move || repaint.request_repaint();
        let starter = Starter::new(self.start.clone(), self.clock.clone(), wake);
        self.shown = Shown::Start(Box::new(starter));
    }

    /// Only the staff closes a kiosk.
    fn guard(&self, ctx: &Context) {
        let leaving = match &self.shown {
            Shown::Start(starter) => starter.is_leaving(),
            Shown::Glass(glass) => glass.is_leaving(),
            Shown::Nothing => false,
        };
        let kiosk = self.options.windowed.is_none();
        if leaving {
            self.left.store(true, Ordering::SeqCst);
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if kiosk && ctx.input(|input| input.viewport().close_requested()) {
            tracing::warn!("somebody tried to close the window; only the staff screen does");
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        fit(&ctx);
        match &mut self.shown {
            Shown::Start(starter) => {
                if let Some(journal) = starter.show(ui) {
                    match Glass::new(&ctx, journal, self.clock.clone(), &self.options) {
                        Ok(glass) => self.shown = Shown::Glass(Box::new(glass)),
                        Err(error) => {
                            starter
                                .put(StartupInput::Failed(StartupFault::Other, error.to_string()));
                        }
                    }
                }
            }
            Shown::Glass(glass) if glass.is_over() => {
                self.begin(&ctx);
                ctx.request_repaint();
            }
            Shown::Glass(glass) => glass.show(ui),
            Shown::Nothing => {}
        }
        self.guard(&ctx);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        let ground = match &self.shown {
            Shown::Start(_) | Shown::Nothing => theme::GROUND,
            Shown::Glass(glass) => glass.ground(),
        };
        ground.to_normalized_gamma_f32()
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
