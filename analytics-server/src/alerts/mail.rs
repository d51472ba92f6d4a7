//! Mail: how the centre's mail server is reached, and one message at a time. The password is never
//! written, shown or logged.

use crate::clock::fresh_id;
use crate::config::{MailSettings, Security};
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use locales::Texts;
use std::time::Duration;
use uuid::Uuid;

/// A mail server that has not answered by then is tried again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// Letters of a mail server's answer that are kept for the log.
const ANSWER_CHARS: usize = 160;

/// Why a message can not be sent as it stands.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Sender or receiver is no mail address.
    #[error("no mail address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The message can not be written.
    #[error("the message can not be written: {0}")]
    Message(#[from] lettre::error::Error),
    /// The file of certificates can not be read or holds none.
    #[error("the file of the mail server's certificates can not be used: {0}")]
    Certificates(String),
    /// The password's file can not be read.
    #[error("the file of the mail password can not be read: {0}")]
    Password(std::io::Error),
    /// The mail server lets us in, and then wants nothing of us.
    #[error("the mail server answers, but takes no commands")]
    Deaf,
    /// The mail server refused or can not be reached.
    #[error("{0}")]
    Server(#[from] lettre::transport::smtp::Error),
}

impl MailSettings {
    fn secret(&self) -> Result<String, MailError> {
        let Some(file) = &self.password_file else { return Ok(String::new()) };
        let text = std::fs::read_to_string(file).map_err(MailError::Password)?;
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// TLS by the system's certificates and those of the file.
    fn tls(&self) -> Result<TlsParameters, MailError> {
        let mut tls = TlsParameters::builder(self.server.clone());
        if let Some(file) = &self.ca_file {
            let odd = |why: String| MailError::Certificates(format!("{}: {why}", file.display()));
            let pem = std::fs::read(file).map_err(|error| odd(error.to_string()))?;
            let authority = Certificate::from_pem(&pem).map_err(|error| odd(error.to_string()))?;
            tls = tls.add_root_certificate(authority);
        }
        Ok(tls.build()?)
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
        type Smtp = AsyncSmtpTransport<Tokio1Executor>;
        let mut builder = match self.security() {
            Security::Tls => Smtp::relay(&self.server)?.tls(Tls::Wrapper(self.tls()?)),
            Security::Starttls => {
                Smtp::starttls_relay(&self.server)?.tls(Tls::Required(self.tls()?))
            }
            Security::None => Smtp::builder_dangerous(&self.server),
        }
        .port(self.port);
        if let Some(user) = &self.user {
            builder = builder.credentials(Credentials::new(user.clone(), self.secret()?));
        }
        Ok(builder.timeout(Some(PATIENCE)).build())
    }

    /// Whether the mail server can be reached and lets us in.
    pub async fn connects(&self) -> Result<(), MailError> {
        if self.transport()?.test_connection().await? { Ok(()) } else { Err(MailError::Deaf) }
    }

    async fn attempt(
        &self,
        to: &str,
        id: Uuid,
        subject: &str,
        text: String,
    ) -> Result<String, MailError> {
        let message = Message::builder()
            .from(self.sender.parse()?)
            .to(to.parse()?)
            .subject(subject)
            // The same for every attempt: a mail server knows one that comes twice.
            .message_id(Some(format!("<{id}@hai-long>")))
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(text)?;
        let answer = self.transport()?.send(message).await?;
        Ok(answer.code().to_string())
    }

    /// Sends a mail that only says that it arrives; in words why it could not be sent.
    pub async fn send_test(&self, to: &str, texts: &Texts) -> Result<(), String> {
        let subject = texts.get("alerts-mail-test-subject");
        let sent = self.attempt(to, fresh_id(), &subject, texts.get("alerts-mail-test-text")).await;
        sent.map(|_| ()).map_err(|error| error.to_string())
    }

    /// One attempt: whether it arrived, and what was answered as the log keeps it.
    pub(super) async fn send(
        &self,
        to: &str,
        id: Uuid,
        subject: &str,
        text: String,
    ) -> (bool, String) {
        match self.attempt(to, id, subject, text).await {
            Ok(code) => (true, format!("smtp|{code}")),
            Err(error) => {
                let said: String = error.to_string().chars().take(ANSWER_CHARS).collect();
                (false, format!("mail|{said}"))
            }
        }
    }
}
