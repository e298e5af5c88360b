use super::{
    class::{Class, Set},
    clause::{Clause, Word, clauses},
    fold::{self, words as folded},
    meaning::{About, Reply, Stop, Vocabulary},
    own::{Own, own},
    plain,
    scope::{self, Names},
    sound,
    spelling::Spelling,
    whose,
    wish::{Wish, is_bare, is_question, wish},
};
use crate::ids::PurposeId;

/// Reads a reply to a number: what wants out beats everything but where the wish itself is denied or asked about; a yes
/// counts alone and without a condition.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Reply {
    let Own { text, cut } = own(text);
    let names = Names::of(vocabulary);
    let mut said = without_frame(clauses(&text));
    for word in said.iter_mut().flat_map(|clause| &mut clause.words) {
        if names.named(word).next().is_some() {
            word.set = word.set.and(Set::of(&[Class::Named]));
        }
    }
    let reading = Reading { said: &said, vocabulary, names };
    if said.is_empty() {
        let asks = !cut && text.contains(['?', '？', '¿', '؟']);
        return if asks { Reply::Unclear(About::Other) } else { Reply::Ignore };
    }
    if let Some(auto) = said.iter().position(|clause| clause.has(Class::Auto)) {
        let before = said.get(..auto).unwrap_or_default();
        return Reading { said: before, ..reading }.ended().map_or(Reply::Ignore, Reply::Stop);
    }
    if let Some(keyword) = keyword(&said, vocabulary) {
        return Reply::Keyword(keyword.to_owned());
    }
    let asked = said.iter().any(|clause| wish(clause) == Wish::Asked);
    reading
        .ends()
        .or_else(|| whose::asks(&said))
        .or_else(|| plain::help(&said))
        .or_else(|| plain::answer(&said))
        .or_else(|| (reading.keeps_only() || sound::sounds(&said)).then_some(Reply::Stop(Stop::Advertising)))
        .or_else(|| asked.then_some(Reply::Help))
        .or_else(|| plain::is_kind(&said).then_some(Reply::Ignore))
        .unwrap_or_else(|| Reply::Unclear(about(&said)))
}

/// The clauses of a reply, and what its number is about.
struct Reading<'a> {
    said: &'a [Clause],
    vocabulary: &'a Vocabulary<'a>,
    names: Names<'a>,
}

