//! Each command as a user types it, and each kind of bad input: one clear sentence that says what,
//! where and what to do, a non-zero exit, and nothing lost.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use whole_system_tests::programs::{Said, Serving, server, server_with, tablet, tablet_app};

const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/demo");

struct Home {
    dir: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// A home with the case's directory, without ratings.
    fn furnished() -> (Self, String) {
        let home = Self::new();
        let data = home.path("data");
        for file in ["co-quan.csv", "quay.csv", "cong-chuc.csv", "thu-tuc.csv"] {
            let said = server(["import", &format!("{CASE}/{file}"), "--data-dir", &data]);
            assert!(said.ok, "{}", said.err);
        }
        (home, data)
    }
}

/// The command failed and said all of `words` in one sentence.
fn refused(said: &Said, words: &[&str]) {
    assert!(!said.ok, "it should have failed: {}", said.out);
    let last = said.err.lines().last().unwrap_or_default();
    for word in words {
        assert!(said.err.contains(word), "“{word}” is missing in: {}", said.err);
    }
    assert!(!said.err.contains("panicked"), "{}", said.err);
    assert!(last.len() < 500, "too long for a sentence: {last}");
}

fn figures(data: &str, period: &str) -> Value {
    let said = server(["figures", "--period", period, "--data-dir", data]);
    assert!(said.ok, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// A server of some data at any port.
fn serving(data: &str) -> Serving {
    Serving::start(&["--listen", "127.0.0.1:0", "--data-dir", data], &[])
}

#[test]
fn the_case_gives_the_published_numbers_twice() {
    let home = Home::new();
    let data = home.path("data");
    // The folder has another one in it, with what nobody waits for: it is named, and the exit code
    // tells.
    let first = server(["import", CASE, "--data-dir", &data]);
    refused(&first, &["1 files not taken whole"]);
    assert!(first.out.contains("them: The folder within the folder was not read"), "{}", first.out);
    assert!(
        first.out.contains("22471 rows read, 22471 new, 0 changed, 0 already there, 0 refused")
    );
    let before = figures(&data, "2023-9M");
    assert_eq!(before["ratings"]["total"], 22_471);
    assert_eq!(before["ratings"]["satisfied"]["count"], 22_248);
    assert_eq!(before["ratings"]["satisfied"]["share"], 0.99008);
    assert_eq!(before["period"]["from"], "2023-01-01");
    assert_eq!(before["period"]["to"], "2023-09-30");
    assert_eq!(before["departments"].as_array().unwrap().len(), 16);

    let files = ["co-quan.csv", "quay.csv", "cong-chuc.csv", "thu-tuc.csv", "danh-gia.csv.gz"];
    let files = files.map(|name| format!("{CASE}/{name}"));
    let mut again = vec!["import"];
    again.extend(files.iter().map(String::as_str));
    again.extend(["--data-dir", &data]);
    let second = server_with(&again);
    assert!(second.ok, "{}", second.err);
    assert!(
        second.out.contains("22471 rows read, 0 new, 0 changed, 22471 already there, 0 refused")
    );
    assert_eq!(figures(&data, "2023-9M"), before);

    let part = ["figures", "--period", "2023-9M", "--data-dir", &data, "--department", "STNMT"];
    let said = server(part);
    let part: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(part["departments"].as_array().unwrap().len(), 1);
    assert_eq!(part["ratings"], before["departments"][0]["ratings"], "a part is the group's");
    let said = server(["figures", "--period", "2023", "--data-dir", &data, "--officer", "CC999"]);
    refused(&said, &["CC999"]);

    let out = home.path("out");
    let said = server(["report", "--period", "2023-9M", "--data-dir", &data, "--out", &out]);
    assert!(said.ok, "{}", said.err);
    for path in said.out.lines() {
        assert!(fs::metadata(path).unwrap().len() > 10_000, "{path}");
    }
    assert!(said.out.contains("2023-9M.pdf\n"), "{}", said.out);
    assert!(said.out.lines().any(|path| path.ends_with("trang-1.png")), "{}", said.out);
}

#[test]
fn a_tablet_enrols_once_and_says_how_it_stands() {
    let (home, data) = Home::furnished();
    let code = server(["tablet", "add", "--counter", "Q01", "--data-dir", &data]);
    assert!(code.ok, "{}", code.err);
    let code = code.out.trim().to_owned();
    let serving = serving(&data);
    let (first, second) = (home.path("tablet-1"), home.path("tablet-2"));

    let simulate = |dir: &str, code: &str, server: &str| {
        tablet([
            "simulate",
            "--server",
            server,
            "--enrol",
            code,
            "--data-dir",
            dir,
            "--level",
            "satisfied",
            "--count",
            "3",
            "--deliver-s",
            "20",
        ])
    };
    let said = simulate(&first, &code, &serving.address);
    assert!(said.ok, "{}", said.err);
    assert_eq!(said.out.lines().filter(|line| line.starts_with("thanked ")).count(), 3);
    let status = tablet(["status", "--data-dir", &first]);
    let status: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!((&status["recorded"], &status["acknowledged"]), (&6.into(), &6.into()));
    assert_eq!((&status["pending"], &status["counter"]), (&0.into(), &"Q01".into()));
    assert!(status["last_contact"].is_string() && status["head_digest"].is_string());

    refused(&simulate(&second, &code, &serving.address), &["used", "tablet add"]);
    refused(&simulate(&second, "WRONG-CODE", &serving.address), &["not known", "tablet add"]);
    refused(&simulate(&second, &code, "http://127.0.0.1:1"), &["127.0.0.1:1"]);

    let empty = server(["quarantine", "list", "--data-dir", &data]);
    assert!(empty.ok && empty.out.is_empty(), "{}", empty.out);
    let released = server(["quarantine", "release", "--data-dir", &data]);
    assert_eq!(released.out.trim(), "0 events released, 0 still wait");

    let list = server(["tablet", "list", "--data-dir", &data]);
    assert!(list.out.contains("Q01") && list.out.contains("6 events"), "{}", list.out);
    let id = list.out.split('\t').nth(1).unwrap();
    let retire = || server(["tablet", "retire", id, "--data-dir", &data]);
    let retired = retire();
    assert!(retired.ok && retired.out.contains("is retired: it is refused"), "{}", retired.err);
    assert!(retire().out.contains("is retired already"));
    assert!(server(["tablet", "list", "--data-dir", &data]).out.is_empty());
    let unknown = "018c2f3e-0000-7000-8000-000000000000";
    refused(&server(["tablet", "retire", unknown, "--data-dir", &data]), &[unknown, "tablet list"]);
}

#[test]
fn the_centre_and_a_portrait_are_set_and_shown() {
    let (home, data) = Home::furnished();
    let file = home.write("centre.json", r#"{"policy":"nd09","name":{"vi":"Trung tâm thử"}}"#);
    let set = server(["centre", "--set", &file, "--data-dir", &data]);
    assert!(set.ok, "{}", set.err);
    let shown = server(["centre", "--data-dir", &data]);
    assert!(shown.out.contains("Trung tâm thử"), "{}", shown.out);
    assert_eq!(figures(&data, "2023-09")["period"]["from"], "2023-08-15");

    let more = home.write("more.json", r#"{"letterhead":{"place":"Tây Ninh"}}"#);
    assert!(server(["centre", "--set", &more, "--data-dir", &data]).ok);
    let shown = server(["centre", "--data-dir", &data]).out;
    assert!(shown.contains("nd09") && shown.contains("Tây Ninh"), "the rest stays: {shown}");
    let none = home.path("none.json");
    refused(
        &server(["centre", "--set", &none, "--data-dir", &data]),
        &["none.json", "No such file"],
    );

    let wrong = home.write("wrong.json", r#"{"time_zone":"Mars/Olympus"}"#);
    refused(&server(["centre", "--set", &wrong, "--data-dir", &data]), &["Mars/Olympus", "IANA"]);
    let misspelt = home.write("misspelt.json", r#"{"polcy":"nd09"}"#);
    refused(&server(["centre", "--set", &misspelt, "--data-dir", &data]), &["polcy"]);

    let photo = |officer: &str, file: &str| {
        server(["officer", "photo", "--officer", officer, "--file", file, "--data-dir", &data])
    };
    let text = home.write("photo.jpg", "this is text");
    refused(&photo("CC001", &text), &["photo.jpg", "JPEG"]);
    refused(&photo("CC001", &home.path("none.png")), &["none.png"]);
    let snapshot = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/icon/hai-long.png");
    if Path::new(snapshot).exists() {
        assert!(photo("CC001", snapshot).ok);
        refused(&photo("CC999", snapshot), &["CC999"]);
    }
}

#[test]
fn what_does_not_exist_is_named() {
    let (home, data) = Home::furnished();
    let period = |period: &str| server(["figures", "--period", period, "--data-dir", &data]);
    for wrong in ["2023-13", "2023-02-30..2023-03-01", "2023-03-02..2023-03-01", "yesterday", ""] {
        refused(&period(wrong), &[&format!("“{wrong}”")]);
    }
    refused(&server(["tablet", "add", "--counter", "Q99", "--data-dir", &data]), &["Q99", "Q01"]);
    refused(&server(["import", &home.path("none.csv"), "--data-dir", &data]), &["none.csv"]);
    refused(&server(["serve", "--listen", "nowhere", "--data-dir", &data]), &["nowhere"]);

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let listen = server(["serve", "--listen", &address, "--data-dir", &data]);
    refused(&listen, &[&address, "in use", "--listen"]);

    let id = ["tablet", "retire", "7", "--data-dir", &data];
    refused(&server(id), &["no tablet has the id 7", "tablet list"]);
    let num = ["token", "revoke", "x", "--data-dir", &data];
    refused(&server(num), &["no token x holds", "token list"]);
    for (role, option, code) in
        [("supervisor", "--department", "STP1"), ("officer", "--officer", "CC999")]
    {
        let add = ["user", "add", "binh", "--full-name", "Binh", "--role", role, option, code];
        let said = server_with(&[&add[..], &["--data-dir", &data]].concat());
        refused(&said, &["known are: ", if role == "officer" { "CC001" } else { "STP" }]);
    }
    for list in ["tablet", "token", "user", "quarantine", "roster"] {
        let said = server([list, "list", "--data-dir", &data]);
        assert!(said.ok && said.out.is_empty() && !said.err.is_empty(), "{list}: {}", said.err);
    }

    let typo = home.path("typo");
    refused(&server(["figures", "--period", "2023", "--data-dir", &typo]), &["typo", "--data-dir"]);
    assert!(!Path::new(&typo).exists(), "a mistyped directory is not made");

    let blocked = home.write("a-file", "x");
    refused(&server(["import", CASE, "--data-dir", &blocked]), &["a-file"]);
    let out = ["report", "--period", "2023", "--data-dir", &data, "--out", &blocked];
    refused(&server(out), &["a-file"]);
    assert_eq!(fs::read_to_string(&blocked).unwrap(), "x", "nothing was overwritten");
}

#[test]
fn one_sqlite_database_has_one_server_and_moves_only_to_postgresql() {
    let (home, data) = Home::furnished();
    let running = serving(&data);
    let second = server(["serve", "--listen", "127.0.0.1:0", "--data-dir", &data]);
    refused(&second, &["a server works on the data", "stop it first", "PostgreSQL"]);
    refused(&server(["move", "--data-dir", &data]), &["which PostgreSQL", "--database"]);
    let nowhere = "postgres://nobody:geheim@127.0.0.1:1/none";
    let moving = ["move", "--data-dir", &data, "--database", nowhere];
    refused(&server(moving), &["a server works on the data"]);
    drop(running);
    let said = server(moving);
    refused(&said, &["127.0.0.1:1/none", "can not be reached"]);
    assert!(!said.err.contains("geheim"), "{}", said.err);
    let none = ["move", "--data-dir", &home.path("none"), "--database", nowhere];
    refused(&server(none), &["there is no SQLite database in"]);
    let again = serving(&data);
    assert!(again.address.starts_with("http://"), "what was refused changed nothing");
}

#[test]
fn a_file_with_faults_gives_what_it_has_and_says_the_rest() {
    let (home, data) = Home::furnished();
    let header = "Thời điểm,Quầy,Mã công chức,Mã hồ sơ,Khâu,Mức độ,Lý do";
    let good = "03/01/2023 07:08:00,Q18,CC036,H53.10-230103-0001,Tiếp nhận,Hài lòng,";
    let mut bytes = format!(
        "{header}\r\n{good}\r\n31/02/2023 07:08:00,Q18,CC036,,Tiếp nhận,Hài lòng,\r\n\
         03/01/2023 07:09:00,Q18,CC036,,Tiếp nhận,Tuyệt vời,\r\n\
         03/01/2023 07:10:00,Q77,CC036,,Tiếp nhận,Hài lòng,\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(b"03/01/2023 07:11:00,Q18,CC036,,Ti\xff,H,\r\n");
    bytes.extend_from_slice(b"03/01/2023 07:12:00,Q18,CC036,,,H\0i long,\r\n");
    bytes.extend_from_slice(format!("{}\r\n", "x".repeat(100_000)).as_bytes());
    bytes.extend_from_slice(b"03/01/2023 07:12:00,Q18,CC036,,,Rat hai long,\r\n");
    let file = home.write("ratings.csv", &bytes);
    let said = server(["import", &file, "--data-dir", &data]);
    refused(&said, &["refused", "import again"]);
    for line in ["line 3", "line 4", "line 5", "line 6", "line 7", "line 8"] {
        assert!(said.out.contains(line), "{line} is not told:\n{}", said.out);
    }
    assert_eq!(figures(&data, "2023")["ratings"]["levels"]["satisfied"], 1, "the good row is in");

    let column = home.write("missing.csv", "Thời điểm,Quầy,Mã hồ sơ,Khâu,Mức độ,Lý do\r\n");
    let said = server(["import", &column, "--data-dir", &data]);
    refused(&said, &[]);
    assert!(said.out.contains("Mã công chức") && said.out.contains("missing.csv"), "{}", said.out);
    let empty = home.write("empty.csv", "");
    let said = server(["import", &empty, "--data-dir", &data]);
    refused(&said, &[]);
    assert!(said.out.contains("empty"), "{}", said.out);
}

#[test]
fn a_question_stores_nothing_until_it_is_answered() {
    let (home, data) = Home::furnished();
    let file = home.write(
        "ratings.csv",
        "Thời điểm,Quầy,Mã công chức,Mã hồ sơ,Khâu,Mức độ,Lý do\r\n\
         01/03/2023 07:08:00,Q18,CC036,H53.10-230103-0001,Tiếp nhận,Hài lòng,\r\n",
    );
    let asked = server(["import", &file, "--data-dir", &data]);
    refused(&asked, &["nothing was stored", "--yes"]);
    assert!(asked.out.contains("Are these dates right?"), "{}", asked.out);
    let said = server(["import", &file, "--yes", "--data-dir", &data]);
    assert!(said.ok && said.out.contains("1 new"), "{} {}", said.out, said.err);
}

#[test]
fn a_newer_or_damaged_data_directory_is_left_alone() {
    let home = Home::new();
    let data = home.path("data");
    fs::create_dir(&data).unwrap();
    let file = format!("{data}/hai-long.db");
    fs::write(&file, "certainly no database, only some words that are long enough").unwrap();
    let run = || server(["figures", "--period", "2023", "--data-dir", &data]);
    refused(&run(), &["hai-long.db", "damaged", "backup"]);
    assert!(fs::read_to_string(&file).unwrap().starts_with("certainly"));

    let tablet_dir = home.path("tablet");
    fs::create_dir(&tablet_dir).unwrap();
    fs::write(format!("{tablet_dir}/journal.sqlite"), "no journal either, only words").unwrap();
    let said = tablet(["simulate", "--offline", "--level", "satisfied", "--data-dir", &tablet_dir]);
    refused(&said, &["journal.sqlite"]);
    assert!(fs::read_to_string(format!("{tablet_dir}/journal.sqlite")).unwrap().starts_with("no"));
}

/// A machine without certificates of authorities, as a small Debian is: by plain http nothing needs
/// them, and by https one sentence says what to install.
#[test]
fn a_tablet_without_certificates_of_authorities_rates_by_http() {
    let home = Home::new();
    let data = home.path("data");
    refused(&server(["import", CASE, "--data-dir", &data]), &["1 files not taken whole"]);
    let serving = serving(&data);
    let code = server(["tablet", "add", "--counter", "Q01", "--data-dir", &data]);
    let code = code.out.trim().lines().last().unwrap().to_owned();
    let simulate = |server: &str, more: [&str; 2]| {
        Command::new(tablet_app())
            .args(["simulate", "--level", "satisfied", "--server", server])
            .args(more)
            .args(["--data-dir", &home.path("tablet")])
            .env("SSL_CERT_FILE", "/nonexistent")
            .env("SSL_CERT_DIR", "/nonexistent")
            .output()
            .unwrap()
    };
    let enrol = ["--enrol", code.as_str()];
    let https = simulate("https://127.0.0.1:1", enrol);
    let said = String::from_utf8_lossy(&https.stderr).into_owned();
    assert!(!https.status.success() && said.contains("package ca-certificates"), "{said}");
    let http = simulate(&serving.address, enrol);
    assert!(http.status.success(), "{}", String::from_utf8_lossy(&http.stderr));
    // Nothing can be sent by https, and people at the counter are asked all the same.
    let again = simulate("https://127.0.0.1:1", ["--deliver-s", "1"]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(String::from_utf8_lossy(&again.stdout).contains("thanked"), "{said}");
    assert!(said.contains("package ca-certificates"), "{said}");
}
