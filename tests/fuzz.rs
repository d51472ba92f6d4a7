//! The API against its own description: schemathesis makes thousands of requests, right and wrong
//! ones, and none may get an answer that the description does not know, or a fault of the server.
//! `tests/run` installs it.
#![allow(clippy::unwrap_used)]

use analytics_server::api::machine::SCOPES;
use analytics_server::clock::Clock;
use analytics_server::enrolment::{fresh_machine_token, machine_hash};
use std::process::Command;
use whole_system_tests::databases::sqlite;
use whole_system_tests::server::{Server, enrolled, furnish};

/// Names the program that `tests/run` installed.
const PROGRAM: &str = "HAI_LONG_TEST_SCHEMATHESIS";

/// What is held against every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
     response_schema_conformance,unsupported_method";

/// Requests made of each address; the same ones each time.
const EXAMPLES: &str = "30";

#[tokio::test(flavor = "multi_thread")]
async fn the_api_answers_as_it_describes() {
    let program = std::env::var(PROGRAM).unwrap_or_else(|_| {
        panic!("{PROGRAM} is not set: run the tests with `bash tests/run`, which installs it")
    });
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let tablet = enrolled(&server, "Q07", 1).await;
    let machine = fresh_machine_token().unwrap();
    let hash = machine_hash(&machine).unwrap();
    fresh.store.add_machine_token("tests", hash, &SCOPES.join(" "), "tests", 0).await.unwrap();
    // Everything is asked for as somebody who may: a refusal for want of a right would show nothing.
    let settings = format!(
        "headers = {{ Authorization = \"Bearer {machine}\" }}\n\
         [[operations]]\ninclude-path-regex = \"/tablets/\"\n\
         headers = {{ Authorization = \"Bearer {}\" }}\nparameters = {{ tablet = \"{}\" }}\n",
        hex::encode(tablet.token),
        tablet.tablet
    );
    let file = fresh.dir.path().join("schemathesis.toml");
    std::fs::write(&file, settings).unwrap();
    let (url, dir) = (server.url(), fresh.dir.path().to_owned());
    let output = tokio::task::spawn_blocking(move || {
        Command::new(program)
            .arg("--config-file")
            .arg(file)
            .arg("run")
            .arg(format!("{url}/api/v1/openapi.json"))
            .args(["--checks", CHECKS, "--max-examples", EXAMPLES, "--generation-deterministic"])
            .args(["--phases", "examples,coverage,fuzzing", "--request-timeout", "40"])
            .args(["--no-color", "--continue-on-failure"])
            .current_dir(dir)
            .output()
            .unwrap()
    })
    .await
    .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let tried = said.split_once("Test cases:\n").and_then(|(_, rest)| {
        rest.trim_start().split(' ').next().and_then(|count| count.parse::<u32>().ok())
    });
    assert!(tried.is_some_and(|tried| tried > 400), "it tried next to nothing: {said}");
    server.stop().await;
}
