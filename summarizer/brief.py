"""Result records: what a reader receives. They mirror the published JSON key by key.

`schemas/brief.schema.json` is generated from these records. Offsets are half-open `[start, end)` in code
points: of the document text for places in the report, of the prose string itself for `Figure` and `Mark`.
"""

from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from summarizer.document import Bound, DismissalReason, Kind, Qualifier, Span
from summarizer.document import Direction as Direction
from summarizer.records import record

SCHEMA_VERSION = "1"


class Severity(StrEnum):
    """How much a finding should worry a careful reader."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class SectionStatus(StrEnum):
    """How a section fared."""

    OK = "ok"
    FINDINGS = "findings"
    FAILED = "failed"


class MetricStatus(StrEnum):
    """How far a metric's label can be relied on; its figure is always the report's."""

    VERIFIED = "verified"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"


@record
class Bilingual:
    """A text in both languages; None where there is none."""

    zh: str | None
    en: str | None


@record
class Range:
    """A place in the document text."""

    start: int
    end: int


@record
class Evidence:
    """A verbatim quote and where it stands: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int


@record
class Figure:
    """Where a metric stands in the two strings of a prose; None where it is not told in that language."""

    metric: str
    zh: Span | None
    en: Span | None


@record
class Mark:
    """A stretch of prose a reader must not trust, and why."""

    lang: Literal["zh", "en"]
    start: int
    end: int
    code: str


@record
class Prose:
    """Text in both languages with its figures filled in by code, its doubts and its sources."""

    zh: str
    en: str
    figures: tuple[Figure, ...] = ()
    marks: tuple[Mark, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@record
class RemovedText:
    """Furniture left out of the report proper."""

    start: int
    end: int
    reason: str


@record
class Source:
    """The report as read."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    characters: int
    body: Range
    removed: tuple[RemovedText, ...]


@record
class Report:
    """What the report says about itself; `issued` is YYYY-MM-DD."""

    type: str
    title: Bilingual
    issuer: Bilingual
    year: int | None
    issued: str | None


@record
class Overview:
    """The whole report in a few sentences."""

    text: Prose
    achievements: tuple[Prose, ...] = ()
    problems: tuple[Prose, ...] = ()
    plans: tuple[Prose, ...] = ()
    fields: dict[str, Prose] = field(default_factory=dict)


@record
class SectionBrief:
    """A section of the report with its summary (level 2, and level 1 without children)."""

    id: str
    level: int
    number: str
    title: Bilingual
    start: int
    end: int
    summary: Prose | None
    key_points: tuple[Prose, ...]
    fields: dict[str, Prose]
    status: SectionStatus


@record
class Metric:
    """One figure of the report.

    Attributes:
        id: `m1`, `m2` ... in order of place.
        key: canonical metric or None; no key is better than a wrong one.
        value: unsigned, in the base unit.
        raw: number, scale and unit as written.
        display: how the figure is written out in each language.
        number: the digits or numerals alone.
        evidence: its sentence.
        second_reader: None, or what the other engine says differently.
    """

    id: str
    key: str | None
    label: Bilingual
    value: Decimal
    unit: Bilingual
    raw: str
    display: Bilingual
    kind: Kind
    direction: Direction | None
    qualifier: Qualifier | None
    bound: Bound | None
    period: str | None
    stated_in_words: bool
    section: str
    number: Range
    evidence: Evidence
    status: MetricStatus
    second_reader: dict[str, str] | None = None


@record
class DismissedNumber:
    """A numeric mention that is no metric."""

    start: int
    end: int
    raw: str
    reason: DismissalReason


@record
class NumbersAccount:
    """Every numeric mention accounted for; `unaccounted` must be empty."""

    total: int
    dismissed: tuple[DismissedNumber, ...]
    unaccounted: tuple[Range, ...]


@record
class Where:
    """What a finding is about; None where it does not apply."""

    section: str | None = None
    metric: str | None = None
    start: int | None = None
    end: int | None = None


@record
class Finding:
    """Something that should make a careful reader pause."""

    severity: Severity
    code: str
    where: Where
    message: str


@record
class Tokens:
    """Tokens as the endpoint reports them; None when it does not."""

    prompt: int | None = 0
    cached: int | None = 0
    completion: int | None = 0


@record
class Run:
    """How the brief was made: the only part that may differ between equal runs."""

    engine: str
    model: str | None
    endpoint_host: str | None
    prompt_sha256: str | None
    schema_sha256: str
    requests: int
    retries: int
    tokens: Tokens
    cost: str | None
    seconds: float
    reused_sections: int


@record
class BriefData:
    """The published object; `Brief` adds the ways to show and save it."""

    schema_version: str
    source: Source
    report: Report
    overview: Overview
    sections: tuple[SectionBrief, ...]
    metrics: tuple[Metric, ...]
    numbers: NumbersAccount
    findings: tuple[Finding, ...]
    run: Run
