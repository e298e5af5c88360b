//! Misspelt words, as thumbs misspell them.

/// From this length on a word is known with a letter wrong, …
pub const LONG: usize = 8;
/// … and from this one with two.
const LONGER: usize = 11;

/// A word, ready to be compared.
pub struct Spelling(Vec<u8>);

impl Spelling {
    pub fn of(word: &str) -> Self {
        Self(word.bytes().collect())
    }

    /// Whether it is that long word with a letter or two wrong, left out, added or swapped; the first one is right.
    pub fn is_near(&self, word: &str) -> bool {
        let (one, other) = (self.0.as_slice(), word.as_bytes());
        let most = if other.len() >= LONGER { 2 } else { 1 };
        one.first() == other.first() && one.len().abs_diff(other.len()) <= most && distance(one, other) <= most
    }

    /// Whether it is that short word with one slip of a thumb: two letters swapped, a key beside, one left out.
    pub fn is_slip(&self, word: &str) -> bool {
        let (one, other) = (self.0.as_slice(), word.as_bytes());
        let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let (Some(one_rest), Some(other_rest)) = (one.get(same..), other.get(same..)) else { return false };
        match (one_rest, other_rest) {
            ([a, b, one @ ..], [c, d, other @ ..]) if a == d && b == c && one == other => true,
            ([a, one @ ..], [b, other @ ..]) if one == other => beside(*a, *b),
            (one, [_, other @ ..]) if one == other => same > 0,
            ([a, one @ ..], other) if one == other => {
                let before = same.checked_sub(1).and_then(|at| self.0.get(at));
                before.into_iter().chain(one.first()).any(|b| beside(*a, *b))
            }
            _ => false,
        }
    }
}

/// How many letters are wrong, left out, added or swapped with their neighbour.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (i, b) in other.iter().enumerate() {
            let of = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut least = (of(&last, i) + usize::from(a != b)).min(of(&last, i + 1) + 1).min(of(&row, i) + 1);
            let swapped = at > 0 && i > 0 && one.get(at - 1) == Some(b) && other.get(i - 1) == Some(a);
            if swapped {
                least = least.min(of(&before, i - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

/// Whether two letters' keys touch, on a keyboard of German or English.
fn beside(one: u8, other: u8) -> bool {
    const ROWS: [&[u8]; 6] = [b"qwertzuiop", b"asdfghjkl", b"yxcvbnm", b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let touch = |keyboard: &[&[u8]]| {
        let place = |key: u8| {
            keyboard.iter().enumerate().find_map(|(row, keys)| Some((row, keys.iter().position(|it| *it == key)?)))
        };
        match (place(one), place(other)) {
            (Some((row, at)), Some((other_row, other_at))) if row == other_row => at.abs_diff(other_at) <= 1,
            (Some(one), Some(other)) => {
                let (upper, lower) = if one.0 < other.0 { (one, other) } else { (other, one) };
                lower.0 - upper.0 == 1 && (upper.1 == lower.1 || upper.1 == lower.1 + 1)
            }
            _ => false,
        }
    };
    let (german, english) = ROWS.split_at(3);
    touch(german) || touch(english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_a_thumb_is_known_and_another_word_is_not() {
        for word in ["stip", "sotp", "stpo", "stp", "sop", "stoo", "dtop", "stopo", "stiop"] {
            assert!(Spelling::of(word).is_slip("stop"), "{word}");
        }
        for word in ["step", "shop", "top", "spot", "stopfen", "stoff", "", "s", "stock"] {
            assert!(!Spelling::of(word).is_slip("stop"), "{word}");
        }
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance(b"abmelen", b"abmelden"), 1);
        assert_eq!(distance(b"unsubscirbe", b"unsubscribe"), 1);
        assert_eq!(distance(b"", b"ab"), 2);
        assert_eq!(distance(b"ab", b"ab"), 0);
    }
}
