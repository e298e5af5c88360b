//! What an SMS of the owner's carries beside its text: whose it is (L20), and the way out (L8).

mod code;
mod leave;

pub use code::WayOutCode;
pub use leave::Leave;

use crate::{
    key_ring::{KeyRing, SubjectId},
    lang::Lang,
    settings::{Controller, Sender},
    sms::{self, Encoding},
    token::LinkToken,
};

/// What stands around a text. `link` is the whole address of the way out.
#[derive(Debug, Clone, Copy)]
pub enum Frame<'a> {
    /// Around advertising: the company's name, the free link, and STOP besides where it can be replied.
    Advertising { controller: &'a Controller, link: &'a str },
    /// Around anything else: STOP, or the link where nobody can reply.
    Service { link: &'a str },
}

impl Frame<'_> {
    /// The name that a text begins with, unless it does so by itself; empty or with what parts it from the text.
    pub fn begin(&self, text: &str) -> String {
        match self {
            Self::Advertising { controller, .. } if !names(text, controller) => {
                format!("{}: ", sms::normalize(controller.sms_name()))
            }
            _ => String::new(),
        }
    }

    /// The way out that a text ends with, on a line of its own.
    pub fn way_out(&self, sender: &Sender, lang: Lang) -> String {
        match self {
            Self::Advertising { link, .. } => lang.texts().free_way_out(link, sender.receives),
            Self::Service { link } => lang.texts().way_out(if sender.receives { "" } else { link }, sender.receives),
        }
    }

    /// The text as it leaves.
    pub fn around(&self, text: &str, sender: &Sender, lang: Lang) -> String {
        self.with(text, &self.way_out(sender, lang))
    }

    /// The same with a way out that is known already.
    pub fn with(&self, text: &str, way_out: &str) -> String {
        format!("{}{text}\n{way_out}", self.begin(text))
    }

    /// The longest way out, in parts and then in units, that a text gets from one of these senders in one of these
    /// languages: who the recipient is decides.
    pub fn longest(&self, text: &str, senders: &[&Sender], langs: &[Lang]) -> Option<String> {
        let all = senders.iter().flat_map(|sender| langs.iter().map(move |lang| self.way_out(sender, *lang)));
        all.max_by_key(|way_out| {
            let measure = sms::measure(&self.with(text, way_out));
            (measure.segments, measure.units)
        })
    }
}

/// Whether a text begins with one of the company's names, as a word, in whatever case.
fn names(text: &str, controller: &Controller) -> bool {
    let text = sms::normalize(text);
    let text = text.trim_start();
    [controller.sms_name(), &controller.name].into_iter().any(|name| {
        let name = sms::normalize(name);
        let begins = text.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(&name));
        let ends = text.get(name.len()..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        begins && ends
    })
}

/// What of the owner's own finds room in one part, in the units of what stands around it: septets, or UTF-16 code units
/// where a name is no GSM-7.
pub fn room(begin: &str, way_out: &str) -> usize {
    let around = sms::measure(&format!("{begin}\n{way_out}"));
    let part: usize = match around.encoding {
        Encoding::Gsm7 => 160,
        Encoding::Ucs2 => 70,
    };
    part.saturating_sub(around.units)
}

/// The address at which a person ends things. Nothing where the ring lacks the generation of the person's id.
pub fn link(links_to: &str, subject: SubjectId, index: &KeyRing) -> Option<String> {
    Some(format!("{links_to}/a/{}", WayOutCode::of(subject, index)?.text()))
}

/// An address of a way out as long as any; `links_to` has no slash at its end.
pub fn sample_way_out(links_to: &str) -> String {
    format!("{links_to}/a/{}", "0".repeat(WayOutCode::LENGTH))
}

/// A link as long as any.
pub fn sample_link(links_to: &str) -> String {
    format!("{links_to}/c/{}", "0".repeat(LinkToken::LENGTH))
}

#[cfg(test)]
mod tests;
