//! What our own pages send back, signed.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use shared::{
    proof_of_work::{self as work, Solution},
    stamp as stamps,
    time::Span,
};

use crate::{
    lines::{line, text},
    shop::{ORIGIN, key, keys, noon},
};

/// A genuine text of which the line says what becomes: `at with`, so many characters on another one; else another text.
fn changed(genuine: &str, how: &str, other: &[u8]) -> String {
    let at = how.parse::<usize>().ok().filter(|at| *at < genuine.len());
    let Some(at) = at else { return text(other) };
    let with = text(other.get(..1).unwrap_or_default());
    format!("{}{with}{}", &genuine[..at], &genuine[at + 1..])
}

/// A stamp, after a line that says where a genuine one is changed.
pub fn stamp(data: &[u8]) {
    let (how, other) = line(data);
    let genuine = stamps::stamp(&key(), [7; 12], "newsletter", noon());
    let given = changed(&genuine, &how, other);
    let later = noon() + Span::minutes(1);
    let ok = stamps::verify(&keys(), &given, "newsletter", later).is_ok();
    assert_eq!(ok, given == genuine, "{given}");
    assert!(stamps::verify(&keys(), &given, "another", later).is_err());
    assert!(stamps::verify(&keys(), &given, "newsletter", noon()).is_err(), "too soon");
    assert!(stamps::verify(&keys(), &given, "newsletter", noon() + Span::hours(3)).is_err(), "too late");
}

/// The solution of a proof of work as JSON, after a line that says where a genuine one is changed; and as base64.
pub fn proof_of_work(data: &[u8]) {
    let form = "newsletter".parse().expect("an id");
    let challenge = work::challenge(&key(), [7; 12], 3, 50, &form, ORIGIN, noon());
    let solution = Solution {
        algorithm: challenge.algorithm.clone(),
        challenge: challenge.challenge.clone(),
        number: 3,
        salt: challenge.salt,
        signature: challenge.signature,
    };
    let (how, other) = line(data);
    let json = changed(&serde_json::to_string(&solution).expect("JSON"), &how, other);
    // The same solution may be written in several ways.
    let same = serde_json::from_str::<Solution>(&json).is_ok_and(|given| given == solution);
    let verify = |given: &str, origin| work::verify(&keys(), given, &form, origin, noon() + Span::minutes(1));
    let given = BASE64_STANDARD.encode(&json);
    assert_eq!(verify(&given, ORIGIN).ok(), same.then_some(challenge.challenge), "{json}");
    assert!(verify(&given, "https://elsewhere.example").is_err());
    assert!(verify(&text(data), ORIGIN).is_err(), "nobody knows our key");
}
