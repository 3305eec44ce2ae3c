"""Every number of the body is a metric or dismissed with a reason, once."""

from collections.abc import Iterator

from summarizer.accounting import unaccounted
from summarizer.brief import Finding, Severity, Where
from summarizer.verification.finding import Case, around


def numbers_unaccounted(case: Case) -> Iterator[Finding]:
    """An error for each run of digits or Han numerals that nothing covers, and for each one counted twice."""
    text = case.text
    for start, end in unaccounted(case.reading):
        yield Finding(
            Severity.ERROR,
            "number_unaccounted",
            Where(start=start, end=end),
            f"the number {text[start:end]} in “{around(text, start, end)}” "
            "is neither a metric nor dismissed; read it there",
        )
    taken = sorted([(d.start, d.end) for d in case.reading.numbers.dismissed])
    at = 0
    for n, q in enumerate(case.reading.numbers.quantities):
        while at < len(taken) and taken[at][1] <= q.number.start:
            at += 1
        if at < len(taken) and taken[at][0] < q.number.end:
            yield Finding(
                Severity.ERROR,
                "number_counted_twice",
                Where(metric=f"m{n + 1}", start=q.number.start, end=q.number.end),
                f"{text[q.start : q.end]} is a metric and dismissed as well; one of the two is wrong",
            )
