"""Figures written out in English: digits of any script, number words, fractions, multiples, written-out zeros.

`three cases`, `dozens`, `half`, `twice`, `ranked first`, `no cases`, `15` state one; `one of the`, `one-stop`,
`no longer`, `several` state none; `2023`, `PM2.5`, `14th Five-Year Plan`, `"three systems"` may be told where the
stretch has them.
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.known import Known, Part, stem, token_around, words_of
from summarizer.checking.plain import is_digit, lower, plain
from summarizer.checking.spans import merged
from summarizer.document import Span

_ONES: Final = "one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS: Final[dict[str, int]] = {
    **{word: n for n, word in enumerate(_ONES, 1)},
    **{word: n for n, word in enumerate(_TEENS, 10)},
    **{word: n for n, word in enumerate(_TENS, 2)},
}
CARDINALS.update({word: 10 * n for n, word in enumerate(_TENS, 2)})
CARDINALS.update({"fourty": 40, "ninty": 90})
ORDINALS: Final[dict[str, int]] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_SCALES: Final = "hundred thousand million billion trillion".split()
_COUNT: Final = "|".join(sorted([*CARDINALS, *_SCALES], key=len, reverse=True))
_GLUED: Final = rf"(?:{'|'.join(_TENS)})(?:{'|'.join(_ONES)})"

# "cases" and what else one counts: after "no", "zero", "a single" they make a figure.
_EVENTS: Final = (
    r"(?:cases?|incidents?|accidents?|complaints?|lawsuits?|litigations?|litigation cases|suits?|reconsiderations?"
    r"|violations?|losses|deaths?|injur(?:y|ies)|fatalit(?:y|ies)|casualt(?:y|ies)|problems?|abnormalit(?:y|ies)"
    r"|anomal(?:y|ies)|petitions?|fines|penalties|applications?|decisions?|reports|requests?|appeals?|outbreaks?"
    r"|infections?|spills?|leaks?|disputes?|hearings?|changes?|increases?|decreases?|growth|instances?|occurrences?"
    r"|events?|errors?|mistakes?|inspections?|enterprises|companies|firms|meetings|documents|licen[cs]es|permits"
    r"|defeats?|failures?|reversals?|revocations?|annulments?|unresolved (?:cases|issues)|issues)"
)
_MISHAPS: Final = (
    r"(?:cases?|incidents?|accidents?|complaints?|lawsuits?|violations?|deaths?|injur(?:y|ies)|fatalit(?:y|ies)"
    r"|casualt(?:y|ies)|losses|errors?|disputes?|outbreaks?|petitions?|defeats?|failures?)"
)
_BETWEEN: Final = (
    r"(?:(?!for\b|to\b|of\b|in\b|on\b|by\b|with\b|from\b|that\b|which\b|is\b|was\b|and\b|or\b|but\b|at\b|as\b|than\b)"
    r"[a-z][a-z'-]{0,20}\s+){0,5}?"
)

# Each pattern states a figure by itself.
_AMOUNTS: Final = re.compile(
    "|".join(
        [
            rf"\b{_GLUED}\b",
            r"\b(?:hundreds|thousands|millions|billions|trillions|dozens?|tens of|scores of|a score of|handfuls?)\b",
            r"\ba score\b(?=[,.;])",
            r"\b(?:half|halves|halved|halving|halve)\b",
            r"\b(?:a|one|per|the last|the other)[ -]quarters? of\b|\b(?:one|three|two)[ -]quarters?\b"
            r"|\bquarter of (?:all|the|its)\b",
            r"\b(?:one|two|a)[ -]thirds?\b(?![ -](?:part|round|batch|phase|instance))|\bthirds\b|\ba third of\b",
            r"\b(?:a|one|two|three|four|five|six|seven|eight|nine)[ -](?:fourth|fifth|sixth|seventh|eighth|ninth"
            r"|tenth)s?\b",
            r"\b(?:fourths|fifths|sixths|sevenths|eighths|ninths|tenths|hundredths|thousandths)\b",
            r"\b(?:twice|thrice)\b",
            r"\b(?:doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)"
            r"|quintupl(?:e|es|ed|ing)|sextupl\w+|decupl\w+)\b",
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|many|multi|several|mani)-?fold\b"
            r"|\b[a-z]+fold\b(?<!manifold)(?<!unfold)(?<!scaffold)(?<!blindfold)",
            r"\ba couple\b|\bcouple of\b|\b(?:pair|pairs|trio|duo|quartet|quintet) of\b",
            r"\b(?:vast |overwhelming |great )?majorit(?:y|ies)\b|\bmost of\b|\bthe bulk of\b|\b(?:nearly|almost"
            r"|virtually) (?:all|every)\b",
            r"\bper ?cent\b|\bpercents?\b|\bpercentages?\b",
            r"\b(?:nil|naught|nought)\b|\bnone\b",
            r"\b(?:net-|near-)?zero(?:es|s)?\b(?![ -](?:tolerance|distance|carbon|emission|waste|visit))",
            rf"\bno\s+{_BETWEEN}{_EVENTS}\b(?! of interest)",
            rf"\bwithout\s+(?:a|an|any|one)\s+(?:single\s+)?{_BETWEEN}{_MISHAPS}\b",
            rf"\b(?:not|n't|nor|never)\s+(?:\w+\s+){{0,4}}?(?:any|a single|one)\s+{_BETWEEN}{_MISHAPS}\b",
            rf"\b(?:free of|absence of|absent any)\s+(?:any\s+)?{_BETWEEN}{_EVENTS}\b",
            rf"\b(?:a|one|only|the) (?:single|sole|lone)\s+{_BETWEEN}{_EVENTS}\b|\ban? (?:case|incident|accident"
            rf"|lawsuit|complaint) (?:was|were|occurred|had|has)\b",
            r"\b(?:unchanged|same (?:as|level)|level with|flat)\b(?=[^.;]{0,40}\b(?:year|previous|last|earlier"
            r"|prior)\b)"
            r"|\b(?:year[- ]on[- ]year|on the year)\b[^.;,]{0,12}\b(?:unchanged|flat)\b",
            r"\b(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b",
            r"\b(?:decades?|fortnights?)\b",
            r"\b(?:doubly|singly|triply)\b",
        ]
    )
)
_DOUBLE_WORDS: Final = re.compile(r"double-check|doubling down")
_CARDINAL: Final = re.compile(rf"\b(?:{_COUNT})(?:(?:\s+and\s+|[\s-]+)(?:{_COUNT}))*\b")
_ORDINAL: Final = re.compile(rf"\b(?:(?:{'|'.join(_TENS)})[\s-])?(?:{'|'.join(ORDINALS)})\b")
_ROMAN: Final = re.compile(r"\b(?:[IVX]{2,6}|[VX])\b|\b(?:ii|iii|iv|vi|vii|viii|ix|xii|xiii|xiv|xv)\b")
_SPELLED: Final = re.compile(r"\b[a-z](?:[-.·_\s][a-z]){2,10}\b")

# "one" that counts nothing.
_ONE_AFTER: Final = re.compile(
    r"\s+(?:of|another|by one|and all|should|must|can|may|which|that|who|hand|side|or more|after|plan)\b"
    r"|-(?:stop|off|time|sided|to-one|on-one|by-one|way|size|click|window|thing|matter|network|card|team|line"
    r"|page)\b|'s\b"
)
# Words with a numeral in them that state no number.
_WORDED: Final = re.compile(r"(?:two-way|two-pronged|three-dimensional|four-wheel)\b")
_ONE_BEFORE: Final = re.compile(r"\b(?:no|any|every|each|the|which|this|that|another|some|for|as|at|by|new)\s+$|-$")
_FIRST_AFTER: Final = re.compile(r"-(?:instance|class|hand|rate|time|tier)|ly\b|\s+(?:and foremost|of all)\b")
_PUT_FIRST: Final = re.compile(
    r"\b(?:put(?:s|ting)?|plac(?:e|es|ed|ing)|com(?:es?|ing))\s+(?:[a-z-]+\s+){0,4}$"
    r"|\b(?:people|safety|quality|life|ecology|prevention|service|law|education|environment)[ -]$"
)
_ENUMERATED: Final = re.compile(r"(?:^|[.;:]\s+|\band\s+)$")
_INSTANCE: Final = re.compile(r"(?:[- ]instance\b|[- ]part(?:y|ies)\b|-hand\b)")
_RANKED: Final = re.compile(
    r"\b(?:ranked|ranking|ranks|rank|came|placed|finish(?:ed|ing)|stood|took|won)\s+(?:in\s+|the\s+|at\s+)*$"
)
_PLACE: Final = re.compile(r"[ -]+(?:place|places|rank|position|prize|highest|lowest|largest|best|worst|most|among)\b")

_MONTHS: Final = {
    name: n
    for n, names in enumerate(
        "january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sep sept;"
        "october oct;november nov;december dec".split(";"),
        1,
    )
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE: Final = re.compile(
    # 14 January 2024, January 14th, January 2024; the day stands before or after the month, never twice
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+)?(?P<m>{_MONTH})\.?\b"
    r"(?(d1)|(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b(?!\d))?)(?:,?\s+(?P<y>\d{4})\b)?"
    r"|\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b"
    r"|\b(?P<y1>\d{4})\s?[-–—/]\s?(?P<y2>\d{2}(?:\d{2})?)\b"
    r"|\b(?P<y3>(?:19|20)\d{2})(?:'s)?\b"
)
# Before a year that a counted noun follows: "in 2023 cases fell" names the year, "2023 cases" counts. In "the 2023 list
# of entities" the list follows.
_YEAR_LEAD: Final = re.compile(
    r"\b(?:in|during|since|by|until|through|throughout|before|after|late|early|mid|year)[-\s]+$"
)
_COUNTED: Final = re.compile(
    rf"\s+(?:[a-z-]+\s+(?:(?!(?:of|for|on)\s)[a-z-]+\s+){{0,2}})?(?:{_EVENTS}|people|persons|households|items|units|sites|officers|cases|visits|yuan"
    r"|measures|questions|letters|articles|posts|copies|pieces|leads|rectifications|entities|facilities|stations)\b"
)
_DIGITS_NAMED: Final = re.compile(
    r"^\W{0,3}(?:(?:\d+\W+(?:and|or)?\W*){0,3})?(?:[a-z-]+\W+){0,4}?(?:hotlines?|platforms?|lines?|services?|system"
    r"|phase|edition|version|"
    r"action plan|project|initiative|business environment|requirements?|document|meeting|session|measures)\b"
)
_DIGITS_LED: Final = re.compile(
    r"\b(?:line|lines|phase|no\.?|number|document|article|version|green shield|class|grade|the)\W{0,3}$"
)
_HALF_YEAR: Final = re.compile(r"(?:first|second|latter) half")


def english_numbers(masked: str, known: Known) -> Iterator[Span]:
    """Places of a masked English text that write a figure out; names and dates of the stretch are none."""
    written = plain(masked)
    text = lower(written)
    fine = bytearray(len(text))
    found = list(_digits(text, written, known, fine))
    for match in _CARDINAL.finditer(text):
        if not _cardinal_is_fine(text, written, match, known):
            found.append(Span(*match.span()))
    for match in _ORDINAL.finditer(text):
        if not all(fine[match.start() : match.end()]) and not _ordinal_is_fine(text, written, match, known):
            found.append(Span(*match.span()))
    for match in _AMOUNTS.finditer(text):
        if not _amount_is_fine(text, match, known):
            found.append(Span(*match.span()))
    for match in _ROMAN.finditer(written):
        if not _roman_is_fine(match[0], known):
            found.append(Span(*match.span()))
    for match in _SPELLED.finditer(text):
        joined = "".join(c for c in match[0] if c.isalpha())
        if joined in CARDINALS or joined in _SCALES or joined in ("dozen", "half", "twice"):
            found.append(Span(*match.span()))
    yield from merged(found)


def cardinal(words: str) -> int | None:
    """Value of a simple cardinal: `four` -> 4, `twenty-three` -> 23; None when it holds a scale word."""
    total = 0
    for word in re.findall("[a-z]+", words):
        if word not in CARDINALS:
            return None
        total += CARDINALS[word]
    return total


# -- digits


def _digits(text: str, written: str, known: Known, fine: bytearray) -> Iterator[Span]:
    for match in _DATE.finditer(text):
        if _date_is_fine(text, match, known):
            fine[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    at = 0
    while at < len(text):
        if not is_digit(text[at]):
            at += 1
            continue
        end = at + 1
        while end < len(text) and (
            is_digit(text[end]) or (text[end] in ".," and is_digit(text[end + 1 : end + 2] or " "))
        ):
            end += 1
        if not all(fine[at:end]) and not _digits_are_fine(text, written, at, end, known):
            yield Span(at, end)
        at = end


def _date_is_fine(text: str, match: re.Match[str], known: Known) -> bool:
    y, m = match["y"], match["m"]
    if match["y1"]:
        first, second = int(match["y1"]), match["y2"]
        last = int(second) if len(second) == 4 else first - first % 100 + int(second)
        return known.allows_date((first, None, None), (last, None, None))
    if match["iy"]:
        part: Part = (int(match["iy"]), int(match["im"]), int(match["id"]))
        return known.allows_date(part, part)
    if match["y3"]:
        part = (int(match["y3"]), None, None)
        if not known.allows_date(part, part):
            return False
        return bool(_YEAR_LEAD.search(text[max(0, match.start() - 16) : match.start()])) or not _COUNTED.match(
            text, match.end()
        )
    day = match["d1"] or match["d2"]
    if not day and not y:
        return False  # a month alone holds no digits
    part = (int(y) if y else None, _MONTHS[m], int(day) if day else None)
    return known.allows_date(part, part)


def _digits_are_fine(text: str, written: str, start: int, end: int, known: Known) -> bool:
    low, high = token_around(text, start, end)
    if text[low:high] in known.tokens:
        return True
    digits = text[start:end]
    suffix = text[end : end + 2]
    if suffix in ("st", "nd", "rd", "th") and digits.isdigit():
        return _ordinal_digits_are_fine(text, written, start, end, int(digits), known)
    if not digits.isdigit() or (low, high) != (start, end):
        return digits in known.names and not _COUNTED.match(text, end)  # 3.0, 123456
    if _pair_is_fine(text, start, end, digits, known):
        return True
    if digits not in known.names:
        return False
    if _COUNTED.match(text, end) and not _DIGITS_NAMED.match(text[end : end + 80]):
        return False
    return (
        bool(_DIGITS_NAMED.match(text[end : end + 80]) or _DIGITS_LED.search(text[max(0, start - 16) : start]))
        or _noun_follows(text, end, int(digits), known)
        or _quoted(text, start, end)
    )


def _ordinal_digits_are_fine(text: str, written: str, start: int, end: int, value: int, known: Known) -> bool:
    if _pair_is_fine(text, start, end + 2, text[start : end + 2], known):
        return True
    if _PLACE.match(text, end + 2) or _RANKED.search(text[max(0, start - 24) : start]):
        return False
    if value in known.ordinals:
        return True
    following = re.match(r"[\s-]+([A-Za-z]+)", written[end + 2 : end + 40])
    return value in known.values and following is not None and following[1][0].isupper()


# -- words


def _cardinal_is_fine(text: str, written: str, match: re.Match[str], known: Known) -> bool:
    start, end = match.span()
    words = match[0]
    if _WORDED.match(text, start):
        return True
    if words == "one" and text.endswith("but ", 0, start):
        return False  # all but one of the problems
    if words == "one" and (_ONE_AFTER.match(text, end) or _ONE_BEFORE.search(text[max(0, start - 12) : start])):
        return True
    if _pair_is_fine(text, start, end, words, known):
        return True
    value = cardinal(words)
    if value is None:
        return False
    if _noun_follows(text, end, value, known):
        return True
    if value not in known.values:
        return False
    if _quoted(text, start, end):
        return True
    following = re.match(r"[\s-]+([A-Za-z]+)", written[end : end + 40])
    return written[start].isupper() and following is not None and following[1][0].isupper()


def _ordinal_is_fine(text: str, written: str, match: re.Match[str], known: Known) -> bool:
    start, end = match.span()
    word = match[0]
    if _INSTANCE.match(text, end) and word in ("first", "second", "third"):
        return True
    if _PLACE.match(text, end) or _RANKED.search(text[max(0, start - 24) : start]):
        return False
    if word == "first" and (_FIRST_AFTER.match(text, end) or text[max(0, start - 3) : start] == "at "):
        return True
    if word == "first" and _PUT_FIRST.search(text[max(0, start - 48) : start]):
        return True
    if text[end : end + 2] == "ly":
        return True
    if _ENUMERATED.search(text[max(0, start - 8) : start]) and text[end : end + 1] == ",":
        return True
    if re.match(r"\s+(?:half|quarter)", text[end : end + 12]) and _period_is_fine(text, start, known):
        return True
    if _pair_is_fine(text, start, end, word, known):
        return True
    parts = re.findall("[a-z]+", word)
    value = ORDINALS[parts[-1]] + (CARDINALS[parts[0]] if len(parts) > 1 else 0)
    if word == "first" and re.search("首[次个家例批创届部宗起条项]|第一", known.stretch):
        return True
    return value in known.ordinals


def _period_is_fine(text: str, start: int, known: Known) -> bool:
    word = text[start : start + 20]
    if "half" in word:
        return "半年" in known.stretch
    return "季度" in known.stretch


def _amount_is_fine(text: str, match: re.Match[str], known: Known) -> bool:
    words = match[0]
    if words.startswith("doubl"):
        if _DOUBLE_WORDS.match(text, match.start()):
            return True
        return bool(
            re.match(
                r"double[- ](?:random|control|public|disclosure|carbon|leader)", text[match.start() : match.end() + 24]
            )
        ) and ("双" in known.stretch)
    if words == "half" or words.startswith("hal"):
        around = text[max(0, match.start() - 8) : match.end() + 5]
        return bool(re.search(r"(?:first|second|latter) half|half[- ]year", around)) and "半年" in known.stretch
    if words in ("percentage", "percentages"):
        return (
            bool(re.match(r"\s+points?", text[match.end() : match.end() + 12]))
            and "\ue000" in text[max(0, match.start() - 2) : match.start()]
        )
    if words in ("per cent", "percent", "pct"):
        return text[max(0, match.start() - 2) : match.start()].rstrip().endswith("\ue000")  # the neighbour rule's
    return _pair_is_fine(text, match.start(), match.end(), words, known)


def _roman_is_fine(roman: str, known: Known) -> bool:
    upper = roman.upper()
    signs = {"II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ", "VI": "Ⅵ", "VII": "Ⅶ", "VIII": "Ⅷ", "IX": "Ⅸ", "X": "Ⅹ"}
    if re.search(rf"(?<![A-Za-z]){upper}(?![A-Za-z])", known.stretch) or signs.get(upper, "\0") in known.stretch:
        return True
    return any(upper.lower() in pair for pair in known.pairs)


# -- names


def _pair_is_fine(text: str, start: int, end: int, words: str, known: Known) -> bool:
    """Whether the neighbour of a number word is its neighbour in the English of a name of the stretch."""
    own = words_of(words)
    if len(own) != 1:
        return False  # of "sixty-three five districts" the five alone is the name's
    following = words_of(text[end : end + 30])[:1]
    if following and (own[0], stem(following[0])) in known.pairs:
        return True
    before = words_of(text[max(0, start - 30) : start])[-1:]
    return bool(before) and (stem(before[0]), own[0]) in known.pairs


def _noun_follows(text: str, end: int, value: int, known: Known) -> bool:
    """Whether one of the next three words is the English of what follows this numeral in a name: five districts."""
    nouns = known.nouns.get(value)
    if not nouns:
        return False
    clause = re.match(r"[\s\"“”'-]*((?:[a-z-]+[\s\"”']*){1,4})", text[end : end + 60])
    if clause is None:
        return False
    following = words_of(clause[1])[:3]
    return any(stem(word) in nouns for word in following)


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether a place lies in a short quotation: "six stabilities" and "six guarantees"."""
    low, high = max(0, start - 160), min(len(text), end + 60)
    opened = max(text.rfind("“", low, start), text.rfind("\u2018", low, start))
    if opened >= 0 and not _CLOSING.search(text, opened, start) and _CLOSING.search(text, end, high):
        return True
    return text.count('"', 0, start) % 2 == 1 and text.find('"', end, high) >= 0


_CLOSING: Final = re.compile("[”\u2019]")
