"""Web-page furniture around a report: told apart by line, from the top down and from the bottom up.

A saved page is navigation, a metadata table, the title, a posting line, the report, then credits and a footer. The
report proper runs from its first line of prose (or its addressee) to its signature and date. What lies outside is
listed as `Removed`, nothing is cut out of the text. When in doubt a line stays in the body: furniture kept costs a
reader a second, a paragraph lost costs the report.
"""

import re
from collections.abc import Iterable

from summarizer.document import Removed, Span
from summarizer.patterns import pattern
from summarizer.reading.line_kinds import is_metadata_name, is_site_footer, kind
from summarizer.reading.lines import Line, lines_of
from summarizer.reading.report_lines import is_heading, is_prose, is_report_line, is_signed_date, leads_in, title_kind
from summarizer.records import record


@record
class Stripped:
    """A page taken apart.

    Attributes:
        body: the report proper, without blanks and table bars at its ends.
        removed: the furniture outside and inside it, in order, not overlapping.
        prose: whether there is any running text; a menu or a list of links has none.
    """

    body: Span
    removed: tuple[Removed, ...]
    prose: bool


def strip(text: str) -> Stripped:
    """Find the report proper in a saved page.

    Returns: body and furniture; the furniture covers all that is outside the body but white space. Without a sign of
        furniture, and without any running text, the whole text is body. Linear in the text.
    """
    lines = lines_of(text)
    if not lines:
        return Stripped(Span(0, len(text)), (), prose=False)
    last = len(lines) - 1
    head: list[str] = []
    tail: dict[int, str] = {}
    # A page without any running text is no report with furniture around it: nothing is given up.
    prose = any(is_report_line(line.text) for line in lines)
    if prose:
        head = _head(lines)
        last, tail = _last_line(lines, len(head))
    body = Span(lines[len(head)].start, lines[last].end)
    above = zip(lines[: len(head)], head, strict=True)
    below = ((line, tail.get(at, "footer")) for at, line in enumerate(lines[last + 1 :], last + 1))
    removed = [
        *_cover(text, Span(0, body.start), above),
        *_inside(text, body, [(lines[at], name) for at, name in tail.items() if at <= last]),
        *_cover(text, Span(body.end, len(text)), below),
    ]
    return Stripped(body, tuple(removed), prose)


# --- the head ---------------------------------------------------------------------------------------------------

_UNSURE = "navigation?"  # a short line that only its company shows to be furniture
_LONGEST_UNSURE = 60
_LONGEST_MENU_ENTRY = 12
_NEIGHBOURS = 3


def _head(lines: list[Line]) -> list[str]:
    """Kinds of the lines above the first line of the report proper."""
    prose = next((at for at, line in enumerate(lines) if is_prose(line.text)), None)
    if prose is None:
        prose = next((at for at, line in enumerate(lines) if is_heading(line.text)), 0)
    first = prose
    while first and leads_in(lines[first - 1].text):
        first -= 1
    kinds = _head_kinds(lines[:first])
    return kinds[: _end_of_head(lines, kinds)]


def _end_of_head(lines: list[Line], kinds: list[str]) -> int:
    """Say how many of the lines above the first prose are furniture.

    Menus stand above the title and are given up with the page around them. Below the title an unknown line may be of
    the report (办案30件 in a list without sentences) and stays.
    """
    sure = [at for at, name in enumerate(kinds) if name != _UNSURE]
    page = any(kinds[at] not in ("title", "byline") for at in sure)
    begun = next((at for at, name in enumerate(kinds) if name == _UNSURE and _opens_report(lines[at].text, page)), None)
    if begun is not None:
        return begun
    if "title" in kinds or not page:
        return sure[-1] + 1 if sure else 0
    return next((at for at in range(sure[-1] + 1, len(kinds)) if not _is_menu_entry(lines[at].text)), len(kinds))


def _opens_report(line: str, page: bool) -> bool:
    """An unknown line that no menu has: a heading, one too long for an entry, any at all where there is no page."""
    return not page or is_heading(line) or len(line) > _LONGEST_UNSURE


def _is_menu_entry(line: str) -> bool:
    return len(line) <= _LONGEST_MENU_ENTRY and not any(char.isdigit() for char in line)


def _head_kinds(lines: list[Line]) -> list[str]:
    """Kind of every line above the report."""
    kinds: list[str] = []
    value_follows = False
    for at, line in enumerate(lines):
        above = [other.text for other in lines[max(0, at - _NEIGHBOURS) : at]]
        below = [other.text for other in lines[at + 1 : at + _NEIGHBOURS]]
        name = kind(line.text) or title_kind(line.text, above, below) or ("metadata" if value_follows else _UNSURE)
        value_follows = is_metadata_name(line.text)
        kinds.append(name)
    return kinds


# --- the tail ---------------------------------------------------------------------------------------------------

