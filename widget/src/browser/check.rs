//! The number, checked on the device.

use js_sys::RegExp;
use shared::phone::{self, Country, CountryRules, MobileNumber, NumberError, PatternEngine, Start};

use super::js::Json;

/// The engine that the browser has anyway.
struct Browser;

impl PatternEngine for Browser {
    fn match_start(&self, pattern: &str, text: &str) -> Option<Start> {
        let caught = RegExp::new(&["^(?:", pattern, ")"].concat(), "").exec(text)?;
        Some(Start { length: caught.get(0).as_string()?.len(), group: caught.get(1).as_string() })
    }
}

/// Reads `text` by the rules in the form's data.
///
/// # Errors
/// What is wrong with it, as far as the device can tell.
pub fn number(text: &str, data: &Json) -> Result<MobileNumber, NumberError> {
    let rules: Vec<_> = data.get("rules").items().iter().filter_map(rules).collect();
    let home: Option<Country> = data.text("country").parse().ok();
    phone::parse(text, home.ok_or(NumberError::UnlistedCountry)?, &rules, &Browser)
}

/// What `checkNumber` of the element gives: `{valid, e164, country, reason}`.
pub fn answer(text: &str, data: &Json) -> Json {
    let answer = Json::object();
    let result = number(text, data);
    answer.set("valid", &result.is_ok().into());
    match result {
        Ok(number) => {
            answer.set("e164", &number.e164().into());
            answer.set("country", &number.country().as_str().into());
        }
        Err(error) => answer.set("reason", &error.reason().into()),
    }
    answer
}

/// The names are those of [`CountryRules`] in JSON.
fn rules(json: &Json) -> Option<CountryRules> {
    let count = |key| json.get(key).as_f64().unwrap_or_default() as u32;
    Some(CountryRules {
        country: json.text("c").parse().ok()?,
        calling_code: count("n") as u16,
        secondary: json.get("s").is_truthy(),
        mobile: json.text("m").into(),
        lengths: count("l"),
        national_prefix: json.text("p").into(),
        fill: json.text("f").into(),
        international_prefix: json.get("i").as_string().unwrap_or_else(|| "00".into()).into(),
        other: json.text("o").into(),
    })
}
