"""A right figure on a wrong statement: do the words around a reference speak of that figure, or of its neighbour?

The words around each reference are held against what is known of every figure near it (its clause in the report, its
labels by both engines). Words that fit a neighbour clearly better than the figure itself are doubted. Characters in
pairs carry Chinese, words without endings carry English; pairs that many neighbours share weigh little.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.brief import Finding, Severity, Where
from summarizer.document import Quantity, Span
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, DraftProse
from summarizer.patterns import pattern
from summarizer.verification.finding import Case, quoted

_REFERENCE = pattern(f"{REF_OPEN}(\\d+){REF_CLOSE}")
_CLAUSE_ZH = pattern(r"[，。；：！？,;:、（）()]")
_BOUND_EN = pattern(r"[.;:()]|, (?=and |with |of which )")
_WORD = pattern(r"[a-z][a-z0-9.]+")
_ENDING = pattern(r"(?:ies|es|s|ed|ing|ion|ions|ment|ments)$")
_STOP = frozenset(
    "the a an of in to and for by on with from at were was is are be been has have had which that this these its their as "
    "number total amount it or not also each per than up year over down under during all".split()
)
_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is known of one figure: weighted features in each language."""

    zh: frozenset[str]
    en: frozenset[str]


def support(case: Case) -> Iterator[Finding]:
    """A warning for each reference whose words fit another figure of its section clearly better than its own.

    Runs only where a model wrote the prose: extracted sentences cannot be about another figure than their own.
    """
    if not case.draft.second:
        return
    quantities = case.reading.numbers.quantities
    profiles = [_profile(case, n, q) for n, q in enumerate(quantities)]
    for section, prose in _proses(case):
        for n, other in doubts(prose, profiles, _near(case, prose)):
            q, o = quantities[n], quantities[other]
            where = Where(section=section, metric=f"m{n + 1}", start=q.start, end=q.end)
            message = (
                f"the words around {quoted(q, case.text)} speak rather of {quoted(o, case.text)}; "
                f"compare with the sentence it comes from"
            )
            yield Finding(Severity.WARNING, "unsupported", where, message)


def doubts(prose: DraftProse, profiles: Sequence[_Profile], near: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs (figure, neighbour that the words fit better), each figure once."""
    candidates = sorted(set(near) | {int(m[1]) for m in _REFERENCE.finditer(prose.zh)})
    candidates = [c for c in candidates if c < len(profiles)]
    rarity_zh = _rarity([profiles[c].zh for c in candidates])
    rarity_en = _rarity([profiles[c].en for c in candidates])
    found: dict[int, int] = {}
    zh = dict(_around(prose.zh, _CLAUSE_ZH, _pairs))
    en = dict(_around(prose.en, _BOUND_EN, _words))
    for n in zh.keys() | en.keys():
        if n >= len(profiles):
            continue
        scores = {
            c: _fit(zh.get(n, Counter()), profiles[c].zh, rarity_zh)
            + _fit(en.get(n, Counter()), profiles[c].en, rarity_en)
            for c in candidates
        }
        best = max(scores, key=lambda c: (scores[c], c == n))
        if best != n and scores[best] > scores[n] + _MARGIN:
            found[n] = best
    return sorted(found.items())


def _fit(words: Counter[str], profile: frozenset[str], rarity: Mapping[str, float]) -> float:
    total = sum(rarity.get(w, 1.0) for w in words)
    return sum(rarity.get(w, 1.0) for w in words if w in profile) / total if total else 0.0


def _rarity(profiles: Sequence[frozenset[str]]) -> dict[str, float]:
    seen = Counter(f for p in profiles for f in p)
    n = len(profiles)
    return {f: math.log((n + 1) / count) + 0.1 for f, count in seen.items()}


def _around(
    text: str, bound: re.Pattern[str], features: "type[_pairs] | type[_words]"
) -> Iterator[tuple[int, Counter[str]]]:
    """For each reference, the features of its clause up to its neighbours in the clause."""
    matches = list(_REFERENCE.finditer(text))
    cuts = [m.end() for m in bound.finditer(text)]
    for k, match in enumerate(matches):
        left = max([c for c in cuts if c <= match.start()], default=0)
        right = min([c - 1 for c in cuts if c > match.end()], default=len(text))
        if k:
            left = max(left, matches[k - 1].end())
        if k + 1 < len(matches):
            right = min(right, matches[k + 1].start())
        yield int(match[1]), features.of(text[left : match.start()] + " " + text[match.end() : right])


class _pairs:  # noqa: N801
    @staticmethod
    def of(text: str) -> Counter[str]:
        runs = re.findall(r"[\u3400-\u9fffA-Za-z0-9.]+", text)
        return Counter(r[i : i + 2] for r in runs for i in range(max(1, len(r) - 1)))


class _words:  # noqa: N801
    @staticmethod
    def of(text: str) -> Counter[str]:
        return Counter(_ENDING.sub("", w) for w in _WORD.findall(text.lower()) if w not in _STOP)


def _profile(case: Case, n: int, quantity: Quantity) -> _Profile:
    labels = [label for label in (case.draft.labels.get(n), case.draft.second.get(n)) if label]
    zh = _clause(case, quantity) + " " + " ".join(label.zh for label in labels)
    en = " ".join(label.en for label in labels)
    return _Profile(frozenset(_pairs.of(zh)), frozenset(_words.of(en)))


def _clause(case: Case, quantity: Quantity) -> str:
    """The clause of the figure in the report, between the figures beside it."""
    text = case.text
    starts = [q.number.start for q in case.reading.numbers.quantities]
    at = bisect_left(starts, quantity.number.start)
    quantities = case.reading.numbers.quantities
    left = max(quantity.start - 30, quantities[at - 1].end if at else 0)
    right = min(quantity.end + 20, quantities[at + 1].start if at + 1 < len(quantities) else len(text))
    before = text[left : quantity.start]
    cut = [m.end() for m in _CLAUSE_ZH.finditer(before) if m.end() < len(before)]
    after = text[quantity.end : right]
    stop = _CLAUSE_ZH.search(after)
    return before[cut[-1] if cut else 0 :] + " " + (after[: stop.start()] if stop else after)


def _near(case: Case, prose: DraftProse) -> list[int]:
    """The figures of the sentences a prose rests on, and those around the figures it refers to."""
    quantities = case.reading.numbers.quantities
    starts = [q.number.start for q in quantities]
    found: set[int] = set()
    for a, b in prose.sentences:
        found.update(range(bisect_left(starts, a), bisect_left(starts, b)))
    for match in _REFERENCE.finditer(prose.zh):
        n = int(match[1])
        found.update(range(max(0, n - 6), min(len(quantities), n + 7)))
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


__all__ = ["Span", "doubts", "support"]
