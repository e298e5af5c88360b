//! Isolates of every age act for one number at the same time, a question at a time.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;

use super::*;
use crate::{
    key_ring::NEXT,
    phone::{RegexLite, all_rules, parse},
};

const START: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn number() -> MobileNumber {
    let german = all_rules().iter().find(|rules| rules.country.as_str() == "DE").unwrap();
    parse("0176 12345678", german.country, all_rules(), &RegexLite).unwrap()
}

/// The ring of an isolate: generations 1 to `known`, the last of them perhaps not yet used.
#[derive(Debug, Clone, Copy)]
struct Age {
    known: u8,
    next: bool,
}

impl Age {
    fn places(self) -> Places {
        let entry = |n: u8| {
            let next = if self.next && n == self.known { NEXT } else { "" };
            format!("{n}{next}:{}", STANDARD.encode([n; 32]))
        };
        let ring = (1..=self.known).map(entry).collect::<Vec<_>>().join(",");
        Places::of(&number(), &KeyRing::parse_index(&ring).unwrap()).unwrap()
    }
}

fn age() -> impl Strategy<Value = Age> {
    (1..=3_u8, any::<bool>()).prop_map(|(known, next)| Age { known, next: next && known > 1 })
}

#[derive(Debug, Default)]
struct Object {
    record: bool,
    note: Option<ForwardingNote>,
    /// The object is another number's, which has the same id.
    others: bool,
    /// Something was written under the id alone.
    id_alone: bool,
}

/// All objects that a number may have.
#[derive(Debug, Default)]
struct World(BTreeMap<Place, Object>);

impl World {
    /// One question, as an object answers it: in one transaction.
    fn ask(&mut self, step: Step, errand: Errand, now: Timestamp) -> Result<(), Elsewhere> {
        let object = self.0.entry(step.to).or_default();
        let known = match &object.note {
            _ if object.record => Known::Here,
            Some(note) if note.leads(now).is_some() => Known::Moved(note.to),
            _ if object.others => Known::AnotherNumber,
            _ if object.id_alone => Known::IdAlone,
            _ => Known::Nobody,
        };
        match receive(known, step.if_nobody) {
            Reception::CarryOut => {
                object.record |= errand == Errand::Make;
                Ok(())
            }
            Reception::Refer(elsewhere) => Err(elsewhere),
            Reception::Note(to) => {
                object.note = Some(ForwardingNote::new(to, now));
                Err(Elsewhere::Moved(to))
            }
        }
    }

    fn records(&self) -> Vec<Place> {
        self.0.iter().filter(|(_, object)| object.record).map(|(place, _)| *place).collect()
    }

    /// An errand from its begin to its end.
    fn run(&mut self, age: Age, errand: Errand, now: Timestamp) -> Result<Place, Lost> {
        let mut search = Search::new(&age.places(), errand);
        loop {
            let step = search.step()?;
            match self.ask(step, errand, now) {
                Ok(()) => return Ok(step.to),
                Err(elsewhere) => search.learn(elsewhere)?,
            }
        }
    }
}

/// Lets errands go on in turn, each a question at a time, as `order` says; then all to their ends. Some are dropped on
/// the way, as by a crash.
fn interleave(world: &mut World, errands: &[(Age, Errand)], order: &[usize], dropped: &[bool]) -> Vec<Place> {
    let mut under_way: Vec<_> =
        errands.iter().map(|(age, errand)| Some((Search::new(&age.places(), *errand), *errand))).collect();
    let mut ends = Vec::new();
    let rounds = (0..errands.len()).cycle().take(errands.len() * 6);
    for (turn, n) in order.iter().map(|n| n % errands.len()).chain(rounds).enumerate() {
        if dropped.get(turn).is_some_and(|dropped| *dropped) {
            under_way[n] = None;
        }
        let Some((search, errand)) = &mut under_way[n] else { continue };
        let step = search.step().unwrap();
        match world.ask(step, *errand, START) {
            Err(elsewhere) => search.learn(elsewhere).unwrap(),
            Ok(()) => {
                if *errand == Errand::Make {
                    ends.push(step.to);
                }
                under_way[n] = None;
            }
        }
    }
    assert!(under_way.iter().all(Option::is_none), "an errand has no end");
    ends
}

