use shared::{
    actor::Actor,
    deployment::{DeployTrouble, Here, Marker},
    evidence::PublicKeys,
    form::{FormDraft, FormIndex, FormVersion},
    ids::FormId,
    key_ring::SubjectId,
    settings::{Former, Settings},
    stored::{Parked, PublishedForm, PublishedSettings},
    text_hash::TextHash,
    violation::Violation,
    wire::ParkedHealth,
};
use worker::{Env, Result};

use super::protocol::{
    CloseForm, CountParked, JoinDeploy, KeepSigningKeys, KeepText, KnownPause, ListForms, ListUnreadable, NotPublished,
    NoteParked, NoteUnreadable, PausePut, PublishForm, PutPause, PutSettings, ReadForm, ReadFormer, ReadIndex,
    ReadPause, ReadSettings, ReadText, SettingsPut,
};
use crate::platform::object::Address;

/// The one object with settings and forms.
#[derive(Clone, Copy)]
pub struct Client<'a>(Address<'a>);

impl<'a> Client<'a> {
    pub fn of(env: &'a Env) -> Self {
        Self(Address { env, binding: "REGISTRY", name: "registry" })
    }

    pub async fn settings(self) -> Result<Option<Settings>> {
        Ok(self.0.ask(ReadSettings {}).await?.map(|settings| *settings))
    }

    pub async fn put_settings(self, settings: Settings, actor: Actor) -> Result<Result<SettingsPut, Vec<Violation>>> {
        let published = Box::new(PublishedSettings { by: Some(actor), settings });
        Ok(self.0.ask(PutSettings { published }).await?.map(|put| *put))
    }

    /// What the settings once had.
    pub async fn former(self) -> Result<Former> {
        Ok(*self.0.ask(ReadFormer {}).await?)
    }

    pub async fn pause(self) -> Result<KnownPause> {
        self.0.ask(ReadPause {}).await
    }

    pub async fn put_pause(self, paused: bool, actor: Actor) -> Result<PausePut> {
        self.0.ask(PutPause { paused, actor }).await
    }

    /// A version of a form; the newest where none is named.
    pub async fn form(self, form: FormId, version: Option<u32>) -> Result<Option<FormVersion>> {
        Ok(self.0.ask(ReadForm { form, version }).await?.map(|form| *form))
    }

    pub async fn publish(
        self,
        form: FormId,
        draft: FormDraft,
        actor: Actor,
    ) -> Result<Result<PublishedForm, NotPublished>> {
        Ok(self.0.ask(PublishForm { form, draft: Box::new(draft), actor }).await?.map(|published| *published))
    }

    /// Closes the form of that name; nothing where there is none.
    pub async fn close(self, form: FormId, actor: Actor) -> Result<Option<PublishedForm>> {
        Ok(self.0.ask(CloseForm { form, actor }).await?.map(|published| *published))
    }

    /// The newest version of each form.
    pub async fn forms(self) -> Result<Vec<FormVersion>> {
        self.0.ask(ListForms {}).await
    }

    pub async fn keep_signing_keys(self, keys: PublicKeys) -> Result<PublicKeys> {
        self.0.ask(KeepSigningKeys { keys }).await
    }

    pub async fn keep_text(self, text: String) -> Result<()> {
        self.0.ask(KeepText { text }).await
    }

    pub async fn text(self, hash: TextHash) -> Result<Option<String>> {
        self.0.ask(ReadText { hash }).await
    }

    pub async fn join_deploy(self, here: Here, published_in_kv: Option<bool>) -> Result<Result<Marker, DeployTrouble>> {
        self.0.ask(JoinDeploy { here: Box::new(here), published_in_kv }).await
    }

    pub async fn note_unreadable(self, what: String) -> Result<()> {
        self.0.ask(NoteUnreadable { what }).await
    }

    pub async fn unreadable(self) -> Result<Vec<String>> {
        self.0.ask(ListUnreadable {}).await
    }

    pub async fn note_parked(self, subject: SubjectId, entry: String, parked: Option<Parked>) -> Result<()> {
        self.0.ask(NoteParked { subject, entry, parked }).await
    }

    pub async fn parked(self) -> Result<Vec<ParkedHealth>> {
        self.0.ask(CountParked {}).await
    }

    pub async fn index(self) -> Result<FormIndex> {
        self.0.ask(ReadIndex {}).await
    }
}
