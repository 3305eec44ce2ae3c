"""What the checks share: the case before them, how exact a written number is, wording."""

import re
from decimal import Decimal, InvalidOperation

from summarizer.document import Quantity, Span
from summarizer.engines.protocol import Draft, Reading
from summarizer.known_numbers import known_numbers
from summarizer.records import record

Numbered = list[tuple[int, Quantity]]

_GROUPING = str.maketrans("", "", ",， \u3000")


@record
class Case:
    """A draft with its report, and what several checks need of them.

    Attributes:
        text: the document text.
        known: numbers that names and dates of the report explain.
        sentences: each sentence with two quantities or more, and those as (position, quantity) in order of place.
    """

    reading: Reading
    draft: Draft
    text: str
    known: frozenset[str]
    sentences: tuple[tuple[Span, Numbered], ...]


def open_case(reading: Reading, draft: Draft) -> Case:
    """Gather what the checks need, once."""
    return Case(reading, draft, reading.document.text, known_numbers(reading), _sentences(reading))


def _sentences(reading: Reading) -> tuple[tuple[Span, Numbered], ...]:
    numbered = list(enumerate(reading.numbers.quantities))
    found = []
    n = 0
    for sentence in reading.sentences:
        start, end = sentence
        while n < len(numbered) and numbered[n][1].number.start < start:
            n += 1
        first = n
        while n < len(numbered) and numbered[n][1].number.start < end:
            n += 1
        if n - first > 1:
            found.append((sentence, numbered[first:n]))
    return tuple(found)


def half_step(quantity: Quantity, text: str) -> Decimal:
    """Half of the last digit written, in the base unit: 2.96万 -> 50. The true value lies within it."""
    written = text[quantity.number.start : quantity.number.end].translate(_GROUPING)
    try:
        number = Decimal(written)
    except InvalidOperation:
        return Decimal(0)
    if not number or not number.is_finite():
        return Decimal(0)
    decimals = written.partition(".")[2]
    return quantity.value / number * Decimal(10) ** -len(decimals) / 2


def around(text: str, start: int, end: int, reach: int = 12) -> str:
    """A place with a little of what stands around it, on one line."""
    return " ".join(text[max(0, start - reach) : min(len(text), end + reach)].split())


def quoted(quantity: Quantity, text: str) -> str:
    """A figure as written, on one line."""
    return re.sub(r"\s+", "", text[quantity.start : quantity.end])
