"""Source records: a report, its sections and its numbers, before anyone says what they mean.

All offsets are half-open `[start, end)` in code points of `Document.text`.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from summarizer.records import record


class Span(NamedTuple):
    """A stretch of the document text, half-open, in code points."""

    start: int
    end: int


class DismissalReason(StrEnum):
    """Why a numeric mention is no metric."""

    DATE = "date"
    DOCNO = "docno"
    NAME = "name"
    MARKER = "marker"
    PAGE = "page"
    VAGUE = "vague"


class Kind(StrEnum):
    """What a quantity states."""

    ACTUAL = "actual"
    CHANGE = "change"
    RANK = "rank"
    TARGET = "target"


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Qualifier(StrEnum):
    """How exactly the report states the number."""

    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Bound(StrEnum):
    """Which end of a range a quantity is."""

    LOW = "low"
    HIGH = "high"


@record
class Removed:
    """A stretch outside the report proper: web-page furniture, kept as a receipt.

    Attributes:
        start, end: where it stands in the document text.
        reason: one word for the kind of furniture (`navigation`, `metadata`, `title`, `footer` ...).
    """

    start: int
    end: int
    reason: str


@record
class Document:
    """One report as read, nothing interpreted.

    Attributes:
        name: file name without folder; `-` for standard input.
        text: the decoded text, exactly as it is (no newline translation, BOM excluded).
        sha256: hexadecimal digest of the bytes read.
        media_type: such as `text/plain`.
        encoding: Python codec name the bytes were decoded with.
        body: the report proper, from its first to its last character.
        removed: furniture, in order of place, not overlapping.
        warnings: one-line remarks on the reading that a careful user should see.
    """

    name: str
    text: str
    sha256: str
    media_type: str
    encoding: str
    body: Span
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()


@record
class Section:
    """A node of the heading tree.

    Attributes:
        id: `0` for the body before the first heading, else positions in the tree joined by dots (`2.1.3`).
        level: depth in the tree, 1 for the top.
        number: the marker as written (`一、`, `(二)`, `3.`, `一是`); "" for none.
        title: the heading text without its marker; "" for section `0`.
        start: first character of the marker.
        content: first character after the heading.
        end: end of the section, children included.
    """

    id: str
    level: int
    number: str
    title: str
    start: int
    content: int
    end: int


@record
class Masthead:
    """What a report says about itself; None where it says nothing.

    Attributes:
        title: 标题.
        issuer: 发文机关, full name with its region where the report gives it.
        year: the year the report is about.
        issued: 成文日期, else the posting date, as YYYY-MM-DD.
    """

    title: str | None
    issuer: str | None
    year: int | None
    issued: str | None


@record
class Quantity:
    """A number that states something: a metric before it has a label.

    Attributes:
        start, end: `raw`, number + scale + unit as written, 第 and qualifiers inside included.
        number: the digits or numerals alone (for a zero stated in words, those words).
        value: unsigned, in the base unit (万 亿 千 multiplied out; percent stays percent).
        unit: measure word without scale (元, 件, 家次, %, 百分点, μg/m3; 名 for ranks; "" for none).
        kind, direction: direction is None unless kind is a change.
        qualifier: how exactly the number is stated, None for exactly.
        bound: which end of a range, None for a single number.
        period: `YYYY[-MM[-DD]]`, two of them joined by `..`, `previous`, or None when unknown.
        stated_in_words: a zero or no-change without a numeral (未发生, 持平).
    """

    start: int
    end: int
    number: Span
    value: Decimal
    unit: str
    kind: Kind
    direction: Direction | None = None
    qualifier: Qualifier | None = None
    bound: Bound | None = None
    period: str | None = None
    stated_in_words: bool = False


@record
class Dismissed:
    """A numeric mention that is no metric, with the reason."""

    start: int
    end: int
    reason: DismissalReason


@record
class Numbers:
    """Every numeric mention of a report, each exactly once.

    Attributes:
        quantities: in order of `number.start`.
        dismissed: in order of `start`.
    """

    quantities: tuple[Quantity, ...]
    dismissed: tuple[Dismissed, ...]
