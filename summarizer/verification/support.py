"""A right figure on a wrong statement: do the words around a reference speak of that figure, or of its neighbour?

The words around each reference are held against what is known of the figures it might be confused with: the clause
around each in the report, and what both engines call it. Pairs of characters carry Chinese, words without endings carry
English; what is nearer to the figure weighs more, and what many neighbours share weighs little. A figure is doubted
when another one fits its place clearly better and is not told elsewhere in the text, or when two figures of one text
would fit clearly better the other way round. Texts tell figures in the report's order and each once: one that does not
is doubted on less.

What it catches and what it does not is measured by `benchmarks/liar.py`; see docs/VERIFICATION.md.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.brief import Finding, Severity, Where
from summarizer.display import display
from summarizer.document import Kind, Quantity
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, DraftLabel, DraftProse
from summarizer.verification.finding import Case, quoted

Bag = Mapping[str, float]

_REFERENCE = re.compile(f"{REF_OPEN}(\\d+){REF_CLOSE}")
_CLAUSE_ZH = re.compile(r"[，。；：！？,;:、（）()\n]")
_SENTENCE_ZH = re.compile(r"[。；！？;\n]")
_BOUND_EN = re.compile(r"[.;:()](?=\s|$)|, (?=and |with |of which |while )|[()]")
_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9.]+")
_WORD = re.compile(r"[a-z][a-z0-9.]+")
_ENDING = re.compile(r"(?:ies|ied|es|s|ed|ing|ion|ions|ment|ments|e|y)$")
_STOP = frozenset(
    "the a an of in to and for by on with from at were was is are be been has have had which that this these its "
    "their as number total amount it or not also each per than up year over down under during all there".split()
)
_SAYS_NOTHING = re.compile(r"数量|总数|总量|金额|[0-9]+年")
_REACH_ZH, _REACH_EN = 24, 16  # characters and words that are looked at on each side
_HALF_ZH, _HALF_EN = 7.0, 5.0  # the distance at which a word weighs half
_NEIGHBOURS = 8  # figures before and after in the report that a reference may be confused with
_UNSEEN = 0.5  # weight of a word that no candidate has
_LITTLE = 0.3  # keeps a place of few words from saying much
_FEW = 12  # a pair of characters that more figures share says little of any

MARGIN = 0.36
LABEL_MARGIN = 0.25
_ORDER = 0.12  # what order and single mention are worth against words
_SLOT = 0.25  # what a noun after the figure is worth, or its lack
_SORT = 0.2  # what a word of ranking or change beside the figure is worth, or its lack

# Words that belong to one sort of figure.
_CUES: Mapping[str, re.Pattern[str]] = {
    "rank": re.compile(r"排名|排序|名列|位列|列第|位居|居[^民住]|位次|名次|\brank"),
    "change": re.compile(
        r"同比|环比|增[长加幅速至到]|[上提]升|提高|下降|减少|降[低幅至到]|改善|[涨跌]幅"
        r"|\b(?:rose|fell|fall|increas|decreas|improve|declin|drop|up by|down by|reduc|year on year|year-on-year)"
    ),
}


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is known of one figure.

    Attributes:
        left, right: features of its clause in the report, before and after it, and of its Chinese labels.
        en: features of its English labels.
        has_unit: whether its English brings a unit along, so that no noun follows.
        sorts: the names of `_CUES` it belongs to.
        shown: how it reads; figures that read alike cannot be confused.
    """

    left: frozenset[str]
    right: frozenset[str]
    en: frozenset[str]
    has_unit: bool
    sorts: frozenset[str]
    shown: str


@dataclass(frozen=True, slots=True)
class _Place:
    """One reference of a text.

    Attributes:
        figure: the position it refers to.
        left, right, en: weighted features of the words around it.
        noun: whether a noun follows it in English; None when that cannot be told.
        sorts: the names of `_CUES` whose words stand around it.
    """

    figure: int
    left: Bag
    right: Bag
    en: Bag
    noun: bool | None
    sorts: frozenset[str]


