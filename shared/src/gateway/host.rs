//! Which addresses a provider may have.

use crate::settings::Reach;

/// What is wrong with an address, if anything: HTTPS and a host name of the internet, or, for development, this
/// machine.
///
/// Stricter than the WHATWG's reading of addresses: what it leaves has one meaning only, so that no address of an
/// internal network passes under another spelling (`0x7f.1`, `[::1]`, a user before `@`).
pub(super) fn refused(url: &str, reach: Reach) -> Option<&'static str> {
    let machine =
        |start: &str| url.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    if reach == Reach::ThisMachine && (machine("http://127.0.0.1") || machine("http://localhost")) {
        return None;
    }
    let Some(rest) = url.strip_prefix("https://") else {
        return Some("An address begins with https://.");
    };
    if url.bytes().any(|b| !b.is_ascii_graphic() || b == b'\\' || b == b'#') {
        return Some("An address has no space, no backslash, no # and no letters beyond ASCII.");
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let labels: Vec<_> = host.split('.').collect();
    let named = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
    let top = labels.last().copied().unwrap_or_default();
    let public = top.bytes().all(|b| b.is_ascii_lowercase()) || top.starts_with("xn--");
    // RFC 6761, 6762, 8375, and what networks at home and at work use.
    let local = ["local", "localhost", "internal", "intranet", "lan", "home", "corp", "arpa", "test", "invalid"];
    if !named || !public || local.contains(&top) || port.parse::<u16>().is_err() {
        return Some("An address has a host name of the internet in small letters, no IP address and no local name.");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_internet_pass() {
        for url in ["https://api.twilio.com", "https://a-b.example.de:8443/x?y=1", "https://xn--bcher-kva.xn--p1ai/"] {
            assert_eq!(refused(url, Reach::Internet), None, "{url}");
        }
        for url in [
            "",
            "http://api.twilio.com",
            "HTTPS://api.twilio.com",
            "https://",
            "https://localhost",
            "https://10.0.0.1/",
            "https://0x7f.1",
            "https://127.0.0.0x1",
            "https://2130706433",
            "https://[::1]/",
            "https://a@10.0.0.1",
            "https://a.de@b.de/",
            "https://printer.local",
            "https://metadata.google.internal/",
            "https://a.de:x/",
            "https://a..de",
            "https://a.de.",
            "https://ä.de",
            "https://a.de\\b",
            "https://{to}.de",
            "https://a.de#b",
            "http://127.0.0.1:8080",
            "http://localhost:1",
        ] {
            assert!(refused(url, Reach::Internet).is_some(), "{url}");
        }
    }

    #[test]
    fn this_machine_is_for_development() {
        for url in ["http://127.0.0.1:8080/api", "http://localhost:1", "https://api.twilio.com"] {
            assert_eq!(refused(url, Reach::ThisMachine), None, "{url}");
        }
        for url in ["http://127.0.0.1.evil.de/", "http://localhost@evil.de", "http://10.0.0.1:80", "http://evil.de"] {
            assert!(refused(url, Reach::ThisMachine).is_some(), "{url}");
        }
    }
}
