//! TLS of our own: a chain of certificates and its key, read anew when the files change or the
//! program is told to (SIGHUP). A pair that can not be used changes nothing: the old one stays.

use super::error::ServeError;
use crate::checks::Level;
use crate::checks::certificate;
use crate::clock::{Clock, started};
use crate::config::TlsFiles;
use axum_server::tls_rustls::RustlsConfig;
use std::time::{Duration, SystemTime};
use tokio::signal::unix::{SignalKind, signal};

/// How often the files are looked at: certificates are renewed days before they end.
const LOOK: Duration = Duration::from_secs(30);

/// How often the log warns of a certificate that ends soon.
const DAY: Duration = Duration::from_hours(24);

/// A certificate and its key.
#[derive(Clone)]
pub struct Tls {
    files: TlsFiles,
    config: RustlsConfig,
}

impl Tls {
    /// Reads the pair.
    pub async fn read(files: &TlsFiles) -> Result<Self, ServeError> {
        // Once a provider is installed, a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let TlsFiles { certificate, key } = files.clone();
        let config = RustlsConfig::from_pem_file(&certificate, &key).await;
        let config = config.map_err(|cause| ServeError::Certificate { certificate, key, cause })?;
        Ok(Self { files: files.clone(), config })
    }

    /// What a listener works with.
    pub(super) fn config(&self) -> RustlsConfig {
        self.config.clone()
    }

    /// Reads the pair again whenever it changed, for ever.
    pub(super) async fn keep_fresh(self) {
        self.warn_before_expiry();
        let mut known = self.changed();
        let mut told_at = started();
        let mut hang_up = signal(SignalKind::hangup()).ok();
        loop {
            let told = async {
                match &mut hang_up {
                    Some(signal) => signal.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = told => {}
                () = tokio::time::sleep(LOOK) => {
                    if told_at.elapsed() >= DAY {
                        self.warn_before_expiry();
                        told_at = started();
                    }
                    if self.changed() == known {
                        continue;
                    }
                }
            }
            known = self.changed();
            let TlsFiles { certificate, key } = &self.files;
            match self.config.reload_from_pem_file(certificate, key).await {
                Ok(()) => {
                    tracing::info!("the certificate was read again");
                    self.warn_before_expiry();
                }
                // A renewal writes two files one after the other: the next look finds both.
                Err(error) => tracing::error!(
                    %error,
                    certificate = %certificate.display(),
                    "the certificate can not be used; the one before it stays"
                ),
            }
        }
    }

    /// Says in the log where the certificate ends soon or ended.
    fn warn_before_expiry(&self) {
        let found = certificate::finding(Some(&self.files), "", false, Clock::system().now());
        let sentence = found.sentence(locales::texts("en"));
        match found.level {
            Level::Good | Level::Hint => {}
            Level::Warning => tracing::warn!("{sentence}"),
            Level::Fault => tracing::error!("{sentence}"),
        }
    }

    /// When the files were last written.
    fn changed(&self) -> [Option<SystemTime>; 2] {
        [&self.files.certificate, &self.files.key]
            .map(|path| path.metadata().and_then(|file| file.modified()).ok())
    }
}
