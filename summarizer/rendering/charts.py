"""Trend charts as SVG, true to what the reports state.

The time axis is to scale. A line joins two consecutive years only: where a year is absent there is a gap. Rough figures
(> ≥ ≈ ≤ ≲), figures told by a later report and targets have marks of their own, and a line to a rough figure is dashed.
Figures of a part of a year or of several years, and years with several figures, are not drawn. One unit per chart.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from summarizer.comparison import ComparisonData, Placed, Row
from summarizer.rendering import comparison_view as view
from summarizer.rendering.safe import html as safe
from summarizer.rendering.trends import EXACT, LATER, PLAN, Point, Series, pictures

_WIDTH, _HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 14, 30
_LEGEND = 18  # height of a line of the legend
# Told apart on white and on black, and by people who see few colours (after Okabe and Ito).
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B8569B", "#B28500", "#3A98D0", "#7A6AD8", "#8A8A8A")
_DASHES = ("", "7 3", "2 3", "9 3 2 3")
_LONGEST_NAME = 17  # Chinese characters beside a mark of the legend


def charts(row: Row, data: ComparisonData, href: Callable[[Placed], str] = lambda _: "") -> list[str]:
    """One row as SVG pictures, one for bodies of like size.

    Args:
        href: gives the address of a figure's sentence, "" for none.
    """
    return [_picture(row, data, series, href) for series in pictures(row, data)]


def _picture(row: Row, data: ComparisonData, series: Sequence[Series], href: Callable[[Placed], str]) -> str:
    points = [p for s in series for p in s.points]
    legend = series if len(view.bodies(data)) > 1 else ()
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
        *(_line(s, x, y) for s in series),
        *(_mark(p, s, x, y, row, href, data) for s in series for p in s.points),
        *_names(legend),
        "</svg>",
    ]
    return "".join(parts)


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
    if 0 <= low < high * 3 / 4:
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


def _line(series: Series, x: Callable[[int], float], y: Callable[[Decimal], float]) -> str:
    drawn = {p.year: p for p in series.points if p.mark != PLAN}
    out = []
    for one, other in pairwise(drawn.values()):
        if other.year != one.year + 1:
            continue
        rough = one.mark != EXACT or other.mark != EXACT
        dash = "3 3" if rough else _DASHES[series.index // len(_COLOURS) % len(_DASHES)]
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        out.append(
            f'<path d="M{x(one.year):.1f} {y(one.value):.1f}L{x(other.year):.1f} {y(other.value):.1f}" fill="none" '
            f'stroke="{_colour(series.index)}" stroke-width="2"{dashes}/>'
        )
    return "".join(out)


def _mark(
    p: Point,
    series: Series,
    x: Callable[[int], float],
    y: Callable[[Decimal], float],
    row: Row,
    href: Callable[[Placed], str],
    data: ComparisonData,
) -> str:
    a, b, colour = x(p.year), y(p.value), _colour(series.index)
    hollow = f'fill="none" stroke="{colour}" stroke-width="1.8"'
    shape = {
        EXACT: f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.6" fill="{colour}"/>',
        LATER: f'<rect x="{a - 3.5:.1f}" y="{b - 3.5:.1f}" width="7" height="7" {hollow}/>',
        PLAN: f'<path d="M{a:.1f} {b - 5:.1f}l5 5l-5 5l-5 -5z" {hollow} stroke-dasharray="2 1.5"/>',
        "about": f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" {hollow}/>',
        "more": f'<path d="M{a:.1f} {b - 5:.1f}l5 8h-10z" {hollow}/>',
        "less": f'<path d="M{a:.1f} {b + 5:.1f}l5 -8h-10z" {hollow}/>',
    }[p.mark]
    told = data.column(p.figure.column)
    plan = "target for " if p.mark == PLAN else ""
    text = (
        f"{series.name}, {plan}{p.year}: {view.figure_text(row, p.figure)} {view.unit(row)} (report about {told.year})"
    )
    shape = f'<g data-year="{p.year}" data-mark="{p.mark}"><title>{safe(text)}</title>{shape}</g>'
    address = href(p.figure)
    return f'<a href="{safe(address)}">{shape}</a>' if address else shape


def _names(series: Sequence[Series]) -> Iterable[str]:
    for i, one in enumerate(series):
        name = one.name if len(one.name) <= _LONGEST_NAME else one.name[: _LONGEST_NAME - 1] + "…"
        left, top = _LEFT + (i % 2) * 240, _HEIGHT + _LEGEND * (i // 2) + 6
        dash = _DASHES[one.index // len(_COLOURS) % len(_DASHES)]
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<path d="M{left} {top}h22" stroke="{_colour(one.index)}" stroke-width="3"{dashes}/>'
        yield f'<text x="{left + 28}" y="{top + 4}">{safe(name)}</text>'
