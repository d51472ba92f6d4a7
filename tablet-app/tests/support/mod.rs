//! What several test files need: settings of a counter, and a tablet that is enrolled without a
//! server.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used)]

pub mod bench;
pub mod glass;
pub mod server;
pub mod uploading;

use protocol::exchange::Enrolled;
use protocol::hours::Hours;
use protocol::questionnaire::{Ask, Choice, LevelText, Questionnaire, Step, Timeouts};
use protocol::settings::{Counter, Duty, Language, Officer, Settings, Staff, Texts};
use protocol::{Level, Scale, Stage, What};
use std::path::Path;
use tablet_app::clock::{Clock, Now};
use tablet_app::entry::Entry;
use tablet_app::journal::{FILE, Identity, Journal, Options};
use uuid::Uuid;

pub const TABLET: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

fn texts(key: &str) -> Texts {
    ["vi", "en"].map(|code| (code.to_owned(), locales::texts(code).get(key))).into()
}

/// The counter of the mock.
pub fn settings() -> Settings {
    Settings {
        centre: [
            ("vi", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH TÂY NINH"),
            ("en", "TAY NINH PUBLIC ADMINISTRATIVE SERVICE CENTER"),
        ]
        .map(|(code, text)| (code.to_owned(), text.to_owned()))
        .into(),
        time_zone: "Asia/Ho_Chi_Minh".to_owned(),
        counter: Counter { code: "Q05".to_owned(), name: "Quầy số 05".to_owned() },
        duty: Duty::Roster,
        officer: Some(Officer {
            code: "CC05".to_owned(),
            name: "Nguyễn Văn A".to_owned(),
            title: "Chuyên viên".to_owned(),
            department: "Sở Tư pháp".to_owned(),
            photo: None,
        }),
        turns: Vec::new(),
        following: Vec::new(),
        staff: Vec::new(),
        technician_pin: None,
        stage: Some(Stage::Return),
        questionnaire: Questionnaire {
            version: 1,
            question: texts("question-attitude"),
            scale: Scale::Five,
            levels: Level::ALL
                .map(|level| LevelText { level, text: texts(&format!("level-{level}")) })
                .into(),
            steps: Vec::new(),
            timeouts: Timeouts::default(),
        },
        languages: [("vi", "Tiếng Việt"), ("en", "English")]
            .map(|(code, name)| Language { code: code.to_owned(), name: name.to_owned() })
            .into(),
        hours: Hours::usual(),
        notice: Texts::new(),
        tap_sound: false,
        simulated: false,
        export_key: None,
    }
}

/// The same counter with a step of each kind after the level, and two officers who may sign in.
pub fn full_settings() -> Settings {
    let mut settings = settings();
    let said = |text: &str| -> Texts {
        ["vi", "en"].map(|code| (code.to_owned(), text.to_owned())).into()
    };
    let items = |all: &[(&str, &str)]| {
        all.iter().map(|(id, text)| Choice { id: (*id).to_owned(), text: said(text) }).collect()
    };
    let low = vec![Level::Neutral, Level::Dissatisfied, Level::VeryDissatisfied];
    settings.questionnaire.steps = vec![
        Step {
            after: Vec::new(),
            ask: Ask::Aspects {
                text: said("Ông/Bà đánh giá thế nào về từng nội dung sau?"),
                items: items(&[
                    ("spirit", "Tinh thần phục vụ"),
                    ("responsibility", "Trách nhiệm"),
                    ("attitude", "Thái độ phục vụ"),
                ]),
            },
        },
        Step {
            after: low.clone(),
            ask: Ask::Reasons {
                text: said("Điều gì cần được cải thiện?"),
                items: items(&[
                    ("waiting", "Chờ đợi lâu"),
                    ("explanation", "Hướng dẫn chưa rõ"),
                    ("extra_papers", "Yêu cầu giấy tờ ngoài quy định"),
                    ("cold", "Thái độ chưa tốt"),
                    ("errand", "Phải đi lại nhiều lần"),
                    ("late_result", "Trả kết quả trễ hẹn"),
                ]),
            },
        },
        Step {
            after: low, ask: Ask::Comment { text: said("Ông/Bà góp ý thêm (không bắt buộc)") }
        },
    ];
    settings.staff = [("CC05", "Nguyễn Văn A"), ("CC06", "Nguyễn Văn B")]
        .map(|(code, name)| Staff {
            officer: Officer {
                code: code.to_owned(),
                name: name.to_owned(),
                title: "Chuyên viên".to_owned(),
                department: "Sở Tư pháp".to_owned(),
                photo: None,
            },
            pin: String::new(),
        })
        .into();
    settings.technician_pin = Some(String::new());
    settings
}

pub fn identity(server: &str) -> Identity {
    Identity {
        server: server.to_owned(),
        secret_key: [7; 32],
        token: [9; 32],
        enrolled: Some(Enrolled { tablet: TABLET, counter: "Q05".to_owned() }),
    }
}

/// A journal in `dir` of a tablet that is enrolled at `server`.
pub fn journal(dir: &Path, server: &str) -> Journal {
    journal_with(dir, server, Options::default())
}

pub fn journal_with(dir: &Path, server: &str, options: Options) -> Journal {
    let journal = Journal::open(dir, &Clock::start(), options).unwrap();
    journal.put_identity(identity(server)).unwrap();
    journal
}

/// A rating of a visit of its own, at this wall time.
pub fn rated(level: Level, wall_ms: i64) -> Vec<Entry> {
    let session = tablet_app::clock::fresh_session();
    let at = Now { wall_ms, uptime_ms: 0 };
    vec![Entry { session, what: What::Rated { level }, at }]
}

/// Changes a journal as no program does, also while a tablet has it.
pub fn tamper(dir: &Path, sql: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        use sqlx::{ConnectOptions, Connection};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.join(FILE));
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}
