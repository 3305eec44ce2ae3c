"""Web-page furniture around a report: told apart by line, from the top down and from the bottom up.

A saved page is navigation, a metadata table, the title, a posting line, the report, then credits and a footer. The
report proper runs from its first line of prose (or its addressee) to its signature and date. What lies outside is
listed as `Removed`, nothing is cut out of the text. When in doubt a line stays in the body: furniture kept costs a
reader a second, a paragraph lost costs the report.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.document import Removed, Span
from summarizer.reading.line_kinds import is_metadata_name, kind
from summarizer.reading.lines import Line, lines_of
from summarizer.reading.report_lines import is_heading, is_prose, is_report_line, is_signed_date, leads_in, title_kind


@dataclass(frozen=True, slots=True)
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
    first, last = 0, len(lines) - 1
    tail: dict[int, str] = {}
    # A page without any running text is no report with furniture around it: nothing is given up.
    prose = any(is_report_line(line.text) for line in lines)
    if prose:
        first = _first_line(lines)
        last, tail = _last_line(lines, first)
    body = Span(lines[first].start, lines[last].end)
    above = zip(lines[:first], _head_kinds(lines[:first]), strict=True)
    below = ((line, tail.get(at, "footer")) for at, line in enumerate(lines[last + 1 :], last + 1))
    removed = [
        *_cover(text, Span(0, body.start), above),
        *_inside(text, body, [(lines[at], name) for at, name in tail.items() if at <= last]),
        *_cover(text, Span(body.end, len(text)), below),
    ]
    return Stripped(body, tuple(removed), prose)


# --- the head ---------------------------------------------------------------------------------------------------

_UNSURE = "navigation?"  # a short line that only its company shows to be furniture
_LONGEST_MENU_ENTRY = 60
_NEIGHBOURS = 3


def _first_line(lines: list[Line]) -> int:
    """Index of the first line of the report proper."""
    prose = next((at for at, line in enumerate(lines) if is_prose(line.text)), None)
    if prose is None:
        prose = next((at for at, line in enumerate(lines) if is_heading(line.text)), 0)
    first = prose
    while first and leads_in(lines[first - 1].text):
        first -= 1
    kinds = _head_kinds(lines[:first])
    if _is_page_head(lines, kinds):
        return first
    # Some line above may be of the report: only what is surely furniture, at the very top, is given up.
    return next((at for at, name in enumerate(kinds) if name == _UNSURE), first)


def _is_page_head(lines: list[Line], kinds: list[str]) -> bool:
    """Tell whether all lines above the report are furniture: the unsure ones are short, and others are sure."""
    unsure = [at for at, name in enumerate(kinds) if name == _UNSURE]
    if not unsure:
        return True
    page = any(name not in (_UNSURE, "title", "byline") for name in kinds)
    return page and all(len(lines[at].text) <= _LONGEST_MENU_ENTRY for at in unsure)


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

_LIST_ENTRY = re.compile(r"[0-9]{1,2}\s?[.．、]|附\s?件")


def _last_line(lines: list[Line], first: int) -> tuple[int, dict[int, str]]:
    """Index of the last line of the report, and the kinds of the furniture lines after the last line of prose.

    A list of attachments may stand between the report and its signature; it is furniture inside the body then.
    """
    prose = len(lines) - 1
    while prose > first and not is_report_line(lines[prose].text) and not _is_signature(lines, prose):
        prose -= 1
    kinds = {at: name for at in range(prose + 1, len(lines)) if (name := kind(lines[at].text))}
    footer = next((at for at, name in kinds.items() if name != "attachment"), len(lines))
    last = prose
    listing = False
    for at in range(prose + 1, footer):
        if at in kinds:
            listing = True
        elif listing and _LIST_ENTRY.match(lines[at].text):
            kinds[at] = "attachment"
        else:
            last = at
            listing = False
    return last, dict(sorted(kinds.items()))


def _is_signature(lines: list[Line], at: int) -> bool:
    """A date in official form (2024年1月4日) that closes a report, and no date in a list of other pages."""
    return is_signed_date(lines[at].text) and (at == 0 or kind(lines[at - 1].text) in (None, "attachment"))


# --- spans ------------------------------------------------------------------------------------------------------

_BLANKS = r"[ \t\u3000\u00a0|]*"
_INSIDE = re.compile(
    rf"^{_BLANKS}(?:"
    rf"(?P<controls>(?:[【\[〔（(](?:打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部)?|我要纠错|收藏|字体[:：]?[\s大中小]*)[】\]〕）)]{_BLANKS})+)"
    r"|(?P<page>[-—－–―─]{1,2}[ \u3000]?[0-9０-９]{1,3}[ \u3000]?[-—－–―─]{1,2}"
    r"|第[ ]?[0-9]{1,3}[ ]?页(?:[ ,，/]{0,3}共[ ]?[0-9]{1,3}[ ]?页)?)"
    rf"|(?P<table>[|]{_BLANKS})){_BLANKS}$",
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
