//! Addresses that the edge may call by itself: those of gateways and of webhooks.

/// Which hosts gateways and webhooks may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Names of the internet, by HTTPS only.
    Internet,
    /// This machine too, for development.
    ThisMachine,
}

/// Ends of names that only a network of somebody's own resolves (RFC 6761, 6762, 8375; ICANN's `.internal`).
const LOCAL: [&str; 13] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "localdomain",
    "arpa",
    "invalid",
    "test",
    "onion",
];

/// More than any address needs.
const MOST: usize = 2000;

/// Whether the edge may send something to an address of the owner's: by HTTPS to a name of the internet. A Worker
/// can't look where a name leads, so that what is no public name is refused here.
///
/// # Errors
/// What to do about it, in a sentence.
pub fn callable(url: &str, reach: Reach) -> Result<(), &'static str> {
    // Browsers and `fetch` drop line breaks, read `\` as `/` and other scripts as other letters.
    if url.len() > MOST || !url.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') {
        return Err("An address has at most 2,000 characters: ASCII without spaces and backslashes.");
    }
    if url.contains('#') {
        return Err("Leave out what follows #: it is never sent.");
    }
    reached(url, reach)
}

/// Whether people can be led to a page of the owner's, by its address.
///
/// # Errors
/// What to do about it, in a sentence.
pub fn page(url: &str, reach: Reach) -> Result<(), &'static str> {
    if url.chars().count() > MOST || url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err("An address has at most 2,000 characters, without spaces and backslashes.");
    }
    reached(url.split('#').next().unwrap_or_default(), reach)
}

fn reached(url: &str, reach: Reach) -> Result<(), &'static str> {
    let (rest, this_machine) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (rest, false),
        (_, Some(rest)) if reach == Reach::ThisMachine => (rest, true),
        _ => return Err("Give the full address, with https://."),
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("Leave out user name and password: they would stand in logs.");
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let is_port =
        |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port != 0);
    // An IPv6 address comes here too, with what follows its first colon.
    if port.is_some_and(|port| !is_port(port)) {
        return Err("Give a host name, such as hooks.example.de, and if need be a port from 1 to 65535.");
    }
    if this_machine {
        return match host {
            "127.0.0.1" | "localhost" => Ok(()),
            _ => Err("Without https:// only this machine can be called: 127.0.0.1."),
        };
    }
    host_of_the_internet(host)
}

/// Whether a name, without scheme, port and path, is one that the internet resolves.
///
/// # Errors
/// What to do about it, in a sentence.
pub fn host_of_the_internet(host: &str) -> Result<(), &'static str> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    let named = host.len() <= 253 && host.contains('.') && host.split('.').all(label);
    // A name whose last part begins with a digit is an IPv4 address in one of its spellings (WHATWG URL).
    if !named || !top.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err("Give a host name with a dot, such as hooks.example.de, and no IP address.");
    }
    if LOCAL.iter().any(|local| top.eq_ignore_ascii_case(local)) {
        return Err("This name leads nowhere on the internet. Give one that does.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_the_internet_can_be_called_by_https() {
        for url in [
            "https://hooks.example.de",
            "https://hooks.example.de/",
            "https://hooks.example.de:8443/in?shop=1&x=%23@",
            "https://xn--bcher-kva.example/a@b",
            "https://1and1.example.com?x",
            "https://Hooks.Example.DE/",
        ] {
            assert_eq!(callable(url, Reach::Internet), Ok(()), "{url}");
            assert_eq!(callable(url, Reach::ThisMachine), Ok(()), "{url}");
        }
    }

    #[test]
    fn what_could_lead_into_a_network_of_somebodys_own_is_refused() {
        for url in [
            "",
            "hooks.example.de",
            "http://hooks.example.de",
            "HTTPS://hooks.example.de",
            "ftp://hooks.example.de",
            "https:/hooks.example.de",
            "https://",
            "https:///hooks.example.de",
            "https://?hooks.example.de",
            "https://localhost",
            "https://localhost:8080/",
            "https://shop.localhost/",
            "https://printer.local",
            "https://printer.LOCAL/",
            "https://metadata.google.internal/",
            "https://router.home.arpa/",
            "https://nas.lan",
            "https://intern",
            "https://127.0.0.1/",
            "https://10.0.0.1",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://shop.0x7f/",
            "https://127.1",
            "https://[::1]/",
            "https://[2001:db8::1]:443/",
            "https://%6cocalhost.de",
            "https://hooks.example.de./",
            "https://hooks..example.de/",
            "https://-hooks.example.de/",
            "https://user:secret@hooks.example.de/",
            "https://hooks.example.de@127.0.0.1/",
            "https://hooks.example.de\\@127.0.0.1/",
            "https://hooks.example.de/#part",
            "https://hooks.example.de/a b",
            "https://hooks.exa\nmple.de/",
            "https://bücher.example/",
            "https://hooks.example.de:0/",
            "https://hooks.example.de:/",
            "https://hooks.example.de:+1/",
            "https://hooks.example.de:99999/",
            "https://hooks.example.de:443:80/",
            "https://hooks.example.de:x/",
            "https://127.0.0.0x1",
            "https://{to}.de",
            "https://vault.private/",
        ] {
            assert!(callable(url, Reach::Internet).is_err(), "{url}");
        }
        let long = format!("https://hooks.example.de/{}", "a".repeat(MOST));
        assert!(callable(&long, Reach::Internet).is_err());
    }

    #[test]
    fn this_machine_can_be_called_in_development_only() {
        for url in ["http://127.0.0.1:8080/in", "http://localhost:8080/"] {
            assert_eq!(callable(url, Reach::ThisMachine), Ok(()), "{url}");
            assert!(callable(url, Reach::Internet).is_err(), "{url}");
        }
        for url in [
            "http://127.0.0.2/",
            "http://10.0.0.1/",
            "http://hooks.example.de/",
            "http://localhost.example.de/",
            "http://localhost@example.de",
        ] {
            assert!(callable(url, Reach::ThisMachine).is_err(), "{url}");
        }
    }

    proptest! {
        #[test]
        fn no_ipv4_address_in_any_spelling_can_be_called(a: u32, parts in 1..=4_u32, hex: bool) {
            let mut left = a;
            let mut spelled = Vec::new();
            for _ in 1..parts {
                spelled.push(left >> 24);
                left <<= 8;
            }
            spelled.push(left >> (8 * (parts - 1)));
            let write = |part: &u32| if hex { format!("0x{part:x}") } else { part.to_string() };
            let url = format!("https://{}/", spelled.iter().map(write).collect::<Vec<_>>().join("."));
            prop_assert!(callable(&url, Reach::Internet).is_err());
        }

        #[test]
        fn no_text_panics(text in "(https?://)?.{0,40}") {
            let _ = callable(&text, Reach::ThisMachine);
        }
    }
}
