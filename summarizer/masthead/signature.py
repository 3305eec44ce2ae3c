"""The signature of a report: issuing body and date under it (成文日期), or under its title."""

import datetime
import re

from summarizer.document import Document
from summarizer.masthead import dates
from summarizer.masthead.metadata import furniture
from summarizer.masthead.names import ORGANISATION
from summarizer.patterns import pattern
from summarizer.records import record

_BLANKS = " \t\u3000\u00a0\u2002\u2003|"
_DATE_LINE = pattern(rf"^[{_BLANKS}]*[（(]?{dates.SIGNED}[)）]?[{_BLANKS}]*$", re.MULTILINE)
# A report printed on one line: …良好的宣传氛围。 临沂市生态环境局兰山分局 2022年3月3日
_DATE_END = pattern(rf"[\s。！）)|](?:(?P<org>{ORGANISATION})\s{{1,8}})?[（(]?{dates.SIGNED}[)）]?\s*$")
_NAME_LINE = pattern(rf"({ORGANISATION})(?:[（(](?:公章|盖章|印章|章)[)）])?$")
_HEAD_LINE = pattern(r"([\u4e00-\u9fff]{3,24}?(?:局|厅|院|署|委员会|办公室|委))(?:局长|厅长|院长|检察长|署长|主任)$")
_REACH = 120  # characters above the date, or before the end, in which the name stands
_SHORTEST = 4


@record
class Signature:
    """Name and date, each None where missing."""

    name: str | None
    date: datetime.date | None


def find_signature(document: Document) -> Signature:
    """Read the signature under the report, else the bureau and date under its title."""
    below = _below(document)
    return below if below.date else Signature(below.name or _name_under_title(document), _date_under_title(document))


def _below(document: Document) -> Signature:
    text, body = document.text, document.body
    last: re.Match[str] | None = None
    for match in _DATE_LINE.finditer(text, body.start + (body.end - body.start) // 2, body.end):
        last = match
    if last:
        lines = _lines(text[max(body.start, last.start() - _REACH) : last.start()])
        return Signature(_name(lines[-1]) if lines else None, dates.to_date(last))
    end = text[max(body.start, body.end - _REACH) : body.end]
    run_in = _DATE_END.search(end)
    if run_in:
        return Signature(run_in["org"], dates.to_date(run_in))
    lines = _lines(end)[1:]  # the first is cut anywhere
    return Signature(_name(lines[-1]) if lines and len(lines[-1]) >= _SHORTEST else None, None)


def _lines(text: str) -> list[str]:
    return [line for line in (raw.strip(_BLANKS) for raw in text.splitlines()) if line]


def _name(line: str) -> str | None:
    match = _NAME_LINE.match(re.sub(r"\s+", "", line))
    return match[1] if match else None


def _name_under_title(document: Document) -> str | None:
    """The bureau under the title, as in statistical bulletins (云岭县统计局　国家统计局云岭调查队), or its head's."""
    for stretch in furniture(document, "byline"):
        for line in _lines(stretch):
            match = _NAME_LINE.match(line.split()[0]) or _HEAD_LINE.match(line.split()[0])
            if match:
                return match[1]
    return None


def _date_under_title(document: Document) -> datetime.date | None:
    """A date in official form on a line of its own under the title; posting dates have a label or hyphens."""
    for stretch in furniture(document, "byline", "posting"):
        match = _DATE_LINE.search(stretch)
        if match:
            return dates.to_date(match)
    return None
