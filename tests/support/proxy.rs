//! A network that can be broken: a proxy that looks at each request and, by a seeded chance, loses
//! it, delays it, loses its answer, sends it twice, or answers something that is no answer.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// The connection ends before the server sees the request.
    Lost,
    /// The server does its work, and the tablet never hears of it.
    AnswerLost,
    /// The server gets the request twice.
    Replayed,
    /// The request waits.
    Delayed,
    /// Something else answers, as a captive portal does.
    Garbage,
    /// A filter refuses the request because of its content.
    Refused,
}

/// The word that the filter refuses: a level, as an event writes it.
const FILTERED: &[u8] = b"dissatisfied";

/// A proxy in front of a server.
pub struct Proxy {
    /// Where tablets connect.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    target: Mutex<SocketAddr>,
    broken: AtomicBool,
    strict: AtomicBool,
    /// Bytes a second upwards; 0: as fast as it goes.
    speed: AtomicU64,
    chance: Mutex<u64>,
    faults: AtomicU64,
}

impl Shared {
    /// xorshift64: the same seed gives the same faults in the same order of requests.
    fn next(&self) -> u64 {
        let mut state = self.chance.lock().unwrap();
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    fn fault(&self, request: &[u8]) -> Fault {
        let offends = || request.windows(FILTERED.len()).any(|word| word == FILTERED);
        if self.strict.load(Ordering::SeqCst) && offends() {
            self.faults.fetch_add(1, Ordering::SeqCst);
            return Fault::Refused;
        }
        if !self.broken.load(Ordering::SeqCst) {
            return Fault::None;
        }
        let fault = match self.next() % 10 {
            0 | 1 => Fault::Lost,
            2 | 3 => Fault::AnswerLost,
            4 => Fault::Replayed,
            5 => Fault::Delayed,
            6 => Fault::Garbage,
            _ => Fault::None,
        };
        if fault != Fault::None {
            self.faults.fetch_add(1, Ordering::SeqCst);
        }
        fault
    }
}

impl Proxy {
    /// Starts in front of `target`, broken from the start.
    pub async fn start(target: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            target: Mutex::new(target),
            broken: AtomicBool::new(true),
            strict: AtomicBool::new(false),
            speed: AtomicU64::new(0),
            chance: Mutex::new(seed),
            faults: AtomicU64::new(0),
        });
        let for_task = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, Arc::clone(&for_task)));
            }
        });
        Self { address, shared }
    }

    /// Its address as tablets write it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on requests go to another server.
    pub fn retarget(&self, target: SocketAddr) {
        *self.shared.target.lock().unwrap() = target;
    }

    /// From now on the network is broken, or whole.
    pub fn set_broken(&self, broken: bool) {
        self.shared.broken.store(broken, Ordering::SeqCst);
    }

    /// From now on a filter refuses each request with a certain word in it, or none.
    pub fn set_strict(&self, strict: bool) {
        self.shared.strict.store(strict, Ordering::SeqCst);
    }

    /// From now on so many bytes a second go to the server; 0: as fast as it goes.
    pub fn set_speed(&self, bytes: u64) {
        self.shared.speed.store(bytes, Ordering::SeqCst);
    }

    /// How many requests met a fault so far.
    pub fn faults(&self) -> u64 {
        self.shared.faults.load(Ordering::SeqCst)
    }
}

/// Carries the requests of one connection, one after the other. Any failure ends the connection,
/// which is what a network does.
async fn carry(mut client: TcpStream, shared: Arc<Shared>) {
    while let Some(request) = read_message(&mut client).await {
        let speed = shared.speed.load(Ordering::SeqCst);
        if let Some(ms) = (request.len() as u64 * 1_000).checked_div(speed) {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
        let fault = shared.fault(&request);
        match fault {
            Fault::Lost => return,
            Fault::Garbage => {
                let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\n\r\n<p>Log in</p>\r\n";
                if client.write_all(page.as_bytes()).await.is_err() {
                    return;
                }
                continue;
            }
            Fault::Refused => {
                let page = "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: 18\r\n\r\n<p>Not allowed</p>";
                if client.write_all(page.as_bytes()).await.is_err() {
                    return;
                }
                continue;
            }
            Fault::Delayed => {
                tokio::time::sleep(Duration::from_millis(shared.next() % 200)).await;
            }
            Fault::Replayed => {
                let _ = forward(&request, &shared).await;
            }
            Fault::None | Fault::AnswerLost => {}
        }
        let Some(answer) = forward(&request, &shared).await else { return };
        if fault == Fault::AnswerLost || client.write_all(&answer).await.is_err() {
            return;
        }
    }
}

async fn forward(request: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    let target = *shared.target.lock().unwrap();
    let mut server = TcpStream::connect(target).await.ok()?;
    server.write_all(request).await.ok()?;
    read_message(&mut server).await
}

/// One HTTP/1.1 message with its body, as its `content-length` says; none when the peer is gone.
async fn read_message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut whole = usize::MAX;
    while message.len() < whole {
        let read = stream.read(&mut buffer).await.ok()?;
        if read == 0 {
            return None;
        }
        message.extend_from_slice(&buffer[..read]);
        if whole == usize::MAX
            && let Some(end) = message.windows(4).position(|four| four == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |value| value.trim().parse().unwrap());
            whole = end + 4 + length;
        }
    }
    Some(message)
}
