//! What is answered to an SMS of the person's, or to a tap.

use shared::{
    ids::PurposeId,
    lang::Lang,
    links::LinkKind,
    reply::Stop,
    settings::{Controller, Frequency, Purpose, Sender},
    stored::Contact,
    subject::{Outgoing, Pending, Standing},
    texts::{Has, HelpFacts, HelpLink, Stopped, Waiting},
    token::link_in,
    way_out,
};
use worker::Result;

use super::{commit::Transaction, record::Loaded};

/// What an SMS of the person's, or what was ended for them, is answered with.
#[derive(Clone, Copy)]
pub struct Replying<'a> {
    /// The sender that they have just written to, or know, …
    pub sender: &'a Sender,
    /// … what it serves, …
    pub served: &'a [Purpose],
    /// … and all that is declared.
    pub purposes: &'a [Purpose],
    /// Who the business is today, where it is asked: the person may have agreed years ago.
    pub letterhead: Option<Letterhead<'a>>,
}

/// How the business writes today.
#[derive(Clone, Copy)]
pub struct Letterhead<'a> {
    pub controller: &'a Controller,
    /// Scheme and host of links.
    pub links_to: &'a str,
}

impl Transaction<'_> {
    fn answers_from<'s>(&'s self, contact: &'s Contact) -> &'s Sender {
        self.reply.map_or(&contact.sender, |reply| reply.sender)
    }

    pub fn letterhead<'s>(&'s self, contact: &'s Contact) -> Letterhead<'s> {
        let then = Letterhead { controller: &contact.controller, links_to: &contact.links_to };
        self.reply.and_then(|reply| reply.letterhead).unwrap_or(then)
    }

    /// Orders a fresh link: as a page promised, or in the answer to an SMS that asks what is stored.
    pub fn post_fresh_link(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let url = self.new_link(loaded, "/m/", LinkKind::Fresh { asked_at: self.now })?;
        let text = match self.reply {
            Some(_) => self.help_sms(loaded, self.has(loaded), HelpLink::Fresh(&url))?,
            None => contact.lang.texts().fresh_link_sms(self.letterhead(contact).controller.sms_name(), &url),
        };
        let outgoing = Outgoing::FreshLink { asked_at: self.now };
        self.post_sms(loaded, self.answers_from(contact), outgoing, &text).map(|_| ())
    }

    /// Orders the answer to HELP, with a link that lasts (L8).
    pub fn post_help(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let sender = self.answers_from(contact);
        let state = &loaded.record.state;
        let mut waiting = state.waiting_at(&sender.from, self.now);
        let question = match (waiting.next(), waiting.next()) {
            (Some(only), None) if state.in_force(self.now).is_empty() => {
                self.link_of(loaded, only)?.map(|link| (only, link))
            }
            _ => None,
        };
        let text = match question {
            Some((pending, link)) => {
                let asked = Has::Asked(pending.purposes.iter().map(|it| topic(it, contact.lang)).collect());
                self.help_sms(loaded, asked, HelpLink::Question(&link))
            }
            None if state.has_history() => {
                let link = self.new_link(loaded, "/c/", LinkKind::WayOut)?;
                self.help_sms(loaded, self.has(loaded), HelpLink::Theirs(&link))
            }
            None => self.help_sms(loaded, Has::Nothing, HelpLink::WayOut(&self.way_out(loaded)?)),
        }?;
        let outgoing = Outgoing::Help { has: state.in_force(self.now) };
        self.post_sms(loaded, sender, outgoing, &text).map(|_| ())
    }

    /// What is in force, in today's words and as often as the person agreed to: the settings may say less by now.
    fn has(&self, loaded: &Loaded) -> Has<'_> {
        let state = &loaded.record.state;
        let lang = loaded.record.contact.as_ref().map(|contact| contact.lang).unwrap_or_default();
        let declared = self.reply.map(|reply| reply.purposes).unwrap_or_default();
        let these = declared
            .iter()
            .filter_map(|purpose| Some((purpose.label.or_german(lang), state.given(&purpose.id, self.now)?.frequency)));
        let these: Vec<_> = these.collect();
        match (these.len(), state.in_force(self.now).len()) {
            (_, 0) => Has::Nothing,
            (named, all) if named < all => Has::Unnamed,
            _ => Has::These(these),
        }
    }

    fn help_sms(&self, loaded: &Loaded, has: Has, link: HelpLink) -> Result<String> {
        let contact = loaded.contact()?;
        let Letterhead { controller, .. } = self.letterhead(contact);
        Ok(contact.lang.texts().help_sms(&HelpFacts {
            company: controller.sms_name(),
            has,
            link,
            name: Some(controller.name.as_str()).filter(|name| *name != controller.sms_name()),
            contact: controller.phone.as_deref().unwrap_or(&controller.email),
        }))
    }

    /// Where the person ends things for free, for ever.
    fn way_out(&self, loaded: &Loaded) -> Result<String> {
        let Letterhead { links_to, .. } = self.letterhead(loaded.contact()?);
        match way_out::link(links_to, loaded.record.id, &self.secrets.index) {
            Some(link) => Ok(link),
            None => self.new_link(loaded, "/c/", LinkKind::WayOut),
        }
    }

    /// The link in the SMS of a request that waits, where that has one which confirms.
    fn link_of(&self, loaded: &Loaded, pending: &Pending) -> Result<Option<String>> {
        let held = self.store.sms(&pending.link)?.and_then(|sms| sms.held);
        let text = held.map(|held| loaded.open("sms", &held)).transpose()?;
        Ok(text.as_deref().and_then(|text| link_in(text, &pending.link)).map(str::to_owned))
    }

    /// Orders the short answer to a reply that says nothing clear; where the SMS that asks may be meant, with its link.
    pub fn post_not_understood(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let sender = self.answers_from(contact);
        let waiting: Vec<_> = loaded.record.state.waiting_at(&sender.from, self.now).collect();
        let labels = |pending: &&Pending| {
            pending.purposes.iter().map(|purpose| purpose.label.or_german(contact.lang)).collect::<Vec<_>>().join(", ")
        };
        let labels: Vec<_> = waiting.iter().map(labels).collect();
        let link = match waiting.as_slice() {
            [only] => self.link_of(loaded, only)?,
            _ => None,
        };
        let several: Vec<_> = waiting.iter().zip(&labels).map(|(it, label)| (it.reply_code, label.as_str())).collect();
        let waits = match several.as_slice() {
            [] => Waiting::Nothing,
            [(_, label)] => Waiting::One { label, link: link.as_deref() },
            several => Waiting::Several(several),
        };
        let text = contact.lang.texts().unclear_sms(self.letterhead(contact).controller.sms_name(), waits);
        self.post_sms(loaded, sender, Outgoing::ShortAnswer { asked_at: self.now }, &text).map(|_| ())
    }

    /// Orders the answer to a START for which nothing waits.
    pub fn post_started(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let text = contact.lang.texts().started_sms(self.letterhead(contact).controller.sms_name());
        let outgoing = Outgoing::ShortAnswer { asked_at: self.now };
        self.post_sms(loaded, self.answers_from(contact), outgoing, &text).map(|_| ())
    }

    /// Orders the acknowledgement of a yes by reply.
    pub fn acknowledge_yes(&self, loaded: &Loaded, agreed: &[Purpose]) -> Result<()> {
        let contact = loaded.contact()?;
        let topics: Vec<_> = agreed.iter().map(|purpose| topic(purpose, contact.lang)).collect();
        let link = self.way_out(loaded)?;
        let text = contact.lang.texts().agreed_sms(self.letterhead(contact).controller.sms_name(), &topics, &link);
        let purposes = agreed.iter().map(|purpose| purpose.id.clone()).collect();
        self.post_sms(loaded, self.answers_from(contact), Outgoing::Agreed { purposes }, &text).map(|_| ())
    }

    /// Orders the one acknowledgement of a STOP, of a word to the business, or of what a code has ended; the last has the
    /// link that leads `back`. It names what the person `had`, and not what they never asked for.
    pub fn acknowledge(&self, loaded: &Loaded, stop: &Stop, had: &[PurposeId], back: Option<&str>) -> Result<()> {
        let contact = loaded.contact()?;
        let (sender, served) = self.reply.map_or((&contact.sender, &[][..]), |reply| (reply.sender, reply.served));
        // What comes from another sender goes on: then it would be wrong to say that everything has ended.
        let more = loaded.record.state.standings.values().any(|it| matches!(it, Standing::Given(_)));
        let named = |purpose: &&Purpose| match stop {
            Stop::Purposes(ids) => ids.contains(&purpose.id),
            Stop::Everything | Stop::Advertising => had.contains(&purpose.id),
        };
        let labels: Vec<_> = served.iter().filter(named).map(|purpose| purpose.label.or_german(contact.lang)).collect();
        let stopped = match stop {
            Stop::Everything if !more || labels.is_empty() => Stopped::Everything(&labels),
            Stop::Advertising => Stopped::Advertising,
            Stop::Everything | Stop::Purposes(_) => Stopped::Purposes(&labels),
        };
        let texts = contact.lang.texts();
        let text = texts.stopped_sms(self.letterhead(contact).controller.sms_name(), stopped);
        let text = back.map(|link| texts.way_back(link)).into_iter().fold(text, |text, back| text + " " + &back);
        self.post_sms(loaded, sender, Outgoing::Acknowledgement, &text).map(|_| ())
    }
}

fn topic(purpose: &Purpose, lang: Lang) -> (&str, Frequency) {
    (purpose.label.or_german(lang), purpose.frequency)
}
