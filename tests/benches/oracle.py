"""What Google's library says about numbers made from its own metadata, one a line.

Usage: oracle.py SEED NUMBERS_OF_A_REGION
Prints, tab-separated: origin (inside, length, range), spelling, default region, text, and the E.164
form and region if the text is a mobile number, else nothing.
"""

import random
import re
import re._parser as regex
import sys

import phonenumbers
from phonenumbers import PhoneNumberType, SUPPORTED_REGIONS
from phonenumbers.phonemetadata import PhoneMetadata

OTHER_TYPES = [
    "fixed_line", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager",
    "uan", "voicemail",
]
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def member(pattern, rng):
    """A member of a pattern, as the choice of digits at each place and the one taken."""
    places = []

    def walk(items):
        for kind, value in items:
            match str(kind):
                case "LITERAL":
                    places.append(({chr(value)}, chr(value)))
                case "IN":
                    choice = set()
                    for part, what in value:
                        match str(part):
                            case "LITERAL":
                                choice.add(chr(what))
                            case "RANGE":
                                choice.update(map(chr, range(what[0], what[1] + 1)))
                            case "CATEGORY":
                                choice.update("0123456789")
                            case _:
                                raise ValueError(f"{pattern}: {part}")
                    places.append((choice, rng.choice(sorted(choice))))
                case "BRANCH":
                    walk(rng.choice(value[1]))
                case "SUBPATTERN":
                    walk(value[-1])
                case "MAX_REPEAT":
                    least, most, body = value
                    # The ends of a length are as likely as all between.
                    for _ in range(rng.choice([least, most, rng.randint(least, most)])):
                        walk(body)
                case "AT":
                    pass
                case _:
                    raise ValueError(f"{pattern}: {kind}")

    walk(regex.parse(pattern))
    return places


def near_a_border(places, rng):
    """A digit more or less, or at one place a digit just inside or just outside its choice."""
    digits = [taken for _, taken in places]
    if rng.random() < 0.4:
        if rng.random() < 0.5:
            digits.append(rng.choice("0123456789"))
        else:
            digits.pop()
        return "length", digits
    borders = [
        (at, digit)
        for at, (choice, _) in enumerate(places)
        for inside in choice
        for outside in (chr(ord(inside) - 1), chr(ord(inside) + 1))
        if outside in "0123456789" and outside not in choice
        for digit in (inside, outside)
    ]
    at, digit = rng.choice(sorted(borders))
    digits[at] = digit
    return "range", digits


def local(region, metadata, digits, rng):
    """A number like this one, without what people of the region leave out, or with what they add."""
    prefix, rule = metadata.national_prefix_for_parsing, metadata.national_prefix_transform_rule
    fill = rule.split("\\")[0]
    text = None
    # Most areas do not have this number's last digits: a few tries find one that has.
    for _ in range(30):
        start = "".join(taken for _, taken in member(prefix, rng))
        caught = re.match(prefix, start).groups()[-1]
        if caught is not None:
            text = start + digits[len(fill + caught):]
            if judge(text, region)[0]:
                break
    return text


def spellings(region, metadata, digits, rng):
    """How people write it: from abroad, at home, bare, dialled out of the region, as locals do."""
    yield "abroad", f"+{metadata.country_code}{digits}"
    yield "bare", digits
    if metadata.national_prefix:
        yield "at home", metadata.national_prefix + digits
    out = metadata.preferred_international_prefix or metadata.international_prefix
    if out.isdigit():
        yield "dialled", f"{out}{metadata.country_code}{digits}"
    if metadata.national_prefix_transform_rule:
        text = local(region, metadata, digits, rng)
        if text:
            yield "local", text
            yield "local +", f"+{metadata.country_code}{text}"


def judge(text, region):
    """E.164 form and region of a mobile number."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return "", ""
    country = phonenumbers.region_code_for_number(number)
    if phonenumbers.number_type(number) not in MOBILE or country == "001":
        return "", ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), country


def main():
    seed, count = map(int, sys.argv[1:])
    for region in sorted(SUPPORTED_REGIONS):
        rng = random.Random(f"{seed} {region}")
        metadata = PhoneMetadata.metadata_for_region(region)
        descriptors = [getattr(metadata, name) for name in OTHER_TYPES]
        others = [d.national_number_pattern for d in descriptors if d and d.national_number_pattern]
        mobile = metadata.mobile and metadata.mobile.national_number_pattern
        seen = set()
        for turn in range(100 * count):
            if len(seen) == count:
                break
            pattern = mobile if mobile and rng.random() < 0.75 else rng.choice(others or [mobile])
            origin, places = "inside", member(pattern, rng)
            digits = [taken for _, taken in places]
            if len(seen) % 2:
                origin, digits = near_a_border(places, rng)
            digits = "".join(digits)
            if digits in seen:
                continue
            seen.add(digits)
            for spelling, text in spellings(region, metadata, digits, rng):
                print(origin, spelling, region, text, *judge(text, region), sep="\t")


main()
