//! What an administrator types for a counter: questionnaires, PINs, the roster, tokens,
//! invitations, and the centre's hours; each as it is typed, and each kind of bad input.
#![allow(clippy::unwrap_used)]

use std::fs;
use tempfile::TempDir;
use whole_system_tests::programs::{Said, server, server_with};

const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/demo");

/// The case's departments, counters and officers.
struct Home {
    dir: TempDir,
    data: String,
}

impl Home {
    fn furnished() -> Self {
        let dir = TempDir::new().unwrap();
        let data = dir.path().join("data").to_str().unwrap().to_owned();
        let home = Self { dir, data };
        let files = ["co-quan.csv", "quay.csv", "cong-chuc.csv"];
        let [a, b, c] = files.map(|file| format!("{CASE}/{file}"));
        home.says(["import", &a, &b, &c]);
        home
    }

    fn write(&self, name: &str, content: &str) -> String {
        let path = self.dir.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run<const N: usize>(&self, arguments: [&str; N]) -> Said {
        let all: Vec<&str> = arguments.into_iter().chain(["--data-dir", &self.data]).collect();
        server_with(&all)
    }

    fn says<const N: usize>(&self, arguments: [&str; N]) -> String {
        let said = self.run(arguments);
        assert!(said.ok, "{}", said.err);
        said.out.trim().to_owned()
    }

    /// The command failed and said `words` in one sentence.
    fn refuses<const N: usize>(&self, arguments: [&str; N], words: &str) {
        let said = self.run(arguments);
        assert!(!said.ok, "it should have failed: {}", said.out);
        assert!(said.err.contains(words), "“{words}” is missing in: {}", said.err);
        let last = said.err.lines().last().unwrap_or_default();
        assert!(last.len() < 500 && !said.err.contains("panicked"), "{}", said.err);
    }
}

#[test]
fn a_questionnaire_is_shown_changed_and_published() {
    let home = Home::furnished();
    let first = home.says(["questionnaire", "show"]);
    assert!(first.contains("Tinh thần phục vụ") && first.contains("\"version\": 1"), "{first}");
    let changed = home.write("a.json", &first.replace("Chờ đợi lâu", "Chờ quá lâu"));
    assert_eq!(home.says(["questionnaire", "publish", &changed]), "2");
    assert!(home.says(["questionnaire", "show"]).contains("Chờ quá lâu"));
    assert_eq!(home.says(["questionnaire", "show", "--version", "1"]), first);
    let list = home.says(["questionnaire", "list"]);
    assert_eq!(list.lines().count(), 2);
    assert!(list.lines().all(|line| line.contains("Ông/Bà")), "{list}");
    home.refuses(["questionnaire", "show", "--version", "7"], "there is no version 7");
    let odd = home.write("b.json", &first.replace("\"waiting\"", "\"Chờ\""));
    home.refuses(["questionnaire", "publish", &odd], "the id “Chờ”");
    home.refuses(["questionnaire", "publish", &home.write("c.json", "{")], "c.json");
    home.refuses(["questionnaire", "publish", "/nowhere.json"], "can not be read");
    assert_eq!(home.says(["questionnaire", "list"]).lines().count(), 2);
}

#[test]
fn comments_are_kept_as_long_as_the_centre_says() {
    let home = Home::furnished();
    home.refuses(["comments", "expire"], "run “analytics-server comments keep” first");
    home.refuses(["comments", "keep", "--months", "0"], "0 is not in 1..=120");
    home.says(["comments", "keep", "--months", "24"]);
    assert!(home.says(["centre"]).contains("\"comment_months\": 24"));
    assert!(home.says(["comments", "expire"]).starts_with("0 comments are taken away"));
    let odd = home.write("odd.json", "{\"comment_months\": 121}");
    home.refuses(["centre", "--set", &odd], "write 1 to 120 months");
    home.says(["centre", "--set", &home.write("none.json", "{\"comment_months\": null}")]);
    home.refuses(["comments", "expire"], "no retention time is set");
}

#[test]
fn pins_are_made_chosen_and_taken_away() {
    let home = Home::furnished();
    let made = home.says(["officer", "pin", "--officer", "CC001"]);
    let digits = made.split("PIN ").nth(1).unwrap().split(';').next().unwrap();
    assert_eq!((digits.len(), digits.bytes().all(|b| b.is_ascii_digit())), (4, true), "{made}");
    let chosen = home.says(["officer", "pin", "--officer", "CC001", "--pin", "1357"]);
    assert!(!chosen.contains("1357"), "whoever typed it knows it: {chosen}");
    home.says(["officer", "pin", "--officer", "CC001", "--remove"]);
    home.refuses(["officer", "pin", "--officer", "CC999"], "no officer has the code CC999");
    let pin = |pin: &str, words: &str| {
        home.refuses(["officer", "pin", "--officer", "CC001", "--pin", pin], words);
    };
    pin("1234", "guessed at once");
    pin("0000", "guessed at once");
    pin("13x5", "4 to 8 digits");
    let made = home.says(["technician", "pin"]);
    assert_eq!(made.split("PIN ").nth(1).unwrap().split(';').next().unwrap().len(), 6, "{made}");
    home.says(["technician", "pin", "--pin", "246810"]);
    home.refuses(["technician", "pin", "--pin", "1357"], "6 to 8 digits");
    home.refuses(["technician", "pin", "--pin", "246810", "--remove"], "--remove");
    home.says(["technician", "pin", "--remove"]);
    assert!(!home.says(["centre"]).contains("argon2"), "the centre tells no PIN");
}

#[test]
fn the_roster_is_set_told_and_cancelled() {
    let home = Home::furnished();
    let (from, until) = ("2099-11-24T07:00", "2099-11-24T17:00");
    let set = |counter, officer, from, until| {
        [
            "roster",
            "set",
            "--counter",
            counter,
            "--officer",
            officer,
            "--from",
            from,
            "--until",
            until,
        ]
    };
    let told = home.says(set("Q01", "CC005", from, until));
    assert!(told.contains("sits at Q01 from 2099-11-24T07:00 to 2099-11-24T17:00"), "{told}");
    assert!(home.says(["roster", "list"]).contains("\tQ01\tCC005\t"));
    home.refuses(set("Q99", "CC005", from, until), "no counter has the code Q99; known are: Q01");
    home.refuses(set("Q01", "CC999", from, until), "no officer has the code CC999");
    home.refuses(set("Q01", "CC005", until, from), "is not before");
    home.refuses(set("Q01", "CC005", "24/11/2099", until), "write it as 2026-11-24T07:00");
    home.says(["roster", "cancel", "1"]);
    home.refuses(["roster", "cancel", "1"], "no entry 1 holds");
    assert_eq!(home.says(["roster", "list"]), "");
}

#[test]
fn tokens_and_invitations() {
    let home = Home::furnished();
    let token = home.says(["token", "add", "--name", "Một cửa", "--scope", "invite"]);
    assert!(token.starts_with("hl_") && token.len() == 67, "{token}");
    let list = home.says(["token", "list"]);
    assert!(list.contains("Một cửa\tinvite\tlast used never") && !list.contains(&token), "{list}");
    home.refuses(["token", "add", "--name", "x", "--scope", "all"], "invite");
    home.refuses(["token", "add", "--name", " ", "--scope", "invite"], "the name has 1 to 100");
    home.says(["token", "revoke", "1"]);
    assert!(home.says(["token", "list"]).contains("revoked 20"));
    home.refuses(["token", "revoke", "1"], "no token 1 holds");

    let dossier = "H53.02-230914-0027";
    let made = home.says(["invite", "--counter", "Q01", "--stage", "return", "--dossier", dossier]);
    assert!(made.ends_with("for counter Q01"), "{made}");
    home.says(["invite", "--counter", "Q01", "--ticket", "B012", "--officer", "CC001"]);
    home.refuses(["invite", "--counter", "Q99"], "No counter has the code “Q99”");
    home.refuses(["invite", "--counter", "Q01", "--officer", "X"], "No officer has the code “X”");
    home.refuses(["invite", "--counter", "Q01", "--stage", "later"], "receive, return");
    let long = "9".repeat(70);
    home.refuses(["invite", "--counter", "Q01", "--dossier", &long], "longer than 64 letters");
    let nowhere = server(["invite", "--counter", "Q01", "--data-dir", "/tmp/hai-long-nowhere"]);
    assert!(!nowhere.ok && nowhere.err.contains("there is no data in"), "{}", nowhere.err);
}

#[test]
fn the_centre_tells_what_takes_effect_when() {
    let home = Home::furnished();
    let file = home.write(
        "centre.json",
        r#"{"notice":{"vi":"Chiều nay nghỉ"},"hours":{"closed":["2026-09-02"]},"repeat_s":30}"#,
    );
    let told = home.says(["centre", "--set", &file]);
    assert!(told.contains("within half a minute") && told.contains("next start"), "{told}");
    let centre = home.says(["centre"]);
    assert!(centre.contains("Chiều nay nghỉ") && centre.contains("\"07:00\""), "{centre}");
    let odd = home.write("odd.json", r#"{"languages":["vi","xx"]}"#);
    home.refuses(["centre", "--set", &odd], "no sentences in “xx”");
}
