use serde::{Deserialize, Serialize};

/// `POST /v1/rewards/{purpose}`: codes for the pool of a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RewardCodes {
    /// At most 10,000 codes of 1 to 40 characters, ASCII without spaces. What is known already is left out.
    pub codes: Vec<String>,
}

impl RewardCodes {
    /// The most that one call takes.
    pub const MOST: usize = 10_000;

    /// The place of the first code that can't stand in an SMS.
    pub fn first_bad(&self) -> Option<usize> {
        let fits = |code: &String| (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_graphic());
        self.codes.iter().position(|code| !fits(code))
    }
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RewardCodesAdded {
    /// Codes that nobody has got yet.
    pub left: u32,
    /// So many of the call's are new.
    pub added: u32,
}

/// `GET /v1/rewards/{purpose}`: how far the pool of a purpose reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RewardPool {
    /// Codes that nobody has got yet.
    pub left: u32,
    /// Codes that somebody has got.
    pub taken: u32,
    /// So few left, and `reward.low` is told.
    pub warn_at: u32,
    /// Whether it has come to that.
    pub low: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_an_sms_could_break_is_found() {
        let bad =
            |codes: &[&str]| RewardCodes { codes: codes.iter().map(|code| (*code).to_owned()).collect() }.first_bad();
        let longest = "A".repeat(40);
        assert_eq!(bad(&["GRUEN-10", &longest]), None);
        for code in ["", "A B", "A\n", "GRÜN", &"A".repeat(41)] {
            assert_eq!(bad(&["GRUEN-10", code]), Some(1), "{code}");
        }
    }
}
