"""What of a comparison can be drawn as a trend: one series of points for each body that has two years.

Bodies of different size (a district and a country) do not share a picture, and no picture holds more than six.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from summarizer.comparison import Column, ComparisonData, Part, Placed, Row, Scope
from summarizer.document import Qualifier
from summarizer.records import record
from summarizer.rendering import comparison_view as view

PLAN = "target"
LATER = "later"
EXACT = "exact"
MARKS = {
    Qualifier.OVER: "more",
    Qualifier.AT_LEAST: "more",
    Qualifier.NEARLY: "less",
    Qualifier.AT_MOST: "less",
    Qualifier.ABOUT: "about",
}
_TARGETS = {Part.LEVEL: Part.TARGET, Part.CHANGE: Part.TARGET_CHANGE}
_MOST_BODIES = 6
_MOST_TIMES = 10  # what is ten times smaller than the largest is not seen to move


@record
class Point:
    """One figure in a trend; `mark` says how it is stated: exact, about, more, less, told later, or a target."""

    year: int
    value: Decimal
    mark: str
    figure: Placed


@record
class Series:
    """The points of one body in order of years; `index` is its place among the bodies of the comparison."""

    name: str
    index: int
    points: tuple[Point, ...]

    @property
    def size(self) -> Decimal:
        """The largest value stated, whichever way it goes."""
        return max(abs(p.value) for p in self.points if p.mark != PLAN)


def drawable(data: ComparisonData) -> tuple[Row, ...]:
    """The rows with a trend to draw: levels or changes of which some body has two years or more."""
    return tuple(row for row in data.rows if next(pictures(row, data), None))


def pictures(row: Row, data: ComparisonData) -> Iterator[tuple[Series, ...]]:
    """The bodies that share a picture, those of the largest values first; nothing for a row that has no trend."""
    if row.part not in _TARGETS:
        return
    trends = [s for s in _series(row, data) if len({p.year for p in s.points if p.mark != PLAN}) > 1]
    group: list[Series] = []
    for series in sorted(trends, key=lambda s: -s.size):
        if group and (len(group) == _MOST_BODIES or _dwarfed(row, series, group[0])):
            yield _in_order(group)
            group = []
        group.append(series)
    if group:
        yield _in_order(group)


def _dwarfed(row: Row, series: Series, largest: Series) -> bool:
    return row.part is Part.LEVEL and row.unit.zh != "%" and series.size * _MOST_TIMES < largest.size


def _in_order(group: Sequence[Series]) -> tuple[Series, ...]:
    return tuple(sorted(group, key=lambda s: s.index))


def _series(row: Row, data: ComparisonData) -> list[Series]:
    cells = dict(zip((c.id for c in data.columns), row.cells, strict=True))
    plans = next(
        (r for r in data.rows if r.key == row.key and r.part is _TARGETS[row.part] and r.unit == row.unit), None
    )
    planned = dict(zip((c.id for c in data.columns), plans.cells, strict=True)) if plans else {}
    out = []
    for index, (body, columns) in enumerate(view.bodies(data).items()):
        found: list[Point] = []
        for column in columns:
            found += _actual(column, cells[column.id].figures)
            found += _planned(planned[column.id].figures if plans else ())
        # Two reports about one year that differ: neither is drawn.
        told: dict[tuple[int, bool], set[Decimal]] = {}
        for p in found:
            told.setdefault((p.year, p.mark == PLAN), set()).add(p.value)
        single = tuple(p for p in found if len(told[p.year, p.mark == PLAN]) == 1)
        out.append(Series(body, index, tuple(sorted(single, key=lambda p: p.year))))
    return out


def _actual(column: Column, figures: Sequence[Placed]) -> Iterable[Point]:
    if len(figures) == 1 and column.year is not None and figures[0].scope is Scope.YEAR:
        (figure,) = figures
        rough = figure.metric.qualifier
        mark = MARKS[rough] if rough else EXACT if figure.column == column.id else LATER
        yield Point(column.year, figure.value, mark, figure)


def _planned(figures: Sequence[Placed]) -> Iterable[Point]:
    if len(figures) == 1 and figures[0].year is not None and figures[0].scope is Scope.YEAR:
        yield Point(figures[0].year, figures[0].value, PLAN, figures[0])
