use super::{
    counts::{How, Take, Taken, Window},
    proofs::Proof,
};
use crate::{
    evidence::Channel,
    ids::PurposeId,
    key_ring::Key,
    phone::MobileNumber,
    settings::Limits,
    shard::{self, SHARDS},
};

/// What was submitted, as far as limits look at it.
#[derive(Debug, Clone, Copy)]
pub struct Submitted<'a> {
    /// The form's id, or the path of a page of ours.
    pub place: &'a str,
    pub proof: &'a Proof,
    /// IPv4 /24, IPv6 /48. What is handed in has none: it comes from the owner's, which says nothing of the person.
    pub network: Option<&'a str>,
    pub number: &'a MobileNumber,
    /// The boxes ticked; none where there are none.
    pub purposes: &'a [PurposeId],
}

/// What is asked of which object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The name of the object. The platform stores it: no part of a number stands in it.
    pub object: String,
    pub take: Take,
}

/// What the counters together say of a submission. A limit that is reached looks like success to whoever submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    /// Beyond the day of the form, which its own counter has noted.
    Limited,
    /// Beyond the hour of a network or a destination, which the form's counter has yet to note.
    HeldBack,
}

/// The object that counts a shard of a form's day, and knows the proofs of that shard.
pub fn form_counter(place: &str, shard: u32) -> String {
    format!("form/{place}/{shard}")
}

/// What is the same whenever a submission comes again: a keyed hash of the form, the number and the purposes, in
/// whatever order.
pub fn fingerprint(submitted: &Submitted, key: &Key) -> String {
    let mut purposes: Vec<_> = submitted.purposes.iter().map(|purpose| purpose.as_str().as_bytes()).collect();
    purposes.sort_unstable();
    let named: [&[u8]; 3] = [b"submission", submitted.place.as_bytes(), submitted.number.e164().as_bytes()];
    short(key.mac(&[&named[..], &purposes].concat()))
}

/// The first half of a keyed hash: 128 bits, in hexadecimal.
fn short(mac: [u8; 32]) -> String {
    let (half, _) = mac.split_at(16);
    crate::hex::write(half)
}

/// The hour of the network, if there is one, which is asked first. `key` hides it.
pub fn network_hour(limits: &Limits, submitted: &Submitted, key: &Key) -> Option<Counter> {
    let take = take("hour", limits.network_per_hour, Window::Hour);
    submitted.network.map(|network| Counter { object: hidden("network", network, key), take })
}

/// What is asked about a form, in that order: the hour of the destination, then the day of the form. `key` hides the
/// destination.
pub fn of_form(limits: &Limits, channel: Channel, submitted: &Submitted, key: &Key) -> [Counter; 2] {
    let (counter, a_day) = match channel {
        Channel::Widget | Channel::HandedIn => ("script", limits.form_per_day),
        // A keyword comes from the handset, and never here.
        Channel::WithoutScript | Channel::Keyword => {
            ("without-script", limits.form_per_day.saturating_mul(limits.without_script_percent) / 100)
        }
    };
    let a_day = Take { how: How::ByDay, ..take(counter, a_day.div_ceil(SHARDS), Window::Day) };
    [destination("hour", limits, submitted, key), daily(submitted, a_day)]
}

/// What is asked about a fresh link for a number that was typed: the hour and the day of such links, which no form
/// shares. Both are for SMS that are `ordered`: numbers that nobody knows use up none of them, and ask for as long.
pub fn of_link(limits: &Limits, ordered: bool, submitted: &Submitted, key: &Key) -> [Counter; 2] {
    let how = if ordered { How::Silently } else { How::OnlyAsk };
    let a_day = daily(submitted, take("links", limits.links_per_day.div_ceil(SHARDS), Window::Day));
    [destination("links", limits, submitted, key), a_day]
        .map(|Counter { object, take }| Counter { object, take: Take { how, ..take } })
}

fn take(counter: &str, limit: u32, window: Window) -> Take {
    Take { counter: counter.to_owned(), limit, window, how: How::Silently }
}

fn daily(submitted: &Submitted, take: Take) -> Counter {
    Counter { object: form_counter(submitted.place, shard::of(&submitted.proof.name)), take }
}

fn destination(counter: &str, limits: &Limits, submitted: &Submitted, key: &Key) -> Counter {
    let object = hidden("prefix", submitted.number.destination_prefix(), key);
    Counter { object, take: take(counter, limits.prefix_per_hour, Window::Hour) }
}

