//! Signatures of webhooks.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{
    Mac as _, SimpleHmac,
    digest::{Digest, core_api::BlockSizeUser},
};
use subtle::ConstantTimeEq as _;

use super::BadInbound;

/// Checks an HMAC over the parts, one after the other, in constant time. A secret that is missing signs nothing.
pub(super) fn check<D: Digest + BlockSizeUser>(
    secret: &str,
    parts: &[&[u8]],
    signature: &[u8],
) -> Result<(), BadInbound> {
    if secret.is_empty() {
        return Err(BadInbound::Unsigned);
    }
    let mut mac = SimpleHmac::<D>::new_from_slice(secret.as_bytes()).map_err(|_| BadInbound::Unsigned)?;
    parts.iter().for_each(|part| mac.update(part));
    mac.verify_slice(signature).map_err(|_| BadInbound::Unsigned)
}

/// Compares with a secret in constant time. A secret that is missing equals nothing.
pub(super) fn same(secret: &str, given: &str) -> Result<(), BadInbound> {
    let equal = bool::from(secret.as_bytes().ct_eq(given.as_bytes()));
    (equal && !secret.is_empty()).then_some(()).ok_or(BadInbound::Unsigned)
}

/// The hash of the parts in small hex.
pub(super) fn hex_of<D: Digest>(data: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    D::digest(data).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that hex stands for.
pub(super) fn from_hex(hex: &str) -> Result<Vec<u8>, BadInbound> {
    let digit = |c: &u8| char::from(*c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(high)? << 4) | digit(low)?),
        _ => None,
    };
    hex.as_bytes().chunks(2).map(pair).collect::<Option<_>>().ok_or(BadInbound::Unsigned)
}

/// The bytes that base64 stands for.
pub(super) fn from_base64(text: &str) -> Result<Vec<u8>, BadInbound> {
    STANDARD.decode(text).map_err(|_| BadInbound::Unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_signed_with_a_missing_secret() {
        use hmac::Hmac;
        let forged = Hmac::<sha2::Sha256>::new_from_slice(b"").unwrap().chain_update(b"body").finalize().into_bytes();
        assert_eq!(check::<sha2::Sha256>("", &[b"body"], &forged), Err(BadInbound::Unsigned));
        assert_eq!(same("", ""), Err(BadInbound::Unsigned));
        assert_eq!(same("a", "a"), Ok(()));
    }

    #[test]
    fn the_hmac_is_that_of_rfc_4231() {
        let signature = from_hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843").unwrap();
        assert_eq!(check::<sha2::Sha256>("Jefe", &[b"what do ya want ", b"for nothing?"], &signature), Ok(()));
        assert_eq!(
            check::<sha2::Sha256>("Jefe", &[b"what do ya want for nothing!"], &signature),
            Err(BadInbound::Unsigned)
        );
        assert_eq!(
            check::<sha2::Sha256>("Jefe", &[b"what do ya want for nothing?"], &signature[..31]),
            Err(BadInbound::Unsigned)
        );
    }

    #[test]
    fn hex_goes_both_ways() {
        assert_eq!(hex_of::<sha2::Sha256>(b"")[..8], *"e3b0c442");
        assert_eq!(from_hex("e3B0"), Ok(vec![0xe3, 0xb0]));
        for bad in ["e", "e3b", "zz", "+1", "ä"] {
            assert_eq!(from_hex(bad), Err(BadInbound::Unsigned), "{bad}");
        }
    }
}
