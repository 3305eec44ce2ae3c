"""The year a report is about."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from summarizer.document import Document, Section
from summarizer.masthead.dates import years
from summarizer.masthead.issuer import speaks_for
from summarizer.patterns import pattern

_YEAR = pattern(r"((?:19|20)[0-9]{2})\s?年(?!\s?[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?日)")  # a day is no year
_PAST = pattern(r"(?<![到至向])((?:19|20)[0-9]{2})\s?年(?!远景|愿景|目标|规划|[前底])")
_ABOUT = pattern(r"((?:19|20)[0-9]{2})\s?年度?(?:以来)?[^。，,；\r\n]{0,16}(?:工作|法治|情况|总结|报告|年报)")
_PLAN = pattern(r"安排|打算|计划|思路|下一?步|任务|目标|展望|重点工作|建议|今后|做好[^，,]{0,4}20[0-9]{2}年")
_OPENING = 700  # characters
_FIRST_MONTHS = 3  # a report issued up to March is about the year before


def find_year(document: Document, sections: Sequence[Section], title: str | None, issued: date | None) -> int | None:
    """Find the year a report is about: title, headings, opening, date of issue, most frequent year.

    A government work report, given to a congress early in the year, is about the year it looks back on, whatever
    year its title bears.
    """
    text, body = document.text, document.body
    opening = text[body.start : min(body.end, body.start + _OPENING)]
    speech = speaks_for(opening) is not None or (title is not None and "政府工作报告" in title)
    titled = years(title) if title else []
    if titled and not speech:
        return titled[0]
    reviewed = _reviewed(sections)
    if reviewed:
        return reviewed
    if titled:
        return titled[0] - 1
    planned = _planned(sections) if speech else None
    if planned:
        return planned - 1
    about = _ABOUT.search(opening) or _YEAR.search(opening)
    if about and not speech:
        return int(about[1])
    if issued:
        return issued.year - 1 if issued.month <= _FIRST_MONTHS else issued.year
    if speech:
        ahead = next((s.start for s in sections if s.level == 1 and _PLAN.search(s.title)), body.start)
        reached = _PAST.findall(text, body.start, ahead)
        if reached:
            return int(max(reached))
    mentioned = Counter(_YEAR.findall(text, body.start, body.end))
    return int(mentioned.most_common(1)[0][0]) if mentioned else None


def _planned(sections: Sequence[Section]) -> int | None:
    """Year of the first outer heading that looks ahead (二、做好2022年各项工作)."""
    outer = (years(s.title) for s in sections if s.level == 1 and _PLAN.search(s.title))
    return next((min(found) for found in outer if found), None)


def _reviewed(sections: Sequence[Section]) -> int | None:
    """Year of the first outer heading that looks back (一、2023年工作回顾)."""
    for section in sections:
        if section.level <= 2 and not _PLAN.search(section.title):
            found = years(section.title)
            if found:
                return max(found)
    return None
