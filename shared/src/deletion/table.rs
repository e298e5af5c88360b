use super::{
    ANSWERED, BATCH, CONFIRM_WITHIN, COUNTED, DAY_SUMS, DeletedBy, FORGOTTEN, FORWARDING_NOTE, FRESH_LINK, Ground,
    INBOUND_ID, KEPT_ANSWER, Kind, MESSAGE, NETWORK_AND_BROWSER, NEVER_AGREED, PARKED, Period, Place, Row,
    SUPPRESSED_FOR, SUPPRESSED_LONGER, WEBHOOK_EVENT, gateway_rows::of_gateway, inbox_rows::of_inbox,
    pool_rows::of_pool,
};
use crate::time::Span;

/// Where a state decides what is due.
const STATE: DeletedBy = DeletedBy::Code("shared/src/subject/due.rs");
/// Where rows with a date of their own go.
const DATES: DeletedBy = DeletedBy::Code("edge/src/objects/subject/store/dates.rs");

/// What the deletion concept says of a kind of data.
pub const fn row(kind: Kind) -> Row {
    match kind {
        Kind::NumberNeverAgreed
        | Kind::NumberOfHandset
        | Kind::NumberOfPerson
        | Kind::Request
        | Kind::NetworkAndBrowser
        | Kind::WayOutLink
        | Kind::FreshLink
        | Kind::InboundId => of_asking(kind),
        Kind::ReplyText | Kind::OpenReply | Kind::HumanAnswer => of_inbox(kind),
        Kind::ConsentInForce
        | Kind::ConsentInKv
        | Kind::EvidenceOfEnded
        | Kind::StoppedUnasked
        | Kind::LockedProof
        | Kind::SuppressionForATime
        | Kind::SuppressionUnanswered
        | Kind::SuppressionUntilLifted => of_consents(kind),
        Kind::OutboxSms
        | Kind::OutboxOther
        | Kind::Message
        | Kind::KeptAnswer
        | Kind::DirectoryRow
        | Kind::ForgottenMark
        | Kind::ForwardingNote
        | Kind::Batch
        | Kind::WebhookEvent => of_sending(kind),
        Kind::RewardCode | Kind::RewardHad | Kind::RewardCodes => of_pool(kind),
        Kind::LimiterCounter
        | Kind::UsedProof
        | Kind::DaySums
        | Kind::ParkedNotice
        | Kind::SettingsAndForms
        | Kind::Bookkeeping => of_operation(kind),
        Kind::GatewayPace | Kind::TakenSms | Kind::FoundSms | Kind::UnreadWebhook => of_gateway(kind),
        Kind::Log | Kind::PlatformBackup | Kind::ProviderLog | Kind::OwnersCopy => of_others(kind),
    }
}

const fn of_asking(kind: Kind) -> Row {
    match kind {
        Kind::NumberNeverAgreed => Row {
            what: "number, data key, contact and language of who never agreed, with links and messages",
            place: Place::Subject,
            purpose: "to ask the handset, and to answer \"who ordered this SMS?\"",
            ground: Ground::Request,
            start: "the end of the last request: a no, 48 hours, a newer request",
            period: Period::For(NEVER_AGREED),
            deleted_by: STATE,
        },
        Kind::NumberOfHandset => Row {
            what: "number of a handset that texted us and has no request or consent",
            place: Place::Subject,
            purpose: "to answer, and no more often than a day allows",
            ground: Ground::Request,
            start: "the last answer, or a human's to what they wrote",
            period: Period::For(ANSWERED),
            deleted_by: STATE,
        },
        Kind::NumberOfPerson => Row {
            what: "number, data key, contact and language of who once agreed",
            place: Place::Subject,
            purpose: "to send what was agreed to; after its end, to find the proof",
            ground: Ground::Consent,
            start: "the first request",
            period: Period::WithEvidence,
            deleted_by: STATE,
        },
        Kind::Request => Row {
            what: "request: form, wording, page, the owner's reference, times, its SMS without the link's token, and which submission it was",
            place: Place::Subject,
            purpose: "to answer \"who ordered this SMS?\"; a confirmed one becomes evidence",
            ground: Ground::Request,
            start: "its end",
            period: Period::For(NEVER_AGREED),
            deleted_by: STATE,
        },
        Kind::NetworkAndBrowser => Row {
            what: "network (shortened) and browser of a request or a tap",
            place: Place::Subject,
            purpose: "to find out who misuses the form",
            ground: Ground::Security,
            start: "when they came in",
            period: Period::For(NETWORK_AND_BROWSER),
            deleted_by: DATES,
        },
        Kind::WayOutLink => Row {
            what: "hash of a link in an SMS (`/c/`), with form and language",
            place: Place::Subject,
            purpose: "the way out, for as long as there is anything to leave",
            ground: Ground::Consent,
            start: "the SMS",
            period: Period::WithEvidence,
            deleted_by: DeletedBy::Code("edge/src/objects/subject/ends.rs"),
        },
        Kind::FreshLink => Row {
            what: "hash of a fresh link (`/m/`)",
            place: Place::Subject,
            purpose: "to show the handset's owner what is stored",
            ground: Ground::Request,
            start: "the request for it",
            period: Period::For(FRESH_LINK),
            deleted_by: DATES,
        },
        _ => Row {
            what: "provider's id of an SMS that came in; where it gives none, a hash of its call, for ten minutes",
            place: Place::Subject,
            purpose: "an SMS that a provider brings twice counts once",
            ground: Ground::Security,
            start: "its arrival; with the number where nothing else is kept",
            period: Period::For(INBOUND_ID),
            deleted_by: DATES,
        },
    }
}

