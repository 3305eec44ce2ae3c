"""What prose must not hold: figures but through a reference, and what is not in English without a word of it."""

from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.engines.protocol import LEFT_OUT, ROUGH, Draft, DraftProse
from summarizer.filling import REFERENCE
from summarizer.known_numbers import strangers
from summarizer.verification.finding import Case, around


def numbers_in_prose(case: Case) -> Iterator[Finding]:
    """An error for each number of a draft's prose that neither a reference nor the report's names and dates explain."""
    known = case.known
    for section, prose in _all_prose(case.draft):
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


def prose_untranslated(case: Case) -> Iterator[Finding]:
    """A remark when the English of some texts is said to be rough, or to leave something in Chinese."""
    texts = [prose.en for _, prose in _all_prose(case.draft)]
    texts += [section.title_en for section in case.draft.sections.values()]
    rough, left = (sum(mark in text for text in texts) for mark in (ROUGH, LEFT_OUT))
    if rough or left:
        yield Finding(
            Severity.INFO,
            "rough_english",
            Where(),
            f"{rough} headings and texts are in rough English, {left} leave something in Chinese; "
            f"each is marked, {ROUGH} or {LEFT_OUT}",
        )


def numbers_in_labels(case: Case) -> Iterator[Finding]:
    """A warning for each label that holds such a number."""
    known = case.known
    for n, label in sorted(case.draft.labels.items()):
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
        if section.summary is not None:
            yield section.id, section.summary
        for prose in section.key_points:
            yield section.id, prose
