//! What can be said of a batch's rows before anybody is asked for.

use std::collections::HashMap;

use crate::{
    key_ring::SubjectId,
    wire::{BatchOutcome, FieldError},
};

/// What is known of each row when the batch is taken: refused for what is wrong with it, refused since an earlier row
/// is the same person, or waiting. A row that can be read gives every id under which its person may be stored.
///
/// # Errors
/// Nothing is right with any row: then all that is wrong.
pub fn taken(rows: Vec<Result<Vec<SubjectId>, FieldError>>) -> Result<Vec<BatchOutcome>, Vec<FieldError>> {
    if rows.iter().all(Result::is_err) {
        return Err(rows.into_iter().filter_map(Result::err).collect());
    }
    let mut first = HashMap::<SubjectId, usize>::new();
    let outcome = |(n, row): (usize, Result<Vec<SubjectId>, FieldError>)| match row {
        Err(FieldError { reason, detail, .. }) => BatchOutcome::Refused { reason, detail, duplicate_of: None },
        Ok(ids) => match ids.iter().find_map(|id| first.get(id).copied()) {
            Some(before) => duplicate_of(before),
            None => {
                first.extend(ids.into_iter().map(|id| (id, n)));
                BatchOutcome::Waiting
            }
        },
    };
    Ok(rows.into_iter().enumerate().map(outcome).collect())
}

fn duplicate_of(before: usize) -> BatchOutcome {
    BatchOutcome::Refused {
        reason: "duplicate".to_owned(),
        detail: format!("Recipient {before} is the same person, who gets one SMS."),
        duplicate_of: Some(before),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row() -> impl Strategy<Value = Result<Vec<SubjectId>, FieldError>> {
        let wrong = FieldError { field: "x".into(), reason: "wrong".into(), detail: "It is wrong.".into() };
        prop_oneof![
            4 => prop::collection::vec((0..6_u8).prop_map(|n| SubjectId([n; 9])), 1..3).prop_map(Ok),
            1 => Just(Err(wrong)),
        ]
    }

    proptest! {
        #[test]
        fn each_person_gets_one_sms_and_no_row_stops_another(rows in prop::collection::vec(row(), 1..20)) {
            let Ok(outcomes) = taken(rows.clone()) else {
                prop_assert!(rows.iter().all(Result::is_err));
                return Ok(());
            };
            prop_assert_eq!(outcomes.len(), rows.len());
            let waits: Vec<_> = (0..rows.len()).filter(|n| outcomes[*n] == BatchOutcome::Waiting).collect();
            for (n, (outcome, row)) in outcomes.iter().zip(&rows).enumerate() {
                let ids = row.clone().unwrap_or_default();
                let same = |other: &usize| rows[*other].as_ref().is_ok_and(|them| them.iter().any(|id| ids.contains(id)));
                let before = waits.iter().copied().find(|other| *other < n && same(other));
                let expected = match (row, before) {
                    (Err(_), _) => (Some("wrong"), None),
                    (Ok(_), None) => (None, None),
                    (Ok(_), Some(_)) => (Some("duplicate"), Some(())),
                };
                let got = match outcome {
                    BatchOutcome::Refused { reason, duplicate_of, .. } => {
                        prop_assert!(duplicate_of.is_none_or(|of| waits.contains(&of) && same(&of)));
                        (Some(reason.as_str()), duplicate_of.map(drop))
                    }
                    _ => (None, None),
                };
                prop_assert_eq!(got, expected, "row {}", n);
            }
        }
    }
}
