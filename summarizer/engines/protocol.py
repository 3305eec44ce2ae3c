"""What an engine receives and what it hands back, whichever engine it is.

Prose in a draft holds no figure of its own: it refers to quantities as `⟦n⟧`, n being the position of the
quantity in `Reading.numbers.quantities`. Code fills the references in (merging.py). The brackets are escaped
where a report itself uses them.
"""

from dataclasses import dataclass
from typing import Protocol

from summarizer.document import Document, Masthead, Numbers, Section, Span
from summarizer.report_type import ReportType

REF_OPEN, REF_CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as code has read it: the common ground of both engines.

    Attributes:
        sections: heading tree in order of place, section `0` first when the body starts without a heading.
        sentences: every sentence of the body, in order, not overlapping.
        plans, problems: stretches of the body about future work and about what went wrong.
    """

    document: Document
    sections: tuple[Section, ...]
    masthead: Masthead
    numbers: Numbers
    sentences: tuple[Span, ...]
    plans: tuple[Span, ...]
    problems: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DraftLabel:
    """What an engine calls a quantity, without any number. `dispute` says why it should be no metric."""

    zh: str
    en: str
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class DraftProse:
    """Text by reference, with the sentences it rests on."""

    zh: str
    en: str
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section as an engine tells it."""

    id: str
    title_en: str
    summary: DraftProse | None = None
    key_points: tuple[DraftProse, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftOverview:
    """The whole report as an engine tells it."""

    text: DraftProse
    achievements: tuple[DraftProse, ...] = ()
    problems: tuple[DraftProse, ...] = ()
    plans: tuple[DraftProse, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything an engine says of one report, unchecked.

    Attributes:
        labels: by position of the quantity; a missing one is a finding.
        title_en, issuer_en: English of the masthead; "" where it has none.
    """

    labels: dict[int, DraftLabel]
    sections: dict[str, DraftSection]
    overview: DraftOverview
    title_en: str = ""
    issuer_en: str = ""


class Engine(Protocol):
    """Anything that can tell what the quantities and sections of a report are."""

    name: str

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        """Label every quantity and write the summaries. Raises: EngineError."""
        ...
