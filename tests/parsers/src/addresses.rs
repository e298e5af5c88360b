//! Addresses and headers.

use serde::Deserialize;
use shared::{
    address::{Reach, callable, host_of_the_internet, page},
    form::hosted_link,
    lang::Lang,
    paths::{is_for_people, without_slashes},
    poster::{Poster, poster},
    qr::Qr,
    query,
    reference::Reference,
};
use url::{Host, Url};

use crate::{
    lines::{line, text},
    shop::ORIGIN,
};

/// An address as `fetch` reads it. One with a name in another script that is written wrongly leads nowhere.
fn read(address: &str) -> Option<Url> {
    let url = Url::parse(address);
    assert!(url.is_ok() || address.to_ascii_lowercase().contains("xn--"), "{address}: {url:?}");
    url.ok()
}

/// An address that the edge may call leads to the host that was looked at, as `fetch` reads it.
pub fn address(data: &[u8]) {
    let given = text(data);
    for reach in [Reach::Internet, Reach::ThisMachine] {
        for allowed in [callable(&given, reach), page(&given, reach)] {
            if allowed.is_err() {
                continue;
            }
            let Some(url) = read(&given) else { continue };
            assert!(url.username().is_empty() && url.password().is_none(), "{given}");
            let Some(Host::Domain(host)) = url.host() else {
                assert!(reach == Reach::ThisMachine && url.host_str() == Some("127.0.0.1"), "{given}");
                continue;
            };
            let here = reach == Reach::ThisMachine && url.scheme() == "http" && host == "localhost";
            assert!(here || (url.scheme() == "https" && host_of_the_internet(host).is_ok()), "{given}: {host}");
        }
    }
    if host_of_the_internet(&given).is_ok() {
        let host = read(&format!("https://{given}/c/x")).and_then(|url| url.host_str().map(str::to_owned));
        assert!(host.is_none_or(|host| host == given.to_ascii_lowercase()), "{given}");
    }
}

/// Headers and a path that anybody sends: `Accept-Language`, `Origin`, `Sec-Fetch-Site`, a line each, and the path.
pub fn headers(data: &[u8]) {
    let (languages, rest) = line(data);
    let (origin, rest) = line(rest);
    let (site, rest) = line(rest);
    let path = text(rest);
    for offered in [&Lang::ALL[..], &[Lang::En], &[]] {
        let lang = Lang::negotiate(&languages, offered);
        assert!(lang.is_none_or(|lang| offered.contains(&lang)));
    }
    for site in [None, Some(site.as_str())] {
        let whose = poster(Some(&origin), site, ORIGIN);
        assert!(whose != Poster::Ours || origin.eq_ignore_ascii_case(ORIGIN) || origin == "null", "{origin}");
        assert_ne!(poster(None, Some("cross-site"), ORIGIN), Poster::Ours);
    }
    if let Some(trimmed) = without_slashes(&path) {
        assert!(path.starts_with(trimmed) && !trimmed.ends_with('/') && trimmed.len() < path.len());
        // A redirect there leads to a page of ours, and not to another host.
        assert!(is_for_people(trimmed) && !trimmed.starts_with("//"), "{path}");
        assert_eq!(without_slashes(trimmed), None);
    }
}

#[derive(Default, Deserialize)]
struct ByLink {
    utm_campaign: Option<String>,
    reference: Option<String>,
}

/// A campaign, after a line with a reference: the link brings back both, and a code holds it.
pub fn invite(data: &[u8]) {
    let (reference, rest) = line(data);
    let campaign = text(rest);
    let reference = Reference::given(Some(&reference)).unwrap_or_default();
    let form = "newsletter".parse().expect("an id");
    let link = hosted_link(ORIGIN, &form, &[("utm_campaign", &campaign)], reference.as_ref());
    let url = Url::parse(&link).expect("an address");
    assert_eq!((url.origin().ascii_serialization().as_str(), url.path()), (ORIGIN, "/f/newsletter"));
    assert_eq!(url.as_str(), link, "it is sent as it is written");
    let back = query::lenient::<ByLink>(url.query().unwrap_or_default());
    // What a person's browser can't send as text is left out.
    if !campaign.contains(char::REPLACEMENT_CHARACTER) {
        assert_eq!(back.utm_campaign.unwrap_or_default(), campaign);
    }
    assert_eq!(back.reference.as_deref(), reference.as_ref().map(Reference::as_str));
    match Qr::of(&link) {
        Ok(code) => {
            let svg = code.svg(&link);
            assert_eq!(svg.matches('<').count(), 6, "{svg}");
            // Twenty thousand pixels and more.
            assert!(link.len() > 80 || code.png().starts_with(b"\x89PNG"));
        }
        Err(_) => assert!(link.len() > 2_331, "{link}"),
    }
}
