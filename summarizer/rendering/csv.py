"""The metrics of briefs as CSV, one row each, for spreadsheets.

Text cells cannot start a formula: OWASP's list and its full-width forms get a leading apostrophe (FAULTS.md, F3). The
value column holds plain decimals and nothing else. Write the text as `utf-8-sig`, by which Excel knows it.
"""

import csv
import io

from summarizer.brief import BriefData
from summarizer.display import plain
from summarizer.patterns import pattern
from summarizer.rendering.safe import one_line

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
_FORMULA = pattern(r"['\s]*[=+\-@＝＋－＠]|[\t\r\n]")


def to_csv(*briefs: BriefData) -> str:
    """A header and a row for each metric, in order of the briefs; line ends as spreadsheets write them (CR LF)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for brief in briefs:
        writer.writerows(_rows(brief))
    return out.getvalue()


def text_cell(text: str | None) -> str:
    """A text cell that no spreadsheet takes for a formula, on one line; "" for None."""
    if not text:
        return ""
    line = one_line(text)
    return "'" + line if _FORMULA.match(line) else line


def _rows(brief: BriefData) -> list[list[str | int]]:
    report = brief.report
    titles = {s.id: s.title for s in brief.sections}
    fixed = [text_cell(brief.source.name), text_cell(report.issuer.zh), text_cell(report.issuer.en), report.year or ""]
    rows: list[list[str | int]] = []
    for m in brief.metrics:
        title = titles.get(m.section)
        rows.append(
            [
                *fixed,
                m.id,
                text_cell(m.key),
                text_cell(m.label.zh),
                text_cell(m.label.en),
                plain(m.value),
                text_cell(m.unit.zh),
                text_cell(m.unit.en),
                text_cell(m.display.zh),
                text_cell(m.display.en),
                text_cell(m.raw),
                m.kind.value,
                m.direction.value if m.direction else "",
                m.qualifier.value if m.qualifier else "",
                m.bound.value if m.bound else "",
                text_cell(m.period),
                "true" if m.stated_in_words else "false",
                m.status.value,
                text_cell(m.section),
                text_cell(title.zh) if title else "",
                text_cell(title.en) if title else "",
                m.number.start,
                m.number.end,
                m.evidence.start,
                m.evidence.end,
                text_cell(m.evidence.quote),
            ]
        )
    return rows
