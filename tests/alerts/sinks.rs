//! Receivers on this machine: a web server that fails as often as it is told, and a mail server that
//! keeps what it gets.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a webhook's receiver got.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
    pub first_signature: String,
    /// Id and moment as Standard Webhooks has them.
    pub standard: Vec<String>,
    pub body: String,
}

/// A receiver of webhooks.
pub struct Receiver {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Receiver {
    /// One that answers 500 `failures` times and 204 from then on.
    pub async fn start(failures: usize) -> Self {
        Self::answering(move |count| {
            if count <= failures { "500 Oh no" } else { "204 No Content" }.to_owned()
        })
        .await
    }

    /// One that leads elsewhere.
    pub async fn leading_to(url: &str) -> Self {
        let answer = format!("307 Temporary Redirect\r\nLocation: {url}");
        Self::answering(move |_| answer.clone()).await
    }

    async fn answering(answer: impl Fn(usize) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let kept = Arc::clone(&seen);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    let one = request(&mut stream).await;
                    let count = {
                        let mut kept = kept.lock().unwrap();
                        kept.push(one);
                        kept.len()
                    };
                    let head = answer(count);
                    let text = format!(
                        "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    );
                    stream.write_all(text.as_bytes()).await.unwrap();
                });
            }
        });
        Self { url, seen }
    }

    /// What came, in its order.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn request(stream: &mut BufReader<TcpStream>) -> Seen {
    let (mut seen, mut length) = (Seen::default(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(": ") else { continue };
        match name.to_lowercase().as_str() {
            "x-hai-long-delivery" => seen.id = value.into(),
            "x-hai-long-timestamp" => seen.timestamp = value.parse().unwrap(),
            "x-hai-long-signature" => seen.first_signature = value.into(),
            "webhook-signature" => seen.signature = value.into(),
            "webhook-id" | "webhook-timestamp" => seen.standard.push(value.into()),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    seen.body = String::from_utf8(body).unwrap();
    seen
}

/// A mail server without TLS.
pub struct Mailbox {
    pub port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&kept);
                tokio::spawn(async move { converse(stream, &kept).await });
            }
        });
        Self { port, seen }
    }

    /// The mails, their texts decoded.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn converse(stream: TcpStream, kept: &Mutex<Vec<String>>) {
    let mut stream = BufReader::new(stream);
    let mut mail: Option<String> = None;
    stream.write_all(b"220 sink\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(text) = mail.as_mut() {
            if line == ".\r\n" {
                kept.lock().unwrap().push(decoded(text));
                mail = None;
                stream.write_all(b"250 taken\r\n").await.unwrap();
            } else {
                text.push_str(&line);
            }
            continue;
        }
        let answer = match line.get(..4).unwrap_or_default() {
            "DATA" => {
                mail = Some(String::new());
                "354 go on\r\n"
            }
            "QUIT" => "221 bye\r\n",
            _ => "250 fine\r\n",
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

/// Quoted-printable text as it was meant.
fn decoded(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte.filter(|_| *first == b'=') {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
