//! The proof of work before a submission: ALTCHA's protocol, version 1.
//!
//! No crate of it fits: the official one speaks version 2, the other signs the challenge alone, so that a
//! salt can be spliced (CVE-2025-68113). Here the signature covers all parts, each with its length.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::{
    hex,
    ids::FormId,
    key_ring::{Key, KeyRing},
    time::{Span, Timestamp},
};

/// How long a challenge is good for.
pub const GOOD_FOR: Span = Span::minutes(30);
const ALGORITHM: &str = "SHA-256";

/// What the widget has to solve: the number whose hash, after the salt, is `challenge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// Always `SHA-256`.
    pub algorithm: String,
    /// Hex of SHA-256(salt ‖ number).
    pub challenge: String,
    /// The number is no larger.
    pub maxnumber: u32,
    /// Random text, its expiry (`expires`, seconds since 1970) and what it is for.
    pub salt: String,
    /// The edge's signature.
    pub signature: String,
}

/// What the widget sends back, as base64 of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// As in the challenge.
    pub algorithm: String,
    /// As in the challenge.
    pub challenge: String,
    /// The number found.
    pub number: u32,
    /// As in the challenge.
    pub salt: String,
    /// As in the challenge.
    pub signature: String,
}

/// Why a solution doesn't count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// Not a solution at all.
    #[error("missing or malformed")]
    Malformed,
    /// Not signed by this edge, or changed.
    #[error("not of this edge")]
    Forged,
    /// Too old.
    #[error("expired")]
    Expired,
    /// For another form or another page.
    #[error("for another form or page")]
    Misplaced,
    /// Not the number.
    #[error("not solved")]
    Wrong,
}

fn hash(salt: &str, number: u32) -> String {
    hex::write(&Sha256::digest(format!("{salt}{number}")))
}

fn sign(key: &Key, challenge: &str, salt: &str) -> [u8; 32] {
    key.mac(&[b"altcha", ALGORITHM.as_bytes(), challenge.as_bytes(), salt.as_bytes()])
}

/// Names the form and the page's origin in a salt.
fn place(form: &FormId, origin: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(form.as_str());
    hasher.update([0]); // in no form id
    hasher.update(origin);
    URL_SAFE_NO_PAD.encode(hasher.finalize())
}

/// A challenge for one submission of `form` from a page of `origin`. `number` is random, at most `maxnumber`.
pub fn challenge(
    key: &Key,
    random: [u8; 12],
    number: u32,
    maxnumber: u32,
    form: &FormId,
    origin: &str,
    now: Timestamp,
) -> Challenge {
    let random = URL_SAFE_NO_PAD.encode(random);
    let expires = (now + GOOD_FOR).millis() / 1000;
    // The closing `&` keeps the number apart from the salt.
    let salt = format!("{random}?expires={expires}&for={}&", place(form, origin));
    let challenge = hash(&salt, number);
    let signature = URL_SAFE_NO_PAD.encode(sign(key, &challenge, &salt));
    Challenge { algorithm: ALGORITHM.to_owned(), challenge, maxnumber, salt, signature }
}

/// Checks a solution. What comes back names the challenge, so that it is used once.
pub fn verify(keys: &KeyRing, solution: &str, form: &FormId, origin: &str, now: Timestamp) -> Result<String, Unproven> {
    let json = STANDARD.decode(solution).map_err(|_| Unproven::Malformed)?;
    let json = std::str::from_utf8(&json).map_err(|_| Unproven::Malformed)?;
    let solution: Solution = serde_json::from_str(json).map_err(|_| Unproven::Malformed)?;
    let signature = URL_SAFE_NO_PAD.decode(&solution.signature).map_err(|_| Unproven::Forged)?;
    let signed = keys
        .oldest_first()
        .rev()
        .any(|(_, key)| sign(key, &solution.challenge, &solution.salt).ct_eq(&signature).into());
    if solution.algorithm != ALGORITHM || !signed {
        return Err(Unproven::Forged);
    }
    let parameter = |name: &str| {
        let (_, query) = solution.salt.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    if parameter("for") != Some(place(form, origin).as_str()) {
        return Err(Unproven::Misplaced);
    }
    let expires: i64 = parameter("expires").and_then(|text| text.parse().ok()).ok_or(Unproven::Forged)?;
    if now.millis() / 1000 >= expires {
        return Err(Unproven::Expired);
    }
    if hash(&solution.salt, solution.number) != solution.challenge {
        return Err(Unproven::Wrong);
    }
    Ok(solution.challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    fn keys() -> KeyRing {
        KeyRing::parse(&format!("1:{}", STANDARD.encode([1; 32]))).unwrap()
    }

    fn made() -> (FormId, Challenge) {
        let form: FormId = "newsletter".parse().unwrap();
        let made = challenge(&Key::new([1; 32]), [5; 12], 77, 100, &form, "https://a.example", NOW);
        (form, made)
    }

    fn answer(challenge: &Challenge, change: impl Fn(&mut Solution)) -> String {
        let mut solution = Solution {
            algorithm: challenge.algorithm.clone(),
            challenge: challenge.challenge.clone(),
            number: (0..=challenge.maxnumber).find(|n| hash(&challenge.salt, *n) == challenge.challenge).unwrap(),
            salt: challenge.salt.clone(),
            signature: challenge.signature.clone(),
        };
        change(&mut solution);
        STANDARD.encode(serde_json::to_vec(&solution).unwrap())
    }

    #[test]
    fn a_solved_challenge_counts_at_its_own_form_and_page_until_it_expires() {
        let (form, made) = made();
        let solved = answer(&made, |_| ());
        let other = "shop".parse().unwrap();
        let check = |form: &FormId, origin: &str, at| verify(&keys(), &solved, form, origin, at);
        assert_eq!(check(&form, "https://a.example", NOW), Ok(made.challenge.clone()));
        assert_eq!(check(&other, "https://a.example", NOW), Err(Unproven::Misplaced));
        assert_eq!(check(&form, "https://b.example", NOW), Err(Unproven::Misplaced));
        assert_eq!(check(&form, "https://a.example", NOW + GOOD_FOR), Err(Unproven::Expired));
    }

    #[test]
    fn a_changed_solution_does_not_count() {
        let (form, made) = made();
        let check =
            |change: &dyn Fn(&mut Solution)| verify(&keys(), &answer(&made, change), &form, "https://a.example", NOW);
        assert_eq!(check(&|s| s.number += 1), Err(Unproven::Wrong));
        assert_eq!(check(&|s| s.salt = s.salt.replace("expires=1", "expires=9")), Err(Unproven::Forged));
        assert_eq!(check(&|s| s.signature = String::new()), Err(Unproven::Forged));
        assert_eq!(verify(&keys(), "", &form, "https://a.example", NOW), Err(Unproven::Malformed));
    }

    /// CVE-2025-68113: digits moved from the number into the salt gave a second valid solution.
    #[test]
    fn a_spliced_salt_does_not_count() {
        let (form, made) = made();
        let spliced = answer(&made, |s| {
            s.salt.push('7');
            s.number = 7;
        });
        assert_eq!(verify(&keys(), &spliced, &form, "https://a.example", NOW), Err(Unproven::Forged));
    }
}
