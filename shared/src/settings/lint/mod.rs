mod guards;
mod room;

use super::{Settings, webhook};
use crate::{
    address::{Reach, callable},
    sms::{self, Encoding},
    violation::Violation,
};

/// What settings are looked at with: the same ones may do here, and not there.
pub struct Platform<'a> {
    pub reach: Reach,
    /// Whether times can be told in that IANA zone.
    pub knows_zone: &'a dyn Fn(&str) -> bool,
}

impl Settings {
    /// What is wrong with these settings, if they come after `before`.
    pub fn lint(&self, before: Option<&Self>, platform: &Platform) -> Vec<Violation> {
        let reach = platform.reach;
        let mut found = Vec::new();
        self.lint_controller(&mut found);
        guards::lint(self, platform, &mut found);
        self.lint_webhooks(reach, &mut found);
        for (at, purpose) in self.purposes.iter().enumerate() {
            let field = |name: &str| format!("purposes[{at}].{name}");
            if self.purposes.iter().take(at).any(|other| other.id == purpose.id) {
                found.push(Violation::new(field("id"), "unique", "Two purposes have the same id."));
            }
            if purpose.frequency.max == 0 {
                found.push(Violation::new(field("frequency"), "positive", "`max` must be at least 1."));
            }
            if !(1..=60).contains(&purpose.lapses_after) {
                found.push(Violation::new(
                    field("lapses_after"),
                    "range",
                    "A consent lapses after 1 to 60 months without use.",
                ));
            }
            if let Some(reward) = &purpose.reward
                && reward.text.all().any(|text| !text.contains("{code}"))
            {
                found.push(Violation::new(field("reward.text"), "code", "Say where the code stands: `{code}`."));
            }
            for (name, text) in [("label", &purpose.label), ("wording", &purpose.wording)] {
                if text.all().any(|text| text.trim().is_empty()) {
                    found.push(Violation::new(field(name), "present", "Say in a few words what is sent."));
                }
            }
            if let Some(old) = before.and_then(|before| before.purpose(&purpose.id)) {
                let same = old.use_ == purpose.use_
                    && old.basis == purpose.basis
                    && old.label == purpose.label
                    && old.wording == purpose.wording;
                let narrower = purpose.frequency.is_at_most(old.frequency) && purpose.lapses_after <= old.lapses_after;
                if !same || !narrower {
                    found.push(Violation::new(
                        format!("purposes[{at}]"),
                        "purpose-widened",
                        "People consented to the old wording, frequency and basis. Use a new purpose id for the new one.",
                    ));
                }
            }
        }
        self.lint_senders(reach, &mut found);
        self.lint_gateways(reach, &mut found);
        found
    }

    fn lint_senders(&self, reach: Reach, found: &mut Vec<Violation>) {
        for (at, sender) in self.senders.iter().enumerate() {
            let name = sender.from.chars().any(|c| c.is_ascii_alphabetic());
            let number = sender.from.strip_prefix('+').unwrap_or(&sender.from);
            let fits = if name {
                sender.from.len() <= 11 && sender.from.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
            } else {
                (3..=15).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
            };
            if !fits {
                found.push(Violation::new(
                    format!("senders[{at}].from"),
                    "sender",
                    "A sender is a name of at most 11 letters and digits, a number such as +4915155500000, or a short code.",
                ));
            }
            if name && sender.receives {
                found.push(Violation::new(
                    format!("senders[{at}].receives"),
                    "sender-receives",
                    "Nobody can reply to a name. Use a number, or set `receives` to false.",
                ));
            }
            for (name, gateway) in [("gateway", Some(&sender.gateway)), ("fallback", sender.fallback.as_ref())] {
                let field = format!("senders[{at}].{name}");
                match gateway {
                    Some(id) if id.is_simulator() && reach == Reach::Internet => found.push(Violation::new(
                        field,
                        "gateway-simulated",
                        "The simulated phone is part of development builds only. Name a gateway of an SMS provider.",
                    )),
                    Some(id) if !id.is_simulator() && self.gateway(id).is_none() => found.push(Violation::new(
                        field,
                        "gateway-unknown",
                        format!("Declare the gateway `{id}` under `gateways` first."),
                    )),
                    Some(id) if name == "fallback" && *id == sender.gateway => found.push(Violation::new(
                        field,
                        "fallback-same",
                        "A fallback is another gateway than the first one.",
                    )),
                    _ => {}
                }
            }
            for purpose in sender.purposes.iter().flatten().filter(|id| self.purpose(id).is_none()) {
                found.push(Violation::new(
                    format!("senders[{at}].purposes"),
                    "purpose-unknown",
                    format!("Declare the purpose `{purpose}` first."),
                ));
            }
        }
    }

    fn lint_gateways(&self, reach: Reach, found: &mut Vec<Violation>) {
        for (at, gateway) in self.gateways.iter().enumerate() {
            if self.gateways.iter().take(at).any(|other| other.id() == gateway.id()) || gateway.id().is_simulator() {
                found.push(Violation::new(
                    format!("gateways[{at}].id"),
                    "unique",
                    "Two gateways have the same id. `simulator` is the simulated phone's.",
                ));
            }
            if !self.processors.iter().any(|processor| processor.name == gateway.processor()) {
                found.push(Violation::new(
                    format!("gateways[{at}].processor"),
                    "processor-missing",
                    "An SMS provider processes data for you: add it to `processors`, with the date and version of your \
                     agreement (GDPR 28).",
                ));
            }
            found.extend(
                gateway
                    .lint(reach)
                    .into_iter()
                    .map(|violation| Violation { field: format!("gateways[{at}].{}", violation.field), ..violation }),
            );
        }
    }

    fn lint_webhooks(&self, reach: Reach, found: &mut Vec<Violation>) {
        if self.webhooks.len() > webhook::MOST {
            found.push(Violation::new(
                "webhooks",
                "count",
                format!("{} webhooks are the most. One of them can tell others.", webhook::MOST),
            ));
        }
        for (at, webhook) in self.webhooks.iter().enumerate() {
            if self.webhooks.iter().take(at).any(|other| other.id == webhook.id) {
                found.push(Violation::new(format!("webhooks[{at}].id"), "unique", "Two webhooks have the same id."));
            }
            if let Err(why) = callable(&webhook.url, reach) {
                found.push(Violation::new(format!("webhooks[{at}].url"), "url", why));
            }
        }
    }

    fn lint_controller(&self, found: &mut Vec<Violation>) {
        let controller = &self.controller;
        let length = controller.name.chars().count();
        if !(1..=40).contains(&length) {
            found.push(Violation::new(
                "controller.name",
                "length",
                "The name has 1 to 40 characters. SMS can begin with a shorter `sms_name`.",
            ));
        }
        if let Some(name) = &controller.sms_name {
            let length = name.chars().count();
            if !(1..=20).contains(&length) || name.trim() != name {
                let detail = "1 to 20 characters, with no space at either end: every SMS begins with it.";
                found.push(Violation::new("controller.sms_name", "length", detail));
            } else if sms::measure(&sms::normalize(name)).encoding != Encoding::Gsm7 {
                let detail = "Write it in GSM-7: with another character every SMS holds 70 characters, not 160.";
                found.push(Violation::new("controller.sms_name", "encoding", detail));
            }
        }
        for (field, text) in [("address", &controller.address), ("email", &controller.email)] {
            if text.trim().is_empty() {
                found.push(Violation::new(
                    format!("controller.{field}"),
                    "present",
                    "People must learn who asks and how to reach you (GDPR 13).",
                ));
            }
        }
    }
}
