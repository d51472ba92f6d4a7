//! The list of visits as a table: leafed through in both directions, with filters that can be taken away
//! one by one, and with a way from a visit back to its place.

use super::records::{HOUR, get, house, listed, rate};
use super::*;
use axum::http::StatusCode;
use protocol::Level;
use uuid::Uuid;

/// Where a link of a page leads that has a mark before its address.
fn way(page: &str, mark: &str) -> Option<String> {
    let rest = page.split(&format!("{mark} href=\"")).nth(1)?;
    Some(rest.split('"').next().unwrap().replace("&#38;", "&"))
}

#[tokio::test]
async fn a_list_is_leafed_through_in_both_directions() {
    let (_dir, app) = house().await;
    rate(&app, 100..220, 1, Level::Satisfied).await;
    let mut address = "/records?officer=CC001&from=2023-09-01".to_owned();
    let mut pages = Vec::new();
    loop {
        let (status, page) = get(&app, Role::Leader, &address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        let next = way(&page, "rel=\"next\"");
        pages.push(page);
        let Some(next) = next else { break };
        address = next;
    }
    let lists: Vec<Vec<i64>> = pages.iter().map(|page| listed(page)).collect();
    assert_eq!(lists.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 30]);
    assert_eq!(way(&pages[0], "rel=\"prev\""), None, "nothing is newer");
    for at in [2, 1] {
        let before = way(&pages[at], "rel=\"prev\"").unwrap();
        let (_, page) = get(&app, Role::Leader, &before).await;
        assert_eq!(listed(&page), lists[at - 1], "before page {at}");
        let after = way(&page, "rel=\"next\"").unwrap();
        assert_eq!(listed(&get(&app, Role::Leader, &after).await.1), lists[at], "and back");
    }
    // The page before the second one is the first one.
    let first = way(&pages[1], "rel=\"prev\"").unwrap();
    let (_, page) = get(&app, Role::Leader, &first).await;
    assert_eq!(way(&page, "rel=\"prev\""), None);
    for odd in ["before=x", "before=5", "after=1.1&before=2.2"] {
        let (status, _) = get(&app, Role::Leader, &format!("/records?{odd}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{odd}");
    }
}

#[tokio::test]
async fn a_visit_leads_back_to_its_place_and_to_its_neighbours() {
    let (_dir, app) = house().await;
    let list = "/records?from=2023-09-01&level=low";
    let (_, page) = get(&app, Role::Supervisor, list).await;
    let nums = listed(&page);
    assert_eq!(nums.len(), 3);
    let of = |num: i64| format!("/records/{num}?list=%2Frecords%3Ffrom%3D2023-09-01%26level%3Dlow");
    assert!(page.contains(&format!("href=\"{}\"", of(nums[1]))), "{page}");
    let (_, page) = get(&app, Role::Supervisor, &of(nums[1])).await;
    let back = format!("href=\"/records?from=2023-09-01&#38;level=low#r{}\"", nums[1]);
    assert!(page.contains(&back), "{page}");
    assert_eq!(way(&page, "rel=\"prev\""), Some(of(nums[0])));
    assert_eq!(way(&page, "rel=\"next\""), Some(of(nums[2])));
    let (_, page) = get(&app, Role::Supervisor, &of(nums[0])).await;
    assert_eq!(way(&page, "rel=\"prev\""), None);
    // Forms keep the list.
    let note = of(nums[1]).replacen('?', "/note?", 1);
    assert!(get(&app, Role::Supervisor, &of(nums[1])).await.1.contains(&note));
    let answer = post(&app, Role::Supervisor, &note, "text=Đã+xin+lỗi").await;
    assert_eq!(
        (answer.status(), head(&answer, "location")),
        (StatusCode::SEE_OTHER, &*of(nums[1]))
    );
    // Without a list, and with one that is none of ours, all visits are led back to.
    for query in ["", "?list=//example.vn/records", "?list=%2Fadmin", "?list=/records%3Flevel=x"] {
        let address = format!("/records/{}{query}", nums[1]);
        let (status, page) = get(&app, Role::Supervisor, &address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(page.contains(&format!("#r{}\"", nums[1])), "{address}");
        assert!(!page.contains("example.vn") && way(&page, "rel=\"next\"").is_none(), "{address}");
    }
}

#[tokio::test]
async fn each_filter_of_a_list_is_seen_and_can_be_taken_away() {
    let (_dir, app) = house().await;
    let list = "/records?department=SKHDT&from=2023-09-01&level=low&stage=receive";
    let (_, page) = get(&app, Role::Leader, list).await;
    let chips = page.split("<ul class=\"chips").nth(1).unwrap().split("</ul>").next().unwrap();
    for left in [
        "/records?department=SKHDT&from=2023-09-01&level=low",
        "/records?department=SKHDT&from=2023-09-01&stage=receive",
        "/records?from=2023-09-01&level=low&stage=receive",
        "/records?department=SKHDT&level=low&stage=receive",
        "/records",
    ] {
        let link = format!("href=\"{}\"", left.replace('&', "&#38;"));
        assert!(chips.contains(&link), "{left}: {chips}");
        assert_eq!(get(&app, Role::Leader, left).await.0, StatusCode::OK, "{left}");
    }
    assert_eq!(chips.matches("<li>").count(), 5);
    let (_, plain) = get(&app, Role::Leader, "/records").await;
    assert!(!plain.contains("<ul class=\"chips"), "the usual days are no filter");
    let none = "/records?level=very_satisfied&from=2023-09-01";
    let (_, page) = get(&app, Role::Leader, none).await;
    assert!(page.contains("phù hợp với bộ lọc") && listed(&page).is_empty(), "{page}");
    let (_dir, new) = super::app().await;
    for (address, said) in
        [("/records", "Chưa có lượt đánh giá nào"), ("/comments", "Chưa có ý kiến góp ý nào")]
    {
        let (_, page) = get(&new, Role::Leader, address).await;
        assert!(page.contains(said) && !page.contains("<ul class=\"chips"), "{page}");
    }
}

#[tokio::test]
async fn comments_that_nobody_handled_are_counted_where_they_are_listed() {
    let (_dir, app) = house().await;
    let comment = "Người dân phải chờ rất lâu tại quầy. ".repeat(8);
    let row = |id: u128, comment: &str| {
        commented_rating(Uuid::from_u128(id), app.clock.now() - HOUR, Level::Satisfied, comment)
    };
    let rows = [row(600, &comment), row(601, "Rất tốt")];
    app.store.import_ratings(&rows, app.clock.now()).await.unwrap();
    let (_, page) = get(&app, Role::Supervisor, "/comments").await;
    let open = way(&page, "class=\"way\"").unwrap();
    assert!(page.contains("Chưa xử lý: 2") && open.contains("state=open"), "{page}");
    assert_eq!(listed(&get(&app, Role::Supervisor, &open).await.1).len(), 2);
    assert!(page.contains(comment.trim()), "the list of comments has them whole");
    let (_, page) = get(&app, Role::Supervisor, "/records").await;
    assert!(
        page.contains("Rất tốt") && !page.contains(comment.trim()),
        "the other the first words"
    );
    let num = app.store.record_of(Uuid::from_u128(601)).await.unwrap().unwrap().num;
    post(&app, Role::Supervisor, &format!("/records/{num}/note"), "text=Đã+xem").await;
    let (_, page) = get(&app, Role::Supervisor, "/comments").await;
    assert!(page.contains("Chưa xử lý: 1"), "{page}");
    let (_, page) = get(&app, Role::Supervisor, "/comments?state=handled").await;
    assert!(!page.contains("Chưa xử lý: ") && page.contains("Rất tốt"), "{page}");
}

#[tokio::test]
async fn a_search_says_how_many_it_found_in_all_where_that_is_known() {
    let (_dir, app) = house().await;
    let row = |id: u128| {
        commented_rating(
            Uuid::from_u128(id),
            app.clock.now() - HOUR,
            Level::Satisfied,
            if id == 700 { "Ghế ngồi ít" } else { "Rất tốt" },
        )
    };
    let rows: Vec<_> = (700..760).map(row).collect();
    app.store.import_ratings(&rows, app.clock.now()).await.unwrap();
    let (_, page) = get(&app, Role::Leader, "/records?search=ghe+ngoi").await;
    assert!(page.contains("Tìm thấy 1 lượt đánh giá: "), "{page}");
    let (_, page) = get(&app, Role::Leader, "/records?search=rat+tot").await;
    assert!(page.contains("Tìm thấy ít nhất 50 lượt đánh giá: "), "{page}");
    let (_, last) = get(&app, Role::Leader, &way(&page, "rel=\"next\"").unwrap()).await;
    assert!(last.contains("Trang này có 9 lượt đánh giá: "), "{last}");
    let (_, none) = get(&app, Role::Leader, "/records?search=khong+co").await;
    assert!(none.contains("Không tìm thấy lượt đánh giá nào trong phần này: "), "{none}");
    assert!(!none.contains("có 0 lượt"), "{none}");
    // The id that exports have stands on the page of a rating.
    let num = app.store.record_of(Uuid::from_u128(700)).await.unwrap().unwrap().num;
    let (_, one) = get(&app, Role::Leader, &format!("/records/{num}")).await;
    assert!(one.contains(&format!("Mã lượt: {}", Uuid::from_u128(700))), "{one}");
}
