//! How long each kind of data is kept, and why (L27): the one place where these times stand. `docs/deletion.md` is
//! written from here, and what deletes takes its times from here.

mod document;
mod fleeting;
mod gateway_rows;
mod inbox_rows;
mod pool_rows;
mod table;
#[cfg(test)]
mod tests;

pub use document::document;
pub use fleeting::{came_in, drop_fleeting, fleeting_until};
pub use table::row;

use crate::time::Span;

/// A request waits so long for its confirmation.
pub const CONFIRM_WITHIN: Span = Span::hours(48);
/// What is kept of who never agreed goes so long after their last request ended, and so does what is known of a purpose
/// that was stopped and never given.
pub const NEVER_AGREED: Span = Span::days(30);
/// Requests typed on a web page reach nobody for so long after a withdrawal or an erasure, and after two of them in a
/// row that nobody answered.
pub const SUPPRESSED_FOR: Span = Span::days(30);
/// After a further one they reach nobody for so long; that others were not answered is remembered for as long.
pub const SUPPRESSED_LONGER: Span = Span::days(90);
/// Whom we have just answered is remembered so long: no more answers are given in a day than may be, and what was ordered can leave.
pub const ANSWERED: Span = Span::days(1);
/// Everything but a confirmation is tried for so long.
pub const SMS_TRIED: Span = Span::days(1);
/// Network and browser are kept so long after they came in.
pub const NETWORK_AND_BROWSER: Span = Span::days(30);
/// A fresh link opens for so long.
pub const FRESH_LINK: Span = Span::minutes(15);
/// The id of an SMS that came in: providers repeat what they bring for some days, and not every one of them signs the
/// time.
pub const INBOUND_ID: Span = Span::days(30);
/// A hash that stands for the id of an SMS where its provider gives none: the same words on another day have the same.
pub const INBOUND_HASH: Span = Span::minutes(10);
/// What became of a message, and that it counted against the promise.
pub const MESSAGE: Span = Span::days(90);
/// The answer to a call under an idempotency key.
pub const KEPT_ANSWER: Span = Span::days(2);
/// The words of a reply that no program understands wait so long for a human.
pub const INBOX_TEXT: Span = Span::days(30);
/// What a human did about such a reply.
pub const INBOX_ANSWER: Span = Span::days(90);
/// A webhook that could not be read is kept so long for the owner.
pub const UNREAD: Span = Span::days(90);
/// By which id a provider took an SMS: its reports come within the two days in which it tries, and are repeated for
/// some.
pub const TAKEN: Span = Span::days(7);
/// The provider's list of what came in is read so far back.
pub const LOOK_BACK: Span = Span::hours(48);
/// What was found in it is remembered longer than it is listed, whose days are whole.
pub const FOUND: Span = Span::days(5);
/// What can't leave, or can't be read, is given up after so long.
pub const PARKED: Span = Span::days(90);
/// What came of a batch, after its end.
pub const BATCH: Span = Span::days(7);
/// A batch that can't be read, or doesn't end, after its beginning.
pub const BATCH_AT_MOST: Span = Span::days(30);
/// What a webhook was told.
pub const WEBHOOK_EVENT: Span = Span::days(30);
/// The sums of a day.
pub const DAY_SUMS: Span = Span::days(90);
/// Where the record of a number is, in the object of an older key of `index`. It is for isolates that were started
/// before the newer key was in use: the platform replaces them within minutes after secrets change, and one that starts
/// later with the old ring does nothing at all ([`crate::deployment`]).
pub const FORWARDING_NOTE: Span = Span::days(7);
/// What a limit counts is forgotten with its window, the longest of which is a day; used proofs are, too, within it.
pub const COUNTED: Span = Span::days(1);
/// That a person's row was deleted: a listing that was delayed must not bring it back.
pub const FORGOTTEN: Span = Span::days(1);

