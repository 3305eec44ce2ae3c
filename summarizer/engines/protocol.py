"""What an engine receives and what it hands back, whichever engine it is.

Prose in a draft holds no figure of its own: it refers to quantities as `⟦n⟧`, n being the position of the
quantity in `Reading.numbers.quantities`. Code fills the references in (merging.py). The brackets are escaped
where a report itself uses them.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, Protocol

from summarizer.document import Document, Masthead, Numbers, Section, Span
from summarizer.records import record
from summarizer.report_type import ReportType

REF_OPEN, REF_CLOSE = "⟦", "⟧"
ROUGH = "[rough]"  # after English pieced together
LEFT_OUT = "[… in Chinese only]"  # where something could not be put into English


@record
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


@record
class DraftLabel:
    """What an engine calls a quantity, without any number. `dispute` says why it should be no metric."""

    zh: str
    en: str
    dispute: str | None = None


@record
class DraftMark:
    """A stretch of a draft's text that failed a check and was kept; offsets in the unfilled string."""

    lang: Literal["zh", "en"]
    start: int
    end: int
    code: str


@record
class DraftProse:
    """Text by reference, with the sentences it rests on and what a reader must not trust in it."""

    zh: str
    en: str
    sentences: tuple[Span, ...] = ()
    marks: tuple[DraftMark, ...] = ()


@record
class DraftFault:
    """Something an engine's answer got wrong and did not mend.

    Attributes:
        code: what kind of fault.
        message: one line for the reader.
        section: id of the section it is about, None for the overview.
        quantity: position of the quantity it is about.
        failed: the section has no usable answer at all.
    """

    code: str
    message: str
    section: str | None = None
    quantity: int | None = None
    failed: bool = False


@record
class Usage:
    """What a draft cost; tokens are None when the endpoint does not say. `reused` answers were kept from before."""

    model: str | None = None
    endpoint_host: str | None = None
    prompt_sha256: str | None = None
    requests: int = 0
    retries: int = 0
    prompt: int | None = 0
    cached: int | None = 0
    completion: int | None = 0
    reused: int = 0
    cost: str | None = None


@record
class DraftSection:
    """One section as an engine tells it."""

    id: str
    title_en: str
    summary: DraftProse | None = None
    key_points: tuple[DraftProse, ...] = ()


@record
class DraftOverview:
    """The whole report as an engine tells it."""

    text: DraftProse
    achievements: tuple[DraftProse, ...] = ()
    problems: tuple[DraftProse, ...] = ()
    plans: tuple[DraftProse, ...] = ()
    fields: Mapping[str, DraftProse] = field(default_factory=dict)


@record
class Draft:
    """Everything an engine says of one report, unchecked.

    Attributes:
        labels: by position of the quantity; a missing one is a finding.
        title_en, issuer_en: English of the masthead; "" where it has none.
        faults: what stayed wrong after re-asking.
        second: what the second reader, the other engine, calls the quantities.
    """

    labels: Mapping[int, DraftLabel]
    sections: Mapping[str, DraftSection]
    overview: DraftOverview
    title_en: str = ""
    issuer_en: str = ""
    faults: tuple[DraftFault, ...] = ()
    second: Mapping[int, DraftLabel] = field(default_factory=dict)
    usage: Usage = Usage()


class Engine(Protocol):
    """Anything that can tell what the quantities and sections of a report are."""

    name: str

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        """Label every quantity and write the summaries. Raises: EngineError."""
        ...
