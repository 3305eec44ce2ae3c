"""A brief in a terminal: readable at 80 columns and at 200, with Chinese at its double width.

Control characters of a report are written out; only the styles of this module move anything but the next character.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal

from summarizer.brief import BriefData, Finding, Metric, Prose, Severity
from summarizer.document import Direction, Kind
from summarizer.rendering.layout import Column, Line, Piece, hanging, table, wrap
from summarizer.rendering.markdown import kind_and_period
from summarizer.rendering.safe import one_line
from summarizer.rendering.verdict import graver_first, overview_groups, title, verdict

Styling = Literal["none", "weight", "colour"]
"""What a page may use: no escape sequence at all; bold and dim; these and colours."""

_MEASURE = 120  # the eye loses longer lines of running text
_WIDE = 120  # from here the table has a column of its own for each language
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_MOST_REMARKS = 10
_WAYS = {Direction.UP: "up ", Direction.DOWN: "down "}  # words: arrows are wide in some terminals, narrow in others
# Codes of ISO 6429, "select graphic rendition".
_WEIGHTS = {"bold": "1", "dim": "2"}
_CODES: Mapping[Styling, Mapping[str, str]] = {
    "none": {},
    "weight": _WEIGHTS,
    "colour": {**_WEIGHTS, "red": "31", "yellow": "33", "cyan": "36"},
}
_WIDE_TABLE = (
    Column("#", wraps=False),
    Column("What"),
    Column("指标"),
    Column("Figure", right=True),
    Column("原文", right=True),
    Column("Kind, period"),
    Column("§", most=8),
)
_NARROW_TABLE = (Column("#", wraps=False), Column("What"), Column("Figure", right=True), Column("§", most=8))


def to_terminal(brief: BriefData, width: int, styling: Styling = "none") -> str:
    """The view as text, for lines of `width` cells."""
    codes = _CODES[styling]
    return "".join("".join(_styled(text, style, codes) for text, style in line) + "\n" for line in lines(brief, width))


def lines(brief: BriefData, width: int) -> Iterator[Line]:
    """The view line by line, top to bottom, each in styled pieces."""
    yield from _head(brief, min(width, _MEASURE))
    yield from _overview(brief, min(width, _MEASURE))
    yield from _figures(brief, width)
    yield from _findings(brief, min(width, _MEASURE))


def _styled(text: str, style: str, codes: Mapping[str, str]) -> str:
    chosen = ";".join(codes[word] for word in style.split() if word in codes)
    return f"\x1b[{chosen}m{text}\x1b[0m" if chosen else text


def _heading(text: str, width: int) -> Iterator[Line]:
    yield []
    yield from wrap([(text, "bold")], width)


def _head(brief: BriefData, width: int) -> Iterator[Line]:
    for part in title(brief):
        if part:
            yield from wrap([(one_line(part), "bold")], width)
    told = verdict(brief)
    indent = max(len(line.name) for line in told) + 2
    for line in told:
        yield from hanging((line.name, "cyan"), [(one_line(line.text), "")], indent, width)


def _overview(brief: BriefData, width: int) -> Iterator[Line]:
    yield from _heading("Overview · 概览", width)
    for text in _both(brief.overview.text):
        yield from wrap(text, width)
    for heading, several in overview_groups(brief.overview):
        yield from _heading(heading, width)
        for prose in several:
            for bullet, text in zip(("- ", ""), _both(prose), strict=False):
                yield from hanging((bullet, ""), text, 2, width)


def _both(prose: Prose) -> list[Line]:
    return [text for text in (_prose(prose, "en"), _prose(prose, "zh")) if text]


def _prose(prose: Prose, lang: str) -> Line:
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
    found: Line = []
    for start, end in pairwise(sorted(cuts)):
        piece = string[start:end]
        lead = " " if piece[:1].isspace() else ""
        trail = " " if piece[-1:].isspace() and len(piece) > 1 else ""
        found.append((lead + one_line(piece) + trail, cuts[start]))
    return found


def _figures(brief: BriefData, width: int) -> Iterator[Line]:
    yield from _heading(f"Figures · 数据 ({len(brief.metrics)})", width)
    if not brief.metrics:
        yield [("The report states no figure.", "")]
        return
    wide = width >= _WIDE
    rows = [_wide_row(m) if wide else _narrow_row(m) for m in brief.metrics]
    yield from table(_WIDE_TABLE if wide else _NARROW_TABLE, rows, width)


def _label(m: Metric) -> list[Piece]:
    label = (one_line(m.label.en or "—"), "")
    return [label] if m.status == "verified" else [label, (f" ({m.status})", "yellow")]


def _wide_row(m: Metric) -> list[list[Piece]]:
    return [
        [(m.id, "dim")],
        _label(m),
        [(one_line(m.label.zh or "—"), "")],
        [(one_line(m.display.en or ""), "bold")],
        [(one_line(m.display.zh or ""), "")],
        [(one_line(kind_and_period(m)), "")],
        [(one_line(m.section), "dim")],
    ]


def _narrow_row(m: Metric) -> list[list[Piece]]:
    zh = [("\n" + one_line(m.label.zh), "dim")] if m.label.zh else []
    zh_figure = one_line(m.display.zh or "")
    return [
        [(m.id, "dim")],
        _label(m) + ([(" (target)", "yellow")] if m.kind is Kind.TARGET else []) + zh,
        [
            (_WAYS.get(m.direction, "") if m.direction else "", ""),
            (one_line(m.display.en or ""), "bold"),
            ("\n" + zh_figure, "dim"),
        ],
        [(one_line(m.section), "dim")],
    ]


def _findings(brief: BriefData, width: int) -> Iterator[Line]:
    if not brief.findings:
        return
    yield from _heading(f"Findings · 提示 ({len(brief.findings)})", width)
    ordered = graver_first(brief.findings)
    remarks = [f for f in ordered if f.severity is Severity.INFO]
    for finding in [f for f in ordered if f.severity is not Severity.INFO] + remarks[:_MOST_REMARKS]:
        yield from wrap(_finding(finding), width)
    if len(remarks) > _MOST_REMARKS:
        more = f"... and {len(remarks) - _MOST_REMARKS} more remarks; --format md or json lists all"
        yield from wrap([(more, "dim")], width)


def _finding(finding: Finding) -> Line:
    where = finding.where.metric or (f"section {finding.where.section}" if finding.where.section else "")
    return [
        (finding.severity.value, _STYLES[finding.severity]),
        (f" {one_line(where)}" if where else "", ""),
        (f": {one_line(finding.message)}", ""),
    ]
