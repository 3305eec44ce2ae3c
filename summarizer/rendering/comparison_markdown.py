"""A comparison as Markdown: a table for each theme, every figure with a footnote to its sentence."""

from collections.abc import Iterable
from itertools import groupby

from summarizer.comparison import Cell, CellState, ComparisonData, Row
from summarizer.rendering import comparison_view as view
from summarizer.rendering.safe import markdown as safe


def to_markdown(data: ComparisonData) -> str:
    """The whole comparison; text of the reports escaped."""
    sources = view.Sources(data)
    english, chinese = view.title(data)
    lines = [
        f"# {safe(english)} · {safe(chinese)}",
        "",
        *(f"- {safe(line)}" for line in view.summary(data)),
        "",
        *_reports(data),
        *_tables(data, sources),
        *_notes(data),
        *_legend(),
        *_footnotes(sources),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _reports(data: ComparisonData) -> Iterable[str]:
    yield from ("| Column | Body · 单位 | Year | Report |", "|---|---|---|---|")
    for column in data.columns:
        body = " · ".join(part for part in (column.issuer.en, column.body) if part)
        yield f"| {column.id} | {safe(body)} | {column.year or '?'} | {safe(column.source)} |"
    yield ""


def _tables(data: ComparisonData, sources: view.Sources) -> Iterable[str]:
    if not data.rows:
        yield from ("No metric is stated by two of these reports.", "")
    several = len(view.bodies(data)) > 1
    heads = [f"{safe(view.heading(column, several))} ({column.id})" for column in data.columns]
    for theme, rows in groupby(data.rows, key=lambda row: row.theme):
        yield f"## {safe(theme.en or '')} · {safe(theme.zh or '')}"
        yield ""
        yield "| Metric | 指标 | Unit · 单位 | " + " | ".join(heads) + " |"
        yield "|---|---|---|" + "---:|" * len(heads)
        for row in rows:
            cells = (_cell(row, cell, data, sources) for cell in row.cells)
            names = f"{safe(view.name_en(row))} | {safe(view.name_zh(row))} | {safe(view.unit(row))}"
            yield f"| {names} | {' | '.join(cells)} |"
        yield ""


def _cell(row: Row, cell: Cell, data: ComparisonData, sources: view.Sources) -> str:
    if cell.state is CellState.ABSENT:
        return view.ABSENT
    parts = []
    for shown in view.figures(row, cell, data):
        note = f"[^{sources.number(shown.figure)}]"
        if cell.state is CellState.UNMATCHED:
            parts.append(f"{view.UNMATCHED}{note}")
            continue
        remarks = f" ({safe(', '.join(shown.remarks))})" if shown.remarks else ""
        parts.append(f"{safe(shown.text)}{note}{remarks}")
    text = (" " if cell.state is CellState.UNMATCHED else " / ").join(parts)
    change = view.change_text(cell)
    if change:
        stated = cell.change.stated if cell.change else None
        text += f"; {safe(change)}" + (f"[^{sources.number(stated)}]" if stated else "")
    return text


def _notes(data: ComparisonData) -> Iterable[str]:
    yield from ("## Notes · 提示", "")
    if not data.notes:
        yield "None."
    names = {row.id: view.name_en(row) for row in data.rows}
    for note in data.notes:
        where = ", ".join(part for part in (names.get(note.row or "", ""), note.column or "") if part)
        yield f"- **{note.severity}** {safe(note.code)}{f' ({safe(where)})' if where else ''}: {safe(note.message)}"
    yield ""


def _legend() -> Iterable[str]:
    yield from ("## Signs · 说明", "")
    yield from (f"- `{sign}` {meaning}" for sign, meaning in view.LEGEND)
    yield ""


def _footnotes(sources: view.Sources) -> Iterable[str]:
    if not sources.numbers:
        return
    yield from ("## Sources · 出处", "")
    for number, column, evidence, _ in sources:
        told = f"{column.id}, {column.source}, characters {evidence.start}–{evidence.end}"
        yield f"[^{number}]: “{safe(evidence.quote)}” — {safe(told)}"
    yield ""
