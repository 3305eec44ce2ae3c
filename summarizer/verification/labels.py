"""Every quantity has a label in both languages."""

from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.engines.protocol import Draft, Reading
from summarizer.filling import is_untranslated
from summarizer.verification.finding import around


def labels_missing(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """A warning for each quantity that the engine did not name."""
    text = reading.document.text
    for n, q in enumerate(reading.numbers.quantities):
        label = draft.labels.get(n)
        if label is None or not label.zh:
            yield Finding(
                Severity.WARNING,
                "label_missing",
                Where(metric=f"m{n + 1}", start=q.start, end=q.end),
                f"{text[q.start : q.end]} has no label; read “{around(text, q.start, q.end)}”",
            )


def labels_untranslated(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """A remark for each label whose English is missing or still holds Chinese."""
    text = reading.document.text
    quantities = reading.numbers.quantities
    for n, label in sorted(draft.labels.items()):
        if n >= len(quantities) or not label.zh or (label.en and not is_untranslated(label.en)):
            continue
        q = quantities[n]
        yield Finding(
            Severity.INFO,
            "untranslated",
            Where(metric=f"m{n + 1}", start=q.start, end=q.end),
            f"the label of {text[q.start : q.end]} ({label.zh}) is not wholly in English: {label.en or 'none'}",
        )
