"""The change from the year before: computed from two reports, and held against what the report itself states."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from summarizer.brief import Metric
from summarizer.comparison import Cell, Change, Column, Placed, Scope

_PLACES = Decimal("0.000001")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_HUNDRED = Decimal(100)


def with_changes(
    columns: Sequence[Column], levels: Sequence[Cell], stated: Sequence[Sequence[Cell]], percentage: bool
) -> tuple[Cell, ...]:
    """The cells of a level row, each with its change from the year before where both years have one exact figure.

    Args:
        stated: rows of changes of the same metric, in the same order; the first figure of the fitting unit counts.
        percentage: the levels are percentages, so that their change is told in percentage points.
    """
    out = []
    for position, cell in enumerate(levels):
        before = _year_before(columns, position)
        change = None
        if before is not None:
            candidates = [figure for row in stated if (figure := row[position].single)]
            change = _change(levels[before].single, cell.single, candidates, percentage)
        out.append(cell if change is None else replace(cell, change=change))
    return tuple(out)


def step(metric: Metric, value: Decimal) -> Decimal | None:
    """The smallest difference a figure as written could tell, in the unit of `value`; None when that cannot be told.

    6765.4亿元 is told to a tenth of 亿元, so it stands for anything within half of that.
    """
    start = metric.number.start - metric.evidence.start
    number = metric.evidence.quote[start : start + metric.number.end - metric.number.start].translate(_NARROW)
    try:
        written = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return None  # in Chinese numerals
    if not written or not value:
        return None
    places = len(number.partition(".")[2])
    return abs(value) / written * Decimal(10) ** -places


def _change(before: Placed | None, now: Placed | None, stated: Sequence[Placed], percentage: bool) -> Change | None:
    if before is None or now is None or before.metric.qualifier or now.metric.qualifier:
        return None
    unit = "百分点" if percentage else "%"
    if not percentage and not before.value:
        return None

    def change(old: Decimal, new: Decimal) -> Decimal:
        return new - old if percentage else (new - old) / old * _HUNDRED

    computed = change(before.value, now.value).quantize(_PLACES)
    own = next((s for s in stated if s.scope is Scope.YEAR and (s.metric.unit.zh == "百分点") is percentage), None)
    if own is None or own.metric.qualifier is not None:
        return Change(computed, unit, own, None)
    steps = [step(f.metric, f.value) for f in (before, now, own)]
    if None in steps:
        return Change(computed, unit, own, None)
    half_before, half_now, slack = (one / 2 for one in steps if one is not None)
    ends = [
        change(before.value + one * half_before, now.value + other * half_now)
        for one in (-1, 1)
        for other in (-1, 1)
        if percentage or before.value + one * half_before
    ]
    return Change(computed, unit, own, min(ends) - slack <= own.value <= max(ends) + slack)


def _year_before(columns: Sequence[Column], position: int) -> int | None:
    """The one report of the same body about the year before."""
    here = columns[position]
    found = [
        i
        for i, other in enumerate(columns)
        if other.body == here.body and here.year is not None and other.year == here.year - 1
    ]
    same = [other for other in columns if other.body == here.body and other.year == here.year]
    return found[0] if len(found) == 1 and len(same) == 1 else None
