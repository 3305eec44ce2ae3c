"""A brief in a terminal, by rich: readable at 80 columns and at 200, with Chinese at its double width.

Texts are given as `Text`, so that no markup of a report is ever interpreted; control characters are written out.
"""

from collections.abc import Iterator
from itertools import pairwise

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.brief import BriefData, Finding, Metric, Prose, Severity
from summarizer.rendering.markdown import kind_and_period
from summarizer.rendering.safe import one_line
from summarizer.rendering.verdict import graver_first, overview_groups, title, verdict

_MEASURE = 120  # the eye loses longer lines of running text
_WIDE = 120  # from here the table has a column of its own for each language
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_MOST_REMARKS = 10


def render(brief: BriefData) -> Iterator[RenderableType]:
    """The parts of the view, top to bottom; print each with a rich console."""
    for part in (*_head(brief), *_overview(brief)):
        yield Constrain(part, _MEASURE)
    yield _Figures(brief)
    for part in _findings(brief):
        yield Constrain(part, _MEASURE)


def _line(text: str, style: str = "") -> Text:
    return Text(one_line(text), style=style, overflow="fold")


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _head(brief: BriefData) -> Iterator[RenderableType]:
    for part in title(brief):
        if part:
            yield _line(part, "bold")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for line in verdict(brief):
        grid.add_row(Text(line.name), _line(line.text))
    yield grid


def _overview(brief: BriefData) -> Iterator[RenderableType]:
    overview = brief.overview
    yield _heading("Overview · 概览")
    yield _both(overview.text)
    for heading, several in overview_groups(overview):
        yield _heading(heading)
        for prose in several:
            yield _both(prose, bullet="- ")


def _both(prose: Prose, bullet: str = "") -> RenderableType:
    texts = [_prose(prose, lang) for lang in ("en", "zh")]
    shown = [text for text in texts if text.plain]
    if not bullet:
        return Group(*shown)
    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for i, text in enumerate(shown):
        grid.add_row(Text(bullet if i == 0 else ""), text)
    return grid


def _prose(prose: Prose, lang: str) -> Text:
    # Styles are laid on before anything is escaped, piece by piece, so that offsets stay true.
    string = prose.zh if lang == "zh" else prose.en
    cuts = {0: "", len(string): ""}
    for figure in prose.figures:
        span = figure.zh if lang == "zh" else figure.en
        if span is not None:
            cuts[span.end] = cuts.get(span.end, "")
            cuts[span.start] = "bold"
    for mark in prose.marks:
        if mark.lang == lang:
            cuts[mark.end] = cuts.get(mark.end, "")
            cuts[mark.start] = "yellow"
    text = Text(overflow="fold")
    places = sorted(cuts)
    for start, end in pairwise(places):
        piece = string[start:end]
        lead = " " if piece[:1].isspace() else ""
        trail = " " if piece[-1:].isspace() and len(piece) > 1 else ""
        text.append(lead + one_line(piece) + trail, style=cuts[start])
    return text


class _Figures:
    """The table of figures, laid out for the width it is given."""

    def __init__(self, brief: BriefData) -> None:
        self._brief = brief

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _heading(f"Figures · 数据 ({len(self._brief.metrics)})")
        if not self._brief.metrics:
            yield Text("The report states no figure.")
            return
        wide = options.max_width >= _WIDE
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, show_edge=False)
        table.add_column("#", style="dim", no_wrap=True)
        table.add_column("What", overflow="fold", ratio=None)
        if wide:
            table.add_column("指标", overflow="fold")
        table.add_column("Figure", overflow="fold", justify="right")
        if wide:
            table.add_column("原文", overflow="fold", justify="right")
            table.add_column("Kind, period", overflow="fold")
        table.add_column("§", style="dim", overflow="fold", max_width=8)
        for m in self._brief.metrics:
            table.add_row(*(_wide_row(m) if wide else _narrow_row(m)))
        yield table


def _label(m: Metric, text: str | None) -> Text:
    label = _line(text or "—")
    if m.status != "verified":
        label.append(f" ({m.status})", style="yellow")
    return label


def _wide_row(m: Metric) -> list[Text]:
    return [
        Text(m.id),
        _label(m, m.label.en),
        _line(m.label.zh or "—"),
        _line(m.display.en or "", "bold"),
        _line(m.display.zh or ""),
        _line(kind_and_period(m)),
        _line(m.section),
    ]


def _narrow_row(m: Metric) -> list[Text]:
    what = _label(m, m.label.en)
    if m.label.zh:
        what.append("\n" + one_line(m.label.zh), style="dim")
    figure = _line(m.display.en or "", "bold")
    figure.append("\n" + one_line(m.display.zh or ""), style="dim not bold")
    return [Text(m.id), what, figure, _line(m.section)]


def _findings(brief: BriefData) -> Iterator[RenderableType]:
    if not brief.findings:
        return
    yield _heading(f"Findings · 提示 ({len(brief.findings)})")
    ordered = graver_first(brief.findings)
    remarks = [f for f in ordered if f.severity is Severity.INFO]
    shown = [f for f in ordered if f.severity is not Severity.INFO] + remarks[:_MOST_REMARKS]
    for finding in shown:
        yield Padding(_finding(finding), (0, 0, 0, 0))
    if len(remarks) > _MOST_REMARKS:
        yield Text(f"... and {len(remarks) - _MOST_REMARKS} more remarks; --format md or json lists all", style="dim")


def _finding(finding: Finding) -> Text:
    where = finding.where.metric or (f"section {finding.where.section}" if finding.where.section else "")
    text = Text(overflow="fold")
    text.append(finding.severity.value, style=_STYLES[finding.severity])
    text.append(f" {one_line(where)}" if where else "")
    text.append(f": {one_line(finding.message)}")
    return text