def support(case: Case) -> Iterator[Finding]:
    """A warning for each reference whose words fit another figure clearly better than its own.

    Runs only where a model wrote the prose: extracted sentences cannot be about another figure than their own.
    """
    if not case.draft.second:
        return
    quantities = case.reading.numbers.quantities
    profiles = _profiles(case)
    # An overview is made of sentences of the summaries, and may hold one in two places.
    told: set[tuple[str | None, int, int]] = set()
    for section, prose in _proses(case):
        for n, other in doubts(prose, profiles, _near(case, prose)):
            if (section, n, other) in told:
                continue
            told.add((section, n, other))
            q, o = quantities[n], quantities[other]
            where = Where(section=section, metric=f"m{n + 1}", start=q.start, end=q.end)
            message = (
                f"the words around {quoted(q, case.text)}{'' if section else ' in the overview'} speak rather of "
                f"{quoted(o, case.text)}; "
                "compare with the sentence it comes from"
            )
            yield Finding(Severity.WARNING, "unsupported", where, message)
    for n, other in label_doubts(case, profiles):
        q, o = quantities[n], quantities[other]
        where = Where(metric=f"m{n + 1}", start=q.start, end=q.end)
        message = (
            f"the label of {quoted(q, case.text)}, {case.draft.labels[n].zh}, speaks rather of {quoted(o, case.text)}; "
            "compare with the sentence it comes from"
        )
        yield Finding(Severity.WARNING, "unsupported_label", where, message)


def label_doubts(case: Case, profiles: Sequence[_Profile]) -> list[tuple[int, int]]:
    """Pairs of figures whose labels by the model would fit better the other way round.

    A label is held against the clause of a figure in the report and against what the second reader calls it.
    """
    quantities = case.reading.numbers.quantities
    evidence = [_evidence(case, n) for n in range(len(quantities))]
    labels = {n: _label_place(n, label) for n, label in case.draft.labels.items() if n < len(quantities) and label.zh}
    holders: dict[str, list[int]] = {}
    for c, profile in enumerate(evidence):
        for pair in profile.left:
            holders.setdefault(pair, []).append(c)
    fit = _Fit(dict(enumerate(evidence)))
    found: dict[int, tuple[float, int]] = {}
    for n, mine in labels.items():
        alike = Counter(c for f in mine.left if len(at := holders.get(f, ())) <= _FEW for c in at)
        near = {c for c, shared in alike.items() if shared > 1}
        near.update(range(max(0, n - _NEIGHBOURS), min(len(quantities), n + _NEIGHBOURS + 1)))
        for c in sorted(near):
            other = labels.get(c)
            if other is None or c == n or profiles[c].shown == profiles[n].shown:
                continue
            gain = fit(mine, c) - fit(mine, n) + fit(other, n) - fit(other, c)
            if gain > LABEL_MARGIN and (n not in found or gain > found[n][0]):
                found[n] = (gain, c)
    return [(n, other) for n, (_, other) in sorted(found.items())]


def _evidence(case: Case, n: int) -> _Profile:
    second = case.draft.second.get(n)
    before, after = _clause(case, n)
    zh = _pairs_of(before) | _pairs_of(after) | _pairs_of(_plainly(second.zh) if second else "")
    q = case.reading.numbers.quantities[n]
    return _Profile(zh, zh, frozenset(_words_of(second.en if second else "")), False, _sort_of(q), "")


def _label_place(n: int, label: DraftLabel) -> _Place:
    pairs = dict.fromkeys(_pairs_of(_plainly(label.zh)), 1.0)
    return _Place(n, pairs, {}, dict.fromkeys(_words_of(label.en), 1.0), None, _sorts(label.zh, label.en))


def _plainly(label: str) -> str:
    return _SAYS_NOTHING.sub(" ", label)


def _sort_of(quantity: Quantity) -> frozenset[str]:
    return frozenset(name for name in _CUES if name == quantity.kind.value)


