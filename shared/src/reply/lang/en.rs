//! English, with the words of Twilio, AWS and the FCC (47 CFR 64.1200(a)(10)) that end things.

use super::Language;
use crate::reply::class::Class::*;

pub(super) const LANGUAGE: Language = Language {
    words: &[
        (
            Stop,
            "stop stops stopall stopp unsubscribe unsubscribed unsubscribing unsub optout revoke revoking \
             unsubscribeme desist cease",
        ),
        (Call, "stop stopall unsubscribe unsub optout"),
        (
            Weak,
            "end quit cancel remove td delete enough stopped stopping withdraw block spamming cancelled canceled \
             discontinue removed unenroll exit removal enuf nuff",
        ),
        (Not, "not never dont cant cannot wont doesnt didnt without isnt arent wasnt wouldnt shouldnt havent dnt dnot"),
        (Nothing, "no none nothing zero"),
        (More, "more further again anymore longer any future additional ever another mo"),
        (
            Channel,
            "text texts txt txts message messages msg msgs messaging messeges reminder* contact* communication* \
             alerts notifications sms updates these mails",
        ),
        (
            Send,
            "text texting txt send sending sent message messaging contact contacting contacted receive receiving get \
             getting hear hearing bother bothering bug bugging spam harass harassing write writing msg contacted call \
             calling spamming ring ringing rang phoning emailing email emails reaching",
        ),
        (Want, "want wish need like wanna would rather prefer"),
        (Ads, "advertising ads advert adverts advertisement* marketing spam junk spamming advertise"),
        (Offer, "offer offers deals promo promos promotion promotions promotional newsletter* discount* sales"),
        (All, "all everything everywhere completely entirely"),
        (List, "list lists subscription* service database mailing membership account program"),
        (Consent, "consent permission authorization authorisation consent* consenting"),
        (Data, "data information info details record records gdpr"),
        (Number, "number num phone cell mobile numba numbr sim simcard"),
        (Erase, "delete erase erasure remove wipe purge deletion deleted erased removed wiped"),
        (Object, "object oppose objecting forbid objection"),
        (Wrong, "wrong incorrect"),
        (Yes, "yes yep yup yeah yess yea confirm confirmed agree agreed aye"),
        (Ok, "ok okay"),
        (
            WithYes,
            "i do want of course sure sounds good please absolutely definitely to receive your offers by text \
             the would like sorry only just now saw this sounds it me in up sign signed ok okay that is m am be \
             happy great sign very much",
        ),
        (No, "no nope nah naw never nay decline declined refuse refused reject"),
        (
            WithNo,
            "not me it wasnt was interested thx thanks thank you i dont want this that im good am m ll pass to \
             do for all any would say yes sorry really at need never ever signed up absolutely definitely please \
             don we wish receive these chance way ty mate today up sign",
        ),
        (Interest, "interested interest"),
        (Start, "start unstop"),
        (Help, "help info"),
        (Info, "info"),
        (Polite, "please pls plz plse thanks thank you thx ty kindly cheers sorry"),
        (
            Kind,
            "great good nice cool awesome perfect lol haha hahaha lmao thanks thank you cheers see there then \
             you soon later bye wow love it super much very so welcome ok okay fine lovely brilliant merry \
             christmas happy new year got understood noted received no problem worries yay ya too same to cu \
             tomorrow",
        ),
        (Greet, "hello hi hey dear good morning evening afternoon sir madam team there folks guys"),
        (Close, "regards sincerely rgds brgds"),
        (
            Filler,
            "the this these those a an to from for with on in of my your their his her our me us you it its at by as \
             so and or be am are is do does did now immediately right already just ever please s ll ve re m d t im i \
             ive id that them will would could can now today asap thanks really ffs further fucking fuckin bloody \
             damn goddamn hell some kind sort way straight away stuff crap shit bullshit anything number list data \
             effective contacting this again up about",
        ),
        (
            Foreign,
            "order* delivery appointment* booking* invoice* bill package parcel voucher* code* reservation* \
             refund* return product* plant plants pot pots leaves leaf shop store hours open opening closed \
             oclock pm monday tuesday wednesday thursday friday saturday sunday tomorrow bus sale payment table \
             class course growing yellow day week address size colour color item size time fern ferns visit \
             event minutes late schedule reschedule",
        ),
        (Ask, "how when where why what which who whose does"),
        (If, "if unless once provided whether"),
        (Subject, "i we you he she they it"),
        (Is, "is are was isnt isn am im s arent wasnt"),
        (Past, "have had has got received ve havent didnt did hasnt getting receiving"),
        (Got, "received got receive get getting receiving"),
        (Me, "i me my im"),
        (But, "but because otherwise however except although"),
        (And, "and or so"),
        (
            Sensitive,
            "lawyer* attorney solicitor* legal sue suing court complaint* complain* gdpr ico report* fcc ftc \
             police harass* illegal scam* fraud* unlawful data privacy consent permission spam advert* marketing \
             tcpa rights deleted",
        ),
        (Doubt, "maybe perhaps sarcasm whatever unsure guess hmm right probably dunno"),
        (Auto, "autoreply autoresponder automatic"),
        (
            Reaction,
            "liked loved disliked emphasized emphasised questioned laughed at removed a an like love heart from \
             dislike laugh exclamation question mark reacted to with reaction emphasis",
        ),
        (Access, "sar dsar"),
        (Away, "fuckoff"),
        (
            Halt,
            "cancel remove delete quit discontinue withdraw block end terminate cancelling removing ending erase \
             withdrawn withdrawing removal",
        ),
        (Naught, "nothing"),
        (Short, "mr mrs ms dr art vs approx"),
        (Done, "deleted erased removed wiped stopped"),
        (Reproach, "why when"),
        (
            Insult,
            "asshole* arsehole* bastard* moron* idiot* scumbag* wanker* twat* dickhead* cunt* fuckers fuckin fckers \
             jerks creeps stfu gtfo foad scammers spammers",
        ),
        (
            Annoy,
            "annoy* irritat* pest pester* bother* nuisance harass* spam* junk rubbish garbage trash crap bullshit \
             shit useless pointless irrelevant unwanted unsolicited intrusive invasive relentless stalk* creepy hate \
             sucks stupid ridiculous unacceptable fuck fucking disgusting invasion ridic blocked blocking",
        ),
        (
            Often,
            "constantly constant daily endless* incessant* continually repeatedly bombard* flooding flooded swamped",
        ),
        (
            Drop,
            "drop lose scrub strike ditch purge blacklist* forget unlist* blocked blocking kick boot omit exclude \
             detach wipe mute silence unfollow remuv block loose",
        ),
        (Value, "care interests use uses useful read relevant bothered asked wanted"),
        (You, "you your yours u ur ya yall youre yourselves yourself"),
        (Miss, "miss missing missed pity shame works working work valid expired"),
        (When, "night nights late early evening sundays weekend weekends midnight"),
        (Article, "my"),
        (Stop, "unsubscri* unsub stahp opting refrain refrains"),
        (Foreign, "nonstop doorstop"),
        (Praise, "love loved great awesome nice cool perfect lovely brilliant best amazing wonderful funny lol haha"),
        (Off, "off out away leave exit"),
        (Only, "only just"),
        (Told, "asked told said requested"),
        (Title, "mr mrs ms miss"),
        (Resume, "resubscribe"),
        (
            Family,
            "brother sister ex mother mum mom dad father daughter son grandson wife husband boss colleague friend \
             neighbour neighbor nan sons daughters husbands wifes mums dads moms brothers sisters",
        ),
        (Know, "know"),
        (Fed, "dnc"),
    ],
    phrases: &[
        (
            Stop,
            "opt out, opt me out, opt .. out of, opting out, leave me|us alone, leave me the .. alone, take \
             me|us|my|this .. off, get me off, take off .. list, lose my number, lose this number, lose .. number, \
             knock it off, cut it out, i want out, want out, count me out, remove me, remove|delete|erase|scrub|wipe my .. number|name|phone|contact|details, \
             drop me from, piss off and stop, no longer wish|want, no longer interested, no longer like, dont want to \
             hear, do not contact, do not text, dont contact, dont text, dont message, never contact, never text, \
             stop it, put an end, withdraw .. consent|permission|authorization, take back .. consent|permission, \
             revoke .. consent, unsubscribe me, sign me off, off your list, off the list, off this list, no contact, \
             cancel .. subscription, make it stop, please quit, not interested anymore, not interested any more, over \
             it with, had enough of, forget my number, stop spamming, get rid of my, delete me, delete my number, \
             remove my number, stop all, these need to stop, unsubscribed already, already unsubscribed, go away and \
             stop, do not send, dont send, no further, not wish to receive, not want to receive, dont wish to, no \
             longer need, don t send, never message, never send, quit sending, quit texting, quit messaging, dont \
             txt, opted out, leave me be, un subscribe|sub|subscribed, opt ing out",
        ),
        (Weak, "had enough, sick of, fed up, tired of, im out, i m out, do not call, dont call"),
        (
            Foreign,
            "bus stop, stop|stopped|stopping by, stop at, stop over, non stop, at the end, end of, by the end, stop in, \
             train stop, tram stop, out of stock, cancel .. appointment|order|booking, full stop, \
             stop working|growing, check out, pick up, drop off, day off, last message, last text, that message, \
             stop me if",
        ),
        (
            NotMe,
            "im not, i am not, i m not, this is not, this isnt, this aint, not called, my name isnt, \
             my name is not, thats not, i aint, there s no, theres no, there is no, no one named, nobody named, \
             nobody called, no such",
        ),
        (
            Gone,
            "wrong number|no|person|guy|man|woman|lady|phone|recipient|contact, incorrect number, mistaken number, \
             not my number|phone, not .. number|phone anymore, isnt my|his|her|their .. number|phone, isnt .. \
             number|phone anymore, no longer .. number|phone, not the person, not who you, mistaken .. \
             identity|person, new number, changed numbers, someone|somebody elses, belongs to someone|somebody, \
             belongs to me, dont know who that, dont know anyone|anybody, no one|noone here|called|named|by, nobody \
             here|called|named|by, doesnt live here, you have the wrong, got the wrong, not the right person|number, \
             isnt him|her|them, not him|her, looking for someone|somebody else, someone else s, not the owner, isn t \
             the right, isnt the right, have the number now, number now belongs, no longer has this, doesnt have this \
             number, not who youre, im not the person, i am not the person, mixed up with, confused me with, mistaken \
             me for, messaging the wrong, texting the wrong, texted the wrong, wrong .. number, you want someone \
             else, this is not .. phone|number, my number now, new owner, number was reassigned, recycled number, for \
             someone|somebody else, meant for someone|somebody else, not for me i think, not .. s phone|number, dont \
             know who, just got this number|phone, got this number recently, recently got this number, new to this \
             number, not my name, no longer belongs, got this number now, have this number now, s number now, you re after someone",
        ),
        (
            Foreign,
            "not the wrong, no problem, changed my number, my new number, a new number, \
             wrong day|date|time|size|colour|color|order|item|address|plant|code|pot|product, number on, \
             number for, voucher number, order number, code number",
        ),
        (Yes, "i agree, i confirm, i consent, i accept, sign me up, count me in, im in"),
        (
            No,
            "no thanks, no thank you, no thx, no way, not interested, not for me, not me, wasnt me, dont want, \
             not now, never say yes, would never, rather not, id rather not, hell no, im good, ill pass, \
             i ll pass, no ty, nah im good, do not want, no chance, never ever, absolutely not, definitely not, \
             not today, dont need, forget it, hard pass, no deal, do not wish, please no",
        ),
        (
            Disown,
            "never|didnt|not sign|signed .. up, \
             didnt|never|not ask|asked|request|requested|subscribe|subscribed|agree|agreed|consent|consented|order|register|registered, \
             didnt|never|not .. opt in, dont remember .. signing|sign|asking, \
             never gave .. consent|permission|number",
        ),
        (
            Resume,
            "sign me .. again, subscribe .. again, resubscribe me, opt .. back in, opt me in, start again, resume, \
             restart, sign me back, sign up again, start .. again, turn .. back on, text me again, want them back, \
             send .. again, add me back, put me back, turn .. back, sign .. back up, re subscribe, take me back",
        ),
        (
            Who,
            "who is this, who s this, whos this, who dis, who are you, who s that, who is that, who sent, \
             who is texting, who is it, is this a scam, what is this, who am i, new phone who, what company, \
             whats this, what s this, who texted",
        ),
        (
            Access,
            "what data|information|info .. hold|have|stored, where .. get my|this number, how .. get my|this \
             number|details, subject access, copy of .. data|information, data access request, everything you hold, \
             article 15, what .. know about me, where .. my number from, access to my .. data, how .. know my|me, \
             what data, what info*, which data",
        ),
        (
            Erase,
            "right to be forgotten, forget me, article 17, everything you have on me, everything about me, be \
             forgotten, forget i exist",
        ),
        (
            Oppose,
            "not .. use|process|share|sell my, do not use|process|sell, stop using|processing my, article 21, \
             not|dont|never .. consent|agree to, did not consent, without my consent, not .. use my, no right to",
        ),
        (Object, "i object, i oppose, do not sell"),
        (
            Foreign,
            "no objection, no objections, object lesson, stop being, drop me a, no need to, stop and go, stop \
             light|lights|sign|signs|watch|motion, at work, at night, spam folder|filter",
        ),
        (
            Close,
            "kind regards, best regards, many thanks, warm regards, best wishes, yours sincerely, \
             yours faithfully, all the best, take care",
        ),
        (
            Request,
            "can you, could you, would you, will you, can u, could u, can someone, can i please be, please can, \
             can we please, could i be, can i be",
        ),
        (
            Ask,
            "do i, should i, can i, may i, how to, am i, did you, are you, do you, have you, is that, is this, \
             is there, does it, will i",
        ),
        (
            Keep,
            "are fine, is fine, are ok, is ok, are okay, are great, still want, \
             keep .. reminders|appointment*|booking*, keep the, still need, but keep, want to keep, are welcome, \
             just the, only the",
        ),
        (
            Auto,
            "auto reply, auto response, out of office, im driving, i m driving, im currently driving, \
             driving .. focus, driving right now, automated|automatic response|reply|message, \
             automatically generated, can t talk right now, cant talk right now, in a meeting, \
             will get back to you, ill get back to you, i ll get back to you, ill call you .. later, \
             i ll call you .. later, ll see your message, on annual leave, am away, currently unavailable, \
             do not disturb, mailbox is not monitored, not monitored, this number does not, \
             thanks for your message, thank you for your message, thanks for contacting, \
             thank you for contacting, we got your message",
        ),
        (
            Robot,
            "to end, to stop, to opt out, to unsubscribe, to cancel, to quit, to confirm, to decline, for help, \
             rates may apply, stop to, stop for, stop or the, stop or there, help for, reply with, text stop, \
             txt stop, reply stop, reply yes, reply no, reply y, reply to",
        ),
        (
            Footer,
            "sent from|via|by|with my|mail|outlook|yahoo|proton|gmail|iphone|galaxy|samsung|android, sent from, \
             sent via, get outlook, typed on, dictated",
        ),
        (Footer, "on .. wrote"),
        (
            Retract,
            "wrong chat, wrong window, wrong group, ignore that, ignore my last, ignore last, disregard, \
             sent by mistake, by mistake sorry, was a mistake, meant for someone, didnt mean, not meant for, \
             meant to send, my bad, autocorrect, changed my mind",
        ),
        (
            Away,
            "fuck off, piss off, get lost, bugger off, go away, screw you, f off, buzz off, go to hell, \
             get stuffed, sod off",
        ),
        (
            Doubt,
            "yeah right, as if, in your dreams, yeah yeah, yes yes, yeah sure, sure jan, dream on, good one, \
             nice try",
        ),
        (
            Kind,
            "no problem, no worries, see you, talk later, happy new year, well done, keep it up, keep up the, \
             all good, got it",
        ),
        (Sensitive, "report you, hear from my, never gave, never consented"),
        (Filler, "over 16|18, above 16|18, i am 16|18, 16|18 or over, 16|18 years old"),
        (WithYes, "over 16|18, above 16|18, i am 16|18, 16|18 or over, 16|18 years old"),
        (
            Anger,
            "how many times, how often, what part of, how many more, how much longer, do i really have, do i have to say|write|text|ask|tell|keep, why am i still, why do i still, why are you still, why do you keep, what dont you, didnt i|havent i .. \
             tell|told|say|said|ask|asked, didnt i, havent i, did i not, how|what about you",
        ),
        (
            Data,
            "everything .. about|on me, all .. about|on me, everything you have, my details, my info, my information, \
             whatever you have, all you have, all you got",
        ),
        (
            Fed,
            "passed away, is deceased, over these|this|it|you|your, done with you|u|this|these|it|your|them, enough \
             is enough, enough already|now|of, give it a rest, give it up, give me a break, bored of|with, rid of \
             you|these|this|them|your|u, get rid of, let me out|off|go, arent for me, aren t for me, not my \
             thing|cup, no use to|for me, no interest in, no need for these|this|it|them|any|your, no longer \
             need|want|interested|use|care, be removed|excluded|taken|deleted, be taken|left, changed my mind .. \
             cancel|stop|remove, no means no, cant stand, can t stand, not anymore, dont want|need anymore, wont be \
             needing, do not disturb me, go away, get lost, get out of my|here|this, can u not, can you not, get me|my|this .. \
             out|off|from, take me|my|this .. out|off|from, get off my, back off, knock it, quit it, cut it, drop it, \
             kill these|this, who asked, nobody asked, nobody wants, no one wants, none of your business, shut \
             it|up|off|this, turn these|this|it|them .. off, switch these|this|it|them .. off, make .. stop|go, im \
             off, not a customer, no longer a customer, stop with, this has to stop|end, sick and tired, reported as, \
             bother|text|message someone|somebody|others, your own business, we re|were done|finished, calm down \
             with, chill with|out, ease up, slow down with, cool it, return to sender, no need to \
             reach|follow|contact|message|text, waste my time, do not call list, your dnc, dnc list, stop .. follow*, \
             no to, not my jam|thing|cup|style, no part of, lemme|let me out, i resign",
        ),
        (
            Insult,
            "fuck you|u|off|this|ya, screw you|this|u, f you|u|off, eff off, kiss my, drop dead, eat shit, get \
             fucked|stuffed, jog on, up yours, go to hell",
        ),
        (Quiet, "left|leaving .. alone, in peace, some peace"),
        (
            Often,
            "too many|much|often, so many, every day|hour|single|time|week, all the time, over and over, again and \
             again, day and night",
        ),
        (Other, "someone|somebody else, another person, different person, not who"),
        (Annoy, "dont care, do not care, waste of"),
        (
            Drop,
            "out of|off|from your|the|ur|this|my list|lists|system|phone|database|contacts|records|books|marketing, \
             take|get me|us|my|this .. outta|out|off, bin|ditch|dump|kill the|these|it|them|your, take|tk|tke|tek|get \
             me|us|this .. off|list",
        ),
        (Send, "reach|reaching out, follow|following up"),
        (When, "right now, just now"),
    ],
};