impl Reading<'_> {
    /// What it ends, if it ends anything; the stronger first.
    fn ends(&self) -> Option<Reply> {
        let leave = self.said.iter().position(|clause| matches!(wish(clause), Wish::Wanted | Wish::Likely));
        let back = self.said.iter().rposition(plain::resumes);
        let resumes = back.is_some();
        let says = |says: fn(&Clause) -> bool| self.said.iter().any(says);
        if resumes && self.has_come_back(back) {
            Some(Reply::Start)
        } else if taken_back(self.said, leave) {
            Some(if resumes { Reply::Start } else { Reply::Unclear(About::Other) })
        } else if says(whose::is_wrong_number) {
            Some(Reply::WrongNumber)
        } else if says(whose::erases) {
            Some(Reply::Erase)
        } else if says(whose::objects) {
            Some(Reply::Object)
        } else {
            self.ended().map(Reply::Stop).or_else(|| resumes.then_some(Reply::Start))
        }
    }

    /// "Hab alles abbestellt, nehmt mich bitte wieder rein": wants back after leaving, or tells that it left.
    fn has_come_back(&self, back: Option<usize>) -> bool {
        let leaves = |clause: &Clause| matches!(wish(clause), Wish::Wanted | Wish::Likely);
        let last = self.said.iter().rposition(leaves);
        let wants = |word: &Word| word.set.has(Class::Want) && !word.set.has(Class::Past);
        let told = |clause: &Clause| clause.has(Class::Past) && !clause.words.iter().any(wants);
        last.is_some() && (last < back || self.said.iter().filter(|clause| leaves(clause)).all(told))
    }

    /// What its clauses end together.
    fn ended(&self) -> Option<Stop> {
        // "Storniert die Bestellung, brauche sie nicht mehr"
        let elsewhere = self.said.iter().any(sound::is_elsewhere);
        let wanted = self.said.iter().filter(|clause| wish(clause) == Wish::Wanted);
        let wanted = wanted.filter(|clause| !(elsewhere && is_bare(clause)));
        let wanted = wanted
            .map(|clause| scope::of(clause, self.vocabulary, &self.names))
            .reduce(|one, other| self.both(one, other));
        let likely = self.said.iter().any(|clause| wish(clause) == Wish::Likely);
        let keeps = self.said.iter().any(|clause| clause.has(Class::Keep) && wish(clause) != Wish::Wanted);
        match wanted {
            Some(Stop::Everything) if keeps => Some(Stop::Advertising),
            // One word that is nearly STOP.
            None if is_slip(self.said) => Some(Stop::Everything),
            None if likely => Some(Stop::Advertising),
            ended => ended,
        }
    }

    /// "Nur noch Termine": what doesn't advertise, and nothing else.
    fn keeps_only(&self) -> bool {
        const LONGEST: usize = 8;
        const FRAME: Set = Set::of(&[Class::Past, Class::If, Class::Not, Class::Nothing]);
        let yes = self.said.iter().any(|clause| clause.has(Class::Yes));
        let keeps = |clause: &Clause| {
            let mut named = clause.words.iter().flat_map(|word| self.names.named(word)).peekable();
            let any = named.peek().is_some() && named.all(|topic| !topic.advertises);
            let frame = clause.any(FRAME) || is_question(clause) || !clause.is_known();
            any && clause.has(Class::Only) && clause.words.len() <= LONGEST && !frame
        };
        !yes && self.said.iter().any(keeps)
    }

    /// "STOP. Keine Werbung mehr": the clause that names something says what. What two of them name ends, each.
    fn both(&self, one: Stop, other: Stop) -> Stop {
        match (one, other) {
            (Stop::Everything, other) | (other, Stop::Everything) => other,
            (Stop::Advertising, Stop::Advertising) => Stop::Advertising,
            (Stop::Purposes(ids), Stop::Purposes(others)) => Stop::Purposes(united(ids, others)),
            (Stop::Advertising, Stop::Purposes(ids)) | (Stop::Purposes(ids), Stop::Advertising) => {
                let topics = self.vocabulary.topics.iter().filter(|topic| topic.advertises);
                let advertising: Vec<_> = topics.map(|topic| topic.id.clone()).collect();
                let all = ids.iter().all(|id| advertising.contains(id));
                if all { Stop::Advertising } else { Stop::Purposes(united(ids, advertising)) }
            }
        }
    }
}

fn united(mut ids: Vec<PurposeId>, others: Vec<PurposeId>) -> Vec<PurposeId> {
    for id in others {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Whether all that it says is a STOP with one letter wrong.
fn is_slip(said: &[Clause]) -> bool {
    let quiet = Set::of(&[Class::Polite, Class::Greet]);
    let mut loud = said.iter().flat_map(|clause| &clause.words).filter(|word| !word.set.any(quiet));
    match (loud.next(), loud.next()) {
        (Some(word), None) => {
            // "Halt" alone is none of German's "just".
            let slip = ["stop", "stopp"].iter().any(|it| Spelling::of(&word.text).is_slip(it));
            !word.is_known() && slip || word.text == "halt"
        }
        _ => false,
    }
}

/// "War ein Versehen", said of the reply itself, not of the sign-up.
fn taken_back(said: &[Clause], leave: Option<usize>) -> bool {
    let signs_up = Set::of(&[Class::Disown, Class::Consent, Class::Foreign, Class::Number]);
    let retracts = said.iter().rposition(|clause| clause.has(Class::Retract) && !clause.any(signs_up));
    matches!((leave, retracts), (Some(leave), Some(back)) if leave <= back)
        && !said.iter().rev().take_while(|clause| !clause.has(Class::Retract)).any(|it| wish(it) == Wish::Wanted)
}

fn keyword<'a>(said: &[Clause], vocabulary: &Vocabulary<'a>) -> Option<&'a str> {
    let polite = Set::of(&[Class::Polite, Class::Greet]);
    let words = said.iter().flat_map(|clause| &clause.words);
    let is_asked = |keyword: &&str| {
        let keyword = folded(keyword);
        let words = words.clone().filter(|word| !word.set.any(polite)).map(|word| word.text.as_str());
        !keyword.is_empty() && keyword.iter().map(String::as_str).eq(words)
    };
    if said.iter().any(|clause| clause.asked) {
        return None;
    }
    vocabulary.keywords.iter().copied().filter(|keyword| !is_reserved(keyword)).find(is_asked)
}

