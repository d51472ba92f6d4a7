//! What strangers and colleagues send or ask much of at once: connections, bodies that never end,
//! guesses, files that unpack to much, exports. The built server stays small, and others are answered.
#![allow(clippy::unwrap_used)]

use flate2::write::{GzEncoder, ZlibEncoder};
use flate2::{Compression, Crc};
use futures_util::future::join_all;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use whole_system_tests::programs::{Serving, server};
use whole_system_tests::visitor::Visitor;

/// Resident memory that the server may take, in MiB; idle it takes some 75 when it is not optimised.
const MOST_MIB: u64 = 300;
/// Others are answered within this time.
const SOON: Duration = Duration::from_secs(5);
/// Far more than any work of these tests takes on a slow machine; the wait for it has an end.
const ENDS: Duration = Duration::from_mins(15);

/// A server with a fresh data directory.
struct Running {
    serving: Serving,
    address: SocketAddr,
    home: TempDir,
}

impl Running {
    fn start(trust_proxy: bool) -> Self {
        Self::with(TempDir::new().unwrap(), trust_proxy)
    }

    /// With the ratings of nine months, and somebody in a role.
    async fn furnished(role: &str) -> (Self, Visitor) {
        let home = TempDir::new().unwrap();
        let data = home.path().to_str().unwrap().to_owned();
        let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/demo");
        for name in ["co-quan.csv", "quay.csv", "cong-chuc.csv", "thu-tuc.csv", "danh-gia.csv.gz"] {
            let said = server(["import", &format!("{case}/{name}"), "--data-dir", &data, "--yes"]);
            assert!(said.ok, "{name}: {}", said.err);
        }
        let running = Self::with(home, false);
        let visitor = Visitor::added(&data, &running.serving.address, "nguoi-gui", role).await;
        (running, visitor)
    }

