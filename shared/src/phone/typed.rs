use super::NumberError;

/// Digits beyond this are never a number, with all prefixes that there are.
const MOST_DIGITS: usize = 40;

/// Decimals that a spreadsheet shows of a whole number.
const MOST_DECIMALS: usize = 3;

/// The zero of each script whose digits a phone's keyboard may write.
const ZEROS: [char; 20] =
    ['0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '෦', '０'];

/// What somebody typed, as digits.
pub(super) struct Typed {
    pub digits: String,
    /// It began with a plus.
    pub plus: bool,
    /// Where a zero stood alone in parentheses, as in `+49 (0) 30`.
    pub lone_zero: Option<usize>,
}

impl Typed {
    /// Reads over whatever people put between digits. Whoever pastes a number may bring quotes, a
    /// `tel:`, and marks for the direction of writing that nobody sees.
    pub fn read(text: &str) -> Result<Self, NumberError> {
        let text = text.trim_start_matches(is_between);
        let text = match text.split_at_checked(4) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("tel:") => rest,
            _ => text,
        };
        let mut typed = Self { digits: String::new(), plus: false, lone_zero: None };
        let mut open = None;
        let mut marks = [DecimalMark::default(); 2];
        for sign in text.chars() {
            if let Some(digit) = digit(sign) {
                typed.digits.push(digit);
                if typed.digits.len() > MOST_DIGITS {
                    return Err(NumberError::TooLong);
                }
            } else if matches!(sign, '+' | '＋') && typed.digits.is_empty() {
                typed.plus = true;
            } else if !is_between(sign) {
                return Err(NumberError::Letters);
            } else if matches!(sign, '.' | '．' | ',') {
                let [point, comma] = &mut marks;
                let mark = if sign == ',' { comma } else { point };
                mark.note(typed.digits.len());
            } else if matches!(sign, '(' | '（') {
                open = Some(typed.digits.len());
            } else if matches!(sign, ')' | '）') {
                let alone = open.filter(|&at| typed.digits.get(at..) == Some("0"));
                typed.lone_zero = typed.lone_zero.or(alone);
            }
        }
        if typed.digits.is_empty() {
            Err(NumberError::Empty)
        } else if marks.iter().any(|mark| mark.ends_a_calculation(&typed.digits)) {
            Err(NumberError::Letters)
        } else {
            Ok(typed)
        }
    }
}

/// Where a point or a comma stood. Between groups of digits they are what people write; `4917612345678.0` is what a
/// spreadsheet has made of a number, and with its zero it is another one.
#[derive(Clone, Copy, Default)]
struct DecimalMark {
    /// After so many digits, the last time.
    after: usize,
    count: u32,
}

impl DecimalMark {
    fn note(&mut self, after: usize) {
        self.after = after;
        self.count += 1;
    }

    /// Whether it stood once, before the zeros of a fraction. Whoever groups by points, as in `06.12.34.56.00`, has
    /// more of them.
    fn ends_a_calculation(self, digits: &str) -> bool {
        let fraction = digits.get(self.after..).unwrap_or_default();
        self.count == 1
            && self.after > 0
            && (1..=MOST_DECIMALS).contains(&fraction.len())
            && fraction.bytes().all(|digit| digit == b'0')
    }
}

/// The ASCII digit of the same value.
fn digit(sign: char) -> Option<char> {
    ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(sign).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

fn is_between(sign: char) -> bool {
    matches!(
        sign,
        ' ' | '\t' | '\n' | '\r'
            | '-' | '.' | '/' | ',' | '_' | '~' | '(' | ')' | '[' | ']' | '<' | '>' | '\'' | '"' | '`'
            // No-break space, soft hyphen, acute accent, middle dot, « and ».
            | '\u{a0}' | '\u{ad}' | '\u{b4}' | '\u{b7}' | '\u{ab}' | '\u{bb}'
            // Spaces, joiners, dashes, quotes, marks of direction.
            | '\u{2000}'..='\u{201f}' | '\u{2028}'..='\u{202f}' | '\u{2039}' | '\u{203a}'
            | '\u{205f}'..='\u{206f}' | '\u{2212}' | '\u{feff}'
            // The same in full width.
            | '\u{3000}' | '\u{30fc}' | '（' | '）' | '－' | '．' | '／' | '［' | '］' | '～'
    )
}
