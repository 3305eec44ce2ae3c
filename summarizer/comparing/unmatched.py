"""Figures without a canonical key whose clause names a canonical metric: they may be meant, so a cell says so."""

from collections.abc import Iterable
from functools import lru_cache

from summarizer.brief import Metric
from summarizer.canonical import CanonicalMetric
from summarizer.patterns import pattern

_CLAUSE_END = pattern("[，。；！？,;!?\n]")


class Names:
    """All names of a catalogue, found in a text in one pass.

    >>> Names([CanonicalMetric("gdp", ..., names=("地区生产总值", "GDP"))]).keys_in("实现地区生产总值3423亿元")
    {'gdp'}
    """

    def __init__(self, catalogue: Iterable[CanonicalMetric]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for metric in catalogue:
            for name in metric.names:
                if len(name) > 1:
                    self._by_start.setdefault(name[:2], []).append((name, metric.key))

    def keys_in(self, text: str) -> set[str]:
        """The metrics a text names; a name within a longer one found there (进口总额 in 进出口总额) does not count."""
        hits = [
            (at, at + len(name), key)
            for at in range(len(text) - 1)
            for name, key in self._by_start.get(text[at : at + 2], ())
            if text.startswith(name, at)
        ]
        return {
            key
            for start, end, key in hits
            if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in hits)
        }


@lru_cache(maxsize=4096)
def clause(quote: str, at: int) -> str:
    """The clause of a sentence around a place in it."""
    start = max((m.end() for m in _CLAUSE_END.finditer(quote, 0, at)), default=0)
    end = _CLAUSE_END.search(quote, at)
    return quote[start : end.start() if end else len(quote)]


def clause_of(metric: Metric) -> str:
    """The clause a figure stands in."""
    return clause(metric.evidence.quote, metric.number.start - metric.evidence.start)
