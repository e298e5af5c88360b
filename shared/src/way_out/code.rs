use subtle::ConstantTimeEq as _;

use crate::{
    base62,
    key_ring::{KeyRing, SubjectId},
};

const ID: usize = 9;
const MAC: usize = 5;
const BYTES: usize = ID + MAC;

/// What stands behind `/a/` in every advertising SMS: the subject id (72 bits) and 40 bits of an HMAC-SHA256 under that
/// generation of the index key which the id is of, over "way-out/1" and the id. Derived and stored nowhere, so that it
/// leads out for ever; whoever has it can end things, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayOutCode([u8; BYTES]);

impl WayOutCode {
    /// Characters of a code: 112 bits as base62 digits.
    pub const LENGTH: usize = 19;

    /// The code of a subject. Nothing where the ring lacks the id's generation, which it never may.
    pub fn of(subject: SubjectId, index: &KeyRing) -> Option<Self> {
        let key = index.get(subject.generation()).ok()?;
        let said: Vec<u8> = b"way-out/1".iter().chain(&subject.0).copied().collect();
        Some(Self(subject.followed_by(key.mac_of(&said))))
    }

    /// The code as it stands in a link.
    pub fn text(self) -> String {
        base62::write(self.0, Self::LENGTH)
    }

    /// Whom a text leads to; nobody where it is no code of ours.
    pub fn read(text: &str, index: &KeyRing) -> Option<SubjectId> {
        let bytes = (text.len() == Self::LENGTH).then(|| base62::read::<BYTES>(text)).flatten()?;
        let subject = SubjectId::leading(bytes);
        let right = Self::of(subject, index)?;
        bool::from(right.0.ct_eq(&bytes)).then_some(subject)
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use hmac::{Hmac, Mac as _};
    use proptest::prelude::*;
    use sha2::Sha256;

    use super::*;
    use crate::key_ring::NEXT;

    fn ring(generations: &[u8]) -> KeyRing {
        let text: Vec<_> = generations.iter().map(|n| format!("{n}:{}", STANDARD.encode([*n; 32]))).collect();
        KeyRing::parse_index(&text.join(",")).unwrap()
    }

    fn subject() -> impl Strategy<Value = SubjectId> {
        (1..=3_u8, any::<[u8; 8]>()).prop_map(|(generation, hash)| {
            let mut id = [generation; 9];
            id[1..].copy_from_slice(&hash);
            SubjectId(id)
        })
    }

    const DIGITS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    proptest! {
        #[test]
        fn a_code_leads_to_its_subject_for_as_long_as_its_key_is_known(subject in subject()) {
            let code = WayOutCode::of(subject, &ring(&[1, 2, 3])).unwrap().text();
            prop_assert!(code.len() <= 20 && code.bytes().all(|digit| digit.is_ascii_alphanumeric()));
            prop_assert_eq!(WayOutCode::read(&code, &ring(&[1, 2, 3])), Some(subject));
            prop_assert_eq!(WayOutCode::read(&code, &ring(&[1, 2, 3, 4])), Some(subject));
            let next = format!("1:{},2:{},3{NEXT}:{}", STANDARD.encode([1; 32]), STANDARD.encode([2; 32]), STANDARD.encode([3; 32]));
            prop_assert_eq!(WayOutCode::read(&code, &KeyRing::parse_index(&next).unwrap()), Some(subject));
            // Another deployment's, or one of a generation that never was.
            prop_assert_eq!(WayOutCode::read(&code, &ring(&[4])), None);
        }

        /// 40 bits: one of 2^40 guesses is right, and here is room for a million.
        #[test]
        fn a_code_with_another_digit_is_none(subject in subject(), at in 0..WayOutCode::LENGTH, other in 0..62_usize) {
            let code = WayOutCode::of(subject, &ring(&[1, 2, 3])).unwrap().text();
            let mut wrong = code.clone();
            wrong.replace_range(at..=at, &DIGITS[other..=other]);
            let read = WayOutCode::read(&wrong, &ring(&[1, 2, 3]));
            prop_assert_eq!(read, (wrong == code).then_some(subject));
        }

        #[test]
        fn two_digits_in_each_others_place_are_none(subject in subject(), at in 0..WayOutCode::LENGTH - 1) {
            let code = WayOutCode::of(subject, &ring(&[1, 2, 3])).unwrap().text();
            let mut digits: Vec<_> = code.chars().collect();
            digits.swap(at, at + 1);
            let wrong: String = digits.into_iter().collect();
            prop_assert_eq!(WayOutCode::read(&wrong, &ring(&[1, 2, 3])), (wrong == code).then_some(subject));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,40}", digits in "[0-9A-Za-z]{17,21}") {
            prop_assert_eq!(WayOutCode::read(&text, &ring(&[1])), None);
            prop_assert_eq!(WayOutCode::read(&digits, &ring(&[1])), None);
        }
    }

    /// What stands in SMS that were sent is never made in another way.
    #[test]
    fn a_code_is_made_as_the_design_says() {
        let id = [7, 1, 2, 3, 4, 5, 6, 7, 8];
        let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&[7; 32]).unwrap();
        mac.update(b"way-out/1");
        mac.update(&id);
        let mac = mac.finalize().into_bytes();
        let code = WayOutCode::of(SubjectId(id), &ring(&[7])).unwrap();
        assert_eq!(code.0, *[&id[..], &mac[..5]].concat());
        assert_eq!(code.text(), "0m3qqPblYPH45odEMyA");
    }
}