_NOTICE = pattern(r"转载|授权|版权|浏览器|分辨率|本网站|域名")  # 本网站内容未经授权不得转载。 below 版权所有
_ABOVE_SIGNATURE = 12  # lines above the date in which a list of attachments may stand
_LIST_ENTRY = pattern(r"(?:[0-9]{1,2}\s?[.．、]|附\s?件).{1,60}$")


def _last_line(lines: list[Line], first: int) -> tuple[int, dict[int, str]]:
    """Index of the last line of the report, and the kinds of the furniture lines after the last line of prose.

    A list of attachments may stand between the report and its signature; it is furniture inside the body then.
    """
    prose = len(lines) - 1
    while prose > first and not _ends_report(lines, prose):
        prose -= 1
    kinds = {at: name for at in range(prose + 1, len(lines)) if (name := _tail_kind(lines[at].text))}
    footer = next((at for at, name in kinds.items() if name != "attachment"), len(lines))
    listed = _attachments(lines, prose + 1, footer)
    last = max((at for at in range(prose + 1, footer) if at not in listed), default=prose)
    if _is_signature(lines, prose):
        listed |= _attachments(lines, max(first, prose - _ABOVE_SIGNATURE), prose)
    return last, dict(sorted({**kinds, **dict.fromkeys(listed, "attachment")}.items()))


def _attachments(lines: list[Line], start: int, end: int) -> set[int]:
    """Indexes of the lines of a list of attachments: 附件：1.统计表 / 2.典型案例."""
    listed = set()
    listing = False
    for at in range(start, end):
        text = lines[at].text
        opens = kind(text) == "attachment"
        listing = opens or (listing and _LIST_ENTRY.match(text) is not None and not is_report_line(text))
        if listing:
            listed.add(at)
    return listed


def _tail_kind(line: str) -> str | None:
    """As `kind`, but a lone field name is more likely the head of a column here (名称, 有效性)."""
    name = kind(line)
    return None if name == "metadata" and ":" not in line and "：" not in line else name


def _ends_report(lines: list[Line], at: int) -> bool:
    """The last line that only the report can have: a sentence, unless it is one of the site's own, or the date."""
    text = lines[at].text
    if is_report_line(text):
        near = lines[max(0, at - _NEIGHBOURS) : at]
        return not (_NOTICE.search(text) and any(is_site_footer(line.text) for line in near))
    return _is_signature(lines, at)


def _is_signature(lines: list[Line], at: int) -> bool:
    """A date in official form (2024年1月4日) that closes a report, and no date in a list of other pages."""
    return is_signed_date(lines[at].text) and (at == 0 or kind(lines[at - 1].text) in (None, "attachment"))


# --- spans ------------------------------------------------------------------------------------------------------

# Possessive quantifiers (*+): a line of a million bars or blanks must not be tried in every division.
_BLANKS = r"[ \t\u3000\u00a0]*+"
_BUTTON = (
    r"[【\[〔（(](?:打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部)?|我要纠错|收藏|字体[:：]?[ 大中小]{0,12})[】\]〕）)]"
)
_INSIDE = pattern(
    rf"^{_BLANKS}(?:(?P<controls>(?:{_BUTTON}{_BLANKS})++)"
    r"|(?P<page>[-—－–―─]{1,2}[ \u3000]?[0-9０-９]{1,3}[ \u3000]?[-—－–―─]{1,2}"
    r"|第[ ]?[0-9]{1,3}[ ]?页(?:[ ,，/]{0,3}共[ ]?[0-9]{1,3}[ ]?页)?)"
    r"|(?P<table>[|]))[ \t\u3000\u00a0|]*+$",
    re.MULTILINE,
)


def _inside(text: str, body: Span, listed: list[tuple[Line, str]]) -> list[Removed]:
    """Furniture within the body: page numbers, close-window buttons, bars, lists of attachments above the date."""
    found = [Removed(line.start, line.end, name) for line, name in listed]
    for match in _INSIDE.finditer(text, body.start, body.end):
        span = _trimmed(text, match.start(), match.end())
        if span:
            found.append(Removed(span.start, span.end, match.lastgroup or "controls"))
    found.sort(key=lambda removed: removed.start)
    kept: list[Removed] = []
    for removed in found:
        if not kept or removed.start >= kept[-1].end:
            kept.append(removed)
    return kept


def _cover(text: str, span: Span, kinds: Iterable[tuple[Line, str]]) -> list[Removed]:
    """Cover everything of `text[span]` that is not white space, neighbours of one kind as one stretch."""
    removed: list[Removed] = []
    here = span.start
    for line, name in kinds:
        reason = name.rstrip("?")
        stretch = _trimmed(text, here, line.end)
        here = line.end
        if stretch and removed and removed[-1].reason == reason:
            removed[-1] = Removed(removed[-1].start, stretch.end, reason)
        elif stretch:
            removed.append(Removed(stretch.start, stretch.end, reason))
    rest = _trimmed(text, here, span.end)
    if rest:
        removed.append(Removed(rest.start, rest.end, "table"))  # bars left over
    return removed


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    kept = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(kept)) if kept else None
