use super::{DeletedBy, Ground, Kind, NEVER_AGREED, Period, Place, Row};

/// Where a reward's rows of people go.
const POOL: DeletedBy = DeletedBy::Code("edge/src/objects/pool/object.rs");

/// What a reward's object keeps.
pub(super) const fn of_pool(kind: Kind) -> Row {
    match kind {
        Kind::RewardHad => Row {
            what: "that an erased number has had a code of a reward: subject id",
            place: Place::Pool,
            purpose: "no erasure brings a second code",
            ground: Ground::Security,
            start: "the last SMS",
            period: Period::EndOfThirdYear { at_least: Some(NEVER_AGREED) },
            deleted_by: POOL,
        },
        Kind::RewardCode => Row {
            what: "who got which code of a reward: subject id",
            place: Place::Pool,
            purpose: "nobody gets two codes",
            ground: Ground::Consent,
            start: "the yes; it goes with the evidence, or with an erasure",
            period: Period::WithEvidence,
            deleted_by: POOL,
        },
        _ => Row {
            what: "codes of a reward that nobody has, and who added them",
            place: Place::Pool,
            purpose: "to give them to who says yes",
            ground: Ground::NoPersonalData,
            start: "their coming",
            period: Period::ForGood,
            deleted_by: DeletedBy::Nobody,
        },
    }
}
