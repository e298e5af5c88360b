use serde::{Deserialize, Serialize};

use super::{Settings, same_number};
use crate::{form::FormVersion, gateway::Gateway, ids::GatewayId, violation::Violation};

/// What the settings once had: handsets and providers still know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Gateways as they were once described, the newest first.
    pub gateways: Vec<Gateway>,
    /// Numbers that people could once reply to.
    pub numbers: Vec<String>,
}

impl Former {
    /// Settings change a few times a year.
    const MOST: usize = 100;

    /// Of all settings that ever were in force, the newest first.
    pub fn of(all: impl IntoIterator<Item = Settings>) -> Self {
        let mut all = all.into_iter();
        let Some(newest) = all.next() else {
            return Self::default();
        };
        let mut former = Self::default();
        for settings in all {
            for gateway in settings.gateways {
                if former.gateways.len() < Self::MOST
                    && !newest.gateways.contains(&gateway)
                    && !former.gateways.contains(&gateway)
                {
                    former.gateways.push(gateway);
                }
            }
            for sender in settings.senders.into_iter().filter(|sender| sender.receives) {
                if former.numbers.len() < Self::MOST
                    && !newest.receives_at(&sender.from)
                    && !former.numbers.contains(&sender.from)
                {
                    former.numbers.push(sender.from);
                }
            }
        }
        former
    }

    /// How a gateway was once described.
    pub fn gateways_of<'a>(&'a self, id: &'a GatewayId) -> impl Iterator<Item = &'a Gateway> {
        self.gateways.iter().filter(move |gateway| gateway.id() == id)
    }
}

impl Settings {
    /// Whether SMS may come in by a gateway: to its senders, or to numbers of before.
    pub fn is_received_by(&self, gateway: &GatewayId, former: &Former) -> bool {
        !former.numbers.is_empty() || self.senders.iter().any(|sender| sender.receives && sender.is_by(gateway))
    }

    /// The numbers, each once and at most `most` of them, whose SMS by a gateway are looked for in that hour: those of
    /// its senders, and after them those of before. Where there are more, all have their turn within some hours: those
    /// of before at least a quarter of the places, the senders what is left of them.
    pub fn looked_for(&self, gateway: &GatewayId, former: &Former, hour: usize, most: usize) -> Vec<String> {
        let mut own: Vec<String> = Vec::new();
        for sender in self.senders.iter().filter(|sender| sender.receives && sender.is_by(gateway)) {
            if !own.iter().any(|number| same_number(number, &sender.from)) {
                own.push(sender.from.clone());
            }
        }
        let of_before = former.numbers.len().min(most / 4);
        let own = in_turn(own, hour, most.saturating_sub(of_before));
        let left = most.saturating_sub(own.len());
        let of_before = in_turn(former.numbers.clone(), hour, left);
        own.into_iter().chain(of_before).collect()
    }

    /// Whether people can reply to that number.
    pub fn receives_at(&self, number: &str) -> bool {
        self.senders.iter().any(|sender| sender.receives && same_number(&sender.from, number))
    }

    /// What is no reason to refuse these settings, and the owner should know: what people lose by them, after those of
    /// `before` and with these newest versions of forms in use, and what could be described better. `origin` is the
    /// edge's.
    pub fn warnings(&self, before: Option<&Self>, forms: &[FormVersion], origin: &str) -> Vec<Violation> {
        let described = self.gateways.iter().enumerate().flat_map(|(at, gateway)| {
            let place = move |it: Violation| Violation { field: format!("gateways[{at}].{}", it.field), ..it };
            gateway.warnings().into_iter().map(place)
        });
        self.taken_away(before, forms).into_iter().chain(described).chain(self.little_room(origin)).collect()
    }

    /// A provider may have taken it away, so it is not refused.
    fn taken_away(&self, before: Option<&Self>, forms: &[FormVersion]) -> Vec<Violation> {
        let mut found = Vec::new();
        for old in before.iter().flat_map(|before| &before.senders).filter(|old| old.receives) {
            self.lint_number_in_use(old, &mut found);
        }
        for form in forms {
            let (id, from) = (&form.sender.id, &form.sender.from);
            let (rule, field, detail) = match self.senders.iter().enumerate().find(|(_, sender)| sender.id == *id) {
                None => (
                    "sender-in-use",
                    "senders".to_owned(),
                    format!(
                        "The form `{}` sends by the sender `{id}`, which is gone: its requests can't be sent. Publish the form anew with another sender.",
                        form.form
                    ),
                ),
                Some((at, sender)) if !same_number(&sender.from, from) => (
                    "form-sender",
                    format!("senders[{at}].from"),
                    format!("The form `{}` goes on sending from {from} until you publish it anew.", form.form),
                ),
                Some(_) => continue,
            };
            found.push(Violation::new(field, rule, detail));
        }
        for old in before.iter().flat_map(|before| &before.gateways).filter(|old| self.gateway(old.id()).is_none()) {
            found.push(Violation::new(
                "gateways",
                "gateway-in-use",
                format!(
                    "The gateway `{}` is gone. Its webhooks are still read, for STOPs that come in there, as long as the provider sends them and its secrets stay: {}.",
                    old.id(),
                    old.secret_names().join(", ")
                ),
            ));
        }
        found
    }