const fn of_consents(kind: Kind) -> Row {
    match kind {
        Kind::ConsentInForce => Row {
            what: "consent in force: signed events, number, page, reference and words as sealed values, state",
            place: Place::Subject,
            purpose: "to send what was agreed to, and to prove it",
            ground: Ground::Proof,
            start: "the yes",
            period: Period::WithConsent,
            deleted_by: STATE,
        },
        Kind::ConsentInKv => Row {
            what: "copy of a consent in force, with number and reference, sealed",
            place: Place::Kv,
            purpose: "exports and look-ups that wake nobody's object",
            ground: Ground::Consent,
            start: "the yes",
            period: Period::WithConsent,
            deleted_by: DeletedBy::Code("edge/src/objects/subject/deliver/evidence.rs"),
        },
        Kind::EvidenceOfEnded => Row {
            what: "evidence and state of a consent that was withdrawn, objected to, suspended or has lapsed",
            place: Place::Subject,
            purpose: "to show that earlier SMS were allowed, and when that ended",
            ground: Ground::Proof,
            start: "the last SMS",
            period: Period::EndOfThirdYear { at_least: Some(NEVER_AGREED) },
            deleted_by: STATE,
        },
        Kind::StoppedUnasked => Row {
            what: "STOP or objection to a purpose that was never agreed to: event and state",
            place: Place::Subject,
            purpose: "so that no form asks again at once",
            ground: Ground::Refusal,
            start: "the STOP or objection",
            period: Period::For(NEVER_AGREED),
            deleted_by: STATE,
        },
        Kind::LockedProof => Row {
            what: "locked proof of an erased person: events without number, network, browser, page, reference and words, under a key of its own, and the state; who opened it, when and what for",
            place: Place::Subject,
            purpose: "the defence against claims over earlier SMS",
            ground: Ground::Proof,
            start: "the last SMS",
            period: Period::EndOfThirdYear { at_least: Some(NEVER_AGREED) },
            deleted_by: DeletedBy::Code("edge/src/objects/subject/store/lists.rs"),
        },
        Kind::SuppressionForATime => Row {
            what: "keyed hash on the list of who wants no requests: after a withdrawal, an erasure, or an end by the code of an SMS or the owner's word; where nothing else was left, the subject id",
            place: Place::Subject,
            purpose: "so that nobody can order an SMS to this handset",
            ground: Ground::Refusal,
            start: "the withdrawal, the erasure, that end",
            period: Period::For(SUPPRESSED_FOR),
            deleted_by: STATE,
        },
        Kind::SuppressionUnanswered => Row {
            what: "keyed hash on the list of who wants no requests: after two requests of web pages that nobody answered, 30 days, after a further one 90; and for 90 days more, how many they were",
            place: Place::Subject,
            purpose: "so that no stranger can have SMS sent to this handset again and again",
            ground: Ground::Refusal,
            start: "the end of the silence",
            period: Period::For(SUPPRESSED_LONGER),
            deleted_by: STATE,
        },
        _ => Row {
            what: "keyed hash on the list of who wants no requests, after a no, a wrong number, an objection (the subject id, where it came by the code of an SMS or the owner's word and nothing else was left); with it the hashes of the random links by which the person lifts that, and their language",
            place: Place::Subject,
            purpose: "so that nobody can order an SMS to this handset",
            ground: Ground::Refusal,
            start: "the no, the wrong number, the objection",
            period: Period::UntilLifted,
            deleted_by: STATE,
        },
    }
}

