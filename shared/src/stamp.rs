//! What stands in for the proof of work where there is no script: a signed time, used once.
//!
//! A person needs seconds to fill in a form and has it open for a while; a program posts at once, or again
//! and again.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use crate::{
    key_ring::{Key, KeyRing},
    time::{Span, Timestamp},
};

/// No person is faster.
pub const AT_LEAST: Span = Span::seconds(3);
/// Nobody takes longer.
pub const AT_MOST: Span = Span::hours(2);

/// Why a stamp doesn't count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadStamp {
    /// Not of this edge, or of another page.
    #[error("not of this page")]
    Foreign,
    /// Sooner than a person could be.
    #[error("too soon")]
    Early,
    /// Too old.
    #[error("expired")]
    Late,
}

fn sign(key: &Key, time: &str, random: &str, page: &str) -> [u8; 32] {
    key.mac(&[b"stamp", time.as_bytes(), random.as_bytes(), page.as_bytes()])
}

/// A stamp for a page that is shown now. It says nothing of who sees it: a phone may have another address a moment
/// later.
pub fn stamp(key: &Key, random: [u8; 12], page: &str, now: Timestamp) -> String {
    let time = now.millis().to_string();
    let random = URL_SAFE_NO_PAD.encode(random);
    let signature = URL_SAFE_NO_PAD.encode(sign(key, &time, &random, page));
    format!("{time}.{random}.{signature}")
}

/// When the page with a stamp of ours was shown.
///
/// # Errors
/// [`BadStamp::Foreign`].
pub fn shown_at(keys: &KeyRing, stamp: &str, page: &str) -> Result<Timestamp, BadStamp> {
    read(keys, stamp, page).map(|(shown, _)| shown)
}

/// Checks a stamp. What comes back names it, so that it is used once.
pub fn verify(keys: &KeyRing, stamp: &str, page: &str, now: Timestamp) -> Result<String, BadStamp> {
    let (shown, name) = read(keys, stamp, page)?;
    if now < shown + AT_LEAST {
        Err(BadStamp::Early)
    } else if now > shown + AT_MOST {
        Err(BadStamp::Late)
    } else {
        Ok(name.to_owned())
    }
}

/// Its time, and its name.
fn read<'a>(keys: &KeyRing, stamp: &'a str, page: &str) -> Result<(Timestamp, &'a str), BadStamp> {
    let mut parts = stamp.splitn(3, '.');
    let mut part = || parts.next().unwrap_or_default();
    let (time, random, signature) = (part(), part(), part());
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| BadStamp::Foreign)?;
    let ours = keys.oldest_first().rev().any(|(_, key)| sign(key, time, random, page).ct_eq(&signature).into());
    let shown = time.parse().map(Timestamp::from_millis).map_err(|_| BadStamp::Foreign)?;
    if ours { Ok((shown, random)) } else { Err(BadStamp::Foreign) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn a_stamp_counts_on_its_page_within_its_time() {
        let keys = KeyRing::parse(&format!("1:{}", STANDARD.encode([1; 32]))).unwrap();
        let shown = Timestamp::from_millis(1_795_000_000_000);
        let stamp = stamp(&Key::new([1; 32]), [2; 12], "newsletter", shown);
        let check = |page, at| verify(&keys, &stamp, page, at);
        assert!(check("newsletter", shown + AT_LEAST).is_ok());
        assert_eq!(check("newsletter", shown), Err(BadStamp::Early));
        assert_eq!(check("newsletter", shown + Span::hours(3)), Err(BadStamp::Late));
        assert_eq!(check("shop", shown + AT_LEAST), Err(BadStamp::Foreign));
        assert_eq!(shown_at(&keys, &stamp, "newsletter"), Ok(shown));
        assert_eq!(shown_at(&keys, &stamp, "shop"), Err(BadStamp::Foreign));
        for forged in ["", "1.2.3", &stamp.replace("179", "180")] {
            assert_eq!(verify(&keys, forged, "newsletter", shown + AT_LEAST), Err(BadStamp::Foreign));
            assert_eq!(shown_at(&keys, forged, "newsletter"), Err(BadStamp::Foreign));
        }
    }
}
