//! The links of a dashboard keep its filters: to the visits, to the files and to the other
//! dashboards, where they are understood in the same words.

use super::*;
use crate::import::{Options, Silent, import_bytes};
use crate::storage::register::{Entry, EntryChange, Noun, RegisterOutcome};
use axum::http::StatusCode;
use protocol::{Channel, Stage};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Two counters of one department on one day: at one of them a site, and dossiers that came through
/// each channel, at the other ratings of which no filter but the department's knows anything.
pub(super) async fn furnished() -> (TempDir, App) {
    let (dir, app) = app().await;
    let (mut dossiers, mut ratings) = (
        "Mã hồ sơ,Mã thủ tục,Hình thức tiếp nhận,Ngày tiếp nhận,Ngày hẹn trả,Ngày trả kết quả,\
         Trạng thái\n"
            .to_owned(),
        "Thời điểm,Quầy,Mã công chức,Mã hồ sơ,Khâu,Mức độ,Lý do\n".to_owned(),
    );
    let channels =
        ["Trực tiếp", "Bưu chính công ích", "Trực tuyến toàn trình", "Trực tuyến một phần"];
    for (number, channel) in (1..).zip(channels) {
        let code = format!("H53.02-230904-000{number}");
        write!(dossiers, "{code},9.100001,{channel},04/09/2023 08:00:00,").unwrap();
        dossiers += "07/09/2023 17:00:00,,Đang giải quyết\n";
        for (stage, level) in [("Tiếp nhận", "Không hài lòng"), ("Trả kết quả", "Hài lòng")]
        {
            let when = format!("05/09/2023 08:0{number}:00");
            writeln!(ratings, "{when},Q01,CC001,{code},{stage},{level},Chờ đợi lâu").unwrap();
        }
    }
    ratings += "05/09/2023 08:30:00,Q02,CC001,,Tiếp nhận,Không hài lòng,Chờ đợi lâu\n";
    let files: [(&str, &[u8]); 6] = [
        ("co-quan.csv", include_bytes!("../../../demo/co-quan.csv")),
        ("quay.csv", include_bytes!("../../../demo/quay.csv")),
        ("cong-chuc.csv", include_bytes!("../../../demo/cong-chuc.csv")),
        ("thu-tuc.csv", include_bytes!("../../../demo/thu-tuc.csv")),
        ("ho-so.csv", dossiers.as_bytes()),
        ("danh-gia.csv", ratings.as_bytes()),
    ];
    let options = Options { simulated: true, ..Options::new(app.zone.clone(), app.clock.now()) };
    let outcomes = import_bytes(&app.store, &files, &options, &Silent).await.unwrap();
    assert!(outcomes.iter().all(crate::import::FileOutcome::is_whole), "{outcomes:?}");
    let site = Entry { code: "TT".into(), name: "Trụ sở".into(), ..Entry::default() };
    change(&app, Noun::Site, None, Entry { word: Some("centre".into()), ..site }).await;
    let site = app.store.entries(Noun::Site).await.unwrap()[0].id;
    let counters = app.store.entries(Noun::Counter).await.unwrap();
    let one = counters.into_iter().find(|one| one.code == "Q01").unwrap();
    let there = Entry { place: Some(site), ..one.clone() };
    change(&app, Noun::Counter, Some(one), there).await;
    (dir, app)
}

pub(super) async fn change(app: &App, noun: Noun, before: Option<Entry>, after: Entry) {
    let steps = [EntryChange { before, after }];
    let done = app.store.carry_out(noun, &steps, "test", app.clock.now()).await.unwrap();
    assert_eq!(done, RegisterOutcome::Done);
}

pub(super) async fn get(app: &App, address: &str) -> Response<Body> {
    ask(app, Some(Role::Leader), Request::get(address), String::new()).await
}

/// The addresses that a page leads to, as a browser reads them.
pub(super) fn links(page: &str) -> BTreeSet<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|link| link.replace("&#38;", "&")).collect()
}

/// Every filter alone, and all of them together.
fn filters() -> Vec<String> {
    let mut filters: Vec<String> =
        ["department=SKHDT", "site=TT", "procedure=9.100001"].map(str::to_owned).into();
    filters.extend(Stage::ALL.map(|stage| format!("stage={stage}")));
    filters.extend(Channel::ALL.map(|channel| format!("channel={channel}")));
    filters.push("department=SKHDT&site=TT&procedure=9.100001&stage=receive&channel=postal".into());
    filters
}

