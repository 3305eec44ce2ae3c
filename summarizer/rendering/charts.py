"""Trend charts as SVG, true to what the reports state.

The time axis is to scale. A line joins two consecutive years only: where a year is absent there is a gap. Rough figures
(> ≥ ≈ ≤ ≲), figures told by a later report and targets have marks of their own, and a line to a rough figure is dashed.
Figures of a part of a year or of several years, and years with several figures, are not drawn. One unit per chart.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from summarizer.comparison import Column, ComparisonData, Part, Placed, Row, Scope
from summarizer.document import Qualifier
from summarizer.rendering import comparison_view as view
from summarizer.rendering.safe import html as safe

_WIDTH, _HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 14, 30
_LEGEND = 18  # height of a line of the legend
# Told apart on white and on black, and by people who see few colours (after Okabe and Ito).
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B8569B", "#B28500", "#3A98D0", "#7A6AD8", "#8A8A8A")
_DASHES = ("", "7 3", "2 3", "9 3 2 3")
_TARGETS = {Part.LEVEL: Part.TARGET, Part.CHANGE: Part.TARGET_CHANGE}
_PLAN = "target"
_LATER = "later"
_EXACT = "exact"
_MARKS = {
    Qualifier.OVER: "more",
    Qualifier.AT_LEAST: "more",
    Qualifier.NEARLY: "less",
    Qualifier.AT_MOST: "less",
    Qualifier.ABOUT: "about",
}


@dataclass(frozen=True, slots=True)
class _Point:
    year: int
    value: Decimal
    mark: str
    figure: Placed


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    points: tuple[_Point, ...]


def drawable(data: ComparisonData) -> tuple[Row, ...]:
    """The rows with a trend to draw: levels or changes of which some body has two years or more."""
    return tuple(
        row
        for row in data.rows
        if row.part in _TARGETS
        and any(len({p.year for p in s.points if p.mark != _PLAN}) > 1 for s in _series(row, data))
    )


def chart(row: Row, data: ComparisonData, href: Callable[[Placed], str] = lambda _: "") -> str:
    """One row as an SVG picture; `href` gives the address of a figure's sentence, "" for none."""
    series = [s for s in _series(row, data) if s.points]
    points = [p for s in series for p in s.points]
    if not points:
        return ""
    legend = series if len(series) > 1 else []
    height = _HEIGHT + _LEGEND * ((len(legend) + 1) // 2)
    title = f"{view.name_en(row)} · {view.name_zh(row)}, {view.unit(row)}"
    years = sorted({p.year for p in points})
    x = _x_axis(years[0], years[-1])
    ticks = _ticks([p.value for p in points])
    y = _y_axis(ticks[0], ticks[-1])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="system-ui,sans-serif" font-size="12" fill="currentColor" aria-label="{safe(title)}">',
        f"<title>{safe(title)}</title>",
        *_grid(ticks, years, x, y, row),
        *(_line(s, i, x, y) for i, s in enumerate(series)),
        *(_mark(p, i, x, y, row, s, href, data) for i, s in enumerate(series) for p in s.points),
        *_names(legend),
        "</svg>",
    ]
    return "".join(parts)


def _series(row: Row, data: ComparisonData) -> list[_Series]:
    cells = dict(zip((c.id for c in data.columns), row.cells, strict=True))
    plans = next(
        (r for r in data.rows if r.key == row.key and r.part is _TARGETS[row.part] and r.unit == row.unit), None
    )
    planned = dict(zip((c.id for c in data.columns), plans.cells, strict=True)) if plans else {}
    out = []
    for body, columns in view.bodies(data).items():
        found: list[_Point] = []
        for column in columns:
            found += _actual(column, cells[column.id].figures)
            found += _planned(planned[column.id].figures if plans else ())
        # Two reports about one year that differ: neither is drawn.
        told: dict[tuple[int, bool], set[Decimal]] = {}
        for p in found:
            told.setdefault((p.year, p.mark == _PLAN), set()).add(p.value)
        single = tuple(p for p in found if len(told[p.year, p.mark == _PLAN]) == 1)
        out.append(_Series(body, tuple(sorted(single, key=lambda p: p.year))))
    return out


def _actual(column: Column, figures: Sequence[Placed]) -> Iterable[_Point]:
    if len(figures) == 1 and column.year is not None and figures[0].scope is Scope.YEAR:
        (figure,) = figures
        rough = figure.metric.qualifier
        mark = _MARKS[rough] if rough else _EXACT if figure.column == column.id else _LATER
        yield _Point(column.year, figure.value, mark, figure)


def _planned(figures: Sequence[Placed]) -> Iterable[_Point]:
    if len(figures) == 1 and figures[0].year is not None and figures[0].scope is Scope.YEAR:
        yield _Point(figures[0].year, figures[0].value, _PLAN, figures[0])


# -- axes


def _x_axis(first: int, last: int) -> Callable[[int], float]:
    span = max(last - first, 1)
    inner = _WIDTH - _LEFT - _RIGHT - 24
    return lambda year: _LEFT + 12 + inner * ((year - first) / span if last > first else 0.5)


