//! What people see of a form, as it was when the version was published. An update of the software changes none of it:
//! who wants its new words publishes the form once more (L9).

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use super::{confirmation::Asked, disclosure::Disclosure, draft::Keyword, version::FormVersion};
use crate::{
    evidence::HandInChannel,
    ids::PurposeId,
    lang::Lang,
    sms,
    template::{self, TemplateError},
    text_hash::TextHash,
    texts,
};

/// The texts of a form in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTexts {
    /// Stands in the form: with the widget, and on the hosted page.
    pub disclosure: Disclosure,
    /// Asks for the yes on our own page.
    pub page: QuestionPage,
    /// Asks for the yes by SMS.
    pub sms: SmsTexts,
    /// What stands beside each keyword that is answered in this language (L16).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keywords: BTreeMap<String, String>,
}

/// The page around the yes, with its buttons: HTML with the values of [`PageValues`], and the parts of those purposes
/// that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPage {
    /// The document, where `{purposes}` and `{declared}` stand for the parts below.
    pub html: String,
    pub parts: BTreeMap<PurposeId, PagePart>,
    /// The stylesheet that the document names.
    pub css: TextHash,
}

/// What the page says of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePart {
    pub purpose: String,
    pub declared: String,
}

/// What is filled into a page, already fit for HTML.
#[derive(Debug, Clone, Copy)]
pub struct PageValues<'a> {
    pub purposes: &'a [PurposeId],
    /// The number's last two digits.
    pub number_ends: &'a str,
    /// Until when a yes is asked for, in words.
    pub until: &'a str,
    /// What the form sends back, see [`crate::evidence::PageShown::hash`].
    pub shown: &'a TextHash,
    /// Why the page is shown again, as HTML; else empty.
    pub notice: &'a str,
}

impl QuestionPage {
    /// The text that its hash is of: canonical JSON (RFC 8785).
    pub fn text(&self) -> String {
        serde_jcs::to_string(self).unwrap_or_default()
    }

    /// The hash by which evidence names this page.
    pub fn hash(&self) -> TextHash {
        TextHash::of(&self.text())
    }

    /// # Errors
    /// None for a page that was published.
    pub fn fill(&self, values: PageValues) -> Result<String, TemplateError> {
        let parts = |part: fn(&PagePart) -> &str| -> String {
            values.purposes.iter().filter_map(|id| self.parts.get(id)).map(part).collect()
        };
        let values = [
            ("purposes", parts(|part| &part.purpose)),
            ("declared", parts(|part| &part.declared)),
            ("number_ends", values.number_ends.to_owned()),
            ("until", values.until.to_owned()),
            ("shown", values.shown.0.clone()),
            ("notice", values.notice.to_owned()),
        ];
        template::fill(&self.html, &values.map(|(name, value)| (name.to_owned(), value)).into())
    }
}

/// What the confirmation SMS is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsTexts {
    /// Templates for a request by form; the first whose text fits is taken, else the last.
    pub by_form: Vec<String>,
    /// The same for one by keyword.
    pub by_keyword: Vec<String>,
    /// What follows a request's template where the owner hands it in: where the number was given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<HandInChannel, String>,
    /// Each purpose with its frequency: "Angebote (max. 4 SMS im Monat)".
    pub topics: BTreeMap<PurposeId, String>,
    /// " und "
    pub and: String,
    /// "JA"
    pub yes: String,
}

