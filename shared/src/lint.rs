//! What a text must say, and must not (L5). The rules look for words; they don't judge a text.

use crate::{
    confirm::ConfirmBy,
    reply::folded,
    sms::{self, Encoding},
    texts::{ConfirmationFacts, LintPhrases},
    violation::Violation,
};

/// Hosts that hide where a link leads; spam filters stop them.
const SHORTENERS: &[&str] = &[
    "bit.ly",
    "bl.ink",
    "buff.ly",
    "cutt.ly",
    "goo.gl",
    "is.gd",
    "kurzelinks.de",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "short.io",
    "shorturl.at",
    "t.co",
    "t.ly",
    "t1p.de",
    "tiny.cc",
    "tinyurl.com",
    "v.gd",
];

/// What ends a host name that is written without `https://`.
const ENDINGS: &[&str] = &[
    "app", "at", "be", "biz", "ch", "co", "com", "cz", "de", "dk", "es", "eu", "example", "fr", "gl", "info", "io",
    "it", "link", "ly", "me", "net", "nl", "online", "org", "pl", "se", "shop", "site", "store", "to", "uk",
];

/// How words of advertising begin.
const PROMOTION: &[&str] = &[
    "rabatt",
    "gratis",
    "geschenk",
    "gewinn",
    "prozent",
    "schnappchen",
    "sonderangebot",
    "exklusiv",
    "pramie",
    "cashback",
    "ermassig",
    "discount",
    "percent",
    "exclusive",
    "bargain",
    "giveaway",
    "prize",
];

/// Words of advertising that begin others too.
const PROMOTION_WORDS: &[&str] = &[
    "sparen",
    "spare",
    "spart",
    "sichern",
    "aktion",
    "billig",
    "gunstig",
    "deal",
    "deals",
    "bonus",
    "sale",
    "save",
    "hurry",
    "win",
    "sofort",
    "verpassen",
];

/// How words for something of value begin.
const VOUCHER: &[&str] = &["gutschein", "voucher", "coupon", "promocode", "code", "rabattcode"];

/// What a label must not promise, though it may say "offers".
const LABEL: &[&str] = &["gutschein", "gratis", "geschenk", "gewinn", "voucher", "coupon"];

/// Money, in words and signs.
const MONEY: &[&str] = &["eur", "euro", "euros", "chf", "franken", "usd", "dollar", "gbp", "cent"];

fn holds(words: &[String], phrase: &str) -> bool {
    let phrase = folded(phrase);
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

fn begins(words: &[String], list: &[&str]) -> Option<String> {
    words.iter().find(|word| list.iter().any(|begin| word.starts_with(begin))).cloned()
}

/// The words without each of the phrases.
fn without(words: Vec<String>, phrases: &[&str]) -> Vec<String> {
    phrases.iter().map(|phrase| folded(phrase)).filter(|phrase| !phrase.is_empty()).fold(words, |words, phrase| {
        let mut left = Vec::with_capacity(words.len());
        let mut rest = words.as_slice();
        while let Some((first, after)) = rest.split_first() {
            match rest.strip_prefix(phrase.as_slice()) {
                Some(after) => rest = after,
                None => {
                    left.push(first.clone());
                    rest = after;
                }
            }
        }
        left
    })
}

/// The per cent sign or the price in a text, if there is one.
fn price(text: &str, words: &[String]) -> Option<String> {
    let sign = text.chars().find(|c| matches!(c, '%' | '％' | '‰' | '€' | '$' | '£')).map(String::from);
    let digits = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    sign.or_else(|| {
        words.windows(2).find_map(|pair| match pair {
            [one, other] if digits(one) && MONEY.contains(&other.as_str()) => Some(other.clone()),
            [one, other] if digits(other) && MONEY.contains(&one.as_str()) => Some(one.clone()),
            _ => None,
        })
    })
}

/// The host of each address in a text, also of one without `https://`.
fn hosts(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | ',' | ';'))
        .filter_map(|piece| {
            let piece = piece.to_ascii_lowercase();
            let (schemed, address) =
                piece.split_once("://").map_or((false, piece.as_str()), |(_, after)| (true, after));
            let host = address.split(['/', '?', '#', ':']).next()?.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let ending = host.rsplit_once('.').map(|(_, ending)| ending);
            let named = ending.is_some_and(|ending| ENDINGS.contains(&ending)) && !address.contains('@');
            (schemed || named || host.starts_with("www.")).then(|| host.to_owned())
        })
        .collect()
}

