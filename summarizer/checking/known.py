"""Names and dates of a stretch: the only numbers a text may hold, and only in their whole form.

三项制度 of the report allows 三项制度 in Chinese, not 三项; 2024年9月29日 allows 2024年, 9月29日 and 29 September 2024;
PM2.5 allows PM2.5; 十四五 allows 14th Five-Year Plan, since the glossary says so; 五区 allows "five districts".
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from summarizer import numerals
from summarizer.checking.plain import lower, plain
from summarizer.document import DismissalReason, Dismissed, Span
from summarizer.glossary import Glossary
from summarizer.quantities import dates
from summarizer.quantities.alphabet import HAN
from summarizer.records import record

Part = tuple[int | None, int | None, int | None]

_TELLABLE: Final = (DismissalReason.NAME, DismissalReason.DOCNO, DismissalReason.VAGUE)
_QUOTES: Final = frozenset("“”‘’\"'「」『』《》〈〉 \u3000\u00a0")
_STOPS: Final = frozenset("，,。；;：:！!？?\n\r\t|）)（(【】[]…\ue000\ue001")
_CONTEXT: Final = 6
_TERM_BEFORE, _TERM_AFTER = 10, 16
# Words that measure what happened: 三件 is a count wherever a name of the report begins with 三.
COUNTERS: Final = frozenset(
    "件起宗例项个份条次场期家户人名位批台辆套处座所栋间篇本册幅块支轮稿部枚张只头棵株艘架趟节亩吨元天"
)
_HAN_RUN: Final = re.compile(f"[{HAN}]+")
_TOKEN_CHARS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+")
_RUNS: Final = re.compile(rf"[0-9]+(?:[.,·][0-9]+)*|[{HAN}]+")
_DAY: Final = re.compile(r"([0-9]{1,2})[.·]([0-9]{1,2})")
_WORD: Final = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")

# English of the words that follow a numeral in names and in the structure of prose, where the glossary has none.
NOUNS: Final[dict[str, tuple[str, ...]]] = {
    "方面": ("area", "aspect", "respect", "front"),
    "环节": ("link", "stage", "step"),
    "层面": ("level",),
    "领域": ("field", "area", "sector"),
    "阶段": ("stage", "phase"),
    "方向": ("direction",),
    "区": ("district", "zone"),
    "市": ("city", "municipality"),
    "县": ("county",),
    "省": ("province",),
    "地": ("place", "region"),
    "级": ("level", "tier"),
    "轮": ("round",),
    "次": ("meeting", "session", "reading", "review", "deliberation", "time"),
    "审": ("instance", "reading", "review"),
    "届": ("session", "congress", "term"),
    "批": ("batch", "group"),
    "期": ("phase", "issue"),
    "号线": ("line",),
    "条": ("measure", "article", "line"),
    "项": ("measure",),
    "战": ("battle",),
    "大": ("major",),
    "法": ("law",),
    "中全会": ("plenary", "plenum"),
    "大以来": ("congress",),
    "热线": ("hotline",),
    "平台": ("platform",),
    "会": ("meeting", "conference"),
    "方": ("party",),
    "人": ("person",),
    "进": ("sector",),
    "小时": ("hour",),
    "行动": ("campaign", "action", "operation", "drive"),
    "任务": ("task",),
    "攻坚战": ("battle", "campaign"),
    "改革": ("reform",),
    "措施": ("measure",),
    "机制": ("mechanism",),
    "战略": ("strategy",),
    "工程": ("project", "program", "programme"),
    "清单": ("list", "inventory"),
}
# Codes with digits that English uses for what the report names in Chinese.
CODES: Final[dict[str, tuple[str, ...]]] = {
    "新冠": ("covid-19",),
    "新型冠状病毒": ("covid-19",),
    "细颗粒物": ("pm2.5",),
    "可吸入颗粒物": ("pm10",),
    "二氧化硫": ("so2",),
    "二氧化氮": ("no2",),
    "二氧化碳": ("co2",),
    "臭氧": ("o3",),
}
_SMALL: Final = frozenset(
    "the of and to in for a an on by at from with or is are was were as into per its their under".split()
)


class Name(NamedTuple):
    """A number of a name as the report writes it, with what stands around it (quotes and spaces left out)."""

    written: str
    left: str
    right: str
    reason: DismissalReason


@record
class Known:
    """What a stretch allows.

    Attributes:
        stretch: the text of the stretch without spaces, in plain characters.
        names: by the number as written.
        tokens: codes with Latin letters: pm2.5, no2, 5g (lower case).
        parts: every date as (year, month, day), None where it gives none.
        years: every year that a date names.
        pairs: a number word and its neighbour in the English of a name, as stems: ("three", "system").
        nouns: English stems that may follow a number word of this value: {5: {"district"}}.
        values: values of all numerals of names; a quoted or capitalised name may hold them.
        ordinals: values of 第三轮, 第53次, 二审.
    """

    stretch: str
    names: dict[str, tuple[Name, ...]]
    tokens: frozenset[str]
    parts: frozenset[Part]
    years: frozenset[int]
    pairs: frozenset[tuple[str, str]]
    nouns: dict[int, frozenset[str]]
    values: frozenset[int]
    ordinals: frozenset[int]

    def allows_date(self, first: Part, last: Part) -> bool:
        """Whether both ends of a date are dates of the stretch, whole or in part (2024年9月 of 2024年9月29日)."""
        return self._allows(first) and self._allows(last)

    def _allows(self, part: Part) -> bool:
        if part == (None, None, None):
            return False
        for known in self.parts:
            if all(mine is None or mine == theirs for mine, theirs in zip(part, known, strict=True)):
                return True
            # 2023年 ... 5月，印发: the year stands earlier in the stretch.
            if known[0] is None and part[0] in self.years and part[1] is not None and _fits(part[1:], known[1:]):
                return True
        return False


def _fits(mine: tuple[int | None, ...], theirs: tuple[int | None, ...]) -> bool:
    return all(a is None or a == b for a, b in zip(mine, theirs, strict=True))


@lru_cache(maxsize=64)
def known_of(text: str, stretch: tuple[Span, ...], dismissed: tuple[Dismissed, ...], glossary: Glossary) -> Known:
    """Collect the names and dates of a stretch."""
    names: dict[str, list[Name]] = {}
    tokens: set[str] = set()
    parts: set[Part] = set()
    pairs: set[tuple[str, str]] = set()
    nouns: dict[int, set[str]] = {}
    values: set[int] = set()
    ordinals: set[int] = set()
    for d in dismissed:
        written = _bare(plain(text[d.start : d.end]))
        if d.reason is DismissalReason.DATE:
            found = _dates_in(plain(text[d.start : d.end]))
            parts.update(found)
            if found:
                continue
        if d.reason not in _TELLABLE and d.reason is not DismissalReason.DATE:
            continue
        day = _DAY.fullmatch(written)
        if day and 1 <= int(day[1]) <= 12 and 1 <= int(day[2]) <= 31:
            parts.add((None, int(day[1]), int(day[2])))  # “4.15”国家安全教育日
        left, right = _around(text, d)
        for run in _RUNS.finditer(written):
            around = left_context(left + written[: run.start()]), right_context(written[run.end() :] + right)
            names.setdefault(run[0], []).append(Name(run[0], *around, d.reason))
        token = _token(text, d)
        if token:
            tokens.add(token)
        if d.reason is DismissalReason.VAGUE and written == "一":
            continue
        mine = _values(written)
        values.update(mine)
        if left.endswith("第") or right[:1] in ("审", "届") or right.startswith("中全会") or d.reason is _DOCNO:
            ordinals.update(mine)
        for phrase in _phrases(text, d, glossary):
            pairs.update(_pairs(phrase))
        for value in mine:
            nouns.setdefault(value, set()).update(_nouns_after(right, glossary))
    told = _bare(plain(" ".join(text[span.start : span.end] for span in stretch)))
    for word, codes in CODES.items():
        if word in told:
            tokens.update(codes)
    return Known(
        stretch=told,
        names={written: tuple(dict.fromkeys(found)) for written, found in names.items()},
        tokens=frozenset(tokens),
        parts=frozenset(parts),
        years=frozenset(part[0] for part in parts if part[0] is not None),
        pairs=frozenset(pairs),
        nouns={value: frozenset(found) for value, found in nouns.items()},
        values=frozenset(values),
        ordinals=frozenset(ordinals),
    )


_DOCNO: Final = DismissalReason.DOCNO


def stem(word: str) -> str:
    """A word of English without its plural: `districts` -> `district`, `cities` -> `city`, `batches` -> `batch`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def words_of(phrase: str) -> list[str]:
    """Words and numbers of an English phrase in lower case: `14th Five-Year Plan` -> 14th, five, year, plan."""
    return _WORD.findall(lower(phrase))


