"""Tables as CSV, for spreadsheets.

Text cells cannot start a formula: OWASP's list and its full-width forms get a leading apostrophe. The
value columns hold plain decimals and nothing else. Write the text as `utf-8-sig`, by which Excel knows it.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

from summarizer.brief import BriefData
from summarizer.display import plain
from summarizer.patterns import pattern
from summarizer.rendering import table
from summarizer.rendering.safe import one_line
from summarizer.rendering.table import COLUMNS as COLUMNS
from summarizer.rendering.table import Cell

_FORMULA = pattern(r"['\s]*[=+\-@＝＋－＠]|[\t\r\n]")


def to_csv(*briefs: BriefData) -> str:
    """A header and a row for each metric, in order of the briefs; line ends as spreadsheets write them (CR LF)."""
    return written(COLUMNS, table.rows(*briefs))


def written(columns: tuple[str, ...], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Any table as CSV: its header, then its rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return out.getvalue()


def text_cell(text: str | None) -> str:
    """A text cell that no spreadsheet takes for a formula, on one line; "" for None."""
    if not text:
        return ""
    line = one_line(text)
    return "'" + line if _FORMULA.match(line) else line


def _cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain(cell)
    return text_cell(cell) if isinstance(cell, str) else cell
