"""Every number of the body is a metric or dismissed with a reason, once."""

from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.engines.protocol import Draft, Reading
from summarizer.verification.finding import around


def numbers_unaccounted(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """An error for each run of digits or Han numerals that nothing covers, and for each one counted twice."""
    from summarizer.accounting import account

    text = reading.document.text
    for run in account(reading).unaccounted:
        yield Finding(
            Severity.ERROR,
            "number_unaccounted",
            Where(start=run.start, end=run.end),
            f"the number {text[run.start : run.end]} in “{around(text, run.start, run.end)}” "
            "is neither a metric nor dismissed; read it there",
        )
    taken = sorted([(d.start, d.end) for d in reading.numbers.dismissed])
    at = 0
    for n, q in enumerate(reading.numbers.quantities):
        while at < len(taken) and taken[at][1] <= q.number.start:
            at += 1
        if at < len(taken) and taken[at][0] < q.number.end:
            yield Finding(
                Severity.ERROR,
                "number_counted_twice",
                Where(metric=f"m{n + 1}", start=q.number.start, end=q.number.end),
                f"{text[q.start : q.end]} is a metric and dismissed as well; one of the two is wrong",
            )