const fn of_sending(kind: Kind) -> Row {
    match kind {
        Kind::OutboxSms => Row {
            what: "SMS that waits to leave, its text sealed",
            place: Place::Subject,
            purpose: "sending it, by the gate",
            ground: Ground::Consent,
            start: "the order; everything but a confirmation is given up after a day",
            period: Period::UntilDone(CONFIRM_WITHIN),
            deleted_by: DeletedBy::Code("shared/src/sending.rs"),
        },
        Kind::OutboxOther => Row {
            what: "orders to KV, directory, webhooks and pool, without the number, the owner's reference sealed, and what is parked",
            place: Place::Subject,
            purpose: "what was decided reaches everybody whom it concerns",
            ground: Ground::Operation,
            start: "the order; where it is parked, then",
            period: Period::UntilDone(PARKED),
            deleted_by: DATES,
        },
        Kind::Message => Row {
            what: "what became of a message: purpose, times, state, provider's id; its words, sealed beside its event; and that it counted",
            place: Place::Subject,
            purpose: "the owner asks for it; no more is sent than was promised",
            ground: Ground::Operation,
            start: "its acceptance",
            period: Period::For(MESSAGE),
            deleted_by: DATES,
        },
        Kind::KeptAnswer => Row {
            what: "answer to a call under an idempotency key, with the message's text",
            place: Place::Subject,
            purpose: "a call that is repeated sends nothing twice",
            ground: Ground::Operation,
            start: "the call",
            period: Period::For(KEPT_ANSWER),
            deleted_by: DATES,
        },
        Kind::DirectoryRow => Row {
            what: "row of a person: subject id, states, form, campaign, which replies wait for a human; while a consent is in force, number and references, sealed",
            place: Place::Directory,
            purpose: "lists, exports, the nightly sweep",
            ground: Ground::Operation,
            start: "the first request or SMS",
            period: Period::WithPerson,
            deleted_by: DeletedBy::Code("edge/src/objects/subject/deliver/forget.rs"),
        },
        Kind::ForgottenMark => Row {
            what: "subject id whose row was deleted",
            place: Place::Directory,
            purpose: "a listing that was delayed doesn't bring the row back",
            ground: Ground::Operation,
            start: "the row's deletion; it goes in the next night's sweep",
            period: Period::For(FORGOTTEN),
            deleted_by: DeletedBy::Code("edge/src/objects/directory/store.rs"),
        },
        Kind::ForwardingNote => Row {
            what: "keyed hash of a number under two keys of `index`, while a rotation spreads",
            place: Place::Subject,
            purpose: "a number has one object, whatever key a caller knows",
            ground: Ground::Operation,
            start: "the first request or SMS after the rotation",
            period: Period::For(FORWARDING_NOTE),
            deleted_by: DeletedBy::Code("edge/src/objects/subject/notes.rs"),
        },
        Kind::Batch => Row {
            what: "batch: its recipients, sealed until they are answered, the caller's references, sealed, its text, and what came of each",
            place: Place::Batch,
            purpose: "many messages by one call",
            ground: Ground::Operation,
            start: "its end; one that doesn't end goes 30 days after its beginning",
            period: Period::For(BATCH),
            deleted_by: DeletedBy::Code("edge/src/objects/batch/object.rs"),
        },
        _ => Row {
            what: "event for the owner's program, with number and reference, sealed, until it is delivered",
            place: Place::Webhook,
            purpose: "it is tried for three days, and can be replayed",
            ground: Ground::Operation,
            start: "the event",
            period: Period::For(WEBHOOK_EVENT),
            deleted_by: DeletedBy::Code("edge/src/objects/webhook/store.rs"),
        },
    }
}