fn errands() -> impl Strategy<Value = Vec<(Age, Errand)>> {
    let errand = prop::sample::select(vec![Errand::Make, Errand::Make, Errand::Make, Errand::Look]);
    prop::collection::vec((age(), errand), 2..=4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_number_never_has_two_objects(
        errands in errands(), order in prop::collection::vec(0..4_usize, 0..24),
        dropped in prop::collection::vec(prop::bool::weighted(0.05), 0..40), collides: bool,
        left in prop::collection::vec(1..=3_u8, 0..3),
    ) {
        let mut world = World::default();
        for generation in left {
            let place = Age { known: generation, next: false }.places().current;
            world.0.insert(place, Object { id_alone: true, ..Object::default() });
        }
        if collides {
            // Under generation 1 the id is another number's, too, so nobody may be made there.
            let place = Age { known: 1, next: false }.places().current;
            world.0.insert(place, Object { others: true, ..Object::default() });
        }
        let errands: Vec<_> =
            errands.into_iter().filter(|(age, _)| !collides || (age.known > 1 && !(age.known == 2 && age.next))).collect();
        prop_assume!(!errands.is_empty());
        let ends = interleave(&mut world, &errands, &order, &dropped);
        let records = world.records();
        prop_assert!(records.len() <= 1, "{world:?}");
        prop_assert!(ends.iter().all(|end| records == [*end]), "{ends:?} {world:?}");
        // Whoever has the newest generation finds it, and so does whoever reads the note.
        for (age, _) in &errands {
            let found = world.run(*age, Errand::Look, START).unwrap();
            prop_assert!(records.is_empty() || records == [found], "{found:?} {world:?}");
        }
    }

    #[test]
    fn the_note_is_needed_no_longer_once_every_ring_has_the_generation(
        first in errands(), order in prop::collection::vec(0..4_usize, 0..24), later in errands(),
    ) {
        let mut world = World::default();
        interleave(&mut world, &first, &order, &[]);
        let after = START + crate::deletion::FORWARDING_NOTE;
        let newest = first.iter().map(|(age, _)| if age.next { age.known - 1 } else { age.known }).max().unwrap_or(1);
        // By then a ring without a generation that was used does nothing (`deployment`).
        for (age, errand) in later.into_iter().filter(|(age, _)| age.known >= newest) {
            world.run(age, errand, after).unwrap();
            prop_assert!(world.records().len() <= 1, "{world:?}");
        }
    }

    #[test]
    fn looking_leaves_nothing(age in age()) {
        let mut world = World::default();
        world.run(age, Errand::Look, START).unwrap();
        prop_assert!(world.0.values().all(|object| !object.record && object.note.is_none()));
    }

    #[test]
    fn one_generation_is_one_question(errand in prop::sample::select(vec![Errand::Look, Errand::Make])) {
        let places = Age { known: 1, next: false }.places();
        let all = places.steps(errand);
        prop_assert_eq!(all, [Step { to: places.current, if_nobody: IfNobody::Take }]);
    }
}

#[test]
fn two_isolates_of_different_age_at_the_same_moment() {
    // What went wrong: the younger one had asked generation 1 and heard "nobody", then the older one made it there.
    let (old, young) = (Age { known: 1, next: false }, Age { known: 2, next: false });
    for order in [[1, 1, 0, 0, 1], [1, 0, 1, 0, 1], [0, 1, 1, 1, 1], [1, 1, 1, 0, 0]] {
        let mut world = World::default();
        interleave(&mut world, &[(old, Errand::Make), (young, Errand::Make)], &order, &[]);
        assert_eq!(world.records().len(), 1, "{order:?}");
    }
}

#[test]
fn notes_that_lead_to_notes_are_followed_once() {
    let places = Age { known: 2, next: false }.places();
    let mut search = Search::new(&places, Errand::Look);
    search.learn(Elsewhere::Moved(places.current)).unwrap();
    assert_eq!(search.learn(Elsewhere::Moved(places.oldest())), Err(Lost::Circle));
    let mut search = Search::new(&Age { known: 1, next: false }.places(), Errand::Make);
    assert_eq!(search.learn(Elsewhere::AnotherNumber), Err(Lost::Collision));
}
