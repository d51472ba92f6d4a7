//! What programs read, rating by rating, adds up to the figures.

use super::{CENTRES, Centre, check_figures};
use analytics_server::enrolment::{fresh_machine_token, machine_hash};
use protocol::Level;
use serde_json::Value;
use whole_system_tests::random_centre::PlainVisit;

/// All ratings that `/api/v1/ratings` tells, page by page.
async fn ratings(centre: &Centre) -> Vec<Value> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let token = fresh_machine_token().unwrap();
    let (hash, store) = (machine_hash(&token).unwrap(), &centre.server.app.store);
    store.add_machine_token("x", hash, "ratings:read", "test", 0).await.unwrap();
    let client = reqwest::Client::new();
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let url = format!("{}/api/v1/ratings?limit=7{after}", centre.server.url());
        let answer = client.get(url).bearer_auth(&token).send().await.unwrap();
        let page: Value = answer.error_for_status().unwrap().json().await.unwrap();
        all.extend(page["ratings"].as_array().unwrap().iter().cloned());
        after = format!("&after={}", page["next"].as_str().unwrap());
        if page["more"] == false {
            return all;
        }
    }
}

fn words(list: &Value) -> impl Iterator<Item = String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned())
}

/// A rating as it was told.
fn visit(told: &Value) -> PlainVisit {
    let text = |key: &str| told[key].as_str().unwrap().to_owned();
    let level: Level = serde_json::from_value(told["level"].clone()).unwrap();
    PlainVisit {
        num: told["num"].as_i64().unwrap(),
        imported: told["source"] == "imported",
        department: text("department"),
        officer: text("officer"),
        counter: text("counter"),
        level: Some(level.code().into()),
        abandoned: false,
        ruled_out: told["ruled_out"].as_bool().unwrap(),
        flags: words(&told["flags"]).collect(),
        reasons: words(&told["reasons"]).collect(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_programs_read_adds_up_to_the_figures() {
    for seed in 1..=CENTRES {
        let centre = Centre::random(seed).await;
        let mut told: Vec<PlainVisit> = ratings(&centre).await.iter().map(visit).collect();
        told.sort_by_key(|one| one.num);
        let answered: Vec<PlainVisit> =
            centre.visits.iter().filter(|one| one.level.is_some()).cloned().collect();
        assert_eq!(told, answered, "each rating once, as its row says it");
        // Who was asked and said nothing is no rating; with them the figures come out.
        let silent = centre.visits.iter().filter(|one| one.level.is_none()).cloned();
        told.extend(silent);
        check_figures(&centre.figures, &told);
        centre.server.stop().await;
    }
}
