"""The checks in their visible order."""

from collections.abc import Callable, Iterator

from summarizer.brief import Finding
from summarizer.engines.protocol import Draft, Reading
from summarizer.verification.changes import changes_that_do_not_compute
from summarizer.verification.counting import numbers_unaccounted
from summarizer.verification.engine import engine_faults, second_reader_differs
from summarizer.verification.finding import Case, open_case
from summarizer.verification.labels import labels_missing, labels_untranslated
from summarizer.verification.parts import parts_against_totals
from summarizer.verification.prose import numbers_in_labels, numbers_in_prose, prose_untranslated
from summarizer.verification.rates import rates_against_counts, short_of_all
from summarizer.verification.repeats import repeated_with_other_value
from summarizer.verification.support import support
from summarizer.verification.years import year_of_title

Check = Callable[[Case], Iterator[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("numbers_unaccounted", numbers_unaccounted),
    ("engine_faults", engine_faults),
    ("labels_missing", labels_missing),
    ("numbers_in_prose", numbers_in_prose),
    ("numbers_in_labels", numbers_in_labels),
    ("year_of_title", year_of_title),
    ("parts_against_totals", parts_against_totals),
    ("changes_that_do_not_compute", changes_that_do_not_compute),
    ("rates_against_counts", rates_against_counts),
    ("short_of_all", short_of_all),
    ("repeated_with_other_value", repeated_with_other_value),
    ("labels_untranslated", labels_untranslated),
    ("prose_untranslated", prose_untranslated),
    ("support", support),
    ("second_reader_differs", second_reader_differs),
)


def verify(reading: Reading, draft: Draft) -> tuple[Finding, ...]:
    """Everything the checks find, in the order of `CHECKS`."""
    case = open_case(reading, draft)
    return tuple([finding for _, check in CHECKS for finding in check(case)])
