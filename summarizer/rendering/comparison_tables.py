"""A comparison as tables to compute with: CSV and Parquet hold a row for each figure, XLSX the wide table as well."""

from collections.abc import Iterator

from summarizer.comparison import Cell, CellState, ComparisonData, Row
from summarizer.rendering import comparison_view as view
from summarizer.rendering import csv, parquet
from summarizer.rendering.table import Cell as TableCell
from summarizer.rendering.workbook import Workbook

_LEADS = ("metric", "指标", "part", "unit", "单位")
_NOTES = ("severity", "code", "metric", "report", "message")
_REPORTS = ("column", "body", "issuer_en", "issuer_zh", "year", "title_en", "title_zh", "report", "type", "sha256")


def to_csv(data: ComparisonData) -> str:
    """A row for each figure, and for each cell without one."""
    return csv.written(view.COLUMNS, view.plain_rows(data))


def to_parquet(data: ComparisonData) -> bytes:
    """The same as Parquet. Raises: OptionError when pyarrow is missing."""
    return parquet.written(view.COLUMNS, view.plain_rows(data), view.INTEGERS, view.BOOLEANS)


def to_xlsx(data: ComparisonData) -> bytes:
    """The wide table with typed numbers that lead to their sentences, all figures, notes and reports, a sheet each."""
    book = Workbook()
    heads = [f"{column.body} {column.year or '?'} ({column.id})" for column in data.columns]
    signs = [f"{column.id} says" for column in data.columns]
    leads = {"metric": 44, "指标": 30, "part": 14, "unit": 22, "单位": 12}
    links: dict[tuple[int, str], str] = {}
    lines = [line for line in view.plain_rows(data) if line["metric"] is not None]  # the wide table tells the rest
    at = {
        (line["key"], line["part"], line["unit_zh"], line["report"], line["metric"]): n for n, line in enumerate(lines)
    }
    for position, row in enumerate(data.rows):
        for column, head, cell in zip(data.columns, heads, row.cells, strict=True):
            told = cell.figures or cell.others
            if told:
                place = at[row.key, row.part.value, row.unit.zh, column.source, told[0].metric.id]
                links[position, head] = f"Figures!A{place + 2}"
    columns = (*_LEADS, *(name for pair in zip(heads, signs, strict=True) for name in pair))
    book.table(
        "Comparison",
        columns,
        _wide(data, heads, signs),
        widths=leads | dict.fromkeys(heads, 20) | dict.fromkeys(signs, 24),
        fixed=2,
        links=links,
    )
    widths = {"name_en": 36, "name_zh": 26, "report": 30, "body": 24, "told_by": 30, "evidence": 80, "value": 18}
    book.table("Figures", view.COLUMNS, lines, widths=widths, fixed=2)
    book.table("Notes", _NOTES, _notes(data), widths={"message": 100, "metric": 44, "report": 30, "code": 18})
    widths = {"body": 24, "issuer_en": 36, "issuer_zh": 24, "title_en": 40, "title_zh": 40, "report": 40}
    book.table("Reports", _REPORTS, _reports(data), widths=widths)
    return book.content()


def _wide(data: ComparisonData, heads: list[str], signs: list[str]) -> Iterator[dict[str, TableCell]]:
    for row in data.rows:
        line: dict[str, TableCell] = {
            "metric": row.name.en,
            "指标": row.name.zh,
            "part": row.part.value,
            "unit": view.unit_en(row),
            "单位": view.unit_zh(row),
        }
        for head, sign, cell in zip(heads, signs, row.cells, strict=True):
            line[head] = _value(row, cell)
            line[sign] = _says(row, cell, data)
        yield line


def _value(row: Row, cell: Cell) -> TableCell:
    if len(cell.figures) == 1:
        return cell.figures[0].value.scaleb(-row.scale)
    if cell.figures:
        return " / ".join(view.figure_text(row, figure) for figure in cell.figures)
    return view.UNMATCHED if cell.state is CellState.UNMATCHED else None


def _says(row: Row, cell: Cell, data: ComparisonData) -> str | None:
    """What the number alone does not say: a qualifier, another stretch of time, the change; why there is none."""
    if not cell.figures:
        return "not matched" if cell.state is CellState.UNMATCHED else "absent"
    parts = [remark for shown in view.figures(row, cell, data) for remark in shown.remarks]
    if len(cell.figures) == 1 and (qualifier := cell.figures[0].metric.qualifier):
        parts.insert(0, qualifier.value.replace("_", " "))
    elif len(cell.figures) > 1:
        parts.insert(0, "several figures")
    if cell.state is CellState.ZERO:
        parts.insert(0, "stated zero")
    if change := view.change_text(cell):
        parts.append(change)
    return "; ".join(dict.fromkeys(parts)) or None


def _notes(data: ComparisonData) -> Iterator[dict[str, TableCell]]:
    names = {row.id: view.name_en(row) for row in data.rows}
    reports = {column.id: column.source for column in data.columns}
    for note in data.notes:
        yield {
            "severity": note.severity.value,
            "code": note.code,
            "metric": names.get(note.row or ""),
            "report": reports.get(note.column or ""),
            "message": note.message,
        }


def _reports(data: ComparisonData) -> Iterator[dict[str, TableCell]]:
    for column in data.columns:
        yield {
            "column": column.id,
            "body": column.body,
            "issuer_en": column.issuer.en,
            "issuer_zh": column.issuer.zh,
            "year": column.year,
            "title_en": column.title.en,
            "title_zh": column.title.zh,
            "report": column.source,
            "type": column.type,
            "sha256": column.sha256,
        }
