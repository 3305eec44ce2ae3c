"""Where a heading ends: its marker as written, its title, and the first character after it."""

from summarizer.patterns import pattern
from summarizer.records import record
from summarizer.sections.marks import BLANK, LINE_END, Family, Mark, Place, is_han

_LONG_TITLE = 30  # a longer run-in title ends at its first comma (DESIGN.md)
_LONGEST_LINE = 60  # a line longer than this is no heading of its own, whatever its punctuation
_LONGEST_TITLE = 400  # a sentence longer than this is no title
_SHORTEST_TITLE = 4  # before a gap
_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "〈": "〉", "「": "」", "〔": "〕", "【": "】"}
_EOL = pattern("[" + LINE_END + "]")
_SPACES = pattern(r"[\s\u200b\ufeff]+")


@record
class Heading:
    """A heading taken apart; `content` is the first character after it, its closing 。 or ， included in it."""

    number: str
    title: str
    content: int


def read(text: str, mark: Mark, until: int) -> Heading:
    """Read the heading at a mark; `until` is where the next section starts.

    A title on a line of its own is that line. A run-in title ends at the first 。 or ；, when longer than 30
    characters at the first ， or ： (or the gap left by a former line end), brackets and quotes skipped.
    """
    start = mark.text_start
    if mark.title:
        number = text[start : mark.title.start].strip(BLANK + LINE_END + "：:")
        if mark.title.start >= until:  # 附件1, and the next line is a heading of its own
            return Heading(number, "", until)
        return Heading(number, _tidy(text[slice(*mark.title)]), mark.title.end)
    number = text[mark.start : start].rstrip(BLANK)
    if mark.family is Family.FIRST:
        number = number.rstrip("，,")
    eol = _EOL.search(text, start, until)
    end = eol.start() if eol else until
    stop, comma = _cuts(text, start, min(end, start + _LONGEST_TITLE))
    if mark.family <= Family.COMMA and mark.place is not Place.LINE:
        # 三、2022年…的工作计划 下一步,我局…: the blank was a line end
        gap = _gap(text, start, end if stop is None else stop)
        if gap is not None:
            return Heading(number, _tidy(text[start:gap]), gap)
    if stop is None and end - start <= _LONGEST_LINE:
        return Heading(number, _tidy(text[start:end]), end)
    close = end if stop is None else stop
    if comma is not None and close - start > _LONG_TITLE:
        return Heading(number, _tidy(text[start:comma]), comma + 1)
    if close - start > _LONGEST_TITLE:
        return Heading(number, "", start)
    return Heading(number, _tidy(text[start:close]), close if stop is None else close + 1)


def _cuts(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Find the first sentence end and the first comma or gap before it, brackets and quotes skipped."""
    comma: int | None = None
    awaited = ""
    for at in range(start, end):
        char = text[at]
        if awaited:
            if char == awaited:
                awaited = ""
        elif char in _PAIRS:
            if text.find(_PAIRS[char], at, end) > 0:
                awaited = _PAIRS[char]
        elif char in "。；;！!？?" or (char in ".．" and _is_full_stop(text, at)):
            return at, comma
        elif comma is None and (
            char in "，,：:" or (char in BLANK and at - start >= _SHORTEST_TITLE and _is_gap(text, at))
        ):
            comma = at
    return None, comma


def _gap(text: str, start: int, end: int) -> int | None:
    return next((at for at in range(start + _SHORTEST_TITLE, end) if _is_gap(text, at)), None)


def _is_full_stop(text: str, at: int) -> bool:
    """A Western full stop after Han text (加强领导.全年…), as some pages write; no decimal point."""
    after = text[at + 1 : at + 2]
    return is_han(text[at - 1]) and (not after or after.isspace() or after.isdigit() or is_han(after))


def _is_gap(text: str, at: int) -> bool:
    """A blank after Han text and before text, as between former lines: 工作计划 下一步,我局."""
    after = text[at + 1 : at + 2]
    return text[at] in BLANK and is_han(text[at - 1]) and bool(after) and (is_han(after) or after in "0123456789")


def _tidy(title: str) -> str:
    return _SPACES.sub(" ", title).strip(" *#|：:。，,；;")