/// The name of an object that counts for a value which it must not tell.
fn hidden(what: &str, value: &str, key: &Key) -> String {
    let [a, b, c, d, e, f, g, h, ..] = key.mac(&[what.as_bytes(), value.as_bytes()]);
    format!("{what}/{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

/// Asks the counters of a submission one after the other: what one holds back takes nothing from those behind it, so
/// that no network uses up what is there for all. Which ones are behind the `network` may be found out on the way.
pub async fn charge<E>(
    network: Option<Counter>,
    behind: impl AsyncFnOnce() -> Result<[Counter; 2], E>,
    mut take: impl AsyncFnMut(Counter) -> Result<Taken, E>,
) -> Result<Verdict, E> {
    if let Some(network) = network
        && take(network).await? == Taken::Limited
    {
        return Ok(Verdict::HeldBack);
    }
    let [destination, day] = behind().await?;
    if take(destination).await? == Taken::Limited {
        return Ok(Verdict::HeldBack);
    }
    Ok(match take(day).await? {
        Taken::Yes => Verdict::Passed,
        Taken::Limited => Verdict::Limited,
    })
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeMap,
        convert::Infallible,
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use proptest::prelude::*;

    use super::*;
    use crate::{
        limits::Counts,
        phone::{RegexLite, all_rules, parse},
        time::Timestamp,
    };

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    fn key() -> Key {
        Key::new([1; 32])
    }

    fn number(text: &str) -> MobileNumber {
        parse(text, "DE".parse().unwrap(), all_rules(), &RegexLite).unwrap()
    }

    fn proof(name: &str) -> Proof {
        Proof { name: name.into(), until: NOW }
    }

    fn submitted<'a>(proof: &'a Proof, network: &'a str, number: &'a MobileNumber) -> Submitted<'a> {
        Submitted { place: "shop", proof, network: Some(network), number, purposes: &[] }
    }

    /// Objects that count, all in one place, without waiting.
    #[derive(Default)]
    struct Objects(BTreeMap<String, Counts>);

    impl Objects {
        fn charge(&mut self, limits: &Limits, submitted: &Submitted, behind: [Counter; 2]) -> Verdict {
            let charged = charge(
                network_hour(limits, submitted, &key()),
                async || Ok(behind),
                async |counter: Counter| {
                    Ok::<_, Infallible>(self.0.entry(counter.object).or_default().take(counter.take, NOW))
                },
            );
            match pin!(charged).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(Ok(verdict)) => verdict,
                Poll::Ready(Err(never)) => match never {},
                Poll::Pending => unreachable!("nothing waits here"),
            }
        }

        /// What the form's counters count as taken.
        fn taken(&self) -> u32 {
            let form = self.0.iter().filter(|(name, _)| name.starts_with("form/"));
            form.flat_map(|(_, counts)| counts.days()).map(|day| day.taken).sum()
        }
    }

    proptest! {
        #[test]
        fn a_forms_shards_share_its_day(form_per_day in 0..100_000_u32, percent in 0..=100_u32, name in "[a-z0-9]{12}") {
            let limits = Limits { form_per_day, without_script_percent: percent, ..Limits::default() };
            let (proof, number) = (proof(&name), number("0176 12345678"));
            let submitted = submitted(&proof, "192.0.2.0/24", &number);
            let limit = |channel| {
                let [_, day] = of_form(&limits, channel, &submitted, &key());
                u64::from(day.take.limit) * u64::from(SHARDS)
            };
            let wanted = u64::from(form_per_day);
            prop_assert!((wanted..wanted + u64::from(SHARDS)).contains(&limit(Channel::Widget)));
            prop_assert!(limit(Channel::WithoutScript) <= limit(Channel::Widget));
        }

        /// A flood from one network, or to one destination, takes of a form's day only what passes.
        #[test]
        fn what_is_held_back_takes_nothing_from_others(
            posts in prop::collection::vec((0..3_usize, 0..3_usize), 0..60),
            network_per_hour in 0..6_u32,
            prefix_per_hour in 0..6_u32,
            form_per_day in 0..60_u32,
        ) {
            let limits = Limits { network_per_hour, prefix_per_hour, form_per_day, ..Limits::default() };
            let numbers = ["0176 12345678", "0176 22345678", "0152 28817386"].map(number);
            let mut objects = Objects::default();
            let mut passed = (BTreeMap::<_, u32>::new(), BTreeMap::<_, u32>::new(), 0);
            for (at, (network, to)) in posts.into_iter().enumerate() {
                let proof = proof(&at.to_string());
                let submitted = submitted(&proof, ["a", "b", "c"][network], &numbers[to]);
                let behind = of_form(&limits, Channel::Widget, &submitted, &key());
                if objects.charge(&limits, &submitted, behind) == Verdict::Passed {
                    *passed.0.entry(network).or_default() += 1;
                    *passed.1.entry(to).or_default() += 1;
                    passed.2 += 1;
                }
            }
            prop_assert!(passed.0.values().all(|count| *count <= network_per_hour));
            prop_assert!(passed.1.values().all(|count| *count <= prefix_per_hour));
            prop_assert_eq!(objects.taken(), passed.2, "the owner sees what passed all limits");
        }

        /// Whoever types numbers that nobody knows uses up nobody's links; whoever types any at all, no form's share of
        /// a destination.
        #[test]
        fn what_is_typed_uses_up_no_forms_share_and_unknown_numbers_no_links(
            typed in prop::collection::vec(any::<bool>(), 0..200),
            links_per_day in 8..20_u32,
            prefix_per_hour in 1..20_u32,
        ) {
            let limits = Limits { links_per_day, network_per_hour: u32::MAX, prefix_per_hour, ..Limits::default() };
            let (number, mut objects) = (number("0176 12345678"), Objects::default());
            let mut links = 0;
            for (at, known) in typed.into_iter().enumerate() {
                let proof = proof(&at.to_string());
                let submitted = submitted(&proof, "a", &number);
                let verdict = objects.charge(&limits, &submitted, of_link(&limits, known, &submitted, &key()));
                prop_assert!(links > 0 || verdict == Verdict::Passed, "nothing was ordered before");
                links += u32::from(known && verdict == Verdict::Passed);
                prop_assert!(links <= prefix_per_hour);
            }
            for at in 0..prefix_per_hour {
                let proof = proof(&at.to_string());
                let submitted = Submitted { place: "newsletter", ..submitted(&proof, "a", &number) };
                let behind = of_form(&limits, Channel::Widget, &submitted, &key());
                prop_assert_eq!(objects.charge(&limits, &submitted, behind), Verdict::Passed);
            }
        }

        #[test]
        fn a_submission_is_known_again_by_form_number_and_purposes(
            one in prop::sample::subsequence(vec!["a", "b", "c"], 0..4).prop_shuffle(),
            other in prop::sample::subsequence(vec!["a", "b", "c"], 0..4).prop_shuffle(),
            numbers in (0..2_usize, 0..2_usize),
            places in (0..2_usize, 0..2_usize),
        ) {
            let all = ["0176 12345678", "0176 12345679"].map(number);
            let of = |purposes: &[&str], at: usize, place: usize| {
                let purposes: Vec<PurposeId> = purposes.iter().map(|id| id.parse().unwrap()).collect();
                let proof = proof(&at.to_string());
                let place = ["shop", "newsletter"][place];
                fingerprint(&Submitted { place, purposes: &purposes, ..submitted(&proof, "a", &all[at]) }, &key())
            };
            let sorted = |list: &[&'static str]| { let mut list = list.to_vec(); list.sort_unstable(); list };
            let same = sorted(&one) == sorted(&other) && numbers.0 == numbers.1 && places.0 == places.1;
            prop_assert_eq!(of(&one, numbers.0, places.0) == of(&other, numbers.1, places.1), same);
        }
    }

    /// What the owner hands in takes of the day of its form and of the hour of a destination, and of no network.
    #[test]
    fn what_is_handed_in_keeps_to_the_form_and_the_destination() {
        let limits = Limits { network_per_hour: 0, prefix_per_hour: 2, form_per_day: 100, ..Limits::default() };
        let (number, mut objects) = (number("0176 12345678"), Objects::default());
        let verdicts = [0, 1, 2].map(|at| {
            let proof = proof(&at.to_string());
            let submitted = Submitted { network: None, ..submitted(&proof, "", &number) };
            objects.charge(&limits, &submitted, of_form(&limits, Channel::HandedIn, &submitted, &key()))
        });
        assert_eq!(verdicts, [Verdict::Passed, Verdict::Passed, Verdict::HeldBack]);
        assert_eq!(objects.taken(), 2);
    }

    #[test]
    fn no_part_of_a_number_or_an_address_names_an_object() {
        let (proof, number) = (proof("proof"), number("0176 12345678"));
        let submitted = submitted(&proof, "192.0.2.0/24", &number);
        let network = network_hour(&Limits::default(), &submitted, &key()).unwrap().object;
        let [prefix, form] = of_form(&Limits::default(), Channel::Widget, &submitted, &key()).map(|it| it.object);
        assert_eq!(form, form_counter("shop", shard::of("proof")));
        assert!(network.starts_with("network/") && !network.contains("192"), "{network}");
        assert!(prefix.starts_with("prefix/") && !prefix.contains("49176"), "{prefix}");
        assert!(!fingerprint(&submitted, &key()).contains("176"));
    }
    /// By the defaults, one network leaves most of a destination to others.
    #[test]
    fn one_network_leaves_a_destination_to_others() {
        let (limits, number, mut objects) = (Limits::default(), number("0176 12345678"), Objects::default());
        let mut from = |network: &str, at: u32| {
            let proof = proof(&format!("{network}{at}"));
            let submitted = submitted(&proof, network, &number);
            objects.charge(&limits, &submitted, of_form(&limits, Channel::Widget, &submitted, &key()))
        };
        for at in 0..200 {
            from("a", at);
        }
        assert_eq!(from("b", 0), Verdict::Passed);
    }
}
