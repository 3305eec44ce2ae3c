"""The charts of `charts.py` as HTML lists with a bar of inline SVG for each figure, a part of the page.

The labels are text beside the bars, not in them, so that they wrap, translate and are read aloud like all other text.
"""

from collections.abc import Iterator
from decimal import Decimal

from summarizer.brief import BriefData, Metric
from summarizer.rendering.bilingual import of, said
from summarizer.rendering.drawable import changes, totals
from summarizer.rendering.html_table import arrow, figure
from summarizer.rendering.safe import html as safe
from summarizer.rendering.wording import DIRECTIONS

_AT_ONCE = 10


def charts(brief: BriefData) -> Iterator[str]:
    """A figure for the stated changes, one for each total with its parts; nothing where nothing can be drawn truly."""
    found = changes(brief)
    if found:
        yield _changes(found)
    for total in totals(brief):
        yield _total(total.total, total.parts)


def _changes(found: tuple[Metric, ...]) -> str:
    fall = max((m.value for m in found if m.direction == "down"), default=Decimal(0))
    rise = max((m.value for m in found if m.direction == "up"), default=Decimal(0))
    bars = [_item(m, _diverging(m, fall, rise), f"{arrow(m)} ") for m in found]
    caption = said("Changes the report states, in percent", "报告所述增减幅度（%）")
    note = said(
        "Each against what its own sentence compares with; ▼ falls to the left, ▲ rises to the right.",
        "各自的比较基准见原句；▼向左为下降，▲向右为上升。",
    )
    listed = f'<ul class="bars">{"".join(bars[:_AT_ONCE])}</ul>'
    rest = bars[_AT_ONCE:]
    if rest:
        more = said(f"{len(rest)} smaller changes", f"其余{len(rest)}项")
        listed += f'<details><summary>{more}</summary><ul class="bars">{"".join(rest)}</ul></details>'
    return f"<figure><figcaption>{caption}<small>{note}</small></figcaption>{listed}</figure>"


def _diverging(m: Metric, fall: Decimal, rise: Decimal) -> str:
    """A bar to the left or right of zero, on one scale from the largest fall to the largest rise."""
    scale = 100 / (fall + rise)
    zero, width = fall * scale, m.value * scale
    falls = m.direction == "down"
    bar = _rect("down", zero - width, width) if falls else _rect("up", zero, width)
    return f'<line x1="{zero:.2f}%" x2="{zero:.2f}%" y1="0" y2="100%"/>{bar}'


def _total(total: Metric, parts: tuple[Metric, ...]) -> str:
    bars = [_item(total, _rect("total", Decimal(0), Decimal(100)), "", "total")]
    start = Decimal(0)
    for part in parts:
        width = part.value * 100 / total.value
        bars.append(_item(part, _rect("part", start, width)))
        start += width
    caption = said("A total and its parts", "总数与分项")
    unit = said(f"Unit: {total.unit.en}" if total.unit.en else "Numbers", f"单位：{total.unit.zh}")
    return (
        f'<figure><figcaption>{caption}<small>{unit}</small></figcaption><ul class="bars">{"".join(bars)}</ul></figure>'
    )


def _item(m: Metric, drawn: str, lead: str = "", kind: str = "") -> str:
    way = DIRECTIONS.get(m.direction) if m.direction else None
    aloud = f'<span class="hidden">{of(way)} </span>' if way else ""
    css = f' class="{kind}"' if kind else ""
    return (
        f'<li{css}><span>{of(m.label) or "—"}</span><svg aria-hidden="true" focusable="false">{drawn}</svg>'
        f'<span class="number">{aloud}{lead}<a class="figure" href="#{safe(m.id)}-source">{figure(m)}</a></span></li>'
    )


def _rect(kind: str, start: Decimal, width: Decimal) -> str:
    return f'<rect class="{kind}" x="{start:.2f}%" width="{width:.2f}%" height="100%"/>'
