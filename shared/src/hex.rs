//! Bytes as hexadecimal digits.

/// Two small digits for each byte.
pub fn write(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that digits of either case stand for.
pub fn read(hex: &str) -> Option<Vec<u8>> {
    let digit = |c: &u8| char::from(*c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(high)? << 4) | digit(low)?),
        _ => None,
    };
    hex.as_bytes().chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hex_goes_both_ways(bytes: Vec<u8>) {
            let hex = write(&bytes);
            prop_assert_eq!(&hex, &bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            prop_assert_eq!(read(&hex.to_uppercase()), Some(bytes));
        }
    }

    #[test]
    fn what_is_no_hex_is_not_read() {
        for bad in ["e", "e3b", "zz", "+1", "ä"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
