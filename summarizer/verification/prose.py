"""No figure in prose or labels but through a reference: any other number must belong to a name or date of the report."""

from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.engines.protocol import Draft, DraftProse, Reading
from summarizer.filling import REFERENCE
from summarizer.known_numbers import known_numbers, strangers
from summarizer.verification.finding import around


def numbers_in_prose(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """An error for each number of a draft's prose that neither a reference nor the report's names and dates explain."""
    known = known_numbers(reading)
    for section, prose in _all_prose(draft):
        for text in (prose.zh, prose.en):
            bare = REFERENCE.sub(lambda m: " " * len(m[0]), text)
            for start, end in strangers(bare, known):
                yield Finding(
                    Severity.ERROR,
                    "number_in_prose",
                    Where(section=section),
                    f"the number {text[start:end]} in “{around(text, start, end)}” is no figure, name or date of the "
                    "report; do not rely on it",
                )


def numbers_in_labels(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """A warning for each label that holds such a number."""
    known = known_numbers(reading)
    for n, label in sorted(draft.labels.items()):
        for text in (label.zh, label.en):
            for start, end in strangers(text, known):
                yield Finding(
                    Severity.WARNING,
                    "number_in_label",
                    Where(metric=f"m{n + 1}"),
                    f"the label “{text}” holds {text[start:end]}, which is no name or date of the report",
                )


def _all_prose(draft: Draft) -> Iterator[tuple[str | None, DraftProse]]:
    overview = draft.overview
    for prose in (overview.text, *overview.achievements, *overview.problems, *overview.plans):
        yield None, prose
    for section in draft.sections.values():
        for prose in (section.summary, *section.key_points):
            if prose is not None:
                yield section.id, prose