def doubts(prose: DraftProse, profiles: Sequence[_Profile], near: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs (figure, the figure that its words fit better), each figure once."""
    places = _places(prose, len(profiles))
    if not places:
        return []
    told = [p.figure for p in places]
    candidates = sorted({*near, *told})
    fit = _Fit({c: profiles[c] for c in candidates})
    own = [fit(p, p.figure) + _orderly(told, k, p.figure) for k, p in enumerate(places)]
    found: dict[int, tuple[float, int]] = {}

    def doubt(k: int, other: int, gain: float) -> None:
        n = told[k]
        if gain > MARGIN and (n not in found or gain > found[n][0]):
            found[n] = (gain, other)

    for k, place in enumerate(places):
        for c in candidates:
            if c not in told and profiles[c].shown != profiles[place.figure].shown:
                doubt(k, c, fit(place, c) + _orderly(told, k, c) - own[k])
    for i, one in enumerate(places):
        for j in range(i + 1, len(places)):
            other = places[j]
            if profiles[one.figure].shown == profiles[other.figure].shown:
                continue
            turned = [*told]
            turned[i], turned[j] = told[j], told[i]
            gain = (
                fit(one, other.figure) + _orderly(turned, i, other.figure) - own[i]
                + fit(other, one.figure) + _orderly(turned, j, one.figure) - own[j]
            )  # fmt: skip
            doubt(i, told[j], gain)
            doubt(j, told[i], gain)
    return [(n, other) for n, (_, other) in sorted(found.items())]


def _orderly(told: Sequence[int], k: int, figure: int) -> float:
    """Does a figure at place k stand in the report's order, and once?"""
    before, after = told[:k][-1:], told[k + 1 : k + 2]
    in_order = all(b < figure for b in before) and all(figure < a for a in after)
    once = all(f != figure for i, f in enumerate(told) if i != k)
    return _ORDER * (in_order + 2 * once)


class _Fit:
    """How well the words of a place fit a figure, among the candidates for it."""

    def __init__(self, candidates: Mapping[int, _Profile]) -> None:
        profiles = candidates.values()
        self._of = candidates
        self._zh = _rarity([p.left | p.right for p in profiles])
        self._en = _rarity([p.en for p in profiles])
        self._weighed: dict[int, tuple[_Place, Bag, Bag, float, Bag, float]] = {}
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, place: _Place, figure: int) -> float:
        key = (id(place), figure)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._score(place, self._of[figure])
        return known

    def _score(self, place: _Place, p: _Profile) -> float:
        if id(place) not in self._weighed:
            left, right, en = (
                _weighed(place.left, self._zh), _weighed(place.right, self._zh), _weighed(place.en, self._en)
            )  # fmt: skip
            total_zh, total_en = math.fsum([*left.values(), *right.values()]), math.fsum(en.values())
            self._weighed[id(place)] = place, left, right, total_zh, en, total_en
        _, left, right, total_zh, en, total_en = self._weighed[id(place)]
        zh = _held(left, p.left) + _held(right, p.right)
        slot = 0.0 if place.noun is None else _SLOT * (place.noun != p.has_unit)
        sort = _SORT * sum((name in place.sorts) == (name in p.sorts) for name in _CUES)
        return zh / (total_zh + _LITTLE) + _held(en, p.en) / (total_en + _LITTLE) + slot + sort


def _weighed(bag: Bag, rarity: Bag) -> Bag:
    return {feature: weight * rarity.get(feature, _UNSEEN) for feature, weight in bag.items()}


def _held(bag: Bag, profile: frozenset[str]) -> float:
    # fsum: sets have no order, and the last bits of a sum must not depend on it.
    return math.fsum([bag[feature] for feature in bag.keys() & profile])


def _rarity(profiles: Sequence[frozenset[str]]) -> Bag:
    seen = Counter(f for p in profiles for f in p)
    n = len(profiles)
    return {f: math.log((n + 1) / count) + 0.05 for f, count in seen.items()}


def _places(prose: DraftProse, known: int) -> list[_Place]:
    zh = [(n, left, right) for n, left, right in _sides(prose.zh, _CLAUSE_ZH) if n < known]
    en = [(n, left, right) for n, left, right in _sides(prose.en, _BOUND_EN) if n < known]
    twins: dict[int, list[tuple[str, str]]] = {}
    for n, left, right in en:
        twins.setdefault(n, []).append((left, right))
    found = []
    for n, left, right in zh:
        waiting = twins.get(n)
        en_left, en_right = waiting.pop(0) if waiting else ("", "")
        words, behind = _words(en_left, before=True), _words(en_right, before=False)
        for word, weight in behind.items():
            words[word] = words.get(word, 0.0) + weight
        found.append(
            _Place(
                figure=n,
                left=_pairs(left, before=True),
                right=_pairs(right, before=False),
                en=words,
                noun=_noun_follows(en_right) if waiting is not None else None,
                # `was [7], ranking [8]`: what follows a comma belongs to the next figure.
                sorts=_sorts(left, right[:8], en_left, en_right.partition(",")[0][:24]),
            )
        )
    return found