def _bare(text: str) -> str:
    return "".join([c for c in text if c not in _QUOTES])


def _around(text: str, d: Dismissed) -> tuple[str, str]:
    left = plain(text[max(0, d.start - 3 * _CONTEXT) : d.start])
    right = plain(text[d.end : d.end + 3 * _CONTEXT])
    return left_context(left), right_context(right)


def left_context(text: str) -> str:
    """The last characters of a text up to the first stop, quotes and spaces left out."""
    out: list[str] = []
    for char in reversed(text):
        if char in _STOPS or len(out) == _CONTEXT:
            break
        if char not in _QUOTES:
            out.append(char)
    return "".join(reversed(out))


def right_context(text: str) -> str:
    """The first characters of a text up to the first stop, quotes and spaces left out."""
    out: list[str] = []
    for char in text:
        if char in _STOPS or len(out) == _CONTEXT:
            break
        if char not in _QUOTES:
            out.append(char)
    return "".join(out)


def token_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The code of Latin letters, digits and . - + that holds a place: PM2.5, NO2, 7×24 not."""
    low = max(0, start - 20)
    while start > low and text[start - 1] in _TOKEN_CHARS:
        start -= 1
    high = min(len(text), end + 20)
    while end < high and text[end] in _TOKEN_CHARS:
        end += 1
    while end > start and text[end - 1] in ".-+":
        end -= 1
    while start < end and text[start] in ".-+":
        start += 1
    return start, end


def _token(text: str, d: Dismissed) -> str:
    near = plain(text[max(0, d.start - 20) : d.end + 20])
    at = d.start - max(0, d.start - 20)
    start, end = token_around(near, at, at + d.end - d.start)
    token = near[start:end]
    return token.lower() if any(c.isalpha() for c in token) and token.isascii() else ""


def _dates_in(text: str) -> tuple[Part, ...]:
    found: list[Part] = []
    at = 0
    while at < len(text):
        run = at
        while run < len(text) and text[run].isdigit():
            run += 1
        date = dates.date_at(text, at, run, len(text)) if run > at else None
        if date is None and text[at] in HAN:
            date = dates.han_date_at(text, at, len(text))
        if date is None:
            at = max(run, at + 1)
            continue
        found += [date.first, date.last]
        at = date.end
    return tuple(dict.fromkeys(found))


def _values(written: str) -> set[int]:
    """Values of a numeral of a name, whole and in its parts: 十四五 -> 14, 5; 12 -> 12."""
    found: set[int] = set()
    if written.isascii():
        return {int(written)} if written.isdigit() and len(written) < 8 else found
    for size in range(len(written), 0, -1):
        for at in range(len(written) - size + 1):
            try:
                value = numerals.parse(written[at : at + size])
            except ValueError:
                continue
            if value == value.to_integral_value() and value < 10**6:
                found.add(int(value))
    return found


def _phrases(text: str, d: Dismissed, glossary: Glossary) -> Iterator[str]:
    """English of every term of the glossary that stands over a number of the report."""
    low, high = max(0, d.start - _TERM_BEFORE), min(len(text), d.end + _TERM_AFTER)
    near, at, size = text[low:high], d.start - low, d.end - d.start
    for window in {near, near.replace("”", "").replace("“", "")}:
        place = at if window == near else at - sum(near[:at].count(q) for q in "“”")
        for start in range(place + 1):
            for end in range(place + size, len(window) + 1):
                if window[start:end] in glossary and (token := glossary.get(window[start:end])):
                    yield from filter(None, (token.en, token.noun, token.plural))


def _pairs(phrase: str) -> Iterator[tuple[str, str]]:
    words = words_of(phrase)
    for word, following in pairwise(words):
        yield word, stem(following)
        if word not in _SMALL:
            yield stem(word), following


def _nouns_after(right: str, glossary: Glossary) -> Iterator[str]:
    """Stems of the English of what follows a numeral: 项制度 -> system, 区 -> district."""
    for skip in range(min(3, len(right))):
        if skip and right[skip - 1] not in "项个大张条类种支次届号件":
            break
        for size in range(1, len(right) - skip + 1):
            term = right[skip : skip + size]
            yield from NOUNS.get(term, ())
            token = glossary.get(term) if size > 1 else None
            if token:
                for english in filter(None, (token.en, token.noun)):
                    yield from (stem(word) for word in words_of(english) if word not in _SMALL)
