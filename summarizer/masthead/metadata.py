"""The metadata table and the posting line of a web page, as `reading` set them aside."""

import re
from collections.abc import Iterator
from datetime import date

from summarizer.document import Document
from summarizer.masthead import dates

_WRITTEN = r"成文(?:日期|时间)|生成日期|印发日期|发文(?:日期|时间)"
_POSTED = r"发布(?:日期|时间)|公开(?:日期|时间)|发表(?:日期|时间)|发稿时间|更新(?:日期|时间)|日期|时间"


def furniture(document: Document, *reasons: str) -> Iterator[str]:
    """Texts of the stretches removed for one of these reasons."""
    for removed in document.removed:
        if removed.reason in reasons:
            yield document.text[removed.start : removed.end]


def field(document: Document, names: str, value: str) -> re.Match[str] | None:
    """First field with one of these names, both patterns: `发布机构: X`, or `[ 发布机构 ]` above `X`."""
    pattern = re.compile(rf"(?:{names})\s*[\]】〕]?\s*[:：]?[\s•·|*]*{value}")
    for stretch in furniture(document, "metadata", "posting", "navigation", "footer", "credits"):
        match = pattern.search(stretch)
        if match:
            return match
    return None


def date_of(document: Document) -> date | None:
    """The date the page gives: when written (成文日期), else when posted."""
    for names in (_WRITTEN, _POSTED):
        match = field(document, names, dates.POSTED)
        if match:
            return dates.to_date(match)
    for stretch in furniture(document, "posting"):
        match = re.search(dates.POSTED, stretch)
        if match:
            return dates.to_date(match)
    return None
