"""Briefs as an Excel workbook: a sheet of figures, one of findings, one of reports."""

from collections.abc import Iterator

from summarizer.brief import BriefData
from summarizer.rendering import table
from summarizer.rendering.table import Cell
from summarizer.rendering.verdict import graver_first, verdict
from summarizer.rendering.workbook import Workbook, holds

# The columns of the CSV, those that people read first.
_FIGURES = (
    *("metric", "label_en", "label_zh", "value", "unit_en", "unit_zh", "qualifier", "kind", "direction", "period"),
    *("evidence", "figure_en", "figure_zh", "raw", "bound", "stated_in_words", "status", "key"),
    *("section", "section_title_zh", "section_title_en", "issuer_zh", "issuer_en", "year", "report"),
    *("number_start", "number_end", "evidence_start", "evidence_end"),
)
_WIDTHS = {
    "metric": 7,
    "label_en": 40,
    "label_zh": 30,
    "value": 18,
    "evidence": 80,
    "figure_en": 22,
    "figure_zh": 16,
    "key": 24,
    "section_title_zh": 30,
    "section_title_en": 30,
    "issuer_zh": 24,
    "issuer_en": 30,
    "report": 30,
}
_FINDINGS = ("severity", "code", "report", "section", "metric", "message", "start", "end")
_REPORTS = (
    *("report", "title_en", "title_zh", "issuer_en", "issuer_zh", "year", "issued", "type", "sha256"),
    *("figures", "checked", "careful", "overview_en", "overview_zh"),
)


def to_xlsx(*briefs: BriefData) -> bytes:
    """The figures of briefs with typed values, their findings, and what each report is."""
    book = Workbook()
    book.table("Figures", _FIGURES, table.rows(*briefs), widths=_WIDTHS, fixed=2)
    book.table("Findings", _FINDINGS, _findings(*briefs), widths={"message": 100, "code": 20, "report": 30})
    widths = {"title_en": 40, "title_zh": 40, "issuer_en": 30, "issuer_zh": 24, "report": 30, "sha256": 20}
    widths |= dict.fromkeys(("figures", "checked", "careful"), 60) | dict.fromkeys(("overview_en", "overview_zh"), 80)
    book.table("Reports", _REPORTS, _reports(*briefs), widths=widths, fixed=1)
    return book.content()


def _findings(*briefs: BriefData) -> Iterator[dict[str, Cell]]:
    for brief in briefs:
        for finding in graver_first(brief.findings):
            where = finding.where
            yield {
                "severity": finding.severity.value,
                "code": finding.code,
                "report": brief.source.name,
                "section": where.section,
                "metric": where.metric,
                "message": finding.message,
                "start": where.start,
                "end": where.end,
            }
        for m in brief.metrics:
            if not holds(m.value):
                yield {
                    "severity": "info",
                    "code": "value_as_text",
                    "report": brief.source.name,
                    "section": m.section,
                    "metric": m.id,
                    "message": "the value has more digits than a spreadsheet holds and stands as text",
                    "start": m.number.start,
                    "end": m.number.end,
                }


def _reports(*briefs: BriefData) -> Iterator[dict[str, Cell]]:
    for brief in briefs:
        report = brief.report
        told = {line.name.lower(): line.text for line in verdict(brief)}
        yield {
            "report": brief.source.name,
            "title_en": report.title.en,
            "title_zh": report.title.zh,
            "issuer_en": report.issuer.en,
            "issuer_zh": report.issuer.zh,
            "year": report.year,
            "issued": report.issued,
            "type": report.type,
            "sha256": brief.source.sha256,
            "figures": told.get("figures"),
            "checked": told.get("checked"),
            "careful": told.get("careful"),
            "overview_en": brief.overview.text.en,
            "overview_zh": brief.overview.text.zh,
        }
