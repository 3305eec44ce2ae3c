"""Every quantity has a label in both languages."""

from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.filling import is_untranslated
from summarizer.verification.finding import Case, around


def labels_missing(case: Case) -> Iterator[Finding]:
    """A warning for each quantity that the engine did not name."""
    text = case.text
    for n, q in enumerate(case.reading.numbers.quantities):
        label = case.draft.labels.get(n)
        if label is None or not label.zh:
            yield Finding(
                Severity.WARNING,
                "label_missing",
                Where(metric=f"m{n + 1}", start=q.start, end=q.end),
                f"{text[q.start : q.end]} has no label; read “{around(text, q.start, q.end)}”",
            )


def labels_untranslated(case: Case) -> Iterator[Finding]:
    """A remark for each label whose English is missing or still holds Chinese."""
    text = case.text
    quantities = case.reading.numbers.quantities
    for n, label in sorted(case.draft.labels.items()):
        if n >= len(quantities) or not label.zh or (label.en and not is_untranslated(label.en)):
            continue
        q = quantities[n]
        yield Finding(
            Severity.INFO,
            "untranslated",
            Where(metric=f"m{n + 1}", start=q.start, end=q.end),
            f"the label of {text[q.start : q.end]} ({label.zh}) is not wholly in English: {label.en or 'none'}",
        )