def _sides(text: str, bound: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """For each reference, what stands before and after it in its clause, up to the references beside it."""
    matches = list(_REFERENCE.finditer(text))
    cuts = [m.span() for m in bound.finditer(text)]
    starts, ends = [a for a, _ in cuts], [b for _, b in cuts]
    for k, match in enumerate(matches):
        at = bisect_right(ends, match.start()) - 1
        left = max(ends[at] if at >= 0 else 0, matches[k - 1].end() if k else 0)
        at = bisect_left(starts, match.end())
        right = min(
            starts[at] if at < len(starts) else len(text), matches[k + 1].start() if k + 1 < len(matches) else len(text)
        )
        yield int(match[1]), text[left : match.start()], text[match.end() : right]


def _pairs(text: str, *, before: bool) -> Bag:
    """Pairs of characters, the nearer to the figure the heavier; the one beside the figure also alone."""
    found: dict[str, float] = {}
    text = text[-_REACH_ZH:] if before else text[:_REACH_ZH]
    for run in _RUN.finditer(text):
        for i in range(run.start(), max(run.start() + 1, run.end() - 1)):
            distance = len(text) - min(i + 2, run.end()) if before else i
            pair = text[i : min(i + 2, run.end())]
            found[pair] = max(found.get(pair, 0.0), 0.5 ** (distance / _HALF_ZH))
    return found


def _words(text: str, *, before: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    words = [w for w in _WORD.findall(text.lower()) if w not in _STOP]
    for distance, word in enumerate(reversed(words) if before else words):
        if distance < _REACH_EN:
            stem = _stem(word)
            found[stem] = max(found.get(stem, 0.0), 0.5 ** (distance / _HALF_EN))
    return found


def _stem(word: str) -> str:
    short = _ENDING.sub("", word)
    return short if len(short) > 2 else word


_NO_NOUN = re.compile(
    r"\s*(?:$|[,.;:)]|(?:of|in|and|or|were|was|is|are|on|with|at|from|for|to|by|as|than|respectively|year|among|during|over|"
    r"compared|while|which|that|who|had|has|have|being|including|when|within|under|across|after|before|between|not|did|"
    r"month|through|also|but|out|per|against|since|into|this|the|a|an|each)\b)"
)


def _noun_follows(after: str) -> bool:
    return _NO_NOUN.match(after) is None


def _profiles(case: Case) -> list[_Profile]:
    quantities = case.reading.numbers.quantities
    found = []
    for n, q in enumerate(quantities):
        labels = [label for label in (case.draft.labels.get(n), case.draft.second.get(n)) if label]
        before, after = _clause(case, n)
        own: set[str] = set()
        for label in labels:
            own.update(_pairs_of(_plainly(label.zh)))
        en = frozenset(w for label in labels for w in _words_of(label.en))
        shown = display(q, case.text)
        found.append(
            _Profile(
                frozenset(own | _pairs_of(before)),
                frozenset(own | _pairs_of(after)),
                en,
                _brings_unit(q, shown.en or ""),
                _sort_of(q),
                f"{shown.zh}\n{shown.en}",
            )
        )
    return found


def _sorts(*texts: str) -> frozenset[str]:
    low = "\n".join(texts).lower()
    return frozenset(name for name, cue in _CUES.items() if cue.search(low))


def _brings_unit(quantity: Quantity, shown: str) -> bool:
    """`CNY 15`, `16.2%`, `307 days`, `1st`, `none` take no noun; `15` and `more than 15` do."""
    last = shown.split()[-1] if shown else ""
    if quantity.kind is Kind.RANK or not quantity.unit or not last[-1:].isdigit():
        return True  # an index of 4.73 counts nothing
    return shown.startswith("CNY")


def _pairs_of(text: str) -> frozenset[str]:
    return frozenset(r[i : i + 2] for r in _RUN.findall(text) for i in range(max(1, len(r) - 1)))


def _words_of(text: str) -> Iterator[str]:
    return (_stem(w) for w in _WORD.findall(text.lower()) if w not in _STOP)


def _clause(case: Case, n: int) -> tuple[str, str]:
    """The clause of a figure in the report, between the figures beside it: before and after it."""
    text = case.text
    quantities = case.reading.numbers.quantities
    q = quantities[n]
    left = max(q.start - 2 * _REACH_ZH, quantities[n - 1].end if n else 0)
    right = min(q.end + _REACH_ZH, quantities[n + 1].start if n + 1 < len(quantities) else len(text))
    if left > q.start or right < q.end:  # the ends of a range share their place
        left, right = min(left, q.start), max(right, q.end)
    before = text[left : q.start]
    cuts = [m.end() for m in _CLAUSE_ZH.finditer(before) if m.end() < len(before)]
    after = text[q.end : right]
    stop = _CLAUSE_ZH.search(after)
    return before[cuts[-1] if cuts else 0 :], after[: stop.start()] if stop else after


def _near(case: Case, prose: DraftProse) -> list[int]:
    """The figures of the sentences a prose rests on, and those around the figures it refers to."""
    quantities = case.reading.numbers.quantities
    starts = [q.number.start for q in quantities]
    found: set[int] = set()
    for a, b in prose.sentences:
        found.update(range(bisect_left(starts, a), bisect_left(starts, b)))
    for match in _REFERENCE.finditer(prose.zh):
        n = int(match[1])
        found.update(range(max(0, n - _NEIGHBOURS), min(len(quantities), n + _NEIGHBOURS + 1)))
    return sorted(found)


def _proses(case: Case) -> Iterator[tuple[str | None, DraftProse]]:
    for id_, section in case.draft.sections.items():
        if section.summary:
            yield id_, section.summary
        for point in section.key_points:
            yield id_, point
    overview = case.draft.overview
    for prose in (
        overview.text,
        *overview.achievements,
        *overview.problems,
        *overview.plans,
        *overview.fields.values(),
    ):
        yield None, prose
