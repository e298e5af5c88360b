use shared::{
    form::{FormDraft, FormVersion},
    ids::FormId,
    phone::Country,
    settings::Settings,
    violation::Violation,
};
use worker::{Env, Result};

use super::protocol::{
    ListCountries, ListFormsWithKeywords, NotPublished, PublishForm, PutSettings, ReadForm, ReadSettings,
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

    pub async fn put_settings(self, settings: Settings) -> Result<Result<Settings, Vec<Violation>>> {
        Ok(self.0.ask(PutSettings { settings: Box::new(settings) }).await?.map(|settings| *settings))
    }

    /// A version of a form; the newest where none is named.
    pub async fn form(self, form: FormId, version: Option<u32>) -> Result<Option<FormVersion>> {
        Ok(self.0.ask(ReadForm { form, version }).await?.map(|form| *form))
    }

    pub async fn publish(self, form: FormId, draft: FormDraft) -> Result<Result<FormVersion, NotPublished>> {
        Ok(self.0.ask(PublishForm { form, draft: Box::new(draft) }).await?.map(|form| *form))
    }

    pub async fn countries(self) -> Result<Vec<Country>> {
        self.0.ask(ListCountries {}).await
    }

    pub async fn forms_with_keywords(self, from: String) -> Result<Vec<FormVersion>> {
        self.0.ask(ListFormsWithKeywords { from }).await
    }
}