    fn with(home: TempDir, trust_proxy: bool) -> Self {
        let place = ["--listen", "127.0.0.1:0", "--data-dir", home.path().to_str().unwrap()];
        let trusted = trust_proxy.to_string();
        let serving = Serving::start(&place, &[("HAI_LONG_TRUST_PROXY", &trusted)]);
        let address = serving.address.strip_prefix("http://").unwrap().parse().unwrap();
        Self { serving, address, home }
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
async fn a_refusal_reaches_a_client_that_sends_too_much() {
    let server = Running::start(false);
    let piece = vec![b'x'; 100_000];
    for path in ["/sign-in", "/admin/officers/upload", "/nowhere", "/api/v1/enrolments"] {
        let mut stream = server.connect().unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..400 {
            stream.write_all(&piece).unwrap();
        }
        let mut begin = [0; 10];
        stream.read_exact(&mut begin).unwrap();
        assert_eq!(&begin, b"HTTP/1.1 4", "{path}");
    }
    // A client that waits to be asked for its body is answered without it.
    let mut stream = server.connect().unwrap();
    let head = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\
                Expect: 100-continue\r\nContent-Type: text/plain\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut begin = [0; 10];
    stream.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 4");
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
        let answers = join_all((0..8).map(|who| guess(who, nth))).await;
        for answer in answers {
            let status = answer.unwrap().status();
            assert_eq!(status, reqwest::StatusCode::UNAUTHORIZED, "each is somebody's first try");
        }
    }
    let memory = server.memory();
    assert!(memory < MOST_MIB, "{memory} MiB");
}

/// Does `work` and asks for a page of somebody else all the while: what the work came to, the most
/// memory that the server took meanwhile in MiB, and how many such pages were answered before the
/// work was done. How many they are says whether others wait behind the work; how long one takes
/// depends on the machine.
async fn beside<T>(
    server: &Running,
    other: &Visitor,
    work: impl Future<Output = T>,
) -> (T, u64, usize) {
    let (most, pages) = (AtomicU64::new(0), AtomicUsize::new(0));
    let watching = async {
        loop {
            assert!(other.get("/day?day=2023-08-01").await.status().is_success());
            pages.fetch_add(1, Ordering::Relaxed);
            most.fetch_max(server.memory(), Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let done = tokio::select! {
        done = tokio::time::timeout(ENDS, work) => done.expect("the work ends"),
        () = watching => unreachable!("the pages of others have no end"),
    };
    let most = most.into_inner().max(server.memory());
    let pages = pages.into_inner();
    println!("at most {most} MiB; {pages} pages of others");
    (done, most, pages)
}

/// A second account.
async fn another(server: &Running, role: &str) -> Visitor {
    let data = server.home.path().to_str().unwrap();
    Visitor::added(data, &server.serving.address, "nguoi-xem", role).await
}

/// Packed by gzip as well as can be.
fn packed(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// A picture of one colour, with so many pixels at each edge.
fn picture(edge: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        out.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        out.extend_from_slice(kind);
        out.extend_from_slice(data);
        out.extend_from_slice(&sum.sum().to_be_bytes());
    };
    let mut head = [edge.to_be_bytes(), edge.to_be_bytes()].concat();
    // Eight bits of red, green, blue and alpha.
    head.extend([8, 6, 0, 0, 0]);
    chunk(b"IHDR", &head);
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    let row = vec![0; 1 + 4 * usize::try_from(edge).unwrap()];
    for _ in 0..edge {
        rows.write_all(&row).unwrap();
    }
    chunk(b"IDAT", &rows.finish().unwrap());
    chunk(b"IEND", &[]);
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_unpack_to_much_take_little() {
    let (server, clerk) = Running::furnished("administrator").await;
    let reader = another(&server, "leader").await;
    let mark = clerk.mark("/admin/officers/upload").await;
    let head = "Mã,Họ và tên,Chức danh,Mã cơ quan,Mã quầy\n";
    let wide = format!("{head}{}", format!("{}\n", ",".repeat(60_000)).repeat(2_000));
    let long = format!("{head}{}", format!("{}\n", "x".repeat(60_000)).repeat(5_000));
    for (name, text) in [("wide.csv.gz", wide), ("long.csv.gz", long)] {
        let file = packed(&text);
        assert!(file.len() < 400_000, "{name} is small: {}", file.len());
        let work = async {
            let sent = (0..4).map(|_| clerk.send("/admin/officers/upload", &mark, name, &file));
            join_all(sent).await
        };
        let (answers, memory, _) = beside(&server, &reader, work).await;
        for answer in answers {
            assert!(answer.status().is_client_error(), "{name}: {}", answer.status());
        }
        assert!(memory < MOST_MIB, "{name}: {memory} MiB");
    }
    // As large as is taken, and larger.
    let mark = clerk.mark("/admin/officers/1").await;
    for (edge, taken) in [(4_900, true), (8_000, false)] {
        let file = picture(edge);
        let work = async {
            join_all((0..8).map(|_| clerk.send("/admin/officers/1/photo", &mark, "a.png", &file)))
                .await
        };
        let (answers, memory, pages) = beside(&server, &reader, work).await;
        for answer in answers {
            let status = answer.status();
            assert_eq!(
                (status.is_redirection(), status.is_client_error()),
                (taken, !taken),
                "{edge}"
            );
        }
        assert!(memory < MOST_MIB, "{edge}: {memory} MiB");
        assert!(!taken || pages > 8, "{edge}: {pages} pages of others while eight were read");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_twenty_exports_at_once_waits_for_themself() {
    let (server, leader) = Running::furnished("leader").await;
    let reader = another(&server, "auditor").await;
    for name in ["ratings.csv", "ratings.xlsx", "ratings.parquet"] {
        let path = format!("/export/{name}?period=2023");
        let work = join_all((0..20).map(|_| async {
            let answer = leader.get(&path).await;
            assert!(answer.status().is_success(), "{}", answer.status());
            answer.bytes().await.unwrap().len()
        }));
        let (sizes, memory, pages) = beside(&server, &reader, work).await;
        assert!(sizes.iter().all(|size| *size > 50_000), "{name}: {sizes:?}");
        assert!(memory < MOST_MIB, "{name}: {memory} MiB");
        assert!(pages > 20, "{name}: {pages} pages of others while twenty were written");
    }
}
