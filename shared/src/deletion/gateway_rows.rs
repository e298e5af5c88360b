use super::{DeletedBy, FOUND, Ground, Kind, Period, Place, Row, TAKEN, UNREAD};

/// Where a gateway's rows with a date go.
const GATEWAY: DeletedBy = DeletedBy::Code("edge/src/objects/gateway/store.rs");

/// What a gateway's object keeps.
pub(super) const fn of_gateway(kind: Kind) -> Row {
    match kind {
        Kind::GatewayPace => Row {
            what: "pace, budget and circuit of a gateway: times and counts",
            place: Place::Gateway,
            purpose: "the provider gets no more than it can take",
            ground: Ground::NoPersonalData,
            start: "each SMS",
            period: Period::ForGood,
            deleted_by: DeletedBy::Nobody,
        },
        Kind::TakenSms => Row {
            what: "provider's id of an SMS, with our own (which names the subject id); only where its reports may lack ours",
            place: Place::Gateway,
            purpose: "a delivery report finds its SMS",
            ground: Ground::Operation,
            start: "the SMS",
            period: Period::For(TAKEN),
            deleted_by: GATEWAY,
        },
        Kind::FoundSms => Row {
            what: "provider's id of an SMS that its list of what came in has shown",
            place: Place::Gateway,
            purpose: "what a list shows each hour goes to the person once",
            ground: Ground::Operation,
            start: "its finding",
            period: Period::For(FOUND),
            deleted_by: GATEWAY,
        },
        _ => Row {
            what: "SMS that came in and could not be read: the provider's call, sealed",
            place: Place::Gateway,
            purpose: "no STOP is lost: the owner can read it",
            ground: Ground::Refusal,
            start: "its arrival; the 500 newest of a gateway at most; once a human has put it away, who did and when stays alone",
            period: Period::For(UNREAD),
            deleted_by: GATEWAY,
        },
    }
}
