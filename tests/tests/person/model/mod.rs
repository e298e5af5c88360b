//! A model of the design, told in its own words, against the real object: in random stories of requests, replies,
//! taps, repeated webhooks and time, exactly those SMS leave that the model lets out.

mod person;
mod step;

use std::{collections::BTreeMap, time::Instant};

use serde_json::json;
use tests::{DAY, Dice, HOUR, Jawort, Link, Provider, Sms, Taken, number};

use person::{Person, Standing};
use step::{Kind, Step};

const STORIES: u8 = 16;
const ROUNDS: usize = 36;

fn step(dice: &mut Dice) -> Step {
    match dice.roll(44) {
        0..=6 => Step::Request("newsletter"),
        7..=13 => Step::Request("shop"),
        14..=15 => Step::Keyword,
        16..=19 => Step::Yes,
        20..=21 => Step::YesWithWord,
        22 => Step::No,
        23 => Step::Stop,
        24 => Step::StopAdvertising,
        25..=27 => Step::Start,
        28 => Step::Unclear,
        29 => Step::Help,
        30 => Step::WrongNumber,
        31..=32 => Step::TapYes,
        33 => Step::TapOut,
        34..=36 => Step::Send("marketing"),
        37 => Step::Send("booking"),
        38..=40 => Step::YesWithWord,
        41 => Step::No,
        _ => Step::Repeat,
    }
}

/// A story and what of it is seen from outside.
struct Story {
    number: String,
    person: Person,
    dice: Dice,
    told: Vec<(u64, Step)>,
    seen: usize,
    /// The last confirmation's link, and whose request it confirms while that waits.
    link: Option<(Link, Option<&'static str>)>,
    asked: Option<&'static str>,
    /// What was texted last, and when.
    last: Option<(String, String, u64)>,
    count: usize,
    /// How often each thing happened that a story must hold to prove anything.
    happened: BTreeMap<&'static str, usize>,
}

impl Story {
    fn new(n: u8) -> Self {
        Self {
            number: number(n),
            person: Person::new(),
            dice: Dice::new(u64::from(n) * 7919 + 1),
            told: Vec::new(),
            seen: 0,
            link: None,
            asked: None,
            last: None,
            count: 0,
            happened: BTreeMap::new(),
        }
    }

    async fn text(&mut self, jawort: &Jawort, text: &str, now: u64) {
        self.count += 1;
        let id = format!("SM{}-{}", &self.number[10..], self.count);
        jawort.bring(&id, &self.number, text).await.expect(200);
        self.last = Some((id, text.to_owned(), now));
    }

    /// What a provider may bring once more: for hours. Of whom nothing is left nobody knows later what they have
    /// texted.
    fn repeats(&self, now: u64) -> Option<&(String, String, u64)> {
        self.last.as_ref().filter(|(_, _, at)| now < at + 20 * HOUR)
    }

    /// Does the next step and gives the SMS that it may let out.
    async fn go_on(&mut self, jawort: &Jawort, now: u64) -> Vec<Kind> {
        self.person.pass(now);
        // Where several requests wait, it is time for an answer.
        let step = match self.dice.roll(2) {
            0 if self.person.asked().count() > 1 => [Step::Yes, Step::YesWithWord, Step::No][self.dice.roll(3)].clone(),
            _ => step(&mut self.dice),
        };
        self.told.push((now, step.clone()));
        let linked = self
            .link
            .as_ref()
            .and_then(|(_, form)| *form)
            .filter(|form| self.person.asked().any(|(it, _)| it == *form));
        let worded = self.person.worded();
        self.note(&step, now);
        self.asked = None;
        match &step {
            Step::Request(form) => {
                self.asked = Some(form);
                jawort.ask(form, &self.number).await;
            }
            Step::Keyword => {
                self.asked = Some("newsletter");
                self.text(jawort, "FARN", now).await;
            }
            Step::Yes => self.text(jawort, "Ja bitte!", now).await,
            Step::YesWithWord => {
                if let Some((_, word)) = &worded {
                    self.text(jawort, &format!("JA {word}"), now).await;
                }
            }
            Step::No => self.text(jawort, "nein", now).await,
            Step::Stop => self.text(jawort, "Bitte stopp!", now).await,
            Step::StopAdvertising => self.text(jawort, "STOP WERBUNG", now).await,
            Step::Start => self.text(jawort, "START", now).await,
            Step::Unclear => self.text(jawort, "Jacke wie Hose", now).await,
            Step::Help => self.text(jawort, "Hilfe", now).await,
            Step::WrongNumber => self.text(jawort, "Falsche Nummer!", now).await,
            Step::TapYes => {
                if let Some((link, _)) = &self.link {
                    jawort.tap(link, &[("action", "confirm")]).await.page(200);
                }
            }
            Step::TapOut => match &self.link {
                Some((link, _)) => {
                    jawort.tap(link, &[("action", "withdraw")]).await.page(200);
                }
                None => return vec![],
            },
            Step::Send(purpose) => {
                let status = jawort.message(&self.number, purpose, &format!("Neues zu {purpose}")).await.status;
                let allowed = self.person.step(&step, linked, now);
                assert_eq!(status == 202, !allowed.is_empty(), "{:#?}", self.told);
                return allowed;
            }
            Step::Repeat => {
                if let Some((id, text, _)) = self.repeats(now) {
                    jawort.bring(id, &self.number, text).await.expect(200);
                }
            }
        }
        self.person.step(&step, linked, now)
    }

