"""A finished brief as users receive it: the published record, and the ways to show, save and load it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer import writing
from summarizer.brief import BriefData, Finding, Metric, Severity
from summarizer.brief import SectionStatus as SectionStatus
from summarizer.records import record

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from summarizer.rendering.grouping import Themes
    from summarizer.rendering.terminal import Styling

Format = Literal["json", "md", "html", "csv", "xlsx", "parquet"]
FORMATS: tuple[Format, ...] = ("json", "md", "html", "csv", "xlsx", "parquet")
_SUFFIXES: Mapping[str, Format] = {
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}


@record
class Brief(BriefData):
    """A brief of one report.

    Every attribute of the published JSON is an attribute here (`brief.metrics`, `brief.overview.text.en`).

    Attributes:
        text: the report's text, to which all offsets refer; None when the brief was loaded from JSON.
    """

    text: str | None = field(default=None, repr=False, compare=False, kw_only=True)

    @classmethod
    def of(cls, data: BriefData, text: str | None = None) -> "Brief":
        """Make a brief of a published record and the text it is about."""
        return cls(**{name: getattr(data, name) for name in BriefData.__match_args__}, text=text)

    @classmethod
    def from_json(cls, content: str | bytes) -> "Brief":
        """Load a brief that `to_json` wrote. Raises: InputError when it is none."""
        from summarizer import reading
        from summarizer.rendering import json

        text = content if isinstance(content, str) else reading.read_bytes(content, "brief").text
        return cls.of(json.from_json(text))

    @classmethod
    def all_from_json(cls, content: bytes, name: str) -> "list[Brief]":
        """Load every brief of a file: one object, or one a line. Raises: InputError naming file and line."""
        from summarizer.errors import InputError
        from summarizer.rendering import json

        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{name}: not a brief: it is not UTF-8") from error
        lines = [line for line in text.splitlines() if line.strip()]
        several = len(lines) > 1 and lines[0].rstrip().endswith("}") and lines[1].startswith("{")
        briefs = []
        for number, one in enumerate(lines if several else [text], 1):
            try:
                briefs.append(cls.of(json.from_json(one)))
            except InputError as error:
                raise InputError(f"{name}{f', line {number}' if several else ''}: {error}") from error
        return briefs

    @classmethod
    def read(cls, source: str | Path) -> "Brief":
        """Load a brief from a file that `save` wrote; `-` is standard input. Raises: InputError."""
        from summarizer import reading

        return cls.from_json(reading.read(source).text)

    @property
    def data(self) -> BriefData:
        """The published record alone."""
        return BriefData(**{name: getattr(self, name) for name in BriefData.__match_args__})

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """The findings that are warnings or errors."""
        return tuple(finding for finding in self.findings if finding.severity is not Severity.INFO)

    def to_json(self) -> str:
        """The published JSON, over several lines."""
        from summarizer.rendering import json

        return json.to_json(self.data)

    def to_json_line(self) -> str:
        """The published JSON on one line, as JSON Lines wants it."""
        from summarizer.rendering import json

        return json.to_json_lines([self.data])

    def to_markdown(self, themes: "Themes | None" = None) -> str:
        """The brief as Markdown, text of the report escaped.

        `themes` names the theme of each canonical metric; the table of figures is grouped by it.
        """
        from summarizer.rendering import markdown

        return markdown.to_markdown(self.data, themes)

    def to_html(self, themes: "Themes | None" = None) -> str:
        """The brief as one HTML page that loads nothing from elsewhere; with the report's text when `text` is there.

        `themes` names the theme of each canonical metric; the table of figures is grouped by it.
        """
        from summarizer.rendering import html

        return html.to_html(self.data, self.text, themes)

    def to_text(self, width: int = 100, styling: "Styling" = "none") -> str:
        """The view of the command line for lines of `width` cells, a Chinese character taking two."""
        from summarizer.rendering import terminal

        return terminal.to_terminal(self.data, width, styling)

    def to_csv(self) -> str:
        """The metrics as CSV, a row each, text cells safe to open in a spreadsheet program."""
        from summarizer.rendering import csv

        return csv.to_csv(self.data)

    def to_xlsx(self) -> bytes:
        """The figures, findings and head of the brief as an Excel workbook, values typed, text never a formula."""
        from summarizer.rendering import xlsx

        return xlsx.to_xlsx(self.data)

    def to_parquet(self) -> bytes:
        """The metrics as Parquet, columns as in `to_frame`. Raises: OptionError when pyarrow is missing."""
        from summarizer.rendering import parquet

        return parquet.to_parquet(self.data)

    def to_rows(self) -> list[dict[str, Any]]:
        """The metrics as plain rows, with the columns of the CSV.

        `value` is a `Decimal`; `number_start`, `number_end`, `evidence_start` and `evidence_end` are offsets into the
        report's text.
        """
        from summarizer.rendering import table

        return list(table.rows(self.data))

    def to_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The metrics as a pandas or polars data frame, columns as in `to_rows`.

        `value` is a float for computing with; `exact` holds the same value as a decimal string.
        Without `library`, the first of pandas and polars that is installed.
        Raises: ImportError naming what to install.
        """
        from summarizer.rendering import table

        return frame(table.with_exact(table.COLUMNS, table.rows(self.data)), library)

    def save(self, path: str | Path) -> Path:
        """Write the brief, at once or not at all; the suffix says how: .json, .md, .html, .csv, .xlsx or
        .parquet.

        Raises: ValueError for another suffix, OptionError for .parquet without pyarrow, StoreError when the file
        cannot be written.
        """
        target = Path(path)
        format = _SUFFIXES.get(target.suffix.lower())
        if format is None:
            raise ValueError(f"{target.name}: unknown suffix; name the file {', '.join(sorted(_SUFFIXES))}")
        writing.write(target, self.encoded(format))
        return target

    def save_text(self, path: str | Path) -> Path:
        """Write the report's text, to which all offsets refer, as UTF-8. Raises: ValueError, StoreError."""
        if self.text is None:
            raise ValueError("this brief was loaded from JSON and does not hold the text of its report")
        target = Path(path)
        writing.write(target, self.text.encode())
        return target

    def encoded(self, format: Format) -> bytes:
        """The brief as the bytes of a file: UTF-8, for CSV with a byte order mark, by which spreadsheets know it."""
        match format:
            case "json":
                return self.to_json().encode()
            case "md":
                return self.to_markdown().encode()
            case "html":
                return self.to_html().encode()
            case "csv":
                return self.to_csv().encode("utf-8-sig")
            case "xlsx":
                return self.to_xlsx()
            case "parquet":
                return self.to_parquet()

    def table(self, where: Callable[[Metric], bool] = lambda _: True) -> "MetricTable":
        """The metrics, or those that `where` chooses, as a table that shows itself in a notebook."""
        return MetricTable(tuple(metric for metric in self.metrics if where(metric)))

    def _repr_html_(self) -> str:
        from summarizer.rendering import notebook

        return notebook.brief_html(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """Show the brief in a terminal that rich draws."""
        from rich.segment import Segment
        from rich.style import Style

        from summarizer.rendering import terminal

        for line in terminal.lines(self.data, options.max_width):
            yield from (Segment(text, Style.parse(style)) for text, style in line)
            yield Segment.line()

    def __str__(self) -> str:
        return f"<Brief of {self.source.name}: {len(self.metrics)} figures, {len(self.findings)} findings>"

    __repr__ = __str__  # the record itself fills a screen


@record
class MetricTable:
    """Metrics that show themselves as a table in a notebook."""

    metrics: tuple[Metric, ...]

    def __len__(self) -> int:
        return len(self.metrics)

    def __iter__(self) -> Iterator[Metric]:
        return iter(self.metrics)

    def _repr_html_(self) -> str:
        from summarizer.rendering import notebook

        return notebook.metrics_html(self.metrics)

    def _repr_markdown_(self) -> str:
        from summarizer.rendering import notebook

        return notebook.metrics_markdown(self.metrics)

    def __str__(self) -> str:
        return f"<{len(self.metrics)} metrics>"

    __repr__ = __str__


def frame(columns: Mapping[str, list[object]], library: Literal["pandas", "polars"] | None = None) -> Any:
    """A data frame of the library named, else of the first of pandas and polars that is installed.

    Raises: ImportError naming what to install, ValueError for another library.
    """
    if library not in (None, "pandas", "polars"):
        raise ValueError(f"{library!r}: name pandas or polars")
    for name in (library,) if library else ("pandas", "polars"):
        try:
            return import_module(name).DataFrame(columns)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    wanted = library or "pandas (or polars)"
    raise ImportError(f"to_frame needs {wanted}: pip install {library or 'pandas'}; to_rows() works without")
