"""What can be wrong with a text a model wrote."""

from enum import StrEnum
from typing import Literal

from summarizer.records import record

Lang = Literal["zh", "en"]


class FaultCode(StrEnum):
    """Every kind of fault, one rule each."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LANGUAGE = "language"
    MARKUP = "markup"
    WRITTEN_NUMBER = "written_number"
    UNKNOWN_REFERENCE = "unknown_reference"
    FOREIGN_REFERENCE = "foreign_reference"
    MALFORMED_REFERENCE = "malformed_reference"
    ADJACENT_REFERENCES = "adjacent_references"
    UNPAIRED_REFERENCE = "unpaired_reference"
    REFERENCE_IN_LABEL = "reference_in_label"
    BESIDE_REFERENCE = "beside_reference"
    WRONG_DIRECTION = "wrong_direction"
    INVENTED_CHANGE = "invented_change"
    TARGET_AS_DONE = "target_as_done"
    DONE_AS_TARGET = "done_as_target"
    INVENTED_COMPARISON = "invented_comparison"


@record
class Fault:
    """One fault of one text.

    Attributes:
        lang: whose string `start` and `end` are places in; None when the fault lies between the two.
        start, end: half-open, in code points of that string as the model wrote it.
        message: one English line, exact and actionable, for the model on a re-ask; it may name ids of the call.
        finding: one English line for a reader of the brief: what is wrong, without ids and without instructions.
    """

    code: FaultCode
    lang: Lang | None
    start: int
    end: int
    message: str
    finding: str
