use super::counts::{Take, Taken, Window};
use crate::{
    evidence::Channel,
    key_ring::Key,
    settings::Limits,
    shard::{self, SHARDS},
    time::Timestamp,
};

/// What makes a submission cost something, used once: a solved challenge, or a stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Random, so that it spreads a form's day evenly over its shards.
    pub name: String,
    /// Until when it would count.
    pub until: Timestamp,
}

/// What was submitted, as far as limits look at it.
#[derive(Debug, Clone, Copy)]
pub struct Submitted<'a> {
    pub channel: Channel,
    /// The form's id, or the path of a page of ours.
    pub place: &'a str,
    pub proof: &'a Proof,
    /// IPv4 /24, IPv6 /48.
    pub network: &'a str,
    /// The number without its last four digits.
    pub prefix: &'a str,
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
    /// Beyond the form's day, which its own counter has noted.
    Limited,
    /// Beyond another limit, which the form's counter has yet to note.
    HeldBack,
    /// The proof was used before.
    ProofUsed,
}

/// The object that counts a shard of a form's day.
pub fn form_counter(place: &str, shard: u32) -> String {
    format!("form/{place}/{shard}")
}

/// The counters of a submission: the form's, the network's, the destination's. `key` hides the latter two.
pub fn submission(limits: &Limits, submitted: &Submitted, key: &Key) -> [Counter; 3] {
    let Submitted { channel, place, proof, network, prefix } = *submitted;
    let share = |whole: u32| whole.div_ceil(SHARDS);
    let (counter, limit) = match channel {
        Channel::Widget => ("script", share(limits.form_per_day)),
        // A keyword comes from the handset, and never here.
        Channel::WithoutScript | Channel::Keyword => {
            ("without-script", share(limits.form_per_day.saturating_mul(limits.without_script_percent) / 100))
        }
    };
    let form = Counter {
        object: form_counter(place, shard::of(&proof.name)),
        take: Take {
            counter: counter.to_owned(),
            limit,
            window: Window::Day,
            once: Some((proof.name.clone(), proof.until)),
            by_day: true,
        },
    };
    let hourly = |what: &str, value: &str, limit| {
        let [a, b, c, d, e, f, g, h, ..] = key.mac(&[what.as_bytes(), value.as_bytes()]);
        Counter {
            object: format!("{what}/{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h])),
            take: Take { counter: "hour".to_owned(), limit, window: Window::Hour, once: None, by_day: false },
        }
    };
    [form, hourly("network", network, limits.network_per_hour), hourly("prefix", prefix, limits.prefix_per_hour)]
}

/// What the answers of [`submission`]'s counters come to, in its order.
pub fn verdict(taken: [Taken; 3]) -> Verdict {
    let [form, ..] = taken;
    if taken.contains(&Taken::Used) {
        Verdict::ProofUsed
    } else if form == Taken::Limited {
        Verdict::Limited
    } else if taken.contains(&Taken::Limited) {
        Verdict::HeldBack
    } else {
        Verdict::Passed
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counters(channel: Channel, proof: &str, limits: &Limits) -> [Counter; 3] {
        let proof = Proof { name: proof.into(), until: Timestamp::from_millis(5) };
        let submitted =
            Submitted { channel, place: "shop", proof: &proof, network: "192.0.2.0/24", prefix: "+491761234" };
        submission(limits, &submitted, &Key::new([1; 32]))
    }

    proptest! {
        #[test]
        fn a_forms_shards_share_its_day(form_per_day in 0..100_000_u32, percent in 0..=100_u32, proof in "[a-z0-9]{12}") {
            let limits = Limits { form_per_day, without_script_percent: percent, ..Limits::default() };
            let limit = |channel| u64::from(counters(channel, &proof, &limits)[0].take.limit) * u64::from(SHARDS);
            let wanted = u64::from(form_per_day);
            prop_assert!((wanted..wanted + u64::from(SHARDS)).contains(&limit(Channel::Widget)));
            prop_assert!(limit(Channel::WithoutScript) <= limit(Channel::Widget));
        }
    }

    #[test]
    fn no_part_of_a_number_or_an_address_names_an_object() {
        let [form, network, prefix] = counters(Channel::Widget, "proof", &Limits::default()).map(|it| it.object);
        assert_eq!(form, form_counter("shop", shard::of("proof")));
        assert!(network.starts_with("network/") && !network.contains("192"), "{network}");
        assert!(prefix.starts_with("prefix/") && !prefix.contains("49176"), "{prefix}");
    }

    #[test]
    fn the_owner_learns_of_each_submission_once() {
        use Taken::{Limited, Used, Yes};
        assert_eq!(verdict([Yes, Yes, Yes]), Verdict::Passed);
        assert_eq!(verdict([Limited, Yes, Limited]), Verdict::Limited);
        assert_eq!(verdict([Yes, Limited, Yes]), Verdict::HeldBack);
        assert_eq!(verdict([Yes, Yes, Limited]), Verdict::HeldBack);
        assert_eq!(verdict([Used, Limited, Yes]), Verdict::ProofUsed);
    }
}
