//! Which forms there are, in short: by it made-up names, keywords and countries are known without asking anybody.

use serde::{Deserialize, Serialize};

use super::version::{FormState, FormTurn, FormVersion};
use crate::{
    ids::FormId,
    phone::Country,
    stored::{self, Unreadable},
};

/// The newest versions of all forms, the oldest form first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormIndex {
    /// How often a form was published, closed or opened again: the index with more of it is the newer one.
    pub changes: u32,
    pub forms: Vec<IndexedForm>,
}

/// What KV holds of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexCopy {
    AsItIs,
    /// None, another one, or what an earlier build wrote: one that knows no index publishes without it.
    Amiss,
    /// What a newer build wrote: it stays.
    Newer(Unreadable),
}

/// What is known of a form before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexedForm {
    pub form: FormId,
    /// The newest version.
    pub version: u32,
    /// Its countries; none where the version can't be read.
    pub countries: Vec<Country>,
    /// The sender that its keywords are texted to; none where it has no keywords, or is closed.
    pub keywords_at: Option<String>,
    /// As in the newest version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<FormTurn>,
}

impl IndexedForm {
    pub fn of(form: &FormVersion) -> Self {
        Self {
            form: form.form.clone(),
            version: form.version,
            countries: form.draft.countries.clone(),
            keywords_at: (!form.draft.keywords.is_empty() && form.state() == FormState::Open)
                .then(|| form.sender.from.clone()),
            turns: form.turns.clone(),
        }
    }

    /// A version that can't be read: that it is there is known all the same.
    pub const fn unreadable(form: FormId, version: u32) -> Self {
        Self { form, version, countries: Vec::new(), keywords_at: None, turns: Vec::new() }
    }
}

impl FormIndex {
    /// The newest version of a form, and when it was closed or opened again.
    pub fn newest(&self, form: &FormId) -> Option<(u32, Vec<FormTurn>)> {
        let newest = self.forms.iter().find(|indexed| indexed.form == *form);
        newest.map(|indexed| (indexed.version, indexed.turns.clone()))
    }

    /// The countries of all forms, those of the oldest form first.
    pub fn countries(&self) -> Vec<Country> {
        let mut all = Vec::new();
        for country in self.forms.iter().flat_map(|form| &form.countries) {
            if !all.contains(country) {
                all.push(*country);
            }
        }
        all
    }

    /// The forms that own keywords of a sender, in their newest version.
    pub fn with_keywords_at<'a>(&'a self, from: &'a str) -> impl Iterator<Item = (&'a FormId, u32)> {
        let owns = move |form: &&IndexedForm| form.keywords_at.as_deref() == Some(from);
        self.forms.iter().filter(owns).map(|form| (&form.form, form.version))
    }

    /// Compares a value of KV with this index, which is the registry's. Without a form there is nothing to copy.
    pub fn compare(&self, value: Option<&str>) -> IndexCopy {
        match value.map(stored::read::<Self>) {
            None if self.changes == 0 => IndexCopy::AsItIs,
            Some(Ok(copy)) if copy == *self => IndexCopy::AsItIs,
            Some(Err(newer @ Unreadable::UnknownFormat { .. })) => IndexCopy::Newer(newer),
            None | Some(Ok(_) | Err(Unreadable::Broken { .. })) => IndexCopy::Amiss,
        }
    }

    /// The newer of the two: a place may not have heard of the latest yet.
    #[must_use]
    pub fn or_newer(self, other: Option<&Self>) -> Self {
        other.filter(|other| other.changes > self.changes).cloned().unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::tests::published;

    fn indexed(id: &str, countries: &[&str], keywords_at: Option<&str>) -> IndexedForm {
        IndexedForm {
            form: id.parse().unwrap(),
            version: 2,
            countries: countries.iter().map(|code| code.parse().unwrap()).collect(),
            keywords_at: keywords_at.map(str::to_owned),
            turns: Vec::new(),
        }
    }

    #[test]
    fn a_name_that_nobody_published_is_unknown() {
        let index = FormIndex {
            changes: 7,
            forms: vec![
                indexed("shop", &["DE", "AT"], None),
                IndexedForm::unreadable("broken".parse().unwrap(), 3),
                indexed("club", &["CH", "DE"], Some("+49152")),
            ],
        };
        let newest = |form: &str| index.newest(&form.parse().unwrap()).map(|(version, _)| version);
        assert_eq!((newest("shop"), newest("broken"), newest("raffle")), (Some(2), Some(3), None));
        assert_eq!(index.countries().iter().map(Country::as_str).collect::<Vec<_>>(), ["DE", "AT", "CH"]);
        let owners = |from: &str| index.with_keywords_at(from).map(|(form, _)| form.to_string()).collect::<Vec<_>>();
        assert_eq!((owners("+49152"), owners("+49153")), (vec!["club".to_owned()], Vec::new()));
        let form = published();
        assert_eq!(IndexedForm::of(&form).keywords_at, Some(form.sender.from));
    }

    #[test]
    fn a_copy_is_the_index_or_amiss_and_what_a_newer_build_wrote_stays() {
        let index = FormIndex { changes: 7, forms: vec![indexed("shop", &["DE"], None)] };
        let right = stored::write(&index).unwrap();
        assert_eq!(index.compare(Some(&right)), IndexCopy::AsItIs);
        for more in 6..=8 {
            // Whatever it says of its age: an older build counts other changes.
            let other = FormIndex { changes: more, forms: Vec::new() };
            assert_eq!(index.compare(Some(&stored::write(&other).unwrap())), IndexCopy::Amiss);
        }
        assert_eq!((index.compare(None), index.compare(Some("?"))), (IndexCopy::Amiss, IndexCopy::Amiss));
        assert_eq!(FormIndex::default().compare(None), IndexCopy::AsItIs);
        let newer = right.replace("\"format\":1", "\"format\":9");
        assert!(matches!(index.compare(Some(&newer)), IndexCopy::Newer(_)));
    }

    proptest! {
        #[test]
        fn the_newest_index_stays(published in prop::collection::vec(0..20_u32, 1..20)) {
            let mut known: Option<FormIndex> = None;
            for versions in &published {
                known = Some(FormIndex { changes: *versions, forms: Vec::new() }.or_newer(known.as_ref()));
            }
            prop_assert_eq!(known.unwrap().changes, published.into_iter().max().unwrap());
        }
    }
}
