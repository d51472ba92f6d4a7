//! What strangers send much of at once: connections, bodies that never end, guesses. The built server
//! stays small, and others are answered.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;
use tempfile::TempDir;
use whole_system_tests::programs::Serving;

/// Resident memory that the server may take, in MiB; idle it takes some 75 when it is not optimised.
const MOST_MIB: u64 = 300;
/// Others are answered within this time.
const SOON: Duration = Duration::from_secs(5);

/// A server with a fresh data directory.
struct Running {
    serving: Serving,
    address: SocketAddr,
    _home: TempDir,
}

impl Running {
    fn start(trust_proxy: bool) -> Self {
        let home = TempDir::new().unwrap();
        let place = ["--listen", "127.0.0.1:0", "--data-dir", home.path().to_str().unwrap()];
        let trusted = trust_proxy.to_string();
        let serving = Serving::start(&place, &[("HAI_LONG_TRUST_PROXY", &trusted)]);
        let address = serving.address.strip_prefix("http://").unwrap().parse().unwrap();
        Self { serving, address, _home: home }
    }

    /// Resident memory in MiB.
    fn memory(&self) -> u64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.serving.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// Whether somebody at another address is answered.
    async fn answers(&self, from: [u8; 4]) -> bool {
        let client = reqwest::Client::builder().local_address(IpAddr::from(from)).timeout(SOON);
        let client = client.tls_certs_only([]).build().unwrap();
        let answer = client.get(format!("http://{}/health", self.address)).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(SOON))?;
        Ok(stream)
    }
}

fn install_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_silent_makes_room_and_takes_nobody_elses() {
    install_provider();
    let server = Running::start(false);
    let mut held = Vec::new();
    for _ in 0..700 {
        let Ok(mut stream) = server.connect() else { continue };
        if stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").is_ok() {
            held.push(stream);
        }
    }
    assert!(server.answers([127, 0, 0, 2]).await, "another address has places of its own");
    let mut answered = 0;
    for stream in &mut held {
        let mut begin = [0; 12];
        answered += usize::from(stream.read_exact(&mut begin).is_ok());
    }
    assert_eq!(answered, 600, "one address holds so many connections");
    tokio::time::sleep(Duration::from_secs(33)).await;
    for stream in &mut held {
        stream.set_nonblocking(true).unwrap();
        let mut rest = Vec::new();
        let open =
            stream.read_to_end(&mut rest).is_err_and(|error| error.kind() == ErrorKind::WouldBlock);
        assert!(!open, "closed after half a minute of silence");
    }
    assert!(server.answers([127, 0, 0, 1]).await, "there is room again");
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_of_strangers_take_no_memory() {
    install_provider();
    let server = Running::start(false);
    let head = "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\
                Content-Type: application/x-www-form-urlencoded\r\n\r\n";
    let piece = vec![b'x'; 100_000];
    let mut open = Vec::new();
    for _ in 0..350 {
        let mut stream = server.connect().unwrap();
        stream.set_write_timeout(Some(Duration::from_millis(50))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // The server stops reading or hangs up; what it did not take is not our affair.
        let _ = (0..19).try_for_each(|_| stream.write_all(&piece));
        open.push(stream);
    }
    assert!(server.answers([127, 0, 0, 2]).await);
    let memory = server.memory();
    assert!(memory < MOST_MIB, "{memory} MiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_guesses_take_no_memory() {
    install_provider();
    let server = Running::start(true);
    let url = format!("http://{}/sign-in", server.address);
    let client = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
    let guess = |who: u8, nth: u8| {
        client
            .post(&url)
            .header("x-forwarded-for", format!("10.0.{who}.{nth}:4711"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("name=person-{who}-{nth}&password=sai-mat-khau&next="))
            .send()
    };
    // Eight at one moment, forty times.
    for nth in 0..40 {
        let answers = futures_util::future::join_all((0..8).map(|who| guess(who, nth))).await;
        for answer in answers {
            let status = answer.unwrap().status();
            assert_eq!(status, reqwest::StatusCode::UNAUTHORIZED, "each is somebody's first try");
        }
    }
    let memory = server.memory();
    assert!(memory < MOST_MIB, "{memory} MiB");
}
