"""A checked draft becomes a brief: ids in order of place, references filled in, evidence, statuses.

Pure: the same reading, draft, report type and findings give the same brief, byte for byte (`run` aside).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from summarizer import canonical
from summarizer.accounting import account
from summarizer.brief import (
    SCHEMA_VERSION,
    Bilingual,
    BriefData,
    Evidence,
    Finding,
    Metric,
    MetricStatus,
    Overview,
    Prose,
    Range,
    RemovedText,
    Report,
    Run,
    SectionBrief,
    SectionStatus,
    Severity,
    Source,
)
from summarizer.display import display, unit_en
from summarizer.document import Kind, Section, Span
from summarizer.engines.protocol import Draft, DraftProse, Reading
from summarizer.filling import fill, is_untranslated
from summarizer.known_numbers import known_numbers
from summarizer.patterns import pattern
from summarizer.report_type import ReportType
from summarizer.second_reader import disagreement

SECTION_FAILED = "section_failed"  # code of the finding that makes a section's status `failed`

_GRAVE = (Severity.WARNING, Severity.ERROR)


def merge(reading: Reading, draft: Draft, report_type: ReportType, findings: Iterable[Finding], run: Run) -> BriefData:
    """Join what code read and what the engine said into one brief."""
    findings = tuple(findings)
    displays = [display(q, reading.document.text) for q in reading.numbers.quantities]
    teller = _Teller(reading, displays)
    overview = draft.overview
    return BriefData(
        schema_version=SCHEMA_VERSION,
        source=_source(reading),
        report=_report(reading, draft, report_type),
        overview=Overview(
            text=teller.tell(overview.text),
            achievements=teller.tell_all(overview.achievements),
            problems=teller.tell_all(overview.problems),
            plans=teller.tell_all(overview.plans),
            fields={name: teller.tell(prose) for name, prose in overview.fields.items()},
        ),
        sections=_sections(reading, draft, findings, teller),
        metrics=_metrics(reading, draft, findings, displays, _keys(reading, draft, report_type)),
        numbers=account(reading),
        findings=findings,
        run=run,
    )


class _Teller:
    """Turns draft prose into prose with figures and evidence."""

    def __init__(self, reading: Reading, displays: Sequence[Bilingual]) -> None:
        self._text = reading.document.text
        self._displays = displays
        self._known = known_numbers(reading)

    def tell(self, prose: DraftProse) -> Prose:
        evidence = tuple([Evidence(self._text[a:b], a, b) for a, b in prose.sentences])
        return fill(prose.zh, prose.en, self._displays, evidence, self._known, prose.marks)

    def tell_all(self, several: Iterable[DraftProse]) -> tuple[Prose, ...]:
        return tuple([self.tell(prose) for prose in several])


def _source(reading: Reading) -> Source:
    document = reading.document
    return Source(
        name=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        encoding=document.encoding,
        characters=len(document.text),
        body=Range(*document.body),
        removed=tuple(RemovedText(r.start, r.end, r.reason) for r in document.removed),
    )


def _report(reading: Reading, draft: Draft, report_type: ReportType) -> Report:
    masthead = reading.masthead
    return Report(
        type=report_type.id,
        title=Bilingual(masthead.title, draft.title_en or None),
        issuer=Bilingual(masthead.issuer, draft.issuer_en or None),
        year=masthead.year,
        issued=masthead.issued,
    )


def _sections(
    reading: Reading, draft: Draft, findings: tuple[Finding, ...], teller: _Teller
) -> tuple[SectionBrief, ...]:
    failed = {f.where.section for f in findings if f.code == SECTION_FAILED}
    grave = {f.where.section for f in findings if f.severity in _GRAVE}
    told = draft.sections
    found = []
    for section in reading.sections:
        drafted = told.get(section.id)
        if section.id in failed:
            status = SectionStatus.FAILED
        else:
            status = SectionStatus.FINDINGS if section.id in grave else SectionStatus.OK
        found.append(
            SectionBrief(
                id=section.id,
                level=section.level,
                number=section.number,
                title=Bilingual(section.title or None, (drafted.title_en or None) if drafted else None),
                start=section.start,
                end=section.end,
                summary=teller.tell(drafted.summary) if drafted and drafted.summary else None,
                key_points=teller.tell_all(drafted.key_points) if drafted else (),
                fields={},
                status=status,
            )
        )
    return tuple(found)


def _keys(reading: Reading, draft: Draft, report_type: ReportType) -> list[str | None]:
    # The second reader's labels are put together by rule from the report's words, so both engines get the same keys.
    labels = {n: label.zh for n, label in (draft.second or draft.labels).items()}
    return canonical.keys_of(
        reading.document.text,
        reading.numbers.quantities,
        labels,
        reading.sentences,
        reading.sections,
        reading.masthead,
        report_type.metrics,
    )


def _metrics(
    reading: Reading,
    draft: Draft,
    findings: tuple[Finding, ...],
    displays: Sequence[Bilingual],
    keys: Sequence[str | None],
) -> tuple[Metric, ...]:
    text = reading.document.text
    doubted = {f.where.metric for f in findings if f.severity in _GRAVE}
    failed = tuple(f.where.section for f in findings if f.code == SECTION_FAILED and f.where.section)
    default_period = str(reading.masthead.year) if reading.masthead.year is not None else None
    labels = draft.labels
    quantities = reading.numbers.quantities
    places = [q.number.start for q in quantities]
    evidence = evidence_of(reading, places)
    homes = sections_of(reading.sections, places)
    units: dict[tuple[str, Kind], Bilingual] = {}
    found = []
    for n, q in enumerate(quantities):
        name = f"m{n + 1}"
        label = labels.get(n)
        unit = units.get((q.unit, q.kind))
        if unit is None:
            unit = units[q.unit, q.kind] = Bilingual(q.unit, unit_en(q.unit, q.kind))
        if label is None:
            shown, status = Bilingual(None, None), MetricStatus.UNVERIFIED
        else:
            shown = Bilingual(label.zh or None, label.en or None)
            if label.dispute:
                status = MetricStatus.DISPUTED
            elif (
                name in doubted
                or _within(homes[n], failed)
                or not label.zh
                or not label.en
                or is_untranslated(label.en)
            ):
                status = MetricStatus.UNVERIFIED
            else:
                status = MetricStatus.VERIFIED
        found.append(
            Metric(
                name,
                keys[n],
                shown,
                q.value,
                unit,
                text[q.start : q.end],
                displays[n],
                q.kind,
                q.direction,
                q.qualifier,
                q.bound,
                q.period or default_period,
                q.stated_in_words,
                homes[n],
                Range(*q.number),
                evidence[n],
                status,
                disagreement(label, draft.second.get(n)),
            )
        )
    return tuple(found)


def _within(home: str, failed: Sequence[str]) -> bool:
    return any(home == f or home.startswith(f + ".") for f in failed)


def sections_of(sections: Sequence[Section], places: Sequence[int]) -> list[str]:
    """Id of the deepest section around each place (places in rising order); "0" outside of all."""
    found: list[str] = []
    stack: list[Section] = []
    at = 0
    for place in places:
        while at < len(sections) and sections[at].start <= place:
            stack.append(sections[at])
            at += 1
        while stack and stack[-1].end <= place:
            stack.pop()
        found.append(stack[-1].id if stack else "0")
    return found


_ROW = pattern(r"\|.*\||\S\t+\S")


def evidence_of(reading: Reading, places: Iterable[int]) -> list[Evidence]:
    """The sentence around each place; the whole row for a table cell, the line where no sentence is known."""
    text = reading.document.text
    sentences = reading.sentences
    starts = [s.start for s in sentences]
    tables = "|" in text or "\t" in text
    cache: dict[int, Evidence] = {}
    line, is_row = Span(0, 0), False  # looked at once a line: some reports are a single one
    found = []
    for place in places:
        at = bisect_right(starts, place) - 1
        if at >= 0 and place < sentences[at].end:
            evidence = cache.get(at)
            if evidence is None:
                start, end = sentences[at]
                if tables and not line.start <= start < line.end:
                    line = _line(text, start)
                    is_row = _ROW.search(text, *line) is not None
                if is_row and line.end >= end:
                    start, end = line
                evidence = cache[at] = Evidence(text[start:end], start, end)
        else:
            start, end = _line(text, place)
            evidence = Evidence(text[start:end], start, end)
        found.append(evidence)
    return found


def _line(text: str, place: int) -> Span:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    while start < end and text[start] in " \t\r\u3000":
        start += 1
    while end > start and text[end - 1] in " \t\r\u3000":
        end -= 1
    return Span(start, end)
