"""A finished brief as users receive it: the published record, and the ways to show, save and load it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer import writing
from summarizer.brief import BriefData, Finding, Severity
from summarizer.brief import SectionStatus as SectionStatus

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from summarizer.rendering.grouping import Themes

Format = Literal["json", "md", "html", "csv"]
FORMATS: tuple[Format, ...] = ("json", "md", "html", "csv")
_SUFFIXES: Mapping[str, Format] = {
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
}


@dataclass(frozen=True, slots=True)
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
        return cls(**{f.name: getattr(data, f.name) for f in fields(BriefData)}, text=text)

    @classmethod
    def from_json(cls, content: str | bytes) -> "Brief":
        """Load a brief that `to_json` wrote. Raises: InputError when it is none."""
        from summarizer import reading
        from summarizer.rendering import json

        text = content if isinstance(content, str) else reading.read_bytes(content, "brief").text
        return cls.of(json.from_json(text))

    @classmethod
    def read(cls, source: str | Path) -> "Brief":
        """Load a brief from a file that `save` wrote; `-` is standard input. Raises: InputError."""
        from summarizer import reading

        return cls.from_json(reading.read(source).text)

    @property
    def data(self) -> BriefData:
        """The published record alone."""
        return BriefData(**{f.name: getattr(self, f.name) for f in fields(BriefData)})

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

    def to_csv(self) -> str:
        """The metrics as CSV, a row each, text cells safe to open in a spreadsheet program."""
        from summarizer.rendering import csv

        return csv.to_csv(self.data)

    def to_rows(self) -> list[dict[str, Any]]:
        """The metrics as plain rows, with the columns of the CSV.

        `value` is a `Decimal`; `number_start`, `number_end`, `evidence_start` and `evidence_end` are offsets into the
        report's text.
        """
        titles = {section.id: section.title for section in self.sections}
        return [
            {
                "report": self.source.name,
                "issuer_zh": self.report.issuer.zh,
                "issuer_en": self.report.issuer.en,
                "year": self.report.year,
                "metric": m.id,
                "key": m.key,
                "label_zh": m.label.zh,
                "label_en": m.label.en,
                "value": m.value,
                "unit_zh": m.unit.zh,
                "unit_en": m.unit.en,
                "figure_zh": m.display.zh,
                "figure_en": m.display.en,
                "raw": m.raw,
                "kind": m.kind.value,
                "direction": m.direction.value if m.direction else None,
                "qualifier": m.qualifier.value if m.qualifier else None,
                "bound": m.bound.value if m.bound else None,
                "period": m.period,
                "stated_in_words": m.stated_in_words,
                "status": m.status.value,
                "section": m.section,
                "section_title_zh": titles[m.section].zh if m.section in titles else None,
                "section_title_en": titles[m.section].en if m.section in titles else None,
                "number_start": m.number.start,
                "number_end": m.number.end,
                "evidence_start": m.evidence.start,
                "evidence_end": m.evidence.end,
                "evidence": m.evidence.quote,
            }
            for m in self.metrics
        ]

    def to_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The metrics as a pandas or polars data frame, columns as in `to_rows`.

        `value` is a float for computing with; `exact` holds the same value as a decimal string.
        Without `library`, the first of pandas and polars that is installed.
        Raises: ImportError naming what to install.
        """
        from summarizer.display import plain
        from summarizer.rendering.csv import COLUMNS

        rows = self.to_rows()
        columns = {name: [row[name] for row in rows] for name in COLUMNS}
        columns["exact"] = [plain(value) for value in columns["value"]]
        columns["value"] = [float(value) for value in columns["value"]]
        return _frames(library).DataFrame(columns)

    def save(self, path: str | Path) -> Path:
        """Write the brief, at once or not at all; the suffix says how: .json, .md, .html or .csv.

        Raises: ValueError for another suffix, StoreError when the file cannot be written.
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

    def _repr_html_(self) -> str:
        from summarizer.rendering import fragment

        return fragment.to_fragment(self.data)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """Show the brief in a terminal that rich draws."""
        from summarizer.rendering import terminal

        yield from terminal.render(self.data)

    def __str__(self) -> str:
        return f"<Brief of {self.source.name}: {len(self.metrics)} figures, {len(self.findings)} findings>"


def _frames(library: str | None) -> Any:
    for name in (library,) if library else ("pandas", "polars"):
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    wanted = library or "pandas (or polars)"
    raise ImportError(f"to_frame needs {wanted}: pip install {library or 'pandas'}; to_rows() works without")