#[tokio::test]
async fn every_way_on_understands_what_a_dashboard_was_narrowed_by() {
    let (_dir, app) = furnished().await;
    let pages = [
        "/?period=2023-09",
        "/departments?period=2023-09",
        "/officers?period=2023-09",
        "/counters?period=2023-09",
        "/procedures?period=2023-09",
        "/aspects?period=2023-09",
        "/answers?period=2023-09",
        "/flags?period=2023-09",
        "/departments/SKHDT?period=2023-09",
        "/officers/CC001?period=2023-09",
        "/counters/Q01?period=2023-09",
        "/procedures/9.100001?period=2023-09",
        "/day?date=2023-09-05",
    ];
    let mut followed = BTreeSet::new();
    for page in pages {
        for filter in filters() {
            let address = format!("{page}&{filter}");
            let shown = get(&app, &address).await;
            assert_eq!(shown.status(), StatusCode::OK, "{address}");
            let links = links(&text(shown).await);
            // Its own code says the same as the filter that is not in its address then.
            let own = page.split('?').next().unwrap().split('/').nth(2).unwrap_or("-");
            let kept = filter.split('&').filter(|one| {
                let is_own = one.ends_with(own) || one.starts_with("department");
                own == "-" || !is_own
            });
            let kept: Vec<_> = kept.collect();
            let carries = |link: &&String| kept.iter().all(|one| link.contains(one));
            let way = |to: &str| links.iter().filter(|link| link.starts_with(to)).find(carries);
            assert!(way("/export?").is_some(), "{address} leads to no export of the same");
            for link in links.iter().filter(|link| {
                ["/export?", "/records?", "/report?"].iter().any(|to| link.starts_with(to))
            }) {
                if !followed.insert(link.clone()) {
                    continue;
                }
                let there = get(&app, link).await;
                assert_eq!(there.status(), StatusCode::OK, "{address} leads to {link}");
            }
        }
    }
    assert!(followed.iter().any(|link| link.starts_with("/records?")));
}

#[tokio::test]
async fn the_visits_behind_a_figure_are_those_that_were_counted() {
    let (_dir, app) = furnished().await;
    for (filter, low) in [
        ("", 5),
        ("&site=TT", 4),
        ("&procedure=9.100001", 4),
        ("&stage=receive", 5),
        ("&stage=return", 0),
        ("&channel=postal", 1),
        ("&site=TT&counter=Q02", 0),
    ] {
        let address = format!("/records?date=2023-09-05&hour=8&level=low{filter}");
        let page = text(get(&app, &address).await).await;
        assert_eq!(page.matches("<tr id=\"r").count(), low, "{address}");
        let kept = filter.split('&').filter_map(|one| one.split_once('=')).all(|(name, value)| {
            name == "counter" || page.contains(&format!("name=\"{name}\" value=\"{value}\""))
        });
        assert!(kept, "the form of {address} loses a filter");
    }
    for nowhere in ["site=X", "procedure=X", "stage=never", "channel=fax"] {
        let status = get(&app, &format!("/records?{nowhere}")).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn a_site_of_others_is_not_there() {
    let (_dir, app) = furnished().await;
    let other = Entry { code: "TX".into(), name: "Thị xã".into(), ..Entry::default() };
    change(&app, Noun::Site, None, Entry { word: Some("commune".into()), ..other }).await;
    for page in [
        "/?period=2023-09",
        "/day?date=2023-09-05",
        "/export?period=2023-09",
        "/records?",
        "/flags?period=2023-09",
        "/tablets?",
    ] {
        let of = async |site: &str| {
            let address = format!("{page}&site={site}");
            ask(&app, Some(Role::Supervisor), Request::get(&address), String::new()).await
        };
        assert_eq!(of("TT").await.status(), StatusCode::OK, "{page}");
        assert_eq!(of("TX").await.status(), StatusCode::NOT_FOUND, "{page}");
        assert!(!text(of("TT").await).await.contains("Thị xã"), "{page}");
    }
}