    fn lint_number_in_use(&self, old: &super::Sender, found: &mut Vec<Violation>) {
        /// What people who know the number can still rely on.
        const STILL: &str = "A STOP to it still counts as long as the provider delivers it here: keep the number there \
                             for as long as people may answer what came from it";
        let from = &old.from;
        let now = self.senders.iter().enumerate().filter(|(_, sender)| same_number(&sender.from, from));
        let now: Vec<_> = now.collect();
        let (rule, field, detail) = match now.as_slice() {
            [] => {
                let at = self.senders.iter().position(|sender| sender.id == old.id);
                let field = at.map_or("senders".to_owned(), |at| format!("senders[{at}].from"));
                ("number-in-use", field, format!("Nobody receives at {from} any more. {STILL}."))
            }
            [(at, _), ..] if !now.iter().any(|(_, sender)| sender.receives) => {
                ("number-in-use", format!("senders[{at}].receives"), format!("{from} is no longer answered. {STILL}."))
            }
            [(at, _), ..] if !now.iter().any(|(_, sender)| sender.receives && sender.is_by(&old.gateway)) => (
                "gateway-in-use",
                format!("senders[{at}].gateway"),
                format!("{from} is no longer the gateway `{}`'s. {STILL}, by either gateway.", old.gateway),
            ),
            _ => return,
        };
        found.push(Violation::new(field, rule, detail));
    }
}

