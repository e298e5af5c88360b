//! Signatures of webhooks.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{
    Mac as _, SimpleHmac,
    digest::{Digest, core_api::BlockSizeUser},
};
use subtle::ConstantTimeEq as _;

use super::BadInbound;
use crate::hex;

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

/// The claims of a JWT that is signed with HS256.
///
/// By hand, not by a JWT crate: with one algorithm that the token has no say in, a JWT is an HMAC over two base64
/// texts, and all the rest of such a crate would be paid for in wasm.
pub(super) fn jwt(secret: &str, token: &str) -> Result<Vec<u8>, BadInbound> {
    let (message, signature) = token.rsplit_once('.').ok_or(BadInbound::Unsigned)?;
    let (_, claims) = message.split_once('.').ok_or(BadInbound::Unsigned)?;
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| BadInbound::Unsigned);
    check::<sha2::Sha256>(secret, &[message.as_bytes()], &decode(signature)?)?;
    decode(claims)
}

/// The hash of the parts in small hex.
pub(super) fn hex_of<D: Digest>(data: &[u8]) -> String {
    hex::write(&D::digest(data))
}

/// The bytes that hex stands for.
pub(super) fn from_hex(text: &str) -> Result<Vec<u8>, BadInbound> {
    hex::read(text).ok_or(BadInbound::Unsigned)
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
}
