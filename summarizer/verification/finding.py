"""What the checks share: sentences with their quantities, how exact a written number is, wording."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from summarizer.document import Quantity, Span
from summarizer.engines.protocol import Reading

Numbered = list[tuple[int, Quantity]]

_GROUPING = str.maketrans("", "", ",， \u3000")


def by_sentence(reading: Reading, at_least: int = 2) -> Iterator[tuple[Span, Numbered]]:
    """Each sentence that holds at least so many quantities, with (position, quantity) in order of place."""
    quantities = reading.numbers.quantities
    n = 0
    for sentence in reading.sentences:
        while n < len(quantities) and quantities[n].number.start < sentence.start:
            n += 1
        first = n
        while n < len(quantities) and quantities[n].number.start < sentence.end:
            n += 1
        if n - first >= at_least:
            yield sentence, list(enumerate(quantities[first:n], first))


def half_step(quantity: Quantity, text: str) -> Decimal:
    """Half of the last digit written, in the base unit: 2.96万 -> 50. The true value lies so far around the stated one."""
    written = text[quantity.number.start : quantity.number.end].translate(_GROUPING)
    try:
        number = Decimal(written)
    except InvalidOperation:
        return Decimal(0)
    if not number or not number.is_finite():
        return Decimal(0)
    _, point, decimals = written.partition(".")
    scale = quantity.value / number
    return scale * Decimal(10) ** -len(decimals if point else "") / 2


def around(text: str, start: int, end: int, reach: int = 12) -> str:
    """A place with a little of what stands around it, on one line."""
    return " ".join(text[max(0, start - reach) : min(len(text), end + reach)].split())


def quoted(quantity: Quantity, text: str) -> str:
    """A figure as written, on one line."""
    return re.sub(r"\s+", "", text[quantity.start : quantity.end])