impl SmsTexts {
    /// The SMS, and the template that it is from.
    pub fn fill(&self, form: &FormVersion, asked: &Asked) -> Option<(String, TextHash)> {
        let topics: Vec<_> = asked.purposes.iter().filter_map(|purpose| self.topics.get(&purpose.id)).collect();
        let facts = form.confirmation_facts(asked);
        let values = [
            ("company", form.controller.sms_name().to_owned()),
            ("topics", texts::listed(&topics, &self.and)),
            ("age", form.draft.age.to_string()),
            ("yes", texts::yes(&self.yes, asked.reply_code)),
            ("link", facts.url().to_owned()),
            ("keyword", asked.keyword.unwrap_or_default().to_owned()),
            ("given", asked.handed_in.and_then(|channel| self.given.get(&channel).cloned()).unwrap_or_default()),
        ];
        let values = values.map(|(name, value)| (name.to_owned(), value)).into();
        let templates = match (asked.keyword, asked.handed_in) {
            (Some(_), _) => Cow::Borrowed(&self.by_keyword),
            (None, Some(_)) => Cow::Owned(self.handed_in().collect()),
            (None, None) => Cow::Borrowed(&self.by_form),
        };
        first_that_fits(&templates, &values).map(|(text, template)| (text, TextHash::of(template)))
    }

    /// The templates for what the owner hands in.
    fn handed_in(&self) -> impl Iterator<Item = String> {
        self.by_form.iter().map(|template| format!("{template}\n{{given}}"))
    }
}

/// The first template whose text fits a confirmation SMS, else the last, with its text.
pub(crate) fn first_that_fits<'t>(
    templates: &'t [String],
    values: &BTreeMap<String, String>,
) -> Option<(String, &'t str)> {
    let mut filled = templates.iter().filter_map(|text| Some((template::fill(text, values).ok()?, text.as_str())));
    let mut last = None;
    let first = filled.find(|(text, template)| {
        last = Some((text.clone(), *template));
        sms::fits_confirmation(text)
    });
    first.or(last)
}

impl FormTexts {
    /// The texts of a version that is being published; the page comes from who writes pages.
    pub fn new(form: &FormVersion, lang: Lang, page: impl FnOnce(&Disclosure) -> QuestionPage) -> Self {
        let keywords = form.draft.keywords.iter().filter(|keyword| form.lang(keyword.lang) == lang);
        let disclosure = form.new_disclosure(lang);
        Self {
            page: page(&disclosure),
            disclosure,
            sms: form.new_sms(lang),
            keywords: keywords.map(|keyword| (keyword.word.clone(), form.new_keyword_text(keyword))).collect(),
        }
    }

    /// All of them as they are kept under their hashes, so that evidence can name them.
    pub fn all(&self) -> Vec<String> {
        let sms = self.sms.by_form.iter().chain(&self.sms.by_keyword).cloned().chain(self.sms.handed_in());
        [self.disclosure.text(), self.page.text()]
            .into_iter()
            .chain(sms)
            .chain(self.keywords.values().cloned())
            .collect()
    }
}

impl FormVersion {
    /// What a person reads in `lang`. A version that is not frozen yet says what it would.
    pub fn disclosure(&self, lang: Lang) -> Cow<'_, Disclosure> {
        match self.texts.get(&lang) {
            Some(texts) => Cow::Borrowed(&texts.disclosure),
            None => Cow::Owned(self.new_disclosure(lang)),
        }
    }

    /// The SMS that asks in `lang`.
    pub fn sms(&self, lang: Lang) -> Cow<'_, SmsTexts> {
        match self.texts.get(&lang) {
            Some(texts) => Cow::Borrowed(&texts.sms),
            None => Cow::Owned(self.new_sms(lang)),
        }
    }

    /// What is printed beside a keyword, the owner's words first. It belongs to this version (L16).
    pub fn keyword_text(&self, keyword: &Keyword) -> String {
        let frozen = self.texts.get(&self.lang(keyword.lang)).and_then(|texts| texts.keywords.get(&keyword.word));
        frozen.cloned().unwrap_or_else(|| self.new_keyword_text(keyword))
    }

    /// Whether its texts are kept.
    pub fn is_frozen(&self) -> bool {
        self.draft.languages.iter().all(|lang| self.texts.contains_key(lang))
    }

    /// The same without its texts, for who gets those that matter beside it.
    pub fn without_texts(&self) -> Self {
        Self { texts: BTreeMap::new(), ..self.clone() }
    }
}
