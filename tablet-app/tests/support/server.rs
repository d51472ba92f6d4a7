//! A server on a real socket: it answers what a test tells it to, byte by byte.

use super::settings;
use protocol::exchange::{Problem, ProblemCode};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// One request.
pub struct Asked {
    pub line: String,
    pub head: String,
    pub body: Vec<u8>,
}

/// Reads one request of an HTTP connection.
fn read_request(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let line = head.lines().next()?.to_owned();
    Some(Asked { line, head, body })
}

/// A server on a free port that gives `answer` to each request; an empty answer closes the
/// connection. Its address, and what it was asked. Heartbeats it takes and never mentions, and an
/// invitation it never has.
pub fn server(
    mut answer: impl FnMut(&Asked) -> String + Send + 'static,
) -> (String, Receiver<Asked>) {
    server_of_all(move |asked| {
        if asked.line.contains("/heartbeat ") {
            return Reply::Aside(http("204 No Content", "", ""));
        }
        if asked.line.contains("/head ") {
            return Reply::Aside(untold());
        }
        if asked.line.contains("/invitation?") {
            return Reply::Never;
        }
        Reply::Told(answer(asked))
    })
}

/// As [`server_of_all`] for heartbeats and batches alone: settings come, and there is no invitation.
pub fn server_with_settings(
    mut answer: impl FnMut(&Asked) -> Reply + Send + 'static,
) -> (String, Receiver<Asked>) {
    server_of_all(move |asked| {
        if asked.line.contains("/invitation?") {
            return Reply::Never;
        }
        if asked.line.starts_with("GET") {
            return Reply::Aside(http("200 OK", "", &json(&settings())));
        }
        answer(asked)
    })
}

/// What becomes of a request.
pub enum Reply {
    /// This is answered, and the test is told of the request.
    Told(String),
    /// This is answered, and the test is not told.
    Aside(String),
    /// The connection stays open without an answer.
    Never,
}

/// As [`server`], for every request.
pub fn server_of_all(
    mut answer: impl FnMut(&Asked) -> Reply + Send + 'static,
) -> (String, Receiver<Asked>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, asked) = channel();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let Some(request) = read_request(&stream) else { continue };
            match answer(&request) {
                Reply::Told(answer) => {
                    // Before the answer, so that a test that has the answer also finds the request.
                    if tell.send(request).is_err() {
                        return;
                    }
                    let _ = stream.write_all(answer.as_bytes());
                }
                Reply::Aside(answer) => drop(stream.write_all(answer.as_bytes())),
                Reply::Never => open.push(stream),
            }
        }
    });
    (address, asked)
}

pub fn http(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    )
}

pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// What a server answers to a tablet that it does not know.
pub fn unknown() -> String {
    let message = "unknown tablet".to_owned();
    let problem = Problem { code: ProblemCode::Unauthorised, message, head: None };
    http("401 Unauthorized", "", &json(&problem))
}

/// What a server up to 0.2 answers to the question where the chain stands.
pub fn untold() -> String {
    let message = "nothing here".to_owned();
    let problem = Problem { code: ProblemCode::NotFound, message, head: None };
    http("404 Not Found", "", &json(&problem))
}