/// At most `most` of them, beginning each hour where the hour before ended; where all have a place, with the next one.
fn in_turn(mut numbers: Vec<String>, hour: usize, most: usize) -> Vec<String> {
    let step = if numbers.len() > most { most } else { 1 };
    let begin = hour.wrapping_mul(step).checked_rem(numbers.len()).unwrap_or_default();
    numbers.rotate_left(begin);
    numbers.truncate(most);
    numbers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn settings(senders: Value, gateways: Value) -> Settings {
        serde_json::from_value(json!({
            "controller": { "name": "B", "address": "x", "email": "x", "imprint_url": "x", "privacy_url": "x" },
            "purposes": [], "senders": senders, "gateways": gateways,
        }))
        .unwrap()
    }

    fn sender(from: &str, gateway: &str, receives: bool) -> Value {
        json!({ "id": "shop", "from": from, "receives": receives, "gateway": gateway })
    }

    fn seven(label: &str) -> Value {
        json!({ "kind": "seven", "processor": "seven", "label": label })
    }

    const OLD: &str = "+4915228817386";

    fn form(from: &str) -> FormVersion {
        serde_json::from_value(json!({
            "form": "newsletter", "version": 1, "published_at": "2026-11-24T10:00:00.000Z",
            "draft": { "purposes": [], "sender": "shop", "languages": ["de"], "countries": ["DE"], "age": 16 },
            "controller": { "name": "B", "address": "x", "email": "x", "imprint_url": "x", "privacy_url": "x" },
            "purposes": [], "sender": sender(from, "seven", true),
        }))
        .unwrap()
    }

    #[test]
    fn whatever_takes_a_number_in_use_away_is_named() {
        let before = settings(json!([sender(OLD, "seven", true)]), json!([seven("a")]));
        let warned = |senders: Value, gateways: Value, forms: &[FormVersion]| {
            let found = settings(senders, gateways).taken_away(Some(&before), forms);
            found.into_iter().map(|it| (it.field, it.rule)).collect::<Vec<_>>()
        };
        let named = |field: &str, rule: &str| (field.to_owned(), rule.to_owned());
        let used = || named("senders", "number-in-use");
        let all = json!([seven("a"), { "kind": "vonage", "processor": "V" }]);
        assert_eq!(warned(json!([sender(OLD, "seven", true)]), all.clone(), &[form(OLD)]), []);
        // Written otherwise, or with a fallback, it is the same.
        assert_eq!(warned(json!([sender(&OLD[1..], "seven", true)]), all.clone(), &[form(OLD)]), []);
        assert_eq!(warned(json!([]), all.clone(), &[]), [used()]);
        let other = json!([sender("+4915228817300", "seven", true)]);
        assert_eq!(warned(other.clone(), all.clone(), &[]), [named("senders[0].from", "number-in-use")]);
        let deaf = json!([sender(OLD, "seven", false)]);
        assert_eq!(warned(deaf, all.clone(), &[]), [named("senders[0].receives", "number-in-use")]);
        let moved = json!([sender(OLD, "vonage", true)]);
        assert_eq!(warned(moved.clone(), all.clone(), &[]), [named("senders[0].gateway", "gateway-in-use")]);
        let gone = json!([{ "kind": "vonage", "processor": "V" }]);
        let both = [named("senders[0].gateway", "gateway-in-use"), named("gateways", "gateway-in-use")];
        assert_eq!(warned(moved, gone, &[]), both);
        // A form keeps the sender that it was published with.
        let forms = [form(OLD)];
        let by_form = [named("senders[0].from", "number-in-use"), named("senders[0].from", "form-sender")];
        assert_eq!(warned(other, all.clone(), &forms), by_form);
        assert_eq!(warned(json!([]), all, &forms), [used(), named("senders", "sender-in-use")]);
        assert_eq!(settings(json!([]), json!([])).taken_away(None, &[]), []);
    }

    #[test]
    fn a_description_without_ids_is_named() {
        let http = |id: Value| {
            json!({
                "kind": "http", "processor": "x", "send": { "method": "POST", "url": "https://x.example/" },
                "answer": { "json": {} },
                "inbound": { "format": "form", "from": "from", "to": "to", "text": "text", "id": id },
            })
        };
        let warned = |id| {
            let found = settings(json!([]), json!([seven("a"), http(id)])).warnings(None, &[], "https://ja.example");
            found.into_iter().map(|it| (it.field, it.rule)).collect::<Vec<_>>()
        };
        assert_eq!(warned(json!("id")), []);
        assert_eq!(warned(json!(null)), [("gateways[1].inbound.id".to_owned(), "inbound-id".to_owned())]);
    }

    proptest! {
        #[test]
        fn each_number_of_the_gateway_is_looked_for_within_half_a_day(
            own in 0usize..60, old in 0usize..100, hour in 0usize..1_000_000,
        ) {
            const MOST: usize = 40;
            let number = |kind: usize, n: usize| format!("+49152{kind}{n:07}");
            let senders = (0..own).map(|n| sender(&number(0, n), "seven", true));
            let others = [sender(&number(2, 0), "vonage", true), sender(&number(2, 1), "seven", false)];
            let again = sender(&number(0, 0)[1..], "seven", true);
            let again = (own > 0).then_some(again);
            let settings = settings(senders.chain(again).chain(others).collect(), json!([]));
            let former = Former { gateways: Vec::new(), numbers: (0..old).map(|n| number(1, n)).collect() };
            let gateway: GatewayId = "seven".parse().unwrap();
            prop_assert_eq!(settings.is_received_by(&gateway, &former), own + old > 0);
            let mut seen = std::collections::BTreeSet::new();
            for hour in hour..hour + 12 {
                let now = settings.looked_for(&gateway, &former, hour, MOST);
                let each: std::collections::BTreeSet<_> = now.iter().cloned().collect();
                prop_assert_eq!((now.len(), each.len()), (MOST.min(own + old), MOST.min(own + old)));
                // Where they have room beside a quarter of those of before, the senders are looked for each hour.
                if own <= MOST - MOST / 4 {
                    prop_assert!(now.iter().take(own).all(|number| number.starts_with("+491520")));
                }
                seen.extend(each);
            }
            prop_assert_eq!(seen.len(), own + old);
        }
    }

    #[test]
    fn what_was_once_described_is_known_for_good() {
        let all = [
            settings(json!([sender("+4915228817300", "seven", true)]), json!([seven("c")])),
            settings(json!([sender(OLD, "seven", true)]), json!([seven("b")])),
            settings(json!([sender(OLD, "seven", true)]), json!([seven("c"), { "kind": "vonage", "processor": "V" }])),
            settings(json!([sender("+4915228817301", "seven", false)]), json!([seven("b"), seven("a")])),
        ];
        let former = Former::of(all.clone());
        assert_eq!(former.numbers, [OLD]);
        let seven = "seven".parse().unwrap();
        let labels: Vec<_> = former.gateways_of(&seven).map(|it| json!(it)["label"].clone()).collect();
        assert_eq!(labels, ["b", "a"]);
        assert_eq!(former.gateways.len(), 3);
        assert_eq!(Former::of([]), Former::default());
    }
}
