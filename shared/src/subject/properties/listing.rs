use super::*;
use crate::{directory::Listing, stored::Record};

/// The record of somebody whose number is stored.
fn record(state: &State) -> Record {
    let hash: Vec<u8> = (0..32).collect();
    let record = serde_json::json!({
        "id": "AQEBAQEBAQEB", "hash": hash, "key": null, "number": "c2VhbGVk", "contact": null, "state": state,
    });
    serde_json::from_str(&record.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_directory_lists_what_is_in_force_and_what_waits_alone(story in links()) {
        tell(story, |_, _, _, after, now| {
            let listing = Listing::of(&record(after));
            for id in PURPOSES {
                let id = id.parse().unwrap();
                assert_eq!(listing.is_given(&id), after.given(&id, now).is_some());
                let asked = after.asked().any(|(_, it)| it.purposes.iter().any(|purpose| purpose.id == id));
                let waits = listing.states.get(&id).is_some_and(|listed| listed.state == PurposeState::Pending);
                assert_eq!(waits, asked && !after.standings.contains_key(&id));
            }
        });
    }

    #[test]
    fn what_is_sent_and_reported_changes_no_row(story in links()) {
        tell(story, |step, before, decided, after, _| {
            let ends = decided.is_ok_and(|changes| changes.iter().any(|it| matches!(it, Change::Took { .. })));
            let sends = matches!(
                step,
                Step::Send { .. } | Step::Delivered { .. } | Step::Undeliverable { .. } | Step::Hold { .. }
                    | Step::FreshLink | Step::FreshLinkFromPage
            );
            if sends && !ends {
                assert_eq!(Listing::of(&record(before)), Listing::of(&record(after)));
            }
        });
    }
}
