"""The whole way of a report, seeds and odd texts, with the offline engine: every offset leads to what it claims."""

import dataclasses
from pathlib import Path

import pytest

from summarizer.brief import BriefData, MetricStatus, Prose, Severity
from summarizer.document import Document
from summarizer.engines.offline import OfflineEngine
from summarizer.pipeline import read_report, run
from summarizer.reading import read_path, read_text
from summarizer.report_type import ReportType
from summarizer.resources import load_report_type

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def report_type() -> ReportType:
    return load_report_type()


def briefed(document: Document, report_type: ReportType) -> BriefData:
    ticks = iter(range(10))
    return run(document, OfflineEngine(), report_type, lambda: float(next(ticks)))


def proses(brief: BriefData) -> list[Prose]:
    overview = brief.overview
    found = [overview.text, *overview.achievements, *overview.problems, *overview.plans]
    for section in brief.sections:
        found += [p for p in (section.summary, *section.key_points) if p is not None]
    return found


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_every_offset_of_a_seed_leads_to_what_it_claims(path: Path, report_type: ReportType) -> None:
    """`text[start:end]` is the quoted thing, for numbers, sentences, dismissed numbers, sections and prose evidence."""
    document = read_path(path)
    text = document.text
    brief = briefed(document, report_type)
    assert brief.metrics
    for metric in brief.metrics:
        quote, start, end = metric.evidence.quote, metric.evidence.start, metric.evidence.end
        assert text[start:end] == quote
        assert start <= metric.number.start < metric.number.end <= end
        assert text[metric.number.start : metric.number.end] in metric.raw or metric.stated_in_words
    for dismissed in brief.numbers.dismissed:
        assert text[dismissed.start : dismissed.end] == dismissed.raw
    for section in brief.sections:
        assert text.startswith(section.number, section.start)
        assert brief.source.body.start <= section.start <= section.end <= brief.source.body.end
    for prose in proses(brief):
        for evidence in prose.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_every_figure_of_a_prose_is_its_metric(path: Path, report_type: ReportType) -> None:
    """What stands at a figure's place is the metric's display in that language, letter by letter."""
    brief = briefed(read_path(path), report_type)
    metrics = {metric.id: metric for metric in brief.metrics}
    figures = 0
    for prose in proses(brief):
        for figure in prose.figures:
            display = metrics[figure.metric].display
            if figure.zh is not None:
                assert prose.zh[figure.zh.start : figure.zh.end] == display.zh
            if figure.en is not None:
                assert prose.en[figure.en.start : figure.en.end] == display.en
            figures += 1
    assert figures


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_every_number_of_a_seed_is_accounted_for(path: Path, report_type: ReportType) -> None:
    """No run of digits or Han numerals is left over, and each metric has a label in both languages."""
    brief = briefed(read_path(path), report_type)
    assert brief.numbers.unaccounted == ()
    assert brief.numbers.total == len(brief.metrics) + len(brief.numbers.dismissed)
    for metric in brief.metrics:
        assert metric.label.zh, metric.id
        assert metric.label.en, metric.id
        assert metric.status is not MetricStatus.DISPUTED


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_equal_runs_give_equal_briefs(path: Path, report_type: ReportType) -> None:
    """Nothing but `run` may differ between two runs over the same report."""
    first, second = (briefed(read_path(path), report_type) for _ in range(2))
    assert dataclasses.replace(first, run=second.run) == second


def test_sentences_end_where_a_heading_begins() -> None:
    """A report printed on one line has no line end before a heading; its sentence still ends there."""
    document = read_text("2023年工作总结 一、工作情况 办理案件15件 二、存在问题 处罚30起。", "one line")
    reading = read_report(document)
    starts = {section.start for section in reading.sections}
    assert len(starts) > 1
    for sentence in reading.sentences:
        assert not any(sentence.start < start < sentence.end for start in starts)


@pytest.mark.parametrize("text", ["没有数字的报告。", "12", "一、\n二、\n三、", "|a|b|\n|1|2|\n", "处" * 5000])
def test_odd_texts_make_a_brief(text: str, report_type: ReportType) -> None:
    """A text with no heading, no number or no sentence is no error."""
    brief = briefed(read_text(text, "odd"), report_type)
    assert brief.numbers.unaccounted == ()


def test_remarks_of_the_reader_become_findings(report_type: ReportType) -> None:
    """What the reader of the file warned about is a finding of the brief."""
    document = dataclasses.replace(read_text("办理案件15件。", "r"), warnings=("a byte was lost",))
    brief = briefed(document, report_type)
    assert [(f.severity, f.code, f.message) for f in brief.findings if f.code == "reading"] == [
        (Severity.WARNING, "reading", "a byte was lost")
    ]


def test_the_clock_is_read_for_the_run_alone(report_type: ReportType) -> None:
    """Seconds are the difference of two readings of the caller's clock."""
    assert briefed(read_text("办理案件15件。", "r"), report_type).run.seconds == 1.0
