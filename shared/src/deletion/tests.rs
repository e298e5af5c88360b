use std::{collections::BTreeSet, fs, path::Path};

use super::*;
use crate::{evidence::Erasable, time::Timestamp};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn the_document_is_the_tables() {
    let file = fs::read_to_string(root().join("docs/deletion.md")).unwrap();
    assert!(file == document(), "docs/deletion.md is old: cargo run -p shared --example deletion");
}

#[test]
fn each_kind_has_its_row_with_all_cells() {
    let kinds: BTreeSet<_> = Kind::ALL.into_iter().collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
    assert_eq!(Kind::OwnersCopy as usize + 1, Kind::ALL.len(), "the last kind, and none left out");
    let what: BTreeSet<_> = Kind::ALL.map(|kind| row(kind).what).into_iter().collect();
    assert_eq!(what.len(), Kind::ALL.len(), "no two rows are of the same");
    for kind in Kind::ALL {
        let Row { what, purpose, start, .. } = row(kind);
        assert!([what, purpose, start].iter().all(|cell| !cell.is_empty() && !cell.contains('|')), "{kind:?}");
    }
}

#[test]
fn only_what_is_no_personal_data_stays_for_good_and_what_is_ours_has_code_that_deletes_it() {
    for kind in Kind::ALL {
        let Row { ground, period, deleted_by, place, .. } = row(kind);
        assert_eq!(period == Period::ForGood, ground == Ground::NoPersonalData && deleted_by == DeletedBy::Nobody);
        let outside = matches!(place, Place::Platform | Place::Provider | Place::Owner);
        assert_eq!(matches!(deleted_by, DeletedBy::Owner(_)), outside, "{kind:?}");
        if let DeletedBy::Code(path) = deleted_by {
            assert!(root().join(path).exists(), "{kind:?}: {path}");
        }
    }
}

#[test]
fn each_value_goes_alone_at_its_time() {
    let came_in = Timestamp::from_millis(1_795_000_000_000);
    let all = ["network", "number", "user_agent", "page", "reply", "text"];
    let mut values: Vec<_> = all.map(|name| Erasable::new(name, "x", [1; 16])).into();
    let mut at = |days: i64, left: &[&str]| {
        drop_fleeting(&mut values, Some(came_in), came_in + crate::time::Span::days(days));
        assert_eq!(values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(), left, "{days}");
        fleeting_until(&values, came_in)
    };
    assert_eq!(at(29, &all), Some(came_in + NETWORK_AND_BROWSER));
    assert_eq!(at(30, &["number", "page", "reply", "text"]), Some(came_in + MESSAGE));
    assert_eq!(at(90, &["number", "page", "reply"]), None);
    let mut unknown = vec![Erasable::new("text", "x", [1; 16])];
    drop_fleeting(&mut unknown, None, came_in);
    assert_eq!(unknown, []);
}

#[test]
fn what_a_request_brought_goes_by_its_time_and_not_that_of_the_yes() {
    let at = |text: &str| Timestamp::try_from(text.to_owned()).unwrap();
    let given = r#"{"kind":"given","time":"2026-11-20T00:00:00.000Z","request":{"time":"2026-11-18T00:00:00.000Z"}}"#;
    let other = r#"{"kind":"withdrawn","time":"2026-11-20T00:00:00.000Z"}"#;
    let [given, other] = [given, other].map(|event| came_in(event).unwrap());
    assert_eq!((given, other), (at("2026-11-18T00:00:00.000Z"), at("2026-11-20T00:00:00.000Z")));
    let network = [Erasable::new("network", "192.0.2.0/24", [1; 16])];
    assert_eq!(fleeting_until(&network, given), Some(at("2026-12-18T00:00:00.000Z")));
    assert_eq!(fleeting_until(&[Erasable::new("number", "x", [1; 16])], given), None);
}

type Table = (&'static str, &'static [Kind]);

/// Each table of each object, and the kinds of data in it.
const TABLES: &[(&str, &[Table])] = {
    use Kind::*;
    &[
        ("batch", &[("batch", &[Batch]), ("chunks", &[Batch])]),
        (
            "directory",
            &[
                ("people", &[DirectoryRow]),
                ("inbox", &[DirectoryRow]),
                ("forgotten", &[ForgottenMark]),
                ("sweep", &[Bookkeeping]),
            ],
        ),
        (
            "gateway",
            &[
                ("pace", &[GatewayPace]),
                ("found", &[FoundSms]),
                ("taken", &[TakenSms]),
                ("unread", &[UnreadWebhook]),
                ("watch", &[Bookkeeping]),
            ],
        ),
        ("limiter", &[("counts", &[LimiterCounter, DaySums]), ("proofs", &[UsedProof])]),
        ("pool", &[("codes", &[RewardCode, RewardCodes]), ("pool", &[RewardCodes]), ("had", &[RewardHad])]),
        (
            "registry",
            &[
                ("deploy", &[Bookkeeping]),
                ("forms", &[SettingsAndForms]),
                ("parked", &[ParkedNotice]),
                ("pauses", &[Bookkeeping]),
                ("settings", &[SettingsAndForms]),
                ("signing_keys", &[SettingsAndForms]),
                ("texts", &[SettingsAndForms]),
                ("unreadable", &[Bookkeeping]),
            ],
        ),
        (
            "subject",
            &[
                ("events", &[ConsentInForce, EvidenceOfEnded, StoppedUnasked, NetworkAndBrowser]),
                ("inbox", &[ReplyText, HumanAnswer]),
                ("kept", &[InboundId, Message, KeptAnswer, Request]),
                ("links", &[WayOutLink, FreshLink]),
                ("locked_events", &[LockedProof]),
                ("notes", &[ForwardingNote]),
                ("openings", &[LockedProof]),
                ("orders", &[Message]),
                ("outbox", &[OutboxSms, OutboxOther]),
                ("proofs", &[LockedProof]),
                ("requests", &[Request]),
                (
                    "subject",
                    &[
                        NumberNeverAgreed,
                        NumberOfHandset,
                        NumberOfPerson,
                        OpenReply,
                        SuppressionForATime,
                        SuppressionUnanswered,
                        SuppressionUntilLifted,
                    ],
                ),
            ],
        ),
        ("webhook", &[("events", &[WebhookEvent]), ("share", &[Bookkeeping])]),
    ]
};

#[test]
fn every_table_has_its_rows() {
    let mut made = BTreeSet::new();
    for entry in walk(&root().join("edge/src/objects")) {
        let object = entry.strip_prefix(root().join("edge/src/objects")).unwrap().iter().next().unwrap();
        let object = object.to_str().unwrap().to_owned();
        // The simulated phone is no part of a deploy.
        if object == "phone" {
            continue;
        }
        let source = fs::read_to_string(&entry).unwrap();
        for part in source.split("CREATE TABLE IF NOT EXISTS ").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            made.insert((object.clone(), name));
        }
    }
    let named: BTreeSet<_> = TABLES
        .iter()
        .flat_map(|(object, tables)| tables.iter().map(|(table, _)| ((*object).to_owned(), (*table).to_owned())))
        .collect();
    assert_eq!(named, made);
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
