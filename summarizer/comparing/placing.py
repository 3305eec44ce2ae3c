"""Which figure of a report belongs in which row, and what a cell then shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from summarizer.brief import Metric
from summarizer.canonical import CanonicalMetric
from summarizer.comparing.measures import change_measure, measure
from summarizer.comparing.scopes import Scopes, clause_before, sentence_before, year_of
from summarizer.comparison import Column, Part, Placed, Scope
from summarizer.document import Direction, Kind, Qualifier
from summarizer.patterns import pattern
from summarizer.records import record
from summarizer.units import family

_WAYS = pattern(
    "(?P<down>下降|降低|减少|压减|压缩|削减|降幅|下调|缩短|回落|递减|负增长)|增长|增速|增幅|增加|提高|提升|上升|涨幅|上涨|递增"
)
_PLANNED = {Part.LEVEL: Part.TARGET, Part.CHANGE: Part.TARGET_CHANGE}
_PLAN = pattern("争取|力争|目标[是为：:]|预期目标(?!任务)")
_RATES = frozenset({"percent", "points", "times"})


@record
class Found:
    """A figure on its way into a row.

    Attributes:
        key, part, kind: the row; `kind` is what its unit measures.
        year: the year the figure is about; `scope` the time it covers.
        value: in the smallest unit of its kind, negative for a decrease.
    """

    column: Column
    metric: Metric
    key: str
    part: Part
    kind: str
    year: int | None
    scope: Scope
    value: Decimal

    def placed(self, factor: Decimal) -> Placed:
        """The figure in a row whose unit is `factor` of the smallest."""
        return Placed(self.column.id, self.metric, _exact(self.value, factor), self.scope, self.year)


def found(column: Column, scopes: Scopes, metric: Metric, canonical: CanonicalMetric) -> Found | None:
    """The figure with its row; None when its unit is none the metric is measured in, or its sentence a plan's.

    A plan should be a target; where its figure is none (争取新增上市企业10家), it is neither an achievement nor dated.
    """
    part = part_of(metric, canonical)
    if part is None or (part in _PLANNED and _PLAN.search(sentence_before(metric))):
        return None
    change = part in (Part.CHANGE, Part.TARGET_CHANGE)
    size = change_measure(metric.unit.zh or "") if change else measure(metric.unit.zh or "")
    value = metric.value * size.factor
    if change and _goes_down(metric):
        value = -value
    year = year_of(metric.period, column.year)
    return Found(column, metric, canonical.key, part, size.id, year, scopes.of(metric), value)


def _goes_down(metric: Metric) -> bool:
    if metric.kind is Kind.CHANGE:
        return metric.direction is Direction.DOWN
    # A plan has no direction of its own: 万元GDP能耗下降3%.
    words = list(_WAYS.finditer(clause_before(metric)))
    return bool(words) and words[-1]["down"] is not None


def part_of(metric: Metric, canonical: CanonicalMetric) -> Part | None:
    """What the figure says about its metric: 增长8%以上 as a plan is a planned change of GDP, not a planned GDP."""
    if metric.kind is Kind.RANK:
        return Part.RANK
    if metric.kind is Kind.CHANGE:
        return Part.CHANGE
    rate = measure(metric.unit.zh or "").id in _RATES
    fits = family(metric.unit.zh or "") in canonical.units
    if metric.kind is Kind.TARGET:
        return Part.TARGET if fits or not rate else Part.TARGET_CHANGE
    return Part.LEVEL if fits or not rate else None


def plans_as_plans(figures: Sequence[Found]) -> Iterator[Found]:
    """The figures of one report in order of place; a plan that is told again below it counts as the plan.

    Below the plan 生产总值增长12% a report explains it: 一是本市生产总值增长12%，主要是考虑了. That is no
    achievement: the same value of the same metric, later in the same outer section.
    """
    plans: set[tuple[str, Part, str, Decimal, str]] = set()
    for figure in figures:
        planned = _PLANNED.get(figure.part)
        if planned is None:
            plans.add(_told(figure, figure.part))
            yield figure
        else:
            yield replace(figure, part=planned) if _told(figure, planned) in plans else figure


def _told(figure: Found, part: Part) -> tuple[str, Part, str, Decimal, str]:
    return figure.key, part, figure.kind, figure.value, figure.metric.section.partition(".")[0]


def shown_and_others(figures: Sequence[Placed]) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """What a cell shows of the figures a report states in one row, and the rest.

    The whole year goes before a part of it and before several years, a figure before the threshold it passes
    (突破1万美元，达到10628美元), and of equal values the first. What is left over differs: all of it is shown.
    """
    best = [f for scope in Scope if (in_scope := [f for f in figures if f.scope is scope]) for f in in_scope]
    if not best:
        return (), ()
    shown: list[Placed] = []
    for figure in (f for f in best if f.scope is best[0].scope):
        if any(figure.value == other.value and _as_exact(other, figure) for other in shown):
            continue
        shown = [other for other in shown if other.value != figure.value]
        shown.append(figure)
    exact = [f for f in shown if f.metric.qualifier is None]
    shown = [f for f in shown if f.metric.qualifier is None or not any(passes(e.value, f) for e in exact)]
    return tuple(shown), tuple(f for f in figures if f not in shown)


def passes(value: Decimal, threshold: Placed) -> bool:
    """Whether a value is what a rough statement roughly says: 10628 passes 突破1万, 12 passes no 超过290."""
    stated = threshold.value
    near = abs(stated) / 5
    match threshold.metric.qualifier:
        case Qualifier.OVER | Qualifier.AT_LEAST:
            return stated <= value <= stated + near
        case Qualifier.AT_MOST | Qualifier.NEARLY:
            return stated - near <= value <= stated
        case Qualifier.ABOUT:
            return abs(value - stated) <= near
        case _:
            return value == stated


def _as_exact(one: Placed, other: Placed) -> bool:
    return one.metric.qualifier is None or other.metric.qualifier is not None


def rows(found: Iterable[Found]) -> Mapping[tuple[str, Part, str], list[Found]]:
    """The figures by row."""
    by_row: dict[tuple[str, Part, str], list[Found]] = {}
    for figure in found:
        by_row.setdefault((figure.key, figure.part, figure.kind), []).append(figure)
    return by_row


def _exact(value: Decimal, factor: Decimal) -> Decimal:
    # Factors are powers of ten times 5 or 1852: the division ends, but may need more digits than the default context.
    return value if factor == 1 else (value / factor).normalize() + 0
