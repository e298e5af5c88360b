use std::fmt::Write as _;

use super::{DeletedBy, Ground, Kind, Period, Place, Row, row};
use crate::time::Span;

const HEAD: &str = "\
<!-- Written from shared/src/deletion by `cargo run -p shared --example deletion`; a test fails where they differ. -->
# What is kept, why, and when it goes

The deletion concept, in the manner of DIN 66398: each kind of data with its purpose, its ground, where its period starts, how long that is, and what deletes it. The code takes its times from the same table, and tests travel through four years and read what is stored then.

Everything in a person's object goes by that object's own alarm, to the minute and without anybody asking; each night a sweep wakes whoever has overslept. When nothing more is needed of a person, the directory forgets the row, and then the object deletes itself.

| kind of data | where it lies | purpose | ground | the period starts | period | deleted by |
| --- | --- | --- | --- | --- | --- | --- |
";

const FOOT: &str = "
## What the words mean

- *Never agreed*: no purpose was ever confirmed. What an earlier consent has left has its own row.
- *The last SMS*: the last one for that purpose that was handed to the provider, the confirmation and the acknowledgement of a STOP included. Claims over an SMS are barred at the end of the third year after it (BGB 195, 199), so its proof is kept no longer. What was stored before Jawort noted the last SMS of a consent and can't be found in its events counts from the consent's end.
- *Keyed hash*: HMAC-SHA256 of the number under a secret of the deployment. Whoever has that secret can test whether a number that they know is on the list; nobody can read a number out of it.
- *Removed, not forged*: when network and browser go, their salted commitments stay in the signed events. The chain still verifies.
- Requests that are turned down, since the person wants none, store no number: what is written so that they take as long as others is sealed under a key that nobody keeps, or under the person's own where that is still needed for a proof, and is gone a moment later.

## What is left to the owner

Jawort deletes only what Jawort stores. The rows marked *the owner* are to be settled once: in the provider's account, at the host, and in the programs that take webhooks.
";

/// `docs/deletion.md`.
pub fn document() -> String {
    let mut text = HEAD.to_owned();
    for kind in Kind::ALL {
        let Row { what, place, purpose, ground, start, period, deleted_by } = row(kind);
        // Writing to a text can't fail.
        let _ = writeln!(
            text,
            "| {what} | {} | {purpose} | {} | {start} | {} | {} |",
            lies(place),
            on(ground),
            lasts(period),
            deletes(deleted_by)
        );
    }
    text + FOOT
}

const fn lies(place: Place) -> &'static str {
    match place {
        Place::Subject => "the person's object",
        Place::Directory => "the directory",
        Place::Kv => "KV",
        Place::Registry => "the registry",
        Place::RegistryAndKv => "the registry, with copies in KV",
        Place::Webhook => "a webhook's object",
        Place::Batch => "the batch's object",
        Place::Pool => "the reward's pool",
        Place::Limiter => "a limiter",
        Place::Gateway => "the gateway's object",
        Place::Platform => "the host",
        Place::Provider => "the SMS provider",
        Place::Owner => "the owner's programs",
    }
}

const fn on(ground: Ground) -> &'static str {
    match ground {
        Ground::Consent => "consent, GDPR 6(1)(a)",
        Ground::Proof => "proof, GDPR 7(1), 5(2), 17(3)(e), 6(1)(c) and (f)",
        Ground::Refusal => "a person's no, GDPR 21, 6(1)(c) and (f)",
        Ground::Request => "what was asked for, GDPR 6(1)(b) and (f)",
        Ground::Security => "protection from abuse, GDPR 6(1)(f), 32",
        Ground::Operation => "running the service, GDPR 6(1)(f)",
        Ground::NoPersonalData => "no personal data",
    }
}

fn lasts(period: Period) -> String {
    match period {
        Period::For(span) => length(span),
        Period::EndOfThirdYear { at_least: None } => "until the end of the third calendar year after it".to_owned(),
        Period::EndOfThirdYear { at_least: Some(span) } => {
            format!("until the end of the third calendar year after it, and at least {} after the end", length(span))
        }
        Period::WithConsent => "as long as the consent is in force".to_owned(),
        Period::WithEvidence => "until the person's last request, consent and evidence are gone".to_owned(),
        Period::WithPerson => "until nothing else is kept of the person".to_owned(),
        Period::UntilLifted => "until the person lifts it".to_owned(),
        Period::UntilDone(span) => format!("until it is done, at most {}", length(span)),
        Period::ForGood => "for good".to_owned(),
        Period::Outside => "by agreement".to_owned(),
    }
}

fn length(span: Span) -> String {
    let minutes = span.whole_seconds() / 60;
    let (count, unit) = match minutes {
        minutes if minutes % 1440 == 0 && minutes != 2880 => (minutes / 1440, "day"),
        minutes if minutes % 60 == 0 => (minutes / 60, "hour"),
        minutes => (minutes, "minute"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn deletes(by: DeletedBy) -> String {
    match by {
        DeletedBy::Code(path) => format!("`{path}`"),
        DeletedBy::Owner(todo) => format!("*the owner*: {todo}"),
        DeletedBy::Nobody => "nobody".to_owned(),
    }
}
