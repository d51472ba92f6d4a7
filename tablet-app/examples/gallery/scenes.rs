//! Every screen as data: what the gallery shows and the tests draw.

use crate::support::glass;
use crate::support::{full_settings, settings};
use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions, Ui, Vec2};
use protocol::event::Detailed;
use protocol::questionnaire::{Ask, Choice, Step};
use protocol::settings::{Language, Officer, Settings, Texts};
use protocol::{Level, Scale, Stage};
use tablet_app::appearance::Appearance;
use tablet_app::kiosk::{Farewell, RecordingFault, Reference, View};
use tablet_app::link::Link;
use tablet_app::screens::{self, Scene, Touched};
use tablet_app::texts::{Words, offered};
use tablet_app::typing::{Draft, Key, Method};

pub const LANDSCAPE: Vec2 = glass::LANDSCAPE;
pub const PORTRAIT: Vec2 = glass::PORTRAIT;
pub const RATE: View = View::Rate { active: true, again: false };
/// 2023-09-27 09:41 in Tây Ninh.
pub const AT: i64 = 1_695_782_460_000;

/// Places of the steps in the sample's questionnaire.
pub const ASPECTS: usize = 0;
pub const REASONS: usize = 1;
pub const COMMENT: usize = 2;

/// Everything a scene borrows.
#[derive(Clone)]
pub struct Sample {
    pub name: &'static str,
    pub view: View,
    pub settings: Option<Settings>,
    pub officer: Option<Officer>,
    pub stage: Option<Stage>,
    pub reference: Option<String>,
    pub language: String,
    pub look: Appearance,
    pub added: Detailed,
    pub draft: Draft,
    pub link: Link,
    pub can_read: bool,
    /// The time by the server, milliseconds since 1970, where it is known.
    pub moment: Option<i64>,
    pub pixel_shift: Vec2,
    pub picture: Option<ColorImage>,
    pub texture: Option<TextureHandle>,
}

impl Sample {
    pub fn new(name: &'static str, view: View) -> Self {
        let settings = questioning(settings());
        Self {
            name,
            view,
            officer: settings.officer.clone(),
            stage: settings.stage,
            reference: Some("H53.02-230927-0027".to_owned()),
            settings: Some(settings),
            language: "vi".to_owned(),
            look: Appearance::default(),
            added: Detailed::default(),
            draft: Draft::default(),
            link: Link::Good,
            can_read: true,
            moment: Some(AT),
            pixel_shift: Vec2::ZERO,
            picture: None,
            texture: None,
        }
    }

    pub fn step(name: &'static str, at: usize) -> Self {
        Self::new(name, View::Step { at, last: at == COMMENT, again: true, covered: false })
    }

    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Draws the screen on the whole of `ui`.
    pub fn show(&mut self, ui: &Ui) -> Option<Touched> {
        if let Some(picture) = self.picture.take() {
            self.texture = Some(load(ui.ctx(), picture));
        }
        self.scene(|scene| screens::show(ui, scene))
    }

