use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;

use super::*;
use crate::{
    key_ring::KeyRing,
    time::{Span, Timestamp},
};

const START: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn read(origin: &str, jurisdiction: &str, former: &str, build: Build) -> Result<Configuration, Vec<DeployFault>> {
    let variable = |name: &str| {
        let text = match name {
            Configuration::ORIGIN => origin,
            Configuration::JURISDICTION => jurisdiction,
            _ => former,
        };
        (!text.is_empty()).then(|| text.to_owned())
    };
    Configuration::read(variable, build).map_err(|all| {
        assert!(all.iter().all(|trouble| trouble.detail.contains("JAWORT_")), "{all:?}");
        all.into_iter().map(|trouble| trouble.what).collect()
    })
}

fn here(origin: &str, jurisdiction: Jurisdiction, ring: &str) -> Here {
    let entry = |entry: &str| {
        let key = entry.trim_end_matches("(next)").parse::<u8>().unwrap();
        format!("{entry}:{}", STANDARD.encode([key; 32]))
    };
    let ring = ring.split(',').map(entry).collect::<Vec<_>>().join(",");
    let configuration = read(origin, jurisdiction.name(), "", Build::Deploy).unwrap();
    let index = KeyRing::parse_index(&ring).unwrap();
    let other = KeyRing::parse(&format!("1:{}", STANDARD.encode([9; 32]))).unwrap();
    Here::new(configuration, Rings { index: &index, seal: &other, export: &other })
}

const ORIGIN: &str = "https://ja.example.de";
const NEW: World = World { published_in_kv: Some(false), published_here: false };

fn found(here: &Here, marker: Marker) -> Found {
    Found { jurisdiction: here.configuration.jurisdiction, marker: Some(marker) }
}

