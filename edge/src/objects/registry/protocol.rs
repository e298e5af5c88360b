use serde::{Deserialize, Serialize};
use shared::{
    actor::Actor,
    address::Reach,
    form::{FormDraft, FormVersion},
    ids::FormId,
    key_ring::SubjectId,
    phone::Country,
    settings::Settings,
    stored::{Parked, PublishedForm, PublishedSettings},
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
        } -> Result<Box<PublishedSettings>, Vec<Violation>>;
        /// Publishes the next version of a form; what is published already stays as it is.
        PublishForm {
            form: FormId,
            draft: Box<FormDraft>,
            actor: Actor,
        } -> Result<Box<PublishedForm>, NotPublished>;
        NoteUnreadable {
            what: String,
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
        /// A form, its newest version or a certain one.
        ReadForm {
            form: FormId,
            version: Option<u32>,
        } -> Option<Box<FormVersion>>;
        /// The countries of all forms, those of the oldest form first.
        ListCountries {} -> Vec<Country>;
        /// The newest versions of the forms that own keywords of a sender.
        ListFormsWithKeywords {
            from: String,
        } -> Vec<FormVersion>;
        /// What could not be read lately.
        ListUnreadable {} -> Vec<String>;
        CountParked {} -> Vec<ParkedHealth>;
    }
}

#[derive(Serialize, Deserialize)]
pub enum NotPublished {
    Refused(Vec<Violation>),
    NoSettings,
}
