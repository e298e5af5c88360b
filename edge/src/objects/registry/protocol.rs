use serde::{Deserialize, Serialize};
use shared::{
    actor::Actor,
    address::Reach,
    deployment::{DeployTrouble, Here, Marker},
    evidence::PublicKeys,
    form::{FormDraft, FormIndex, FormVersion},
    ids::{FormId, GatewayId},
    key_ring::SubjectId,
    settings::{Former, Settings},
    stored::{Parked, Pause, PublishedForm, PublishedSettings},
    text_hash::TextHash,
    violation::Violation,
    wire::ParkedHealth,
};

use crate::platform::object::protocol;

/// Development builds talk to programs on this machine.
pub const REACH: Reach = if cfg!(feature = "simulator") { Reach::ThisMachine } else { Reach::Internet };

protocol! {
    commands {
        /// Puts settings in force; gives those in force, or why not.
        PutSettings {
            published: Box<PublishedSettings>,
        } -> Result<Box<SettingsPut>, Vec<Violation>>;
        /// Publishes the next version of a form; what is published already stays as it is.
        PublishForm {
            form: FormId,
            draft: Box<FormDraft>,
            actor: Actor,
        } -> Result<Box<PublishedForm>, NotPublished>;
        /// Closes a form; gives it, or nothing where there is none. One that is closed stays as it is.
        CloseForm {
            form: FormId,
            actor: Actor,
        } -> Option<Box<PublishedForm>>;
        /// Pauses all SMS, or ends that; what is so already stays as it is.
        PutPause {
            paused: bool,
            actor: Actor,
        } -> PausePut;
        /// Notes what a deploy is; gives all that is noted, or why the deploy must not act.
        JoinDeploy {
            here: Box<Here>,
            /// Whether KV holds published settings; nothing where it could not be asked.
            published_in_kv: Option<bool>,
        } -> Result<Marker, DeployTrouble>;
        NoteUnreadable {
            what: String,
        } -> ();
        /// Keeps public keys for good; gives all that were ever kept.
        KeepSigningKeys {
            keys: PublicKeys,
        } -> PublicKeys;
        /// Keeps a text for good, under its hash.
        KeepText {
            text: String,
        } -> ();
        /// An entry of a person's outbox was parked, or is no longer.
        NoteParked {
            subject: SubjectId,
            entry: String,
            parked: Option<Parked>,
        } -> ();
    }
    queries {
        ReadSettings {} -> Option<Box<Settings>>;
        /// What the settings once had.
        ReadFormer {} -> Box<Former>;
        ReadPause {} -> KnownPause;
        ReadText {
            hash: TextHash,
        } -> Option<String>;
        /// A form, its newest version or a certain one.
        ReadForm {
            form: FormId,
            version: Option<u32>,
        } -> Option<Box<FormVersion>>;
        ReadIndex {} -> FormIndex;
        /// The newest version of each form, the oldest form first.
        ListForms {} -> Vec<FormVersion>;
        /// What could not be read lately.
        ListUnreadable {} -> Vec<String>;
        CountParked {} -> Vec<ParkedHealth>;
    }
}

/// Settings as they are in force.
#[derive(Serialize, Deserialize)]
pub struct SettingsPut {
    pub published: PublishedSettings,
    pub former: Former,
    /// What people lose by them.
    pub warnings: Vec<Violation>,
}

/// Whether the owner has paused all SMS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPause {
    /// It counts the changes: who hears of two goes by the later one.
    pub change: u32,
    /// None where nothing was ever paused.
    pub pause: Option<Pause>,
}

/// The pause now in force, and who must hear of it.
#[derive(Serialize, Deserialize)]
pub struct PausePut {
    pub pause: KnownPause,
    /// All gateways that ever were in the settings: one may come back.
    pub gateways: Vec<GatewayId>,
}

#[derive(Serialize, Deserialize)]
pub enum NotPublished {
    Refused(Vec<Violation>),
    NoSettings,
}