fn refused(verdict: Verdict) -> DeployFault {
    match verdict {
        Verdict::Refused(trouble) => trouble.what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_deploy_says_where_it_answers_and_where_its_objects_are() {
    let good = read("https://JA.example.de/", "eu", "https://alt.example.de, https://x.example.com", Build::Deploy);
    let good = good.unwrap();
    assert_eq!((good.origin.as_str(), good.jurisdiction), (ORIGIN, Jurisdiction::Eu));
    assert_eq!(good.former_origins.len(), 2);
    assert_eq!(read(ORIGIN, "none", "", Build::Deploy).unwrap().jurisdiction, Jurisdiction::None);
    assert_eq!(read("", "", "", Build::Deploy), Err(vec![DeployFault::Origin, DeployFault::Jurisdiction]));
    for jurisdiction in ["", "EU", "us", "<eu or none>", "eu,none"] {
        assert_eq!(
            read(ORIGIN, jurisdiction, "", Build::Deploy),
            Err(vec![DeployFault::Jurisdiction]),
            "{jurisdiction}"
        );
    }
    for origin in [
        "",
        "ja.example.de",
        "http://ja.example.de",
        "https://",
        "https://<your host>",
        "https://ja.example.de/x",
        "https://ja.example.de?x",
        "https://ja.example.de//",
        "https://localhost:8787",
        "https://127.0.0.1",
        "http://127.0.0.1:8787",
        "https://user@ja.example.de",
        "https://ja.example.de, https://alt.example.de",
    ] {
        assert_eq!(read(origin, "eu", "", Build::Deploy), Err(vec![DeployFault::Origin]), "{origin}");
    }
    assert_eq!(read(ORIGIN, "eu", "alt.example.de", Build::Deploy), Err(vec![DeployFault::FormerOrigins]));
}

#[test]
fn on_this_machine_less_is_enough() {
    let local = read("http://127.0.0.1:8787", "", "", Build::Local).unwrap();
    assert!(local.origin.is_local());
    assert_eq!(local.jurisdiction, Jurisdiction::None);
    assert!(!read("http://localhost.example:8787", "", "", Build::Local).unwrap().origin.is_local());
    assert_eq!(read("", "x", "", Build::Local).unwrap_err().len(), 2);
}

#[test]
fn the_first_deploy_is_noted_and_the_next_one_goes_on() {
    let first = here(ORIGIN, Jurisdiction::Eu, "1");
    assert_eq!(first.judge(&[]), Verdict::AskRegistry);
    let marker = first.join(None, NEW, START).unwrap();
    assert_eq!(first.judge(&[found(&first, marker.clone())]), Verdict::GoesOn(Vec::new()));
    // A generation that is only known yet is not noted: it may still be dropped.
    let knows = here(ORIGIN, Jurisdiction::Eu, "1,2(next)");
    assert_eq!(knows.judge(&[found(&knows, marker.clone())]), Verdict::GoesOn(Vec::new()));
    let uses = here(ORIGIN, Jurisdiction::Eu, "1,2");
    assert_eq!(uses.judge(&[found(&uses, marker.clone())]), Verdict::AskRegistry);
    let both = uses.join(Some(marker), NEW, START + Span::days(1)).unwrap();
    assert_eq!((both.since, both.generations.index.len()), (START, 2));
    for lacks in [&first, &knows] {
        assert_eq!(refused(lacks.judge(&[found(lacks, both.clone())])), DeployFault::MissingGeneration);
        assert_eq!(lacks.join(Some(both.clone()), NEW, START).unwrap_err().what, DeployFault::MissingGeneration);
    }
}

#[test]
fn another_key_under_a_known_number_is_refused() {
    let first = here(ORIGIN, Jurisdiction::Eu, "1");
    let mut marker = first.join(None, NEW, START).unwrap();
    marker.generations.index.insert(1, Fingerprint::of(&crate::key_ring::Key::new([9; 32])));
    assert_eq!(refused(first.judge(&[found(&first, marker.clone())])), DeployFault::ChangedGeneration);
    assert_eq!(first.join(Some(marker), NEW, START).unwrap_err().what, DeployFault::ChangedGeneration);
    // What is stored could not be opened either.
    type Ring = fn(&mut Generations) -> &mut std::collections::BTreeMap<u8, Fingerprint>;
    let rings: [Ring; 2] = [|all| &mut all.seal, |all| &mut all.export];
    for ring in rings {
        let mut marker = first.join(None, NEW, START).unwrap();
        ring(&mut marker.generations).insert(1, Fingerprint::of(&crate::key_ring::Key::new([8; 32])));
        assert_eq!(refused(first.judge(&[found(&first, marker.clone())])), DeployFault::ChangedGeneration);
        ring(&mut marker.generations).clear();
        ring(&mut marker.generations).insert(4, Fingerprint::of(&crate::key_ring::Key::new([8; 32])));
        assert_eq!(refused(first.judge(&[found(&first, marker)])), DeployFault::MissingGeneration);
    }
}

#[test]
fn an_empty_registry_beside_published_settings_is_another_world() {
    let here = here(ORIGIN, Jurisdiction::None, "1");
    let world = |published_in_kv, published_here| World { published_in_kv, published_here };
    let join = |world| here.join(None, world, START).map_err(|trouble| trouble.what);
    assert_eq!(join(world(Some(true), false)), Err(DeployFault::EmptyWorld));
    assert_eq!(join(world(None, false)), Err(DeployFault::Unsure));
    // Stored before there were markers.
    assert!(join(world(Some(true), true)).is_ok());
    assert!(join(world(None, true)).is_ok());
}

#[test]
fn a_move_is_warned_of_until_the_owner_says_that_the_old_host_goes_on() {
    let old = here("https://alt.example.de", Jurisdiction::Eu, "1");
    let marker = old.join(None, NEW, START).unwrap();
    let mut new = here(ORIGIN, Jurisdiction::Eu, "1");
    assert_eq!(new.judge(&[found(&new, marker.clone())]), Verdict::AskRegistry);
    let marker = new.join(Some(marker), NEW, START).unwrap();
    let Verdict::GoesOn(warnings) = new.judge(&[found(&new, marker.clone())]) else { panic!() };
    assert_eq!(warnings, new.warnings(&marker));
    assert_eq!(warnings.len(), 1);
    assert!(!warnings[0].what.stops() && warnings[0].detail.contains("https://alt.example.de"), "{warnings:?}");
    new.configuration.former_origins.push(old.configuration.origin.clone());
    assert_eq!(new.judge(&[found(&new, marker)]), Verdict::GoesOn(Vec::new()));
}

#[test]
fn what_a_newer_build_noted_does_not_stop_the_older_one() {
    let eu = here(ORIGIN, Jurisdiction::Eu, "1");
    let unreadable = |jurisdiction| Found { jurisdiction, marker: None };
    assert_eq!(eu.judge(&[unreadable(Jurisdiction::Eu)]), Verdict::GoesOn(Vec::new()));
    assert_eq!(refused(eu.judge(&[unreadable(Jurisdiction::None)])), DeployFault::AnotherJurisdiction);
}

proptest! {
    /// Deploys in either jurisdiction, each where KV shows none, one or both markers: nothing that was noted is lost,
    /// and once KV shows all, the first one alone goes on.
    #[test]
    fn the_first_jurisdiction_wins_however_kv_lags(
        deploys in prop::collection::vec((0..3_usize, 0..4_u8, 1..=2_usize), 1..12),
    ) {
        let mut kv: Vec<Found> = Vec::new();
        let mut registries: [Option<Marker>; 3] = [None, None, None];
        for (turn, (which, seen, generations)) in deploys.into_iter().enumerate() {
            let here = here(ORIGIN, Jurisdiction::ALL[which], if generations == 1 { "1" } else { "1,2" });
            let shown: Vec<_> = kv.iter().enumerate().filter(|(n, _)| seen & (1 << n) != 0).map(|(_, it)| it.clone()).collect();
            if here.judge(&shown) == Verdict::AskRegistry {
                let now = START + Span::seconds(i64::try_from(turn).unwrap());
                let before = registries[which].clone();
                if let Ok(marker) = here.join(before.clone(), NEW, now) {
                    prop_assert!(before.is_none_or(|before| before.generations.index.iter().all(|it| marker.generations.index.contains_key(it.0))));
                    registries[which] = Some(marker.clone());
                    kv.retain(|it| it.jurisdiction != here.configuration.jurisdiction);
                    kv.push(found(&here, marker));
                }
            }
        }
        let first = kv.iter().min_by_key(|it| it.marker.as_ref().map(|it| it.since)).map(|it| it.jurisdiction);
        for jurisdiction in Jurisdiction::ALL {
            let acts = !matches!(here(ORIGIN, jurisdiction, "1,2").judge(&kv), Verdict::Refused(_));
            prop_assert_eq!(acts, first.is_none_or(|first| first == jurisdiction), "{} {:?}", jurisdiction, kv);
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,40}", build in prop::sample::select(vec![Build::Local, Build::Deploy])) {
        let _ = Configuration::read(|_| Some(text.clone()), build);
    }
}