/// A kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    NumberNeverAgreed,
    NumberOfHandset,
    NumberOfPerson,
    Request,
    NetworkAndBrowser,
    WayOutLink,
    FreshLink,
    InboundId,
    ReplyText,
    OpenReply,
    HumanAnswer,
    ConsentInForce,
    ConsentInKv,
    EvidenceOfEnded,
    StoppedUnasked,
    LockedProof,
    SuppressionForATime,
    SuppressionUnanswered,
    SuppressionUntilLifted,
    OutboxSms,
    OutboxOther,
    Message,
    KeptAnswer,
    DirectoryRow,
    ForgottenMark,
    ForwardingNote,
    Batch,
    WebhookEvent,
    RewardCode,
    RewardHad,
    LimiterCounter,
    UsedProof,
    DaySums,
    GatewayPace,
    TakenSms,
    FoundSms,
    UnreadWebhook,
    ParkedNotice,
    SettingsAndForms,
    RewardCodes,
    Bookkeeping,
    Log,
    PlatformBackup,
    ProviderLog,
    OwnersCopy,
}

impl Kind {
    pub const ALL: [Self; 45] = [
        Self::NumberNeverAgreed,
        Self::NumberOfHandset,
        Self::NumberOfPerson,
        Self::Request,
        Self::NetworkAndBrowser,
        Self::WayOutLink,
        Self::FreshLink,
        Self::InboundId,
        Self::ReplyText,
        Self::OpenReply,
        Self::HumanAnswer,
        Self::ConsentInForce,
        Self::ConsentInKv,
        Self::EvidenceOfEnded,
        Self::StoppedUnasked,
        Self::LockedProof,
        Self::SuppressionForATime,
        Self::SuppressionUnanswered,
        Self::SuppressionUntilLifted,
        Self::OutboxSms,
        Self::OutboxOther,
        Self::Message,
        Self::KeptAnswer,
        Self::DirectoryRow,
        Self::ForgottenMark,
        Self::ForwardingNote,
        Self::Batch,
        Self::WebhookEvent,
        Self::RewardCode,
        Self::RewardHad,
        Self::LimiterCounter,
        Self::UsedProof,
        Self::DaySums,
        Self::GatewayPace,
        Self::TakenSms,
        Self::FoundSms,
        Self::UnreadWebhook,
        Self::ParkedNotice,
        Self::SettingsAndForms,
        Self::RewardCodes,
        Self::Bookkeeping,
        Self::Log,
        Self::PlatformBackup,
        Self::ProviderLog,
        Self::OwnersCopy,
    ];
}

/// How long, from the start of the period on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    For(Span),
    /// Until the end of the third calendar year after it; at least so long after the consent's end.
    EndOfThirdYear {
        at_least: Option<Span>,
    },
    /// As long as the consent is in force.
    WithConsent,
    /// Until the last request, consent and evidence of the person are gone.
    WithEvidence,
    /// Until nothing else is kept of the person.
    WithPerson,
    /// Until the person lifts it.
    UntilLifted,
    /// Until it is done; given up after that.
    UntilDone(Span),
    /// No personal data.
    ForGood,
    /// Not ours to delete.
    Outside,
}

/// On which ground it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The consent itself.
    Consent,
    /// The duty to show it, and the defence against claims.
    Proof,
    /// That somebody who wants no SMS gets none.
    Refusal,
    /// What a person, or somebody in their name, has just asked for.
    Request,
    /// That the service can't be abused.
    Security,
    /// The owner's running of it.
    Operation,
    /// No ground is needed.
    NoPersonalData,
}

/// Where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The person's own object.
    Subject,
    Directory,
    Kv,
    Registry,
    /// And copies in KV.
    RegistryAndKv,
    Webhook,
    Batch,
    Pool,
    Limiter,
    Gateway,
    /// At the host.
    Platform,
    /// At the SMS provider.
    Provider,
    /// In the owner's own programs.
    Owner,
}

/// What the deletion concept says of a kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub what: &'static str,
    pub place: Place,
    pub purpose: &'static str,
    pub ground: Ground,
    /// Where the period starts.
    pub start: &'static str,
    pub period: Period,
    /// Who or what deletes it.
    pub deleted_by: DeletedBy,
}

/// Who deletes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeletedBy {
    /// This file, by itself.
    Code(&'static str),
    /// The owner, who has to do this.
    Owner(&'static str),
    Nobody,
}
