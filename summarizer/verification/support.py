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
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summarizer.brief import Finding, Severity, Where
from summarizer.engines.protocol import DraftProse
from summarizer.verification.finding import Case, quoted
from summarizer.verification.places import (
    CUES,
    REFERENCE,
    Bag,
    Place,
    Profile,
    evidence_of,
    label_place,
    places_of,
    profiles_of,
)

_NEIGHBOURS = 8  # figures before and after in the report that a reference may be confused with
_UNSEEN = 0.5  # weight of a word that no candidate has
_LITTLE = 0.3  # keeps a place of few words from saying much
_FEW = 12  # a pair of characters that more figures share says little of any

MARGIN = 0.36
LABEL_MARGIN = 0.25
_ORDER = 0.12  # what order and single mention are worth against words
_SLOT = 0.25  # what a noun after the figure is worth, or its lack
_SORT = 0.2  # what a word of ranking or change beside the figure is worth, or its lack


def support(case: Case) -> Iterator[Finding]:
    """A warning for each reference whose words fit another figure clearly better than its own.

    Runs only where a model wrote the prose: extracted sentences cannot be about another figure than their own.
    """
    if not case.draft.second:
        return
    quantities = case.reading.numbers.quantities
    profiles = profiles_of(case)
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


def label_doubts(case: Case, profiles: Sequence[Profile]) -> list[tuple[int, int]]:
    """Pairs of figures whose labels by the model would fit better the other way round.

    A label is held against the clause of a figure in the report and against what the second reader calls it.
    """
    quantities = case.reading.numbers.quantities
    evidence = [evidence_of(case, n) for n in range(len(quantities))]
    labels = {n: label_place(n, label) for n, label in case.draft.labels.items() if n < len(quantities) and label.zh}
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


def doubts(prose: DraftProse, profiles: Sequence[Profile], near: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs (figure, the figure that its words fit better), each figure once."""
    places = places_of(prose, len(profiles))
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

    def __init__(self, candidates: Mapping[int, Profile]) -> None:
        profiles = candidates.values()
        self._of = candidates
        self._zh = _rarity([p.left | p.right for p in profiles])
        self._en = _rarity([p.en for p in profiles])
        self._weighed: dict[int, tuple[Place, Bag, Bag, float, Bag, float]] = {}
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, place: Place, figure: int) -> float:
        key = (id(place), figure)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._score(place, self._of[figure])
        return known

    def _score(self, place: Place, p: Profile) -> float:
        if id(place) not in self._weighed:
            left, right, en = (
                _weighed(place.left, self._zh), _weighed(place.right, self._zh), _weighed(place.en, self._en)
            )  # fmt: skip
            total_zh, total_en = math.fsum([*left.values(), *right.values()]), math.fsum(en.values())
            self._weighed[id(place)] = place, left, right, total_zh, en, total_en
        _, left, right, total_zh, en, total_en = self._weighed[id(place)]
        zh = _held(left, p.left) + _held(right, p.right)
        slot = 0.0 if place.noun is None else _SLOT * (place.noun != p.has_unit)
        sort = _SORT * sum((name in place.sorts) == (name in p.sorts) for name in CUES)
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


def _near(case: Case, prose: DraftProse) -> list[int]:
    """The figures of the sentences a prose rests on, and those around the figures it refers to."""
    quantities = case.reading.numbers.quantities
    starts = [q.number.start for q in quantities]
    found: set[int] = set()
    for a, b in prose.sentences:
        found.update(range(bisect_left(starts, a), bisect_left(starts, b)))
    for match in REFERENCE.finditer(prose.zh):
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
