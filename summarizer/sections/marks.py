"""Everything in a report that looks like a heading marker and stands where a heading may stand.

一、 （一） 1. （1） ① 第一部分 第一章 一是 第一， 首先, in full and half width. Whether a mark is a heading is for
`tree` to say; here one pass of one regular expression collects what could be one.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from summarizer.document import Span
from summarizer.patterns import pattern
from summarizer.records import record


class Family(IntEnum):
    """Kinds of marker, from the outermost to the innermost as GB/T 9704 and usage rank them."""

    BARE = 0  # a heading without a marker: 2023年工作回顾, 名词解释
    PART = 1  # 第一部分
    CHAPTER = 2  # 第一章
    ARTICLE = 3  # 第一节
    COMMA = 4  # 一、
    BRACKET = 5  # （一）
    DIGIT = 6  # 1. 1、
    DIGIT_BRACKET = 7  # （1） 1)
    CIRCLE = 8  # ①
    ITEM = 9  # 一是
    ORDINAL = 10  # 第一，
    FIRST = 11  # 首先


FIRM = (Family.PART, Family.CHAPTER, Family.COMMA, Family.BRACKET)
"""Markers that hardly ever mean anything else at the start of a line."""
ITEMS = frozenset({Family.ITEM, Family.ORDINAL, Family.FIRST})
"""Words that list inside a paragraph."""


class Place(IntEnum):
    """Where a marker stands, from the surest place for a heading to the least sure."""

    LINE = 0  # first thing on its line
    STOP = 1  # right after 。；！？：
    GAP = 2  # after white space, as between the former lines of a report printed on one line
    COMMA = 3  # after ，: never the start of a list


@record
class Mark:
    """Something that looks like a heading marker.

    Attributes:
        start, text_start: first character of the marker and of its title.
        value: its number.
        doubtful: `3.5` may be a figure; a heading only in the middle of a list.
        title: for an annex whose title stands on the next line, [start, end) of that title.
    """

    start: int
    text_start: int
    family: Family
    value: int
    place: Place
    doubtful: bool = False
    title: Span | None = None


BLANK = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"
LINE_END = "\r\n\x0b\x0c\x85\u2028\u2029"
ORNAMENT = "-#*•●◆■▲★☆"
_STOP = "。；;：:！!？?…"
_HAN = "一二三四五六七八九十"
_NUMERAL = rf"[{_HAN}]{{1,3}}"
_BEFORE = "(?<![^" + LINE_END + "|" + re.escape(BLANK + ORNAMENT + _STOP) + ".．，,”’）)》])"
_MARKER = pattern(
    rf"""(?=[第{_HAN}(（〈〔【0-9０-９①-⒛首其再最]){_BEFORE}(?:
    (?P<part>第{_NUMERAL}(?:部分|[编篇]))
   |(?P<chapter>第{_NUMERAL}章)
   |(?P<article>第{_NUMERAL}节)
   |(?P<comma>{_NUMERAL}[ \u3000]?[、．.﹒，,])
   |(?P<item>{_NUMERAL}[ \u3000\u00a0]?是)
   |(?P<bracket>[(（〈〔【][ \u3000]?{_NUMERAL}[ \u3000]?[)）〉〕】][、.．]?)
   |(?P<digit>[0-9０-９]{{1,3}}[ \u3000]?[、．.﹒]|[⒈-⒛])
   |(?P<digit_bracket>[(（][ ]?[0-9０-９]{{1,2}}[ ]?[)）][、.．]?|[0-9]{{1,2}}[)）]|[⑴-⒇])
   |(?P<circle>[①-⑳])
   |(?P<ordinal>第[{_HAN}][，,、])
   |(?P<first>首先|其次|再次|最后)[，,]
    )""",
    re.VERBOSE,
)
_FAMILIES = {family.name.lower(): family for family in Family if family is not Family.BARE}
_LOOK_AHEAD = 14  # characters after a marker that tell whether a title begins there


def find(text: str, body: Span) -> list[Mark]:
    """Find all marks of the body, in order of place."""
    return [mark for match in _MARKER.finditer(text, body.start, body.end) if (mark := _mark(text, body, match))]


def _mark(text: str, body: Span, match: re.Match[str]) -> Mark | None:
    place = _place(text, body, match.start())
    if place is None:
        return None
    after = match.end()
    while after < body.end and text[after] in BLANK:
        after += 1
    rest = text[after : min(after + _LOOK_AHEAD, body.end)]
    mark = Mark(match.start(), after, _FAMILIES[match.lastgroup or ""], _value(match[0]), place)
    if not _may_follow(rest, mark, match[0]):
        return None
    if mark.family is Family.DIGIT and after == match.end() and rest[0].isdigit() and not _YEAR.match(rest):
        return Mark(mark.start, after, mark.family, mark.value, place, doubtful=True)
    return mark


def _place(text: str, body: Span, start: int) -> Place | None:
    at = start
    while at > body.start and text[at - 1] in BLANK:
        at -= 1
    gap = at < start
    while at > body.start and text[at - 1] in ORNAMENT + BLANK:
        at -= 1
    if at == body.start or text[at - 1] in LINE_END or text[at - 1] == "|":
        return Place.LINE
    before = text[at - 1]
    if before in "”’）)》" and text[at - 2] in "。；！？":
        before = text[at - 2]
    if before in _STOP or (before in ".．" and is_han(text[at - 2])):
        return Place.STOP
    if before in "，,":
        return Place.COMMA
    return Place.GAP if gap else None


def is_han(char: str) -> bool:
    """Tell whether a character is a Chinese one of the common block."""
    return "\u4e00" <= char <= "\u9fff"


# --- the number of a marker -------------------------------------------------------------------------------------

_FIRSTS = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
_RINGS = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"))
_DIGITS = pattern(r"[0-9０-９]+")
_NUMERALS = pattern(rf"[{_HAN}]+")


def _value(marker: str) -> int:
    for first, last in _RINGS:
        if first <= marker[0] <= last:
            return ord(marker[0]) - ord(first) + 1
    if marker[:2] in _FIRSTS:
        return _FIRSTS[marker[:2]]
    digits = _DIGITS.search(marker)
    if digits:
        return int(digits[0])
    numeral = _NUMERALS.search(marker)
    return _han_value(numeral[0]) if numeral else 0


def _han_value(numeral: str) -> int:
    """Read 一 to 九十九; `十二` is 12, `二十` 20."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _HAN.index(numeral[0]) + 1
    return 10 * (_HAN.index(tens[0]) + 1 if tens else 1) + (_HAN.index(ones[0]) + 1 if ones else 0)


