"""What can be drawn of a brief without saying more than the report does: parts of a total, stated changes.

A chart holds one unit. A total is drawn with its parts only where they stand in one list behind it and add up to it
exactly; what cannot be drawn truly is not drawn. 其中 (among them) may name what overlaps, so two parts that happen to
add up prove nothing behind it; behind a bracket, a colon or 含 they do.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from summarizer.brief import BriefData, Metric, MetricStatus
from summarizer.document import Direction, Kind
from summarizer.patterns import pattern
from summarizer.records import record

_FEWEST_CHANGES = 3
_OPENS_LIST = pattern(
    r"[^，,、；;（(：:]{0,15}(?:(?P<among>[，,]?\s*其中)|[，,]?\s*(?:包括|包含)|[（(]\s*(?:其中|含|包括)|[：:])"
)
_LIST_ENDS = pattern(r"[；;。！？]")
_NO_PARTS = frozenset(("%", "‰", "百分点", ""))


@record
class Total:
    """A total and the parts that add up to it."""

    total: Metric
    parts: tuple[Metric, ...]


def changes(brief: BriefData) -> tuple[Metric, ...]:
    """The rises and falls in percent that the report states, largest first; none when they are too few for a chart."""
    found = [
        m
        for m in brief.metrics
        if m.kind is Kind.CHANGE
        and m.unit.zh == "%"
        and m.direction in (Direction.UP, Direction.DOWN)
        and m.value
        and m.bound is None
        and m.status is MetricStatus.VERIFIED
    ]
    if len(found) < _FEWEST_CHANGES:
        return ()
    return tuple(sorted(found, key=lambda m: -m.value))


def totals(brief: BriefData) -> tuple[Total, ...]:
    """The totals of the report whose parts are listed behind them in the same sentence, in order of place."""
    sentences = groupby(brief.metrics, key=lambda m: (m.evidence.start, m.evidence.end))
    return tuple(total for _, metrics in sentences for total in _of_sentence(list(metrics)))


def _of_sentence(metrics: list[Metric]) -> Iterator[Total]:
    for n, total in enumerate(metrics):
        parts = _parts(total, metrics[n + 1 :])
        if parts:
            yield Total(total, parts)


def _parts(total: Metric, later: list[Metric]) -> tuple[Metric, ...]:
    if not _is_countable(total) or not later:
        return ()
    quote, start = total.evidence.quote, total.evidence.start
    opened = _OPENS_LIST.match(quote, total.number.end - start, later[0].number.start - start)
    if not opened:
        return ()
    fewest = 3 if opened["among"] else 2
    parts: list[Metric] = []
    added, before = Decimal(0), later[0].number.start
    for m in later:
        gap = quote[before - start : m.number.start - start]
        if _LIST_ENDS.search(gap) or not _is_countable(m) or (m.unit, m.period) != (total.unit, total.period):
            return ()
        parts.append(m)
        added += m.value
        before = m.number.end
        if added >= total.value:
            break
    return tuple(parts) if added == total.value and len(parts) >= fewest else ()


def _is_countable(m: Metric) -> bool:
    return (
        m.kind is Kind.ACTUAL
        and m.value > 0
        and m.qualifier is None
        and m.bound is None
        and not m.stated_in_words
        and m.unit.zh not in _NO_PARTS
        and m.status is MetricStatus.VERIFIED
    )
