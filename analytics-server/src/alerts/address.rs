//! Where webhooks may go. What a cloud tells only to its own machines lies at link-local addresses;
//! a webhook must not be a way to ask there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

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

/// Whether webhooks can be sent to an address, by its form.
pub fn is_web_address(address: &str) -> bool {
    read(address).is_ok()
}

/// Metadata services of clouds at addresses of other kinds: Alibaba, Azure, Oracle.
const METADATA: [Ipv4Addr; 3] = [
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(168, 63, 129, 16),
    Ipv4Addr::new(192, 0, 0, 192),
];
/// The same over IPv6: Amazon (fd00:ec2::254), Google (fd20:ce::254).
const METADATA_V6: [[u16; 8]; 2] =
    [[0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254], [0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254]];

/// Whether a machine at this address is never asked: link-local (where clouds keep their metadata),
/// other metadata services, what is no single machine, and IPv6 that carries such an IPv4 address.
pub fn is_reserved(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_multicast()
                || v4.is_broadcast()
                || METADATA.contains(&v4)
        }
        IpAddr::V6(v6) => {
            v6.is_unicast_link_local()
                || v6.is_unspecified()
                || v6.is_multicast()
                || METADATA_V6.contains(&v6.segments())
                || carried(v6).is_some_and(|v4| is_reserved(v4.into()))
        }
    }
}

/// The IPv4 address that an IPv6 address leads to: NAT64 (RFC 6052), 6to4 (RFC 3056), or the old
/// form of compatible addresses (RFC 4291, 2.5.5.1).
fn carried(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match v6.segments() {
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low] | [0x0064, 0xff9b, 1, _, _, _, high, low] => {
            Some(of(high, low))
        }
        [0x2002, high, low, ..] => Some(of(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if (high, low) != (0, 1) => Some(of(high, low)),
        _ => None,
    }
}

/// The IP addresses behind a URL, none of them reserved unless `link_local`. The caller connects to
/// these and does not resolve the name again: it could resolve to another machine by then.
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
