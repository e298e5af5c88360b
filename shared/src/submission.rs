//! Whether a submitted form can be taken, and if not, all that is to be corrected, at once.

use crate::{
    form::FormVersion,
    ids::PurposeId,
    lang::Lang,
    phone::{Country, MobileNumber, PatternEngine, parse_for},
    wire::FieldError,
};

/// What a person filled in.
#[derive(Debug, Clone, Copy)]
pub struct Filled<'a> {
    /// The number as typed.
    pub number: &'a str,
    /// The country of a number without a prefix; the form's first one by default.
    pub country: Option<Country>,
    /// The boxes ticked.
    pub purposes: &'a [PurposeId],
    /// Whether the age was declared.
    pub age_confirmed: bool,
}

/// Reads what was filled in. Nothing is kept of a form that has an error (L1, L4, L11).
///
/// # Errors
/// Each field that is to be corrected, in the order of the form, with a sentence in `lang`.
pub fn check<E: PatternEngine>(
    form: &FormVersion,
    lang: Lang,
    filled: Filled,
    engine: &E,
) -> Result<MobileNumber, Vec<FieldError>> {
    let countries = &form.draft.countries;
    let texts = lang.texts().labels(countries, &form.sender, &form.controller.name, form.confirm()).errors;
    let error = |field: &str, reason: &str, detail: &str| FieldError {
        field: field.to_owned(),
        reason: reason.to_owned(),
        detail: detail.to_owned(),
    };
    let mut errors = Vec::new();
    let unlisted = filled.country.is_some_and(|country| !countries.contains(&country));
    if unlisted {
        errors.push(error("country", "unlisted_country", &texts.unlisted_country));
    }
    let home = filled.country.or_else(|| countries.first().copied());
    let number = match home.filter(|_| !unlisted) {
        Some(home) => match parse_for(filled.number, home, countries, engine) {
            Ok(number) => Some(number),
            Err(why) => {
                errors.push(error("number", why.reason(), texts.number(why)));
                None
            }
        },
        None => None,
    };
    if filled.purposes.is_empty() {
        errors.push(error("purposes", "no_purpose", &texts.no_purpose));
    }
    if filled.purposes.iter().any(|purpose| form.purpose(purpose).is_none()) {
        errors.push(error("purposes", "unknown_purpose", &texts.no_purpose));
    }
    // No form of ours sends one twice, and the SMS would name it as often.
    if filled.purposes.iter().enumerate().any(|(at, purpose)| filled.purposes.iter().take(at).any(|it| it == purpose)) {
        errors.push(error("purposes", "unique", lang.problems().twice));
    }
    if !filled.age_confirmed {
        errors.push(error("age_confirmed", "no_age", &texts.no_age));
    }
    match number {
        Some(number) if errors.is_empty() => Ok(number),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{form, phone::RegexLite};

    proptest! {
        #[test]
        fn every_list_of_purposes_is_taken_once_each_or_refused(ticked in prop::collection::vec(0..3_usize, 0..6)) {
            let form = form::tests::published();
            let purposes: Vec<PurposeId> =
                ticked.iter().map(|at| ["marketing", "booking", "lottery"][*at].parse().unwrap()).collect();
            let filled = Filled { number: "0176 12345678", country: None, purposes: &purposes, age_confirmed: true };
            let reasons: Vec<_> = match check(&form, Lang::De, filled, &RegexLite) {
                Ok(_) => Vec::new(),
                Err(errors) => errors.into_iter().map(|error| error.reason).collect(),
            };
            let mut sorted = ticked.clone();
            sorted.sort_unstable();
            sorted.dedup();
            prop_assert_eq!(reasons.contains(&"unique".to_owned()), sorted.len() < ticked.len());
            prop_assert_eq!(reasons.contains(&"unknown_purpose".to_owned()), ticked.contains(&2));
            prop_assert_eq!(reasons.contains(&"no_purpose".to_owned()), ticked.is_empty());
            prop_assert!(reasons.len() <= 2);
        }
    }
}
