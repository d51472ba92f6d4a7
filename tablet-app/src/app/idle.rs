//! What the glass does when nobody is there: whether the centre is open, and the slow pixel shift that
//! keeps a picture from burning in. Pure.

use crate::zone;
use eframe::egui::Vec2;
use protocol::settings::Settings;

/// Farthest that a resting screen is moved to each side, points: the eye does not notice it from
/// one minute to the next, and no edge of a letter stands on the same pixels all day.
const FARTHEST: f32 = 6.0;

/// Minutes of one round to the side and of one up and down. They share no factor, so the picture
/// comes back to the same place only after eleven hours.
const ROUNDS: [i64; 2] = [23, 29];

const MINUTE_MS: i64 = 60_000;

/// Minutes for which the question stays after the centre closed: who drew a number before is still
/// being served.
const GRACE_MIN: u16 = 15;

/// A moment as the people at the centre tell it.
pub(super) struct Local {
    /// 1 (Monday) to 7.
    weekday: u8,
    /// Minutes since midnight.
    minute: u16,
    /// The day, such as `2026-09-02`.
    pub date: String,
}

/// A moment in the centre's time zone; none without settings, or where the time is not known.
pub(super) fn local(settings: Option<&Settings>, moment: Option<i64>) -> Option<Local> {
    let at = zone::local(moment?, &settings?.time_zone)?;
    Some(Local {
        weekday: u8::try_from(at.weekday().to_monday_one_offset()).ok()?,
        minute: u16::try_from(at.hour()).ok()? * 60 + u16::try_from(at.minute()).ok()?,
        date: at.strftime("%Y-%m-%d").to_string(),
    })
}

/// Whether people may still be served at this moment: in the centre's hours and for
/// [`GRACE_MIN`] after them. Where that is not known they are: a tablet is never dark by mistake.
pub(super) fn is_open(settings: Option<&Settings>, local: Option<&Local>) -> bool {
    let (Some(settings), Some(Local { weekday, minute, date })) = (settings, local) else {
        return true;
    };
    let open = |minute: u16| settings.hours.open_at(*weekday, date, minute);
    open(*minute) || minute.checked_sub(GRACE_MIN).is_some_and(open)
}

/// How far a resting screen is moved in this minute, against burn-in.
pub(super) fn pixel_shift(wall_ms: i64) -> Vec2 {
    let minute = wall_ms.div_euclid(MINUTE_MS);
    let [x, y] = ROUNDS.map(|round| {
        #[expect(clippy::cast_possible_truncation, reason = "a share of a round")]
        let share = (minute.rem_euclid(round) as f64 / round as f64) as f32;
        // There and back again in steps of less than a point.
        (1.0 - (2.0 * share - 1.0).abs()) * 2.0 * FARTHEST - FARTHEST
    });
    Vec2::new(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use protocol::hours::Hours;

    fn settings() -> Settings {
        let json = serde_json::json!({
            "centre": {}, "time_zone": "Asia/Ho_Chi_Minh",
            "counter": { "code": "Q01", "name": "" },
            "questionnaire": { "version": 1, "question": {}, "scale": "five" },
            "languages": [], "hours": Hours::usual(),
        });
        serde_json::from_value(json).unwrap()
    }

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn hours_are_those_of_the_centres_zone() {
        let mut settings = settings();
        let open = |settings: &Settings, text| {
            is_open(Some(settings), local(Some(settings), Some(at(text))).as_ref())
        };
        assert!(!open(&settings, "2026-11-23T23:59:00Z"), "6:59 on Tuesday in Tây Ninh");
        assert!(open(&settings, "2026-11-24T00:00:00Z"));
        assert!(open(&settings, "2026-11-24T04:44:59Z"), "11:44: the last ones are served");
        assert!(!open(&settings, "2026-11-24T04:45:00Z"), "11:45");
        assert!(!open(&settings, "2026-11-24T05:00:00Z"), "noon");
        assert!(!open(&settings, "2026-11-21T02:00:00Z"), "Saturday");
        settings.hours.closed = vec!["2026-11-24".into()];
        assert!(!open(&settings, "2026-11-24T00:00:00Z"));
        settings.time_zone = "Nowhere/At_All".into();
        assert!(!open(&settings, "2026-11-24T00:00:00Z"), "the country's zone, as the clock shows");
        assert!(open(&settings, "2026-11-25T00:00:00Z"));
        assert!(is_open(None, None) && local(Some(&settings), Some(i64::MAX)).is_none());
        assert!(is_open(Some(&settings), None), "nobody knows what time it is");
    }

    #[test]
    fn the_pixel_shift_is_slow_small_and_visits_many_places() {
        let mut places = std::collections::HashSet::new();
        for minute in 0..11 * 60 {
            let here = pixel_shift(minute * MINUTE_MS);
            let next = pixel_shift((minute + 1) * MINUTE_MS);
            assert!(here.abs().max_elem() <= FARTHEST);
            assert!((next - here).abs().max_elem() < 1.1, "{minute}");
            places.insert(format!("{here:?}"));
        }
        assert!(places.len() > 150, "{}", places.len());
    }
}
