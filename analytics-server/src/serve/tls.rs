//! TLS of our own: a chain of certificates and its key, read anew when the files change or the
//! program is told to (SIGHUP). A pair that can not be used changes nothing: the old one stays.

use super::ServeError;
use axum_server::tls_rustls::RustlsConfig;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::signal::unix::{SignalKind, signal};

/// How often the files are looked at: certificates are renewed days before they end.
const LOOK: Duration = Duration::from_secs(30);

/// A certificate and its key.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    config: RustlsConfig,
}

impl Tls {
    /// Reads the pair.
    pub async fn read(certificate: &Path, key: &Path) -> Result<Self, ServeError> {
        // Once a provider is installed, a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let config = RustlsConfig::from_pem_file(certificate, key).await.map_err(|cause| {
            ServeError::Certificate { certificate: certificate.into(), key: key.into(), cause }
        })?;
        Ok(Self { certificate: certificate.into(), key: key.into(), config })
    }

    /// What a listener works with.
    pub(super) fn config(&self) -> RustlsConfig {
        self.config.clone()
    }

    /// Reads the pair again whenever it changed, for ever.
    pub(super) async fn keep_fresh(self) {
        let mut known = self.changed();
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
                    if self.changed() == known {
                        continue;
                    }
                }
            }
            known = self.changed();
            match self.config.reload_from_pem_file(&self.certificate, &self.key).await {
                Ok(()) => tracing::info!("the certificate was read again"),
                // A renewal writes two files one after the other: the next look finds both.
                Err(error) => tracing::error!(
                    %error,
                    certificate = %self.certificate.display(),
                    "the certificate can not be used; the one before it stays"
                ),
            }
        }
    }

    /// When the files were last written.
    fn changed(&self) -> [Option<SystemTime>; 2] {
        [&self.certificate, &self.key]
            .map(|path| path.metadata().and_then(|file| file.modified()).ok())
    }
}
