use super::{DeletedBy, Ground, INBOX_ANSWER, INBOX_TEXT, Kind, Period, Place, Row};

/// What the owner's inbox keeps.
pub(super) const fn of_inbox(kind: Kind) -> Row {
    match kind {
        Kind::ReplyText => Row {
            what: "reply that no program understands: its words, sealed, and at which number it came in; where nothing else is kept, the number with it",
            place: Place::Subject,
            purpose: "a human reads it, and does what the person wants",
            ground: Ground::Request,
            start: "its arrival; it goes sooner with a human's answer, with an erasure, or as the oldest of more than 50",
            period: Period::For(INBOX_TEXT),
            deleted_by: DeletedBy::Code("shared/src/subject/inbox.rs"),
        },
        Kind::OpenReply => Row {
            what: "that a reply waits for a human, since when, what it may ask for, and whether advertising waits: no words of it",
            place: Place::Subject,
            purpose: "advertising that a person may object to doesn't go on because nobody read it",
            ground: Ground::Refusal,
            start: "its arrival; it goes with a human's answer, an erasure or, unless advertising waits, with its words",
            period: Period::WithPerson,
            deleted_by: DeletedBy::Code("shared/src/subject/inbox.rs"),
        },
        _ => Row {
            what: "what a human did about a reply, who and when; no words of it",
            place: Place::Subject,
            purpose: "the same answer once more does nothing, and it can be traced",
            ground: Ground::Operation,
            start: "the answer; it goes sooner where nothing else is kept of the person",
            period: Period::For(INBOX_ANSWER),
            deleted_by: DeletedBy::Code("edge/src/objects/subject/store/dates.rs"),
        },
    }
}
