//! Words that were redacted, and comments whose time is over, are in no exported file.
#![allow(clippy::unwrap_used)]

use super::tests::centre;
use super::*;
use crate::auth::Role;
use crate::centre::Centre;
use crate::enrolment::{code_hash, token_hash};
use crate::retention;
use crate::storage::enrolments::Applicant;
use crate::storage::events::Arrival;
use crate::storage::notes::{Author, Noted};
use crate::storage::rows::TabletAssignment;
use crate::storage::users::UserData;
use calamine::{Reader as _, Xlsx};
use protocol::event::{Detailed, Event, Shown, What};
use protocol::exchange::Sent;
use protocol::{Head, Level, Scale};
use std::io::Cursor;
use uuid::Uuid;

const SECRET: &str = "gọi tôi 0912345678";
const LEFT: &str = "gọi tôi [đã lược bỏ]";
const TABLET: Uuid = Uuid::from_u128(77);
/// The place of the comments' column.
const COMMENT: usize = 20;

/// A visitor at a tablet writes this; the visit's number.
async fn commented(app: &App, comment: &str) -> i64 {
    let counter = app.store.directory().await.unwrap().counter("Q08").unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: false };
    app.store.add_enrolment_code(&post, code_hash("A"), 0, i64::MAX).await.unwrap();
    let applicant = Applicant {
        code_hash: code_hash("A"),
        id: TABLET,
        public_key: [1; 32],
        token_hash: token_hash(&[2; 32]),
        app_version: "0.1.0",
    };
    app.store.enrol(&applicant, 0).await.unwrap();
    let (now, session) = (app.clock.now(), Uuid::from_u128(9_000));
    let shown = Shown {
        counter: "Q08".into(),
        officer: "CC2".into(),
        stage: None,
        dossier: None,
        ticket: None,
        invitation: None,
        scale: Scale::Five,
        questionnaire: 1,
        language: "vi".into(),
    };
    let detailed = Detailed { comment: Some(comment.into()), ..Detailed::default() };
    let all =
        [What::Shown(shown), What::Rated { level: Level::Dissatisfied }, What::Detailed(detailed)];
    let bytes: Vec<Vec<u8>> = (1..)
        .zip(all)
        .map(|(number, what)| {
            Event { number, session, at: now, boot: TABLET, uptime: 0, what }.to_bytes()
        })
        .collect();
    let mut head = Head::start(TABLET);
    let mut heads = Vec::new();
    for event in &bytes {
        head = head.extend(event);
        heads.push(head);
    }
    let arrival = Arrival {
        tablet: TABLET,
        simulated: false,
        previous: Head::start(TABLET),
        heads: &heads,
        events: &bytes.iter().map(Vec::as_slice).collect::<Vec<_>>(),
        sent: Sent { at: now, boot: TABLET, uptime: 0 },
        // Nothing here verifies it.
        signature: [0; 64],
        sent_at: now,
        received_at: now,
        repeat_ms: 0,
    };
    app.store.append_events(&arrival).await.unwrap();
    app.store.record_of(session).await.unwrap().unwrap().num
}

/// The comments of each kind of file, as their readers find them, and of the rows for machines.
async fn everywhere(app: &App) -> [Vec<String>; 4] {
    let cut = ExportFilter { from: 0, until: i64::MAX, ..ExportFilter::default() };
    let texts = locales::texts("vi");
    let order =
        ExportRequest { person: 0, cut: cut.clone(), comments: true, texts, about: Vec::new() };
    let whole = async |form| {
        let pieces: Vec<Bytes> =
            file(app, &order, form).await.unwrap().try_collect().await.unwrap();
        pieces.concat()
    };
    let text = String::from_utf8(whole(ExportFormat::Csv).await).unwrap();
    let lines = text.lines().skip(1).map(|line| line.split(',').nth(COMMENT).unwrap().to_owned());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(whole(ExportFormat::Xlsx).await)).unwrap();
    let sheet = book.worksheet_range("Đánh giá").unwrap();
    let cells = sheet.rows().skip(1).map(|row| row[COMMENT].to_string());
    let columns = crate::stats::texts_of(whole(ExportFormat::Parquet).await, "comment");
    let rows =
        app.store.ratings_out(&cut, true, (OutBy::Asked, OutCursor::START), 100).await.unwrap();
    let rows = rows.into_iter().map(|row| row.comment.unwrap_or_default());
    let said = |all: Vec<String>| all.into_iter().filter(|one| !one.is_empty()).collect();
    [said(lines.collect()), said(cells.collect()), said(columns), said(rows.collect())]
}

/// One comment in each.
fn all_say(comment: &str) -> [Vec<String>; 4] {
    std::array::from_fn(|_| vec![comment.to_owned()])
}

#[tokio::test]
async fn what_is_redacted_or_past_its_time_leaves_by_no_file() {
    let (_dir, mut app) = centre(3).await;
    let rating = commented(&app, SECRET).await;
    assert_eq!(everywhere(&app).await, all_say(SECRET));

    let data = UserData {
        name: "phu-trach".into(),
        full_name: "Nguyễn Thị B".into(),
        role: Role::Supervisor,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    };
    let user = app.store.add_user(&data, "test", 1).await.unwrap().unwrap();
    let author = Author { user, actor: "user phu-trach" };
    let redacted = app.store.redact(rating, (SECRET, LEFT), "personal", author, 7).await.unwrap();
    assert_eq!(redacted, Noted::Written);
    assert_eq!(everywhere(&app).await, all_say(LEFT));
    // Put back for good, and taken away again.
    let kept = app.store.kept_originals(rating, 7).await.unwrap()[0].note_num;
    app.store.restore_comment((rating, kept), 7, author, 7).await.unwrap();
    assert_eq!(everywhere(&app).await, all_say(SECRET));
    app.store.redact(rating, (SECRET, LEFT), "personal", author, 8).await.unwrap();
    assert_eq!(everywhere(&app).await, all_say(LEFT));

    // Kept for good, until the centre says otherwise; then a month later, and by two at once.
    assert_eq!(retention::expire_comments(&app, "server").await.unwrap(), None);
    let kept = Centre { comment_months: Some(1), ..Centre::default() };
    app.change_centre(None, kept, "test").await.unwrap();
    assert_eq!(retention::expire_comments(&app, "server").await.unwrap(), Some(0));
    assert_eq!(everywhere(&app).await[0], [LEFT]);
    let later = app.clock.now() + 32 * 24 * 3_600_000;
    app.clock = crate::clock::Clock::from_fn(move || later);
    let (one, two) = tokio::join!(
        retention::expire_comments(&app, "server"),
        retention::expire_comments(&app, "server")
    );
    assert_eq!(one.unwrap().unwrap() + two.unwrap().unwrap(), 1, "once");
    assert_eq!(everywhere(&app).await, [const { Vec::<String>::new() }; 4]);
    let log = app.store.audit_log(100).await.unwrap();
    let told: Vec<_> = log.iter().filter(|one| one.action == "expire").collect();
    assert_eq!((told.len(), told[0].actor.as_str()), (1, "server"));
    assert_eq!(told[0].after.as_deref(), Some("1"));
}
