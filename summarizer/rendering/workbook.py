"""Excel workbooks: tables with typed cells, a frozen header and filters, in which no text is ever a formula or a link.

A Decimal stands as a number where Excel can hold it (15 significant digits), else as text, digit by digit, on an
orange ground. Text is written as text, whatever it begins with; what cannot be seen is spelled out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from summarizer.display import plain
from summarizer.rendering.safe import visible
from summarizer.rendering.table import Cell

_DIGITS = 15
_LONGEST = 32_000  # Excel takes 32,767 UTF-16 units in a cell, and the library drops a longer text without a word
_CUT = " … (cut: longer than a cell holds)"
_MADE = datetime(2000, 1, 1)  # equal contents give equal bytes
_WIDE = 60


class Workbook:
    """A workbook in memory; add tables, then take its bytes."""

    def __init__(self) -> None:
        import xlsxwriter

        self._out = BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True, "strings_to_formulas": False})
        self._book.set_properties({"created": _MADE})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def table(
        self,
        name: str,
        columns: Sequence[str],
        rows: Iterable[Mapping[str, Cell]],
        *,
        widths: Mapping[str, int],
        fixed: int = 0,
        links: Mapping[tuple[int, str], str] | None = None,
    ) -> None:
        """Add a sheet with a header and a row for each record.

        Args:
            widths: characters by column; 12 for a column that is not named. A column of 60 and more wraps.
            fixed: how many columns stay in view on the left.
            links: places of this workbook (`Sources!A5`) by row, counted from 0, and column.
        """
        sheet = self._book.add_worksheet(name)
        head = self._format(bold=True, bottom=1, text_wrap=True, valign="top", bg_color="#E8EEF4")
        for position, column in enumerate(columns):
            width = widths.get(column, 12)
            sheet.set_column(position, position, width, self._format(valign="top", text_wrap=width >= _WIDE))
            sheet.write_string(0, position, column, head)
        last = 0
        for row in rows:
            last += 1
            for position, column in enumerate(columns):
                self._write(sheet, last, position, row.get(column), (links or {}).get((last - 1, column)))
        sheet.freeze_panes(1, fixed)
        if columns:
            sheet.autofilter(0, 0, last, len(columns) - 1)

    def content(self) -> bytes:
        """Finish the workbook. Returns: the bytes of the .xlsx file; nothing can be added afterwards."""
        self._book.close()
        return self._out.getvalue()

    def _write(self, sheet: Any, row: int, column: int, cell: Cell, link: str | None) -> None:
        if cell is None or cell == "":
            return
        if link:
            # The link first: the cell written over it keeps its own type.
            sheet.write_url(row, column, f"internal:{link}", None, "x")
        look: dict[str, Any] = {"font_color": "#0B4F9E", "underline": 1} if link else {}
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self._format(valign="top", **look))
        elif isinstance(cell, Decimal):
            if holds(cell):
                number_format = "#,##0" + ("." + "0" * places if (places := _places(cell)) else "")
                # As a Decimal: the library writes floats by 16 digits, 8.2 as 8.199999999999999.
                sheet.write_number(row, column, cell, self._format(num_format=number_format, valign="top", **look))
            else:
                look["bg_color"] = "#FCE4C8"
                sheet.write_string(row, column, plain(cell), self._format(align="right", valign="top", **look))
        else:
            sheet.write_string(row, column, text_cell(cell), self._format(valign="top", **look) if link else None)

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def holds(value: Decimal) -> bool:
    """Whether Excel can hold a value digit by digit: it keeps 15 significant ones.

    >>> holds(Decimal("1387562.5")), holds(Decimal("1234567890123456.7"))
    (True, False)
    """
    digits = plain(value).lstrip("-").replace(".", "").strip("0")
    return len(digits) <= _DIGITS


def text_cell(text: str) -> str:
    """Text as a cell shows it: what cannot be seen spelled out, cut where a cell ends."""
    shown = visible(text)
    if len(shown) * 2 > _LONGEST and len(shown.encode("utf-16-le")) // 2 > _LONGEST:
        shown = shown.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", errors="ignore") + _CUT
    return shown


def _places(value: Decimal) -> int:
    return len(plain(value).partition(".")[2])
