"""What stayed wrong with a model's answer, what it disputes, and where the second reader sees it otherwise."""

from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.second_reader import disagreement
from summarizer.verification.finding import Case, quoted

SECTION_FAILED = "section_failed"


def engine_faults(case: Case) -> Iterator[Finding]:
    """A warning for each fault left after re-asking, an error for a section without any usable answer."""
    quantities = case.reading.numbers.quantities
    for fault in case.draft.faults:
        if fault.quantity is None:
            where = Where(section=fault.section)
        else:
            q = quantities[fault.quantity]
            where = Where(section=fault.section, metric=f"m{fault.quantity + 1}", start=q.start, end=q.end)
        if fault.failed:
            yield Finding(Severity.ERROR, SECTION_FAILED, where, fault.message)
        else:
            yield Finding(Severity.WARNING, fault.code, where, fault.message)
    for n, label in sorted(case.draft.labels.items()):
        if label.dispute and n < len(quantities):
            q = quantities[n]
            where = Where(metric=f"m{n + 1}", start=q.start, end=q.end)
            yield Finding(
                Severity.WARNING, "disputed", where, f"{quoted(q, case.text)}: {label.dispute}; it stays in the table"
            )


def second_reader_differs(case: Case) -> Iterator[Finding]:
    """A remark for each figure that the offline engine would call something quite different."""
    quantities = case.reading.numbers.quantities
    for n, second in sorted(case.draft.second.items()):
        label = case.draft.labels.get(n)
        if label is None or disagreement(label, second) is None:
            continue
        q = quantities[n]
        where = Where(metric=f"m{n + 1}", start=q.start, end=q.end)
        message = f"{quoted(q, case.text)} is called {label.zh}; the second reader calls it {second.zh}"
        yield Finding(Severity.INFO, "second_reader", where, message)
