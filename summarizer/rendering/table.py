"""The metrics of briefs as one table, a row each: what CSV, XLSX, Parquet and data frames all hold."""

from collections.abc import Iterator
from decimal import Decimal

from summarizer.brief import BriefData
from summarizer.display import plain

Cell = str | int | bool | Decimal | None

COLUMNS = (
    "report",
    "issuer_zh",
    "issuer_en",
    "year",
    "metric",
    "key",
    "label_zh",
    "label_en",
    "value",
    "unit_zh",
    "unit_en",
    "figure_zh",
    "figure_en",
    "raw",
    "kind",
    "direction",
    "qualifier",
    "bound",
    "period",
    "stated_in_words",
    "status",
    "section",
    "section_title_zh",
    "section_title_en",
    "number_start",
    "number_end",
    "evidence_start",
    "evidence_end",
    "evidence",
)


def rows(*briefs: BriefData) -> Iterator[dict[str, Cell]]:
    """A row for each metric, in order of the briefs, keyed by `COLUMNS`; `value` is a Decimal, offsets are ints."""
    for brief in briefs:
        report = brief.report
        titles = {section.id: section.title for section in brief.sections}
        for m in brief.metrics:
            title = titles.get(m.section)
            yield {
                "report": brief.source.name,
                "issuer_zh": report.issuer.zh,
                "issuer_en": report.issuer.en,
                "year": report.year,
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
                "section_title_zh": title.zh if title else None,
                "section_title_en": title.en if title else None,
                "number_start": m.number.start,
                "number_end": m.number.end,
                "evidence_start": m.evidence.start,
                "evidence_end": m.evidence.end,
                "evidence": m.evidence.quote,
            }


def with_exact(columns: tuple[str, ...], table: Iterator[dict[str, Cell]]) -> dict[str, list[object]]:
    """Columns for programs that compute in floats: every Decimal column as floats, and its exact text beside it.

    A column `value` gets a column `exact`, a column `x_value` one called `x_exact`: decimal strings, digit by digit.
    """
    found: dict[str, list[object]] = {name: [] for name in columns}
    exact = {name: f"{name.removesuffix('value')}exact" for name in columns if name.endswith("value")}
    found.update({name: [] for name in exact.values()})
    for row in table:
        for name in columns:
            cell = row[name]
            if name in exact:
                found[name].append(None if cell is None else float(cell))
                found[exact[name]].append(plain(cell) if isinstance(cell, Decimal) else None)
            else:
                found[name].append(cell)
    return found