def _y_axis(low: Decimal, high: Decimal) -> Callable[[Decimal], float]:
    inner = _HEIGHT - _TOP - _BOTTOM
    return lambda value: _TOP + inner * (1 - float((value - low) / (high - low)))


def _ticks(values: Sequence[Decimal]) -> list[Decimal]:
    """Round values below, between and above; from zero, unless that would flatten what is to be seen."""
    low, high = min(values), max(values)
    if low >= 0 and low <= high / 2:
        low = Decimal(0)
    if low == high:
        low, high = (min(low, Decimal(0)), max(high, Decimal(0))) if low else (Decimal(0), Decimal(1))
    rough = (high - low) / 4
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    ticks = [first]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    return ticks


def _grid(
    ticks: Sequence[Decimal],
    years: Sequence[int],
    x: Callable[[int], float],
    y: Callable[[Decimal], float],
    row: Row,
) -> Iterable[str]:
    for tick in ticks:
        at = y(tick)
        strong = ' stroke-opacity="0.6"' if not tick else ' stroke-opacity="0.18"'
        yield f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="currentColor"{strong}/>'
        label = view.number(abs(tick).scaleb(-row.scale))
        yield (
            f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end" fill-opacity="0.75">'
            f"{'−' if tick < 0 else ''}{label}</text>"
        )
    last = -1000.0
    for year in years:
        at = x(year)
        yield f'<path d="M{at:.1f} {_HEIGHT - _BOTTOM}v4" stroke="currentColor" stroke-opacity="0.6"/>'
        if at - last >= 34:
            yield f'<text x="{at:.1f}" y="{_HEIGHT - 10}" text-anchor="middle" fill-opacity="0.75">{year}</text>'
            last = at
    if ticks[0] > 0:
        start = view.number(ticks[0].scaleb(-row.scale))
        yield f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 34}" text-anchor="end" font-size="10" fill-opacity="0.75">'
        yield f"axis starts at {start}</text>"


# -- what is drawn


def _colour(index: int) -> str:
    return _COLOURS[index % len(_COLOURS)]


def _line(series: _Series, index: int, x: Callable[[int], float], y: Callable[[Decimal], float]) -> str:
    drawn = {p.year: p for p in series.points if p.mark != _PLAN}
    out = []
    for one, other in pairwise(drawn.values()):
        if other.year != one.year + 1:
            continue
        rough = one.mark != _EXACT or other.mark != _EXACT
        dash = "3 3" if rough else _DASHES[index // len(_COLOURS) % len(_DASHES)]
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        out.append(
            f'<path d="M{x(one.year):.1f} {y(one.value):.1f}L{x(other.year):.1f} {y(other.value):.1f}" fill="none" '
            f'stroke="{_colour(index)}" stroke-width="2"{dashes}/>'
        )
    return "".join(out)


def _mark(
    p: _Point,
    index: int,
    x: Callable[[int], float],
    y: Callable[[Decimal], float],
    row: Row,
    series: _Series,
    href: Callable[[Placed], str],
    data: ComparisonData,
) -> str:
    a, b, colour = x(p.year), y(p.value), _colour(index)
    hollow = f'fill="none" stroke="{colour}" stroke-width="1.8"'
    shape = {
        _EXACT: f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.6" fill="{colour}"/>',
        _LATER: f'<rect x="{a - 3.5:.1f}" y="{b - 3.5:.1f}" width="7" height="7" {hollow}/>',
        _PLAN: f'<path d="M{a:.1f} {b - 5:.1f}l5 5l-5 5l-5 -5z" {hollow} stroke-dasharray="2 1.5"/>',
        "about": f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" {hollow}/>',
        "more": f'<path d="M{a:.1f} {b - 5:.1f}l5 8h-10z" {hollow}/>',
        "less": f'<path d="M{a:.1f} {b + 5:.1f}l5 -8h-10z" {hollow}/>',
    }[p.mark]
    told = data.column(p.figure.column)
    plan = "target for " if p.mark == _PLAN else ""
    text = (
        f"{series.name}, {plan}{p.year}: {view.figure_text(row, p.figure)} {view.unit(row)} (report about {told.year})"
    )
    shape = f'<g data-year="{p.year}" data-mark="{p.mark}"><title>{safe(text)}</title>{shape}</g>'
    address = href(p.figure)
    return f'<a href="{safe(address)}">{shape}</a>' if address else shape


def _names(series: Sequence[_Series]) -> Iterable[str]:
    for i, one in enumerate(series):
        left, top = _LEFT + (i % 2) * 240, _HEIGHT + _LEGEND * (i // 2) + 6
        dash = _DASHES[i // len(_COLOURS) % len(_DASHES)]
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<path d="M{left} {top}h22" stroke="{_colour(i)}" stroke-width="3"{dashes}/>'
        yield f'<text x="{left + 28}" y="{top + 4}">{safe(one.name)}</text>'
