"""The year of the title against the years of the text: last year's report taken as a template leaves traces."""

from collections import Counter
from collections.abc import Iterator

from summarizer.brief import Finding, Severity, Where
from summarizer.document import DismissalReason
from summarizer.patterns import pattern
from summarizer.verification.finding import Case

_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OFTEN = 3


def year_of_title(case: Case) -> Iterator[Finding]:
    """A warning where the text never names the year of its title, or the report was signed before its year."""
    masthead = case.reading.masthead
    text = case.text
    issued = int(masthead.issued[:4]) if masthead.issued else None
    if issued is not None and masthead.year is not None and issued < masthead.year:
        yield Finding(
            Severity.WARNING,
            "issued_before_year",
            Where(),
            f"the report is about {masthead.year} but dated {masthead.issued}; see which of the two is wrong",
        )
    named = _YEAR.findall(masthead.title or "")
    if len(set(named)) != 1:
        return
    title_year = int(named[0])
    start, end = case.reading.document.body
    title_at = text.find(masthead.title or "", start, end)
    skip = range(title_at, title_at + len(masthead.title or "")) if title_at >= 0 else range(0)
    years = Counter(
        int(match[0])
        for d in case.reading.numbers.dismissed
        if d.reason is DismissalReason.DATE and d.start not in skip
        for match in _YEAR.finditer(text, d.start, d.end)
    )
    if years and title_year not in years:
        year, times = years.most_common(1)[0]
        if times >= _OFTEN and abs(year - title_year) == 1:
            yield Finding(
                Severity.WARNING,
                "year_against_title",
                Where(),
                f"the title says {title_year}, the text never does but says {year} {times} times; "
                "the report may rest on another year's",
            )
