//! Where webhooks may go. What a cloud tells only to its own machines lies at link-local addresses;
//! a webhook must not be a way to ask there.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Why an address is not gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// It is no web address.
    #[error("no address of the form https://host/path")]
    Form,
    /// It names no machine that can be found.
    #[error("no machine of this name is known")]
    Unknown,
    /// It lies where nobody may be asked.
    #[error("a link-local or otherwise reserved address")]
    Refused,
}

/// A web address that can be gone to, by its form: http or https, a host, no name and password.
pub fn read(address: &str) -> Result<reqwest::Url, NoAddress> {
    let url: reqwest::Url = address.trim().parse().map_err(|_| NoAddress::Form)?;
    let web = matches!(url.scheme(), "http" | "https");
    let plain = url.username().is_empty() && url.password().is_none();
    if web && plain && url.host_str().is_some() { Ok(url) } else { Err(NoAddress::Form) }
}

/// Whether a machine at this address is never asked: link-local (where clouds keep their metadata),
/// other metadata services, and what is no single machine.
pub fn is_reserved(ip: IpAddr) -> bool {
    /// Alibaba's metadata, in the space of carriers.
    const ALIBABA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
    /// Amazon's metadata over IPv6, fd00:ec2::254.
    const AMAZON: [u16; 8] = [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254];
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4 == ALIBABA
        }
        IpAddr::V6(v6) => {
            v6.is_unicast_link_local()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.segments() == AMAZON
        }
    }
}

/// The machines behind an address, none of them reserved unless `link_local`. Whoever connects uses
/// these and asks no second time: the name could mean another machine by then.
pub async fn machines(url: &reqwest::Url, link_local: bool) -> Result<Vec<SocketAddr>, NoAddress> {
    let host = url.host_str().ok_or(NoAddress::Form)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().ok_or(NoAddress::Form)?;
    let found = tokio::net::lookup_host((host, port)).await.map_err(|_| NoAddress::Unknown)?;
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        return Err(NoAddress::Unknown);
    }
    if !link_local && found.iter().any(|address| is_reserved(address.ip())) {
        return Err(NoAddress::Refused);
    }
    Ok(found)
}
