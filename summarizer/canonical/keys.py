"""The canonical keys of all figures of one report."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.canonical.area import area_of
from summarizer.canonical.catalogue import Catalogue
from summarizer.canonical.matching import Figure, Matcher, names_of_change
from summarizer.document import Kind, Masthead, Quantity, Section, Span
from summarizer.patterns import pattern
from summarizer.units import family

_LEVELS = (Kind.ACTUAL, Kind.TARGET)
_PART = pattern("其中|包括|[（(]含")
_TO_BREAK = pattern(r"[^，,、；;。！!\n（(\d]*")
_NEAR = 40
_UP_TO_BREAK = pattern(r"(?s).*[，,；;：:。！!、\n]")  # all up to the last of them
_MONTHS = pattern(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)")
_YEAR = pattern(r"\d{4}(?:-12-31)?|previous")


def keys_of(
    text: str,
    quantities: Sequence[Quantity],
    labels: Mapping[int, str],
    sentences: Sequence[Span],
    sections: Sequence[Section],
    masthead: Masthead,
    catalogue: Catalogue,
) -> list[str | None]:
    """The key of each quantity, None where nothing fits surely.

    `labels` say what a quantity counts in the words of the report, by its position; without one it gets no key.
    """
    if not catalogue:
        return [None] * len(quantities)
    matcher = Matcher(catalogue, area_of(masthead.issuer, masthead.title))
    starts = [s.start for s in sentences]
    heading = _Headings(sections)
    found: list[str | None] = []
    beside: list[str | None] = []  # key of the level right before each figure in its sentence
    sentence = _Sentence(-1, 0)
    for n, q in enumerate(quantities):
        at = bisect_right(starts, q.start) - 1
        if at < 0 or q.start >= sentences[at].end:
            found.append(None)
            beside.append(None)
            continue
        if at != sentence.number:
            sentence = _Sentence(at, sentences[at].start)
        beside.append(sentence.next_to)
        told = text[sentences[at].start : q.start]
        broken = _UP_TO_BREAK.match(told)
        before = text[max(sentence.end, sentences[at].start + (broken.end() if broken else 0)) : q.start]
        unsure = sentence.is_dealt_out(q, before) or sentence.is_other(q)
        key = None
        if n in labels and not unsure and _covers_a_year(q.period):
            after = _TO_BREAK.match(text, q.end, min(sentences[at].end, q.end + _NEAR))
            around = told + after[0] if after else told
            figure = Figure(
                q, labels[n], before, told, around, heading.above(q.start), sentence.orphan, sentence.next_to
            )
            key = matcher.key_of(figure, sentence.key)
            if q.kind in _LEVELS and key == sentence.key and _PART.search(told):
                key = None  # a part of what the sentence counted before
        found.append(key)
        sentence.went_past(q, key)
    return _settled(found, beside, quantities)


@dataclass(slots=True)
class _Sentence:
    """What the figures of a sentence leave for the next: where the last ended, the last key, the last level's unit."""

    number: int
    end: int
    key: str | None = None
    unit: str = ""
    next_to: str | None = None
    dealing: bool = False
    orphan: bool = False

    def is_other(self, q: Quantity) -> bool:
        """学位增加4.7万个，三甲医院10家: the second change is of something else than the first."""
        return q.kind is Kind.CHANGE and not q.stated_in_words and q.unit not in ("%", "百分点", "倍", self.unit)

    def is_dealt_out(self, q: Quantity, before: str) -> bool:
        """立案412件，罚款4560万元，同比分别下降8.5%和12.1%: which is of which is not told by the words beside them."""
        said = (names_of_change(before) if q.kind is Kind.CHANGE else before).strip("、和及与")
        if "分别" in before:
            self.dealing = q.kind is not Kind.CHANGE or not said
        elif said:
            self.dealing = False
        return self.dealing and q.kind is Kind.CHANGE

    def went_past(self, q: Quantity, key: str | None) -> None:
        self.end = max(self.end, q.end)
        self.key = key or self.key
        self.next_to = None if q.kind is Kind.CHANGE else key
        if q.kind in _LEVELS:
            self.unit = q.unit
            self.orphan = key is None


class _Headings:
    """The headings above a place, asked for in rising order."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._stack: list[Section] = []
        self._at = 0
        self._joined = ""

    def above(self, place: int) -> str:
        """All headings above, outermost first."""
        changed = False
        while self._at < len(self._sections) and self._sections[self._at].start <= place:
            self._stack.append(self._sections[self._at])
            self._at += 1
            changed = True
        while self._stack and self._stack[-1].end <= place:
            self._stack.pop()
            changed = True
        if changed:
            while len(self._stack) > 1 and self._stack[-2].end <= place:
                del self._stack[-2]
            self._joined = " ".join(s.title for s in self._stack if s.start <= place < s.end)
        return self._joined


def _covers_a_year(period: str | None) -> bool:
    """A whole year, or most of one: a month, a quarter, several years are none."""
    if period is None or _YEAR.fullmatch(period):
        return True
    months = _MONTHS.fullmatch(period)
    if not months:
        return False
    first, begin, last, end = months.groups()
    return first == last and int(end) - int(begin) >= 8


def _settled(keys: list[str | None], beside: Sequence[str | None], quantities: Sequence[Quantity]) -> list[str | None]:
    """Takes the key from figures that say different things of one metric in one period.

    Of changes, those right behind the level they change (生产总值6765亿元，增长14.7%) win over the others.
    """
    rivals: dict[tuple[str, Kind, str, str | None], list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        q = quantities[n]
        if key and q.bound is None:
            rivals[key, q.kind, family(q.unit), q.period].append(n)
    for several in rivals.values():
        sure = [n for n in several if quantities[n].kind is Kind.CHANGE and beside[n] == keys[n]]
        kept = sure if sure and _agree(sure, quantities) else several if _agree(several, quantities) else []
        for n in set(several) - set(kept):
            if not any(_agree([n, k], quantities) for k in kept):
                keys[n] = None
    return keys


def _agree(several: Sequence[int], quantities: Sequence[Quantity]) -> bool:
    return len({(quantities[n].value, quantities[n].unit) for n in several}) == 1
