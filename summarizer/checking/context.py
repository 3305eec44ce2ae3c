"""What a text may draw from: the stretch of the report it tells, its figures, names and dates."""

import re
from collections.abc import Mapping
from typing import Final

from summarizer.document import Dismissed, Quantity, Span
from summarizer.glossary import Glossary
from summarizer.records import record


@record
class Context:
    """The ground a model's text stands on.

    Attributes:
        text: the document text; all spans are places in it.
        stretch: where this text may draw from: its section; for an overview several.
        quantities: by the local id that a reference `[id]` names.
        foreign: ids that exist in the same chunk but belong to another section.
        dismissed: numbers of the stretch that are no metrics: names, dates, document numbers. What the caller adds
            (the year of the title) may be told as well.
        glossary: English of the terms that may stand in the stretch.
    """

    text: str
    stretch: tuple[Span, ...]
    quantities: Mapping[int, Quantity]
    foreign: frozenset[int]
    dismissed: tuple[Dismissed, ...]
    glossary: Glossary


_SENTENCE_ENDS: Final = "。！？；;!?\n\r"
_CLAUSE_ENDS: Final = "，,：:"
_JOINTS: Final = " \u3000、和及与或"
_TAIL: Final = re.compile("[^，,：:。！？；;!?\n\r0-9]{0,24}")


def sentence_of(context: Context, quantity: Quantity) -> str:
    """The report's own sentence of a quantity, both sides of it, at most 400 characters each way."""
    text = context.text
    low, high = max(0, quantity.start - 400), min(len(text), quantity.end + 400)
    start = 1 + max(low - 1, *[text.rfind(mark, low, quantity.start) for mark in _SENTENCE_ENDS])
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, quantity.end, high)) >= 0]
    return text[start : min(ends, default=high)]


def clause_of(context: Context, quantity: Quantity) -> str:
    """The words before a quantity that are about it: from the last comma, or the last figure, before it.

    Of `信访6354件、同比下降16.2%，领域信访13513件`: `、同比下降` before 16.2%, `领域信访` before 13513件.
    The figures of a list share their words: `占比分别为20%和` before 30%.
    """
    text = context.text
    start = quantity.start - len(lead_of(context, quantity))
    start = max(start, *[1 + text.rfind(mark, start, quantity.start) for mark in _CLAUSE_ENDS])
    ends = {q.end: q.start for q in context.quantities.values() if start < q.end <= quantity.start}
    here = quantity.start
    for end in sorted(ends, reverse=True):
        if text[end:here].strip(_JOINTS):
            start = end
            break
        here = ends[end]
    return text[start : quantity.start]


def tail_of(context: Context, quantity: Quantity) -> str:
    """The words behind a quantity up to the next comma or figure: `的达标率` of `100%的达标率，`."""
    found = _TAIL.match(context.text, quantity.end)
    return found[0] if found else ""


def lead_of(context: Context, quantity: Quantity) -> str:
    """The part of the report's own sentence that stands before a quantity, at most 160 characters."""
    text = context.text
    low = max(0, quantity.start - 160)
    start = 1 + max(low - 1, *[text.rfind(mark, low, quantity.start) for mark in _SENTENCE_ENDS])
    return text[start : quantity.start]