fn shortener(hosts: &[String]) -> Option<Violation> {
    let host = hosts.iter().find(|host| SHORTENERS.contains(&host.strip_prefix("www.").unwrap_or(host)))?;
    Some(broken(
        "link-shortener",
        format!("`{host}` hides where the link leads, and spam filters stop it. Use an address of your own domain."),
    ))
}

fn broken(rule: &str, detail: impl Into<String>) -> Violation {
    Violation::new("text", rule, detail)
}

/// What is wrong with the confirmation SMS `text`, which should say `facts` (L5, L11, L16).
pub fn confirmation(text: &str, facts: &ConfirmationFacts) -> Vec<Violation> {
    let mut found = missing(text, facts);
    let left = bare(text, facts);
    found.extend(unsaid_age(&left, facts));
    found.extend(promoting(&left));
    found.extend(foreign(&left, facts));
    found.extend(fits(text));
    found
}

/// What it must say and doesn't, all but the age.
fn missing(text: &str, facts: &ConfirmationFacts) -> Vec<Violation> {
    let texts = facts.lang.texts();
    let words = folded(text);
    let mut found = Vec::new();
    if !holds(&words, facts.company) {
        found.push(broken("sender", format!("People must see who asks. Name `{}`.", facts.company)));
    }
    for (label, frequency) in &facts.purposes {
        if !holds(&words, label) {
            found.push(broken("purpose", format!("People must see what they agree to. Write `{label}`.")));
        }
        let (short, long) = (texts.frequency_short(*frequency), texts.frequency(*frequency));
        if !holds(&words, &short) && !holds(&words, &long) {
            let or = if long == short { String::new() } else { format!(" or `{long}`") };
            found.push(broken("frequency", format!("Say how often SMS come. Write `{short}`{or}.")));
        }
    }
    let says = |list: &[&str]| list.iter().any(|phrase| holds(&words, phrase));
    let LintPhrases { free, reply, out } = texts.phrases();
    if facts.confirm.reply() && !says(reply.known) {
        found.push(broken("cost", format!("A reply costs what an SMS costs. Say so, such as `{}`.", reply.example)));
    } else if facts.confirm == ConfirmBy::Link && !says(free.known) {
        found.push(broken("cost", format!("Say that the answer costs nothing, such as `{}`.", free.example)));
    }
    let alone = text.lines().any(|line| line.trim() == facts.link);
    if facts.confirm.link() && !alone {
        found.push(broken(
            "way-out",
            "The link is the way in and out. Write it on a line of its own: marks beside it break it on some phones.",
        ));
    } else if !facts.receives && holds(&words, "stop") {
        found.push(broken("way-out", "Nobody can reply STOP to this sender. Leave it out, and name the link."));
    } else if !says(out.known) || !facts.confirm.link() && !holds(&words, "stop") {
        found.push(broken("way-out", format!("Say how to stop the SMS, such as `{}`.", out.example)));
    }
    if facts.confirm.reply() && !holds(&words, &facts.yes()) {
        found.push(broken("answer", format!("Say what to reply: `{}`.", facts.yes())));
    }
    found
}

/// What is left of a text once all is taken away that names who asks and for what: as it stands, and its words.
struct Bare {
    text: String,
    words: Vec<String>,
}