/// Without the salutation and what stands below a closing: names, that say nothing.
fn without_frame(mut said: Vec<Clause>) -> Vec<Clause> {
    /// Longer ones say something.
    const SALUTATION: usize = 7;
    const SIGNATURE: usize = 8;
    let speaks = Set::of(&[
        Class::Stop,
        Class::Weak,
        Class::Not,
        Class::Nothing,
        Class::Ads,
        Class::Channel,
        Class::Wrong,
        Class::Gone,
        Class::Erase,
        Class::Object,
        Class::Sensitive,
        Class::Away,
        Class::Auto,
        Class::If,
        Class::No,
    ]);
    let close = said.iter().enumerate().rev().find_map(|(at, clause)| Some((at, clause.places(Class::Close).last()?)));
    if let Some((at, place)) = close {
        let below = said.get(at + 1..).unwrap_or_default().iter().flat_map(|clause| &clause.words);
        let beside = said.get(at).map_or(&[][..], |clause| clause.after(place)).iter();
        let names = beside.chain(below);
        if names.clone().count() <= SIGNATURE && !names.clone().any(|word| word.set.any(speaks)) {
            said.truncate(at + 1);
            if let Some(clause) = said.last_mut() {
                clause.words.truncate(place);
            }
            said.retain(|clause| !clause.words.is_empty());
        }
    }
    let greets = said.first().is_some_and(|clause| {
        let greeting = clause.words.first().is_some_and(|word| word.set.has(Class::Greet));
        let yes = clause.any(Set::of(&[Class::Yes, Class::Ok, Class::Help, Class::Start, Class::Ask]));
        greeting && !yes && !clause.asked && clause.words.len() <= SALUTATION && !clause.any(speaks)
    });
    if greets && said.len() > 1 {
        said.remove(0);
    }
    said
}

fn about(said: &[Clause]) -> About {
    let rights = Set::of(&[Class::Sensitive, Class::Access, Class::Ads, Class::Object, Class::Consent]);
    let denied = |clause: &Clause| wish(clause) == Wish::Denied;
    let foreign = |clause: &Clause| clause.has(Class::Foreign);
    let speaks = said.iter().any(|clause| clause.any(rights) && !denied(clause) && !foreign(clause));
    if speaks { About::Rights } else { About::Other }
}

/// Whether a word is taken: by a yes, a no, a STOP or another reading in any language, so that no keyword may be it.
pub fn is_reserved(word: &str) -> bool {
    const TAKEN: Set = Set::of(&[
        Class::Yes,
        Class::Ok,
        Class::No,
        Class::Not,
        Class::Nothing,
        Class::Stop,
        Class::Weak,
        Class::All,
        Class::Ads,
        Class::Start,
        Class::Help,
        Class::Wrong,
        Class::Number,
        Class::Polite,
        Class::Object,
        Class::Erase,
        Class::Data,
        Class::Doubt,
    ]);
    let words = super::clause::clause(&fold::tokens(word));
    words.any(TAKEN) || !matches!(read(word, &Vocabulary::default()), Reply::Unclear(_))
}