    fn note(&mut self, step: &Step, now: u64) {
        let Person { standings, .. } = &self.person;
        let waiting = self.person.asked().count();
        let given = standings.values().any(|it| *it == Standing::Given);
        let what = match step {
            Step::Yes if waiting > 1 => "a yes that doesn't say to what",
            Step::Yes if waiting == 1 => "a yes that is clear",
            Step::YesWithWord if waiting > 1 && self.person.worded().is_some() => "a yes with its word",
            Step::No if waiting > 0 => "a no",
            Step::Stop | Step::StopAdvertising if given => "a stop of what was given",
            Step::Request(_) if self.person.silent(now) => "a request that must be silent",
            Step::Send(_) if given => "a message to who agreed",
            Step::Send(_) => "a message to who didn't",
            Step::Repeat if self.repeats(now).is_some() => "a webhook that comes again",
            _ => return,
        };
        *self.happened.entry(what).or_default() += 1;
    }

    /// Holds what came to what may come.
    fn hold(&mut self, provider: &Provider, allowed: &[Kind]) {
        let got: Vec<Taken> = provider.taken().into_iter().filter(|sms| sms.to == self.number).collect();
        let new = &got[self.seen..];
        let kinds: Vec<_> = new.iter().map(|sms| Kind::of(&sms.text)).collect();
        let texts: Vec<_> = new.iter().map(|sms| &sms.text).collect();
        assert_eq!(kinds, allowed, "{texts:?}\n{:#?}\n{:#?}", self.told, self.person);
        self.seen = got.len();
        for sms in new.iter().filter(|sms| Kind::of(&sms.text) == Kind::Confirmation) {
            // One form is confirmed by link or reply, the other by reply alone.
            let form = if sms.text.contains("/c/") { "newsletter" } else { "shop" };
            let after = sms.text.split("JA ").nth(1).unwrap_or_default();
            let word: String = after.chars().take_while(char::is_ascii_digit).collect();
            let others = self.person.asked().count() > 1;
            let Some(pending) = self.person.pendings.get_mut(form) else { continue };
            // Sent again, it is what it was; asked by a START, what it was when it was typed.
            if self.asked == Some(form) && pending.sent == 1 {
                assert_eq!(!word.is_empty(), others, "a word of its own where another one waits: {}", sms.text);
            }
            pending.word = (!word.is_empty()).then_some(word);
            if form == "newsletter" {
                self.link = Some((Sms { from: sms.from.clone(), text: sms.text.clone() }.link(), Some(form)));
            } else if let Some((_, linked)) = &mut self.link {
                // A newer request of the same form takes the older one's place.
                linked.take_if(|linked| *linked == form);
            }
        }
    }
}

#[tokio::test]
async fn no_story_lets_an_sms_out_that_the_design_keeps_in() {
    let provider = Provider::start().await;
    let jawort = provider.edge().await;
    jawort
        .put_form("newsletter", |draft| {
            draft["confirm"] = json!("both");
            draft["keywords"] = json!([{ "word": "FARN" }]);
        })
        .await;
    jawort.put_form("shop", |draft| draft["confirm"] = json!("reply")).await;
    let mut stories: Vec<_> = (0..STORIES).map(Story::new).collect();
    let mut time = Dice::new(42);
    let began = Instant::now();
    let mut turned = 0;
    for _ in 0..ROUNDS {
        let mut allowed = Vec::new();
        for story in &mut stories {
            let now = turned + began.elapsed().as_secs();
            allowed.push(story.go_on(&jawort, now).await);
        }
        let expected: usize = stories.iter().zip(&allowed).map(|(story, kinds)| story.seen + kinds.len()).sum();
        // What may come is waited for; what may not has half a second to come all the same.
        for _ in 0..100 {
            if provider.taken().len() >= expected {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        for (story, allowed) in stories.iter_mut().zip(&allowed) {
            story.hold(&provider, allowed);
            for purpose in ["booking", "marketing"] {
                let stands = jawort.standing(&story.number, purpose).await == "allowed";
                assert_eq!(stands, story.person.given(purpose), "{purpose} {:#?}", story.told);
            }
        }
        let turn = [0, 70, 70, 70, 5 * HOUR, 26 * HOUR, 50 * HOUR, 12 * DAY][time.roll(8)];
        jawort.turn(turn).await;
        turned += turn;
    }
    let mut happened = BTreeMap::<&str, usize>::new();
    for (what, count) in stories.iter().flat_map(|story| &story.happened) {
        *happened.entry(what).or_default() += count;
    }
    assert!(happened.len() == 9 && happened.values().all(|count| *count > 1), "hardly told: {happened:#?}");
}
