"""What a text may draw from: the stretch of the report it tells, its figures, names and dates."""

from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.document import Dismissed, Quantity, Span
from summarizer.glossary import Glossary


@dataclass(frozen=True, slots=True)
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


_SENTENCE_ENDS = "。！？；;!?\n\r"


def sentence_of(context: Context, quantity: Quantity) -> str:
    """The report's own sentence of a quantity, both sides of it, at most 400 characters each way."""
    text = context.text
    low, high = max(0, quantity.start - 400), min(len(text), quantity.end + 400)
    start = 1 + max(low - 1, *[text.rfind(mark, low, quantity.start) for mark in _SENTENCE_ENDS])
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, quantity.end, high)) >= 0]
    return text[start : min(ends, default=high)]


def lead_of(context: Context, quantity: Quantity) -> str:
    """The part of the report's own sentence that stands before a quantity, at most 160 characters."""
    text = context.text
    low = max(0, quantity.start - 160)
    start = 1 + max(low - 1, *[text.rfind(mark, low, quantity.start) for mark in _SENTENCE_ENDS])
    return text[start : quantity.start]
