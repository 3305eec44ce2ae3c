"""A comparison as users receive it: the record, and the ways to show and save it."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

from summarizer import writing
from summarizer.comparison import ComparisonData
from summarizer.comparison import Row as Row
from summarizer.records import record
from summarizer.result import frame

ComparisonFormat = Literal["md", "html", "csv", "xlsx", "parquet"]
_SUFFIXES: Mapping[str, ComparisonFormat] = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}


@record
class Comparison(ComparisonData):
    """Canonical metrics of several reports in one table: rows of `comparison.rows`, a cell for each of `.columns`."""

    @classmethod
    def of(cls, data: ComparisonData) -> "Comparison":
        """Make a comparison of its record."""
        return cls(**{f.name: getattr(data, f.name) for f in fields(ComparisonData)})

    def to_markdown(self) -> str:
        """The comparison as Markdown, every figure with a footnote to its sentence."""
        from summarizer.rendering.comparison_markdown import to_markdown

        return to_markdown(self)

    def to_html(self) -> str:
        """The comparison as one HTML page with trend charts, every figure linked to its sentence."""
        from summarizer.rendering.comparison_html import to_html

        return to_html(self)

    def to_csv(self) -> str:
        """A row for each figure, and for each cell without one, safe to open in a spreadsheet program."""
        from summarizer.rendering.comparison_tables import to_csv

        return to_csv(self)

    def to_xlsx(self) -> bytes:
        """An Excel workbook: the wide table, all figures with their sentences, notes, reports."""
        from summarizer.rendering.comparison_tables import to_xlsx

        return to_xlsx(self)

    def to_parquet(self) -> bytes:
        """The rows of the CSV as Parquet. Raises: OptionError when pyarrow is missing."""
        from summarizer.rendering.comparison_tables import to_parquet

        return to_parquet(self)

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows of the CSV as plain records; values are Decimals."""
        from summarizer.rendering import comparison_view

        return list(comparison_view.plain_rows(self))

    def to_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The rows of the CSV as a pandas or polars data frame: floats in `value`, the exact text in `exact`.

        Raises: ImportError naming what to install.
        """
        from summarizer.rendering import comparison_view as view
        from summarizer.rendering import table

        return frame(table.with_exact(view.COLUMNS, view.plain_rows(self)), library)

    def chart(self, key: str, part: str = "level") -> "Chart":
        """The trend of one canonical metric as a picture that shows itself in a notebook.

        Args:
            part: `level` or `change`. Of several units, and of bodies of different size, the first picture is taken.

        Raises: KeyError when there is no such trend, naming those there are.
        """
        from summarizer.rendering.charts import charts
        from summarizer.rendering.trends import drawable

        rows = [row for row in drawable(self) if row.part.value == part]
        for row in rows:
            if row.key == key:
                return Chart(charts(row, self)[0])
        known = ", ".join(dict.fromkeys(row.key for row in rows))
        raise KeyError(f"no trend of the {part} of {key!r}; there is one for {known or 'none'}")

    def row(self, key: str, part: str = "level") -> Row:
        """The first row of a canonical metric. Raises: KeyError."""
        for row in self.rows:
            if row.key == key and row.part.value == part:
                return row
        raise KeyError(f"no row for the {part} of {key!r}")

    def save(self, path: str | Path) -> Path:
        """Write the comparison, at once or not at all; the suffix says how: .md, .html, .csv, .xlsx or .parquet.

        Raises: ValueError for another suffix, OptionError for .parquet without pyarrow, StoreError when the file
        cannot be written.
        """
        target = Path(path)
        format = _SUFFIXES.get(target.suffix.lower())
        if format is None:
            raise ValueError(f"{target.name}: unknown suffix; name the file {', '.join(sorted(_SUFFIXES))}")
        writing.write(target, self.encoded(format))
        return target

    def encoded(self, format: ComparisonFormat) -> bytes:
        """The comparison as the bytes of a file: UTF-8, for CSV with a byte order mark."""
        match format:
            case "md":
                return self.to_markdown().encode(errors="backslashreplace")
            case "html":
                return self.to_html().encode(errors="backslashreplace")
            case "csv":
                return self.to_csv().encode("utf-8-sig", errors="backslashreplace")
            case "xlsx":
                return self.to_xlsx()
            case "parquet":
                return self.to_parquet()

    def _repr_html_(self) -> str:
        from summarizer.rendering import notebook

        return notebook.comparison_html(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return f"<Comparison of {len(self.columns)} reports: {len(self.rows)} rows, {len(self.notes)} notes>"

    __repr__ = __str__  # the record itself fills a screen


@record
class Chart:
    """A trend as an SVG picture."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg
