"""Checked by mypy, never run: the public API as a typed caller uses it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from summarizer import (
    Brief,
    Engine,
    Outcome,
    ReportType,
    SummarizerError,
    check,
    inspect,
    load_report_type,
    summarize,
    summarize_many,
    summarize_text,
)
from summarizer.engines.protocol import Draft, DraftOverview, DraftProse, Reading


class OwnEngine:
    """Meets `Engine` by its shape alone."""

    name = "own"

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        """Say nothing."""
        return Draft({}, {}, DraftOverview(DraftProse("", "")))


engine: Engine = OwnEngine()
report_type: ReportType = load_report_type("rule_of_law", Path("home"))

brief: Brief = summarize("report.txt")
brief = summarize(Path("report.txt"), engine=engine, report_type=report_type)
brief = summarize("report.txt", engine="offline", report_type="rule_of_law", home=Path("home"))
brief = summarize_text("2023年,办理案件15件。", name="example")
outcomes: Iterator[Outcome] = summarize_many([Path("a.txt"), "b.txt"])
for outcome in outcomes:
    failed: Exception | None = outcome.error
    if outcome.brief is not None:
        values: list[Decimal] = [metric.value for metric in outcome.brief.metrics]

label: str | None = brief.metrics[0].label.en
place: int = brief.metrics[0].number.start
english: str = brief.overview.text.en
page: str = brief.to_json() + brief.to_json_line() + brief.to_markdown() + brief.to_html() + brief.to_csv()
saved: Path = brief.save("brief.json")
brief = Brief.from_json(page)
brief = Brief.read("brief.json")
severities: list[str] = [finding.severity for finding in (*check(brief, "report.txt"), *brief.doubts)]
sections: list[str] = [section.title for section in inspect("report.txt").sections]

try:
    summarize("missing.txt")
except SummarizerError as error:
    message: str = str(error)