# --- what may follow a marker -----------------------------------------------------------------------------------

_NO_TITLE = "，。；：、,;:.)）》”!！?？%％|=＝+*/"
_YEAR = pattern(r"(?:19|20)[0-9]{2} ?年")
_RANGE = pattern(rf"[{_HAN}](?:[级季类产、期线审甲等层楼]|是非)")
_NO_ITEM = pattern(r"[否非]|一[、，,是]|二[、，,是]")  # 一是一,二是二


def _may_follow(rest: str, mark: Mark, marker: str) -> bool:
    """Tell whether `rest`, the next few characters after a marker, can be the beginning of a title."""
    if not rest or rest[0] in LINE_END:
        # A marker alone on its line: a line broken by a converter (一、 / 基本情况). Sure kinds only.
        return mark.place is Place.LINE and mark.family in (Family.COMMA, Family.BRACKET)
    if rest[0] in _NO_TITLE:
        return False
    match mark.family:
        case Family.COMMA:
            if marker[-1] in "，,." and mark.place is not Place.LINE:
                return False  # pages that write 一,加强领导 for 一、 do so on a line of its own
            # 一、二级响应; 一、二、三产业
            return not (_RANGE.match(rest) and _HAN.find(rest[0]) == mark.value)
        case Family.DIGIT:
            # 3.5万 is no marker, 1.2023年 may be one, 5.2所诺贝尔奖实验室 only between 4. and 6.
            return not rest[0].isdigit() or _YEAR.match(rest) is not None or mark.place is Place.LINE
        case Family.DIGIT_BRACKET:
            return any(is_han(char) for char in rest)  # (2) x = y
        case Family.ITEM:
            return not _NO_ITEM.match(rest)
        case Family.ORDINAL:
            return rest[0] != "第"  # 第一、第二产业
    return True


def outside(marks: Sequence[Mark], removed: Sequence[Span]) -> list[Mark]:
    """Leave out the marks inside removed stretches; both in order of place."""
    kept = []
    at = 0
    for mark in marks:
        while at < len(removed) and removed[at].end <= mark.start:
            at += 1
        if at == len(removed) or mark.start < removed[at].start:
            kept.append(mark)
    return kept