const fn of_operation(kind: Kind) -> Row {
    match kind {
        Kind::LimiterCounter => Row {
            what: "counters of a network (shortened, keyed hash), of destinations (keyed hash) and forms",
            place: Place::Limiter,
            purpose: "nobody floods handsets or forms",
            ground: Ground::Security,
            start: "the first call of the hour or day",
            period: Period::For(COUNTED),
            deleted_by: DeletedBy::Code("shared/src/limits/counts.rs"),
        },
        Kind::UsedProof => Row {
            what: "proof that was used (a solved challenge, a stamp): its random name, a keyed hash of form, number and purposes of its submission, and how that ended",
            place: Place::Limiter,
            purpose: "a proof is for one submission alone, and the same one again is answered as at first",
            ground: Ground::Security,
            start: "the submission; it goes soon after the proof would count no more",
            period: Period::For(COUNTED),
            deleted_by: DeletedBy::Code("edge/src/objects/limiter/proofs.rs"),
        },
        Kind::DaySums => Row {
            what: "sums of a form's day: taken, held back",
            place: Place::Limiter,
            purpose: "the owner's statistics",
            ground: Ground::NoPersonalData,
            start: "the day",
            period: Period::For(DAY_SUMS),
            deleted_by: DeletedBy::Code("shared/src/limits/counts.rs"),
        },
        Kind::ParkedNotice => Row {
            what: "notice that something of a person could not leave: subject id",
            place: Place::Registry,
            purpose: "the owner learns of it in `GET /healthz`",
            ground: Ground::Operation,
            start: "when it was parked; it goes with the order",
            period: Period::UntilDone(PARKED),
            deleted_by: DATES,
        },
        Kind::Bookkeeping => Row {
            what: "marker of deploys, owner's pauses, what can't be read, how a webhook fares, how far a sweep has come",
            place: Place::RegistryAndKv,
            purpose: "the service knows where it stands",
            ground: Ground::NoPersonalData,
            start: "its coming",
            period: Period::ForGood,
            deleted_by: DeletedBy::Nobody,
        },
        _ => Row {
            what: "settings, forms, every text that people saw and every template of a batch (names belong into its values), with who published them; public signing keys",
            place: Place::RegistryAndKv,
            purpose: "what people consented to can be shown word for word",
            ground: Ground::NoPersonalData,
            start: "their publication",
            period: Period::ForGood,
            deleted_by: DeletedBy::Nobody,
        },
    }
}

const fn of_others(kind: Kind) -> Row {
    match kind {
        Kind::Log => Row {
            what: "log: errors with subject ids; never a number",
            place: Place::Platform,
            purpose: "to find faults",
            ground: Ground::Operation,
            start: "the line",
            period: Period::Outside,
            deleted_by: DeletedBy::Owner("set the host's log retention to 30 days at most"),
        },
        Kind::PlatformBackup => Row {
            what: "earlier states of objects, from which the host can restore them; what was deleted is in them, sealed",
            place: Place::Platform,
            purpose: "the host's protection from loss",
            ground: Ground::Security,
            start: "each change",
            period: Period::For(Span::days(30)),
            deleted_by: DeletedBy::Owner(
                "name it in the record of processing; after a restore, let erasures be done again",
            ),
        },
        Kind::ProviderLog => Row {
            what: "provider's own log of SMS: number, text, times",
            place: Place::Provider,
            purpose: "the provider's delivery, billing and its own duties",
            ground: Ground::Operation,
            start: "the SMS",
            period: Period::Outside,
            deleted_by: DeletedBy::Owner(
                "set retention or redaction in the provider's account, agree on it in the processing agreement, and pass an erasure on",
            ),
        },
        _ => Row {
            what: "what webhooks, exports and copies have brought into the owner's programs",
            place: Place::Owner,
            purpose: "the owner's",
            ground: Ground::Operation,
            start: "their arrival",
            period: Period::Outside,
            deleted_by: DeletedBy::Owner("delete on `consent.withdrawn`, and have a date for the rest"),
        },
    }
}
