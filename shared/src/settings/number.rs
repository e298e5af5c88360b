//! Numbers as settings, people and providers write them.

/// A number down to what tells it from others: without spaces, marks and a scheme (RFC 3966).
pub(crate) fn bare_number(number: &str) -> String {
    let number = number.trim();
    let scheme = ["tel:", "sms:"]
        .into_iter()
        .find(|scheme| number.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let number = scheme.and_then(|scheme| number.get(scheme.len()..)).unwrap_or(number);
    let number = number.split(';').next().unwrap_or_default();
    number.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
}

/// A number as a provider writes it, down to its digits: E.164 with its plus, with `00`, or bare.
pub(crate) fn number_digits(bare: &str) -> &str {
    bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")).unwrap_or(bare)
}

/// Whether both are one number of ours, `known` as the settings write it and `other` as a provider does, perhaps in
/// national format.
pub fn same_number(known: &str, other: &str) -> bool {
    /// Shorter ones are short codes, which have no national format.
    const SHORTEST: usize = 6;
    let (known, other) = (bare_number(known), bare_number(other));
    let (known, called) = (number_digits(&known), number_digits(&other));
    let national = other.strip_prefix('0').filter(|rest| !rest.starts_with('0') && rest.len() >= SHORTEST);
    let local = |rest: &str| {
        let code = known.strip_suffix(rest);
        code.is_some_and(|code| (1..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()))
    };
    !known.is_empty() && (known == called || national.is_some_and(local))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_of_ours_is_one_however_a_provider_writes_it() {
        let ours = "+4915228817386";
        for to in [
            "+4915228817386",
            "4915228817386",
            "004915228817386",
            "015228817386",
            "0152 288 17386",
            "tel:+4915228817386",
        ] {
            assert!(same_number(ours, to), "{to}");
        }
        for to in ["", "0", "+4915228817387", "015228817387", "5228817386", "0017386", "Blattwerk"] {
            assert!(!same_number(ours, to), "{to}");
        }
        for (known, to, same) in [
            ("80999", "80999", true),
            ("80999", "080999", false),
            ("80999", "999", false),
            ("", "", false),
            ("Blattwerk", "Blattwerk", true),
        ] {
            assert_eq!(same_number(known, to), same, "{known} {to}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_itself(number in "\\+[1-9][0-9]{5,14}") {
            let abroad = ["00", &number[1..]].concat();
            prop_assert!(same_number(&number, &number[1..]));
            prop_assert!(same_number(&number, &abroad));
        }
    }
}
