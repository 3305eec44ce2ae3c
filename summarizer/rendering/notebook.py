"""What a notebook shows of a brief, of metrics and of a comparison: plain HTML that also a forge lets through.

Forges strip styles, scripts, anchors and pictures out of a notebook's HTML; so there is none, and every sentence folds
out below its table.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from summarizer.brief import BriefData, Metric
from summarizer.comparison import Cell, CellState, ComparisonData, Row
from summarizer.rendering import comparison_view as view
from summarizer.rendering.markdown import kind_and_period
from summarizer.rendering.safe import html as safe
from summarizer.rendering.safe import markdown as escaped
from summarizer.rendering.verdict import graver_first, overview_groups, title, verdict


def brief_html(brief: BriefData) -> str:
    """Head, verdict, overview in both languages, figures and doubts; the whole is in `to_html()`."""
    english, chinese = title(brief)
    overview = brief.overview
    doubts = [f for f in graver_first(brief.findings) if f.severity != "info"]
    parts = [
        f"<h3>{'<br>'.join(safe(part) for part in (english, chinese) if part)}</h3>",
        "<table>",
        *(f"<tr><th>{safe(line.name)}</th><td>{safe(line.text)}</td></tr>" for line in verdict(brief)),
        "</table>",
        *(f"<p>{safe(text)}</p>" for text in (overview.text.en, overview.text.zh) if text),
        *(
            f"<details><summary>{safe(heading)} ({len(texts)})</summary><ul>"
            + "".join(f"<li>{'<br>'.join(safe(t) for t in (p.en, p.zh) if t)}</li>" for p in texts)
            + "</ul></details>"
            for heading, texts in overview_groups(overview)
        ),
        f"<details><summary>Figures · 数据 ({len(brief.metrics)})</summary>{metrics_html(brief.metrics)}</details>",
    ]
    if doubts:
        items = "".join(f"<li><b>{safe(f.severity)}</b> {safe(f.message)}</li>" for f in doubts)
        parts.append(f"<details><summary>Doubts · 存疑 ({len(doubts)})</summary><ul>{items}</ul></details>")
    return "\n".join(parts)


def metrics_html(metrics: Sequence[Metric]) -> str:
    """A table of figures, each with its sentence."""
    head = "".join(f"<th>{name}</th>" for name in ("#", "What", "指标", "Figure", "原文", "Kind, period", "Sentence"))
    rows = "".join(
        "<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in (*_metric(m), m.evidence.quote)) + "</tr>"
        for m in metrics
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def metrics_markdown(metrics: Sequence[Metric]) -> str:
    """The same as Markdown."""
    lines = ["| # | What | 指标 | Figure | 原文 | Kind, period | Sentence |", "|---|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(escaped(cell) for cell in (*_metric(m), m.evidence.quote)) + " |" for m in metrics]
    return "\n".join(lines) + "\n"


def _metric(m: Metric) -> tuple[str, ...]:
    flag = "" if m.status == "verified" else f" ({m.status})"
    return (
        m.id + flag,
        m.label.en or "—",
        m.label.zh or "—",
        m.display.en or "",
        m.display.zh or "",
        kind_and_period(m),
    )


def comparison_html(data: ComparisonData) -> str:
    """The table with the sentences below it, notes, and what the signs mean."""
    sources = view.Sources(data)
    several = len(view.bodies(data)) > 1
    english, chinese = view.title(data)
    heads = "".join(f"<th>{safe(view.heading(column, several))}</th>" for column in data.columns)
    rows = []
    for theme, group in groupby(data.rows, key=lambda row: row.theme):
        rows.append(
            f'<tr><th colspan="{len(data.columns) + 2}">{safe(theme.en or "")} · {safe(theme.zh or "")}</th></tr>'
        )
        rows += [_row(row, data, sources) for row in group]
    parts = [
        f"<h3>{safe(english)}<br>{safe(chinese)}</h3>",
        *(f"<p>{safe(line)}.</p>" for line in view.summary(data)),
        f"<table><thead><tr><th>Metric · 指标</th><th>Unit · 单位</th>{heads}</tr></thead>",
        f"<tbody>{''.join(rows)}</tbody></table>",
        _folded(f"Sources · 出处 ({len(sources.numbers)})", _sources(sources)),
        _folded(f"Notes · 提示 ({len(data.notes)})", _notes(data)),
        _folded("Signs · 说明", [f"{safe(sign)}: {safe(meaning)}" for sign, meaning in view.LEGEND]),
    ]
    return "\n".join(part for part in parts if part)


def _row(row: Row, data: ComparisonData, sources: view.Sources) -> str:
    cells = "".join(f"<td>{_cell(row, cell, data, sources)}</td>" for cell in row.cells)
    name = f"{safe(view.name_en(row))}<br>{safe(view.name_zh(row))}"
    return f"<tr><td>{name}</td><td>{safe(view.unit(row))}</td>{cells}</tr>"


def _cell(row: Row, cell: Cell, data: ComparisonData, sources: view.Sources) -> str:
    if cell.state is CellState.ABSENT:
        return view.ABSENT
    parts = []
    for shown in view.figures(row, cell, data):
        unsure = cell.state is CellState.UNMATCHED
        remarks = f" ({', '.join(shown.remarks)})" if shown.remarks and not unsure else ""
        text = safe((view.UNMATCHED if unsure else shown.text) + remarks)
        parts.append(f"{text}<sup>{sources.number(shown.figure)}</sup>")
    change = view.change_text(cell)
    return " / ".join(parts) + (f"<br><small>{safe(change)}</small>" if change else "")


def _sources(sources: view.Sources) -> Iterable[str]:
    for number, column, evidence, _ in sources:
        yield f"<b>{number}</b> {safe(column.source)}, {evidence.start}–{evidence.end}: {safe(evidence.quote)}"


def _notes(data: ComparisonData) -> Iterable[str]:
    names = {row.id: view.name_en(row) for row in data.rows}
    heads = {column.id: f"{column.body} {column.year or ''}".strip() for column in data.columns}
    for note in data.notes:
        where = ", ".join(part for part in (names.get(note.row or "", ""), heads.get(note.column or "", "")) if part)
        yield f"<b>{safe(note.severity)}</b> {safe(where + ': ' if where else '')}{safe(note.message)}"


def _folded(heading: str, items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<details><summary>{safe(heading)}</summary><ul>{listed}</ul></details>" if listed else ""
