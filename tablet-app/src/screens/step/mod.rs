//! The steps after the level. Each says first that the rating is kept already, so that everybody
//! knows that they may leave, and none shows which level it was.

mod aspects;
mod comment;
mod reasons;

use super::footer::BETWEEN;
use super::frame::Frame;
use super::{Page, Touched};
use crate::theme::{self, TARGET};
use crate::widgets::{Block, Kind, Pager, Pen, Typing, block, button, button_size};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
use protocol::questionnaire::{Ask, Choice};
use protocol::settings::{Settings, Texts};

/// Above the first line, and below the last choice.
const EDGE: f32 = 14.0;
/// Between the question and its choices.
const BELOW_QUESTION: f32 = 14.0;
/// Room of the tick before the first line.
const TICK: f32 = 34.0;

/// What is asked.
pub(super) struct Asked<'a> {
    pub ask: &'a Ask,
    pub settings: &'a Settings,
    /// Its place among the steps.
    pub at: usize,
    pub last: bool,
}

/// What the screen itself remembers between two frames of a step: where one stands, not what was
/// answered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Hand {
    at: usize,
    page: usize,
    /// Pages of the choices; 0 where all fit on one.
    pages: usize,
    typing: Typing,
    /// The step was drawn in the frame before; another visit begins anew.
    frame: u64,
}

impl Hand {
    /// What is remembered of the step that is shown; nothing where another screen stood between.
    fn take(pen: &Pen<'_>, at: usize) -> Self {
        let frame = pen.ui.ctx().cumulative_frame_nr();
        let kept = pen.ui.data(|data| data.get_temp::<Self>(pen.id("hand")));
        let kept = kept.filter(|hand| hand.at == at && frame <= hand.frame + 1);
        Self { at, frame, pages: 0, ..kept.unwrap_or_default() }
    }

    fn keep(self, pen: &Pen<'_>) {
        let id = pen.id("hand");
        pen.ui.data_mut(|data| data.insert_temp(id, self));
    }
}

/// Shows the step of this scene.
pub(super) fn show(page: &Page<'_>, frame: &Frame<'_>, asked: &Asked<'_>) -> Option<Touched> {
    let mut hand = Hand::take(&page.pen, asked.at);
    let (text, items): (&Texts, &[Choice]) = match asked.ask {
        Ask::Aspects { text, items } | Ask::Reasons { text, items } => (text, items),
        Ask::Comment { text } => (text, &[]),
        Ask::Unknown => return None,
    };
    // The clock reaches above a footer that is lower than a fingertip; this one is not.
    let content =
        Rect::from_min_max(frame.content.min, Pos2::new(frame.content.right(), frame.foot.top()));
    let heading = Heading::fitting(page, text, content, |pen, room| match asked.ask {
        Ask::Aspects { .. } => aspects::fits(page, pen, asked.settings, items, room),
        Ask::Reasons { .. } => reasons::fits(pen, room),
        _ => comment::fits(page, pen, room),
    });
    let pen = heading.pen;
    let whole = Vec2::new(content.width(), content.height() - heading.height() - EDGE);
    let used = match asked.ask {
        _ if page.is_landscape() => whole.y,
        Ask::Aspects { .. } => aspects::height(page, &pen, asked.settings, items, whole),
        Ask::Reasons { .. } => reasons::height(page, &pen, items, whole),
        _ => whole.y,
    };
    // Portrait, what is touched stands low, within reach of a seated person.
    let lower = (whole.y - used).max(0.0);
    let top = heading.place(content, lower).max(frame.clear.top());
    let room = Rect::from_min_max(
        Pos2::new(content.left(), top),
        Pos2::new(content.right(), content.bottom() - EDGE),
    );
    let answer = match asked.ask {
        Ask::Aspects { .. } => aspects::show(page, &pen, asked.settings, items, room, &mut hand),
        Ask::Reasons { .. } => reasons::show(page, &pen, items, room, &mut hand),
        _ => comment::show(page, &pen, room, &mut hand),
    };
    // Who has answered goes on to the choices that they have not seen yet; who has not leaves them all.
    let given = given(page, asked.ask, items);
    let more = given && hand.page + 1 < hand.pages;
    let mut way = ways(page, frame, asked, given, more);
    if more && way == Some(Touched::Next) {
        hand.page += 1;
        way = None;
    }
    hand.keep(&page.pen);
    answer.or(way)
}

/// Shows that somebody answered here and may go on, and not what they answered.
pub(super) fn covered(page: &Page<'_>, frame: &Frame<'_>) -> Option<Touched> {
    let more = [page.get("tablet-covered-more")];
    super::notice::show(page, frame.content, &page.get("tablet-covered"), &more, None);
    // Where it stands on the step, too.
    let from_clock = way_on(page, frame).x + BETWEEN;
    next_person(page, frame, from_clock).then_some(Touched::NextPerson)
}

