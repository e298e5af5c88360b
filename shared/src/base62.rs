//! Bytes as digits that every handset takes for a part of an address.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The bytes, as one number with the first byte in front, in so many digits. What finds no room in them is left out.
pub(crate) fn write<const N: usize>(bytes: [u8; N], digits: usize) -> String {
    let mut rest = bytes;
    let mut written: Vec<char> = (0..digits)
        .map(|_| {
            let mut remainder = 0_usize;
            for byte in &mut rest {
                let value = remainder << 8 | usize::from(*byte);
                *byte = (value / 62) as u8;
                remainder = value % 62;
            }
            DIGITS.get(remainder).copied().map_or('0', char::from)
        })
        .collect();
    written.reverse();
    written.into_iter().collect()
}

/// The bytes that a text stands for; nothing for what is no such number, or a greater one.
pub(crate) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0_u8; N];
    for digit in text.bytes() {
        let mut carry = DIGITS.iter().position(|known| *known == digit)?;
        for byte in bytes.iter_mut().rev() {
            carry += usize::from(*byte) * 62;
            *byte = (carry & 0xff) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    Some(bytes)
}