    /// Hands it on as the screens take it.
    pub fn scene<T>(&self, show: impl FnOnce(&Scene<'_>) -> T) -> T {
        let languages = self.settings.as_ref().map(offered).unwrap_or_default();
        let words = Words::new(&self.language);
        let clock = self.moment.map_or_else(
            || words.get("tablet-clock-unknown"),
            |moment| words.clock(moment, "Asia/Ho_Chi_Minh"),
        );
        let scene = Scene {
            view: self.view,
            settings: self.settings.as_ref(),
            languages: &languages,
            officer: self.officer.as_ref(),
            stage: self.stage,
            reference: self.reference.as_deref().map(|code| {
                if code.contains('-') { Reference::Dossier(code) } else { Reference::Ticket(code) }
            }),
            language: &self.language,
            look: self.look,
            added: &self.added,
            draft: &self.draft,
            clock: &clock,
            date: "2023-09-27",
            photo: self.texture.as_ref(),
            server: "http://192.168.1.10:8080",
            link: self.link,
            can_read: self.can_read,
            pixel_shift: self.pixel_shift,
        };
        show(&scene)
    }
}

fn load(ctx: &Context, picture: ColorImage) -> TextureHandle {
    ctx.load_texture("photo", picture, TextureOptions::LINEAR)
}

/// Every screen, in the order in which a tablet shows them.
pub fn all() -> Vec<Sample> {
    let out_of_service = View::OutOfService(RecordingFault::Full);
    let covered = View::Step { at: ASPECTS, last: false, again: false, covered: true };
    vec![
        Sample::new("starting", View::Starting).with(nothing_known),
        Sample::new("starting-offline", View::Starting).with(|sample| {
            nothing_known(sample);
            sample.link = Link::Offline;
        }),
        Sample::new("rate", RATE),
        Sample::new("again", View::Rate { active: true, again: true }).with(|sample| {
            sample.link = Link::Offline;
            sample.reference = Some("2047".to_owned());
        }),
        Sample::new("three", RATE).with(three_levels),
        Sample::step("aspects", ASPECTS).with(|sample| {
            sample.added.aspects = [
                ("spirit".to_owned(), Level::VerySatisfied),
                ("attitude".to_owned(), Level::Dissatisfied),
            ]
            .into();
        }),
        Sample::step("reasons", REASONS)
            .with(|sample| sample.added.reasons = vec!["waiting".to_owned(), "again".to_owned()]),
        Sample::step("comment", COMMENT).with(|sample| {
            sample.draft = typed("Tooi phair chowf hown mootj tieengs, dduwowcj giair thichs rox.");
        }),
        Sample::new("covered", covered),
        Sample::new("thanks", View::Thanks { again: true }),
        Sample::new("thanks-last", View::Thanks { again: false }),
        Sample::new("declined", View::Farewell(Farewell::Declined)),
        Sample::new("disputing", View::Disputing).with(somebody_may_sign_in),
        Sample::new("officer-disputed", View::Farewell(Farewell::OfficerDisputed))
            .with(somebody_may_sign_in),
        Sample::new("not-in-service", View::NotInService).with(|sample| {
            sample.officer = None;
            somebody_may_sign_in(sample);
            noticed(sample);
        }),
        Sample::new("officer-unknown", View::OfficerUnknown).with(|sample| {
            sample.officer = None;
            somebody_may_sign_in(sample);
        }),
        Sample::new("closed", View::Closed).with(noticed),
        Sample::new("out-of-service", out_of_service),
    ]
}

/// A draft after these keys.
pub fn typed(keys: &str) -> Draft {
    let mut draft = Draft::new(Method::Telex);
    keys.chars().for_each(|key| draft.press(Key::Letter(key)));
    draft
}

fn nothing_known(sample: &mut Sample) {
    sample.settings = None;
    sample.officer = None;
}

fn somebody_may_sign_in(sample: &mut Sample) {
    if let Some(settings) = &mut sample.settings {
        settings.staff = full_settings().staff;
    }
}

fn three_levels(sample: &mut Sample) {
    sample.stage = None;
    sample.reference = None;
    if let Some(settings) = &mut sample.settings {
        settings.questionnaire.scale = Scale::Three;
        settings.simulated = true;
    }
    if let Some(officer) = &mut sample.officer {
        "Nguyễn Thị Ngọc Phượng Hoàng".clone_into(&mut officer.name);
        "Phó Trưởng phòng".clone_into(&mut officer.title);
        "Sở Nông nghiệp và Phát triển nông thôn".clone_into(&mut officer.department);
    }
    sample.picture = Some(photo());
}

fn noticed(sample: &mut Sample) {
    if let Some(settings) = &mut sample.settings {
        settings.hours.closed = vec!["2023-09-02".to_owned(), "2024-01-01".to_owned()];
        settings.notice = texts(
            "Sáng thứ Sáu, 29/09, khu vực Sở Tư pháp chuyển sang quầy số 12.",
            "On Friday morning, 29/09, the Department of Justice moves to counter 12.",
            "ព្រឹក\u{200b}ថ្ងៃ\u{200b}សុក្រ\u{200b} 29/09\u{200b} មន្ទីរ\u{200b}យុត្តិធម៌\u{200b}ទៅ\u{200b}បញ្ជរ\u{200b}លេខ\u{200b} 12។",
        );
    }
}

/// A light head on a dark ground.
pub fn photo() -> ColorImage {
    let pixels = (0..200 * 200_u32).flat_map(|at| {
        let (x, y) = (f64::from(at % 200) - 100.0, f64::from(at / 200) - 90.0);
        if x.hypot(y) < 52.0 {
            [222, 184, 150]
        } else if y > 46.0 && x.abs() < 84.0 {
            [60, 80, 120]
        } else {
            [150, 170, 180]
        }
    });
    ColorImage::from_rgb([200, 200], &pixels.collect::<Vec<u8>>())
}

pub fn texts(vi: &str, en: &str, km: &str) -> Texts {
    [("vi", vi), ("en", en), ("km", km)]
        .map(|(code, text)| (code.to_owned(), text.to_owned()))
        .into()
}

fn choices(items: &[(&str, &str, &str, &str)]) -> Vec<Choice> {
    items
        .iter()
        .map(|(id, vi, en, km)| Choice { id: (*id).to_owned(), text: texts(vi, en, km) })
        .collect()
}

/// The settings with three languages and all kinds of steps.
pub fn questioning(mut settings: Settings) -> Settings {
    if settings.languages.len() < 3 {
        settings
            .languages
            .push(Language { code: "km".to_owned(), name: "ខ្មែរ".to_owned() });
    }
    let question = "តើ\u{200b}លោកអ្នក\u{200b}ពេញចិត្ត\u{200b}ចំពោះ\u{200b}ស្មារតី\u{200b} ការ\u{200b}ទទួល\u{200b}ខុសត្រូវ\u{200b} និង\u{200b}អាកប្បកិរិយា\u{200b}បម្រើ\u{200b}កម្រិត\u{200b}ណា?";
    settings.questionnaire.question.insert("km".to_owned(), question.to_owned());
    for one in &mut settings.questionnaire.levels {
        let word = locales::texts("km").get(&format!("level-{}", one.level));
        one.text.insert("km".to_owned(), word);
    }
    let aspects = Ask::Aspects {
        text: texts(
            "Ông/Bà đánh giá từng mặt phục vụ như thế nào?",
            "How do you rate each aspect of the service?",
            "តើ\u{200b}លោកអ្នក\u{200b}វាយតម្លៃ\u{200b}យ៉ាង\u{200b}ណា\u{200b}ចំពោះ\u{200b}ចំណុច\u{200b}នីមួយៗ?",
        ),
        items: choices(&[
            ("spirit", "Tinh thần phục vụ", "Spirit of service", "ស្មារតី\u{200b}បម្រើ\u{200b}សេវា"),
            (
                "responsibility",
                "Trách nhiệm trong công việc",
                "Responsibility",
                "ការ\u{200b}ទទួល\u{200b}ខុសត្រូវ",
            ),
            (
                "attitude",
                "Thái độ giao tiếp, ứng xử",
                "Attitude and manners",
                "អាកប្បកិរិយា\u{200b}បម្រើ",
            ),
        ]),
    };
    let reasons = Ask::Reasons {
        text: texts(
            "Điều gì khiến Ông/Bà chưa hài lòng?",
            "What were you not satisfied with?",
            "តើ\u{200b}អ្វី\u{200b}ធ្វើ\u{200b}ឱ្យ\u{200b}លោកអ្នក\u{200b}មិន\u{200b}ពេញចិត្ត?",
        ),
        items: choices(&[
            ("waiting", "Chờ đợi lâu", "Long wait", "រង់ចាំ\u{200b}យូរ"),
            (
                "again",
                "Phải đi lại nhiều lần",
                "Had to come several times",
                "ត្រូវ\u{200b}មក\u{200b}ច្រើន\u{200b}ដង",
            ),
            (
                "papers",
                "Yêu cầu thêm giấy tờ ngoài quy định",
                "Papers beyond the rules",
                "ទាមទារ\u{200b}ឯកសារ\u{200b}ក្រៅ\u{200b}ច្បាប់",
            ),
            (
                "unclear",
                "Hướng dẫn chưa rõ ràng, đầy đủ",
                "Guidance not clear or complete",
                "ការ\u{200b}ណែនាំ\u{200b}មិន\u{200b}ច្បាស់",
            ),
            (
                "late",
                "Trả kết quả trễ hẹn",
                "Result later than promised",
                "ប្រគល់\u{200b}លទ្ធផល\u{200b}យឺត",
            ),
            ("manner", "Thái độ chưa đúng mực", "Improper manner", "អាកប្បកិរិយា\u{200b}មិន\u{200b}ល្អ"),
            (
                "online",
                "Khó nộp hồ sơ trực tuyến",
                "Hard to apply online",
                "ពិបាក\u{200b}ដាក់\u{200b}ពាក្យ\u{200b}តាម\u{200b}អនឡាញ",
            ),
            (
                "place",
                "Nơi ngồi chờ, trang thiết bị",
                "Waiting area and equipment",
                "កន្លែង\u{200b}រង់ចាំ\u{200b}និង\u{200b}ឧបករណ៍",
            ),
        ]),
    };
    let comment = Ask::Comment {
        text: texts(
            "Ông/Bà có góp ý gì thêm?",
            "Is there anything you would like to add?",
            "តើ\u{200b}លោកអ្នក\u{200b}មាន\u{200b}មតិ\u{200b}បន្ថែម\u{200b}ទេ?",
        ),
    };
    settings.questionnaire.steps =
        [aspects, reasons, comment].map(|ask| Step { after: Vec::new(), ask }).into();
    settings
}
