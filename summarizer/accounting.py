"""The account of every number of a report: metric, dismissed with a reason, or (a fault) unaccounted for.

The runs are found by a pattern of their own, not by the scanner, so that the account can prove the scanner wrong.
"""

from collections.abc import Iterable

from summarizer.brief import DismissedNumber, NumbersAccount, Range
from summarizer.document import Span
from summarizer.engines.protocol import Reading
from summarizer.patterns import pattern

RUN = pattern("[0-9\uff10-\uff19]+|[〇零一二三四五六七八九十百千万亿两廿卅卌]+")


def account(reading: Reading) -> NumbersAccount:
    """List what is no metric, with its reason, and every run of digits or Han numerals that nothing covers."""
    text = reading.document.text
    numbers = reading.numbers
    dismissed = tuple([DismissedNumber(d.start, d.end, text[d.start : d.end], d.reason) for d in numbers.dismissed])
    return NumbersAccount(
        total=len(numbers.quantities) + len(dismissed),
        dismissed=dismissed,
        unaccounted=tuple([Range(*span) for span in unaccounted(reading)]),
    )


def unaccounted(reading: Reading) -> list[Span]:
    """Every run of digits or Han numerals of the body that is neither a metric nor dismissed."""
    spans = [(q.start, q.end) for q in reading.numbers.quantities]
    spans += [(d.start, d.end) for d in reading.numbers.dismissed]
    return uncovered(reading.document.text, reading.document.body, spans)


def uncovered(text: str, body: Span, spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Runs of digits or Han numerals in the body that lie in none of the spans, whole or in part."""
    ordered = sorted(spans)
    if not RUN.search(_rest(text, body, ordered)):
        return []  # as it should be; the rest is for telling which
    found: list[Span] = []
    at = 0
    reach = 0  # end of the stretch covered so far: spans that touch or overlap count as one
    reach_from = 0
    for match in RUN.finditer(text, *body):
        start, end = match.span()
        while at < len(ordered) and ordered[at][0] < end:
            a, b = ordered[at]
            if a > reach:
                reach_from, reach = a, b
            elif b > reach:
                reach = b
            at += 1
        if reach_from <= start and end <= reach:
            continue
        found.append(Span(start, end))
    return found


def _rest(text: str, body: Span, ordered: Iterable[tuple[int, int]]) -> str:
    """What of the body lies in no span; a run that is not wholly in spans that touch leaves a character here."""
    pieces = []
    at, stop = body
    for start, end in ordered:
        if start > at:
            pieces.append(text[at : min(start, stop)])
        if end > at:
            at = end
    pieces.append(text[at:stop])
    return "\n".join(pieces)