fn bare(text: &str, facts: &ConfirmationFacts) -> Bare {
    let texts = facts.lang.texts();
    let mut named = vec![facts.company];
    named.extend(facts.purposes.iter().map(|(label, _)| *label));
    named.extend(facts.keyword);
    let links = [facts.link, facts.privacy_url];
    let mut bare = text.to_owned();
    for name in links.iter().chain(&named).filter(|name| !name.is_empty()) {
        bare = bare.replace(name, " ");
    }
    let often = facts.purposes.iter().flat_map(|(_, often)| [texts.frequency_short(*often), texts.frequency(*often)]);
    let often: Vec<_> = often.chain(facts.reply_code.map(|_| facts.yes())).collect();
    named.extend(often.iter().map(String::as_str));
    let words = without(folded(&bare), &named);
    Bare { text: bare, words }
}

fn unsaid_age(left: &Bare, facts: &ConfirmationFacts) -> Option<Violation> {
    (!left.words.contains(&facts.age.to_string()))
        .then(|| broken("age", format!("Say from which age on people may agree: {}.", facts.age)))
}

fn promoting(left: &Bare) -> Vec<Violation> {
    let voucher = begins(&left.words, VOUCHER);
    let promotes = begins(&left.words, PROMOTION)
        .filter(|word| voucher.as_ref() != Some(word))
        .or_else(|| left.words.iter().find(|word| PROMOTION_WORDS.contains(&word.as_str())).cloned())
        .or_else(|| price(&left.text, &left.words));
    let voucher = voucher.map(|word| {
        broken(
            "voucher",
            format!(
                "`{word}`: an SMS that asks for consent must not offer anything (L5). Thank people after their yes."
            ),
        )
    });
    let promotes = promotes.map(|word| {
        broken(
            "promotion",
            format!("`{word}` advertises, and an SMS that asks for consent must not (L5). Leave it out."),
        )
    });
    voucher.into_iter().chain(promotes).collect()
}

/// An address that is not the SMS's own.
fn foreign(left: &Bare, facts: &ConfirmationFacts) -> Option<Violation> {
    let hosts = hosts(&left.text);
    shortener(&hosts).or_else(|| {
        let host = hosts.first()?;
        Some(broken(
            "foreign-link",
            format!("`{host}`: the SMS has one address, `{}`. Leave out any other.", facts.url()),
        ))
    })
}

/// Encoding and length of a confirmation.
fn fits(text: &str) -> Option<Violation> {
    let measure = sms::measure(text);
    let foreign = text.chars().find(|c| sms::measure(c.encode_utf8(&mut [0; 4])).encoding == Encoding::Ucs2);
    match foreign {
        Some(c) => Some(broken(
            "encoding",
            format!("`{c}` is no GSM-7 character: with it an SMS holds 70 characters, not 160. Write it otherwise."),
        )),
        None if !sms::fits_confirmation(text) => Some(broken(
            "length",
            format!(
                "{} septets take {} parts, and two hold 306. Shorten the text, the labels or the company's name, or ask for fewer purposes.",
                measure.units, measure.segments
            ),
        )),
        None => None,
    }
}

/// What is wrong with an SMS of the owner's to people who consented.
pub fn message(text: &str) -> Vec<Violation> {
    let segments = sms::measure(text).segments;
    let long = (segments > sms::MOST_SEGMENTS)
        .then(|| broken("length", format!("{segments} parts; {} are the most. Shorten the text.", sms::MOST_SEGMENTS)));
    long.into_iter().chain(shortener(&hosts(text))).collect()
}

/// The word that makes a purpose's label an advertisement, which every confirmation SMS would carry (L5).
pub fn promotion_in_label(label: &str) -> Option<String> {
    let words = folded(label);
    begins(&words, LABEL)
        .or_else(|| holds(&words, "free gift").then(|| "free gift".to_owned()))
        .or_else(|| price(label, &words))
}

#[cfg(test)]
mod tests;