/// Size of the button that leads on: the same for each of its labels, so that nothing jumps under a finger.
fn way_on(page: &Page<'_>, frame: &Frame<'_>) -> Vec2 {
    let sizes = ["tablet-skip", "tablet-next", "tablet-done"]
        .map(|key| button_size(&page.pen, &page.get(key), frame.widest()));
    sizes.into_iter().fold(Vec2::splat(TARGET), Vec2::max)
}

/// Whether something was answered.
fn given(page: &Page<'_>, ask: &Ask, items: &[Choice]) -> bool {
    let added = page.scene.added;
    match ask {
        Ask::Aspects { .. } => items.iter().any(|item| added.aspects.contains_key(&item.id)),
        Ask::Reasons { .. } => items.iter().any(|item| added.reasons.contains(&item.id)),
        Ask::Comment { .. } => !page.scene.draft.text().trim().is_empty(),
        Ask::Unknown => false,
    }
}

/// “Người tiếp theo”, so far from the clock; whether it was pressed.
fn next_person(page: &Page<'_>, frame: &Frame<'_>, from_clock: f32) -> bool {
    let words = page.get("tablet-next-person");
    let size = button_size(&page.pen, &words, frame.widest()).max(Vec2::splat(TARGET));
    button(&page.pen, frame.way(size, from_clock), &words, Kind::Plain)
}

/// The ways on in the footer: the next person, and the next step, or `more` of this one.
fn ways(
    page: &Page<'_>,
    frame: &Frame<'_>,
    asked: &Asked<'_>,
    given: bool,
    more: bool,
) -> Option<Touched> {
    let mut touched = None;
    // After which levels more is asked is no secret: aspects do not say whether they are the last.
    let ends = asked.last && !more && !matches!(asked.ask, Ask::Aspects { .. });
    let (key, kind) = match (given, ends) {
        (false, _) => ("tablet-skip", Kind::Plain),
        (true, false) => ("tablet-next", Kind::Primary),
        (true, true) => ("tablet-done", Kind::Primary),
    };
    let words = page.get(key);
    let size = way_on(page, frame);
    if next_person(page, frame, size.x + BETWEEN) {
        touched = Some(Touched::NextPerson);
    }
    if button(&page.pen, frame.way(size, 0.0), &words, kind) {
        touched = Some(Touched::Next);
    }
    touched
}

/// What stands above the choices.
struct Heading<'a> {
    pen: Pen<'a>,
    thanks: Block,
    question: Block,
}

impl<'a> Heading<'a> {
    /// With the largest letters with which the rest of the step has room.
    fn fitting(
        page: &Page<'a>,
        question: &Texts,
        content: Rect,
        fits: impl Fn(&Pen<'a>, Vec2) -> bool,
    ) -> Self {
        let set = |letters: f32| {
            let pen = page.pen.with(page.pen.theme.smaller(letters));
            let width = content.width();
            let thanks = page.get("tablet-kept");
            let thanks = block(&pen, &thanks, &theme::BODY, width - TICK, Align::Min);
            let question = page.words.of(question);
            let question = block(&pen, question, &theme::STEP, width, Align::Min);
            Self { pen, thanks, question }
        };
        let mut heading = set(1.0);
        for letters in [0.92, 0.84, 0.76, 0.7, 0.66, 0.6] {
            let room = Vec2::new(content.width(), content.height() - heading.height() - EDGE);
            if fits(&heading.pen, room) {
                break;
            }
            heading = set(letters);
        }
        heading
    }

    fn height(&self) -> f32 {
        EDGE + self.thanks.height() + 4.0 + self.question.height() + BELOW_QUESTION
    }

    /// Draws it, the question lower by so much; where the choices begin.
    fn place(self, content: Rect, lower: f32) -> f32 {
        let (pen, left) = (self.pen, content.left());
        let y = content.top() + EDGE;
        let line = self.thanks.height() / self.thanks.rows().max(1) as f32;
        let centre = Pos2::new(left + 12.0, y + line / 2.0);
        pen.painter().circle_filled(centre, 12.0, pen.theme.palette.text);
        pen.tick(centre, 34.0, pen.theme.palette.ground);
        let y = self.thanks.place(&pen, left + TICK, content.right(), y) + 4.0 + lower;
        self.question.place(&pen, left, content.right(), y) + BELOW_QUESTION
    }
}

/// Shows where one stands among several pages and leads to the others.
fn pages(page: &Page<'_>, pen: &Pen<'_>, area: Rect, hand: &mut Hand, pages: usize) {
    let (back, on) = (page.get("tablet-page-back"), page.get("tablet-page-on"));
    let place = format!("{}/{pages}", hand.page + 1);
    let words = Pager { back: &back, on: &on, place: &place };
    hand.pages = pages;
    hand.page = crate::widgets::pager(pen, area, hand.page, pages, &words);
}
