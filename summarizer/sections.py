"""The heading tree of a report: 一、 （一） 1. （1） ① 第一部分 一是 首先, and well-known headings without a marker.

Work goes in two steps. One pass of a regular expression finds everything that looks like a marker and stands where
a heading may stand (`_marks`). One walk over those marks, with the open headings on a stack, decides by their
sequence which of them are headings and how deep each one lies (`_Tree`). Both are linear in the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from summarizer.document import Document, Section, Span


class _Family(IntEnum):
    """Kinds of marker, from the outermost to the innermost as GB/T 9704 and usage rank them."""

    BARE = 0  # a heading without a marker: 2023年工作回顾, 名词解释
    PART = 1  # 第一部分
    CHAPTER = 2  # 第一章
    ARTICLE = 3  # 第一节
    COMMA = 4  # 一、
    BRACKET = 5  # （一）
    DIGIT = 6  # 1. 1、
    DIGIT_BRACKET = 7  # （1） 1)
    CIRCLE = 8  # ①
    ITEM = 9  # 一是
    ORDINAL = 10  # 第一，
    FIRST = 11  # 首先


class _Place(IntEnum):
    """Where a marker stands, from the surest place for a heading to the least sure."""

    LINE = 0  # first thing on its line
    STOP = 1  # right after 。；！？：
    GAP = 2  # after white space, as between the former lines of a report printed on one line
    COMMA = 3  # after ，: never the start of a list


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something that looks like a heading marker.

    Attributes:
        start, text_start: first character of the marker and of its title.
        value: its number.
        doubtful: `3.5` may be a figure; a heading only in the middle of a list.
        title: for an annex whose title stands on the next line, [start, end) of that title.
    """

    start: int
    text_start: int
    family: _Family
    value: int
    place: _Place
    doubtful: bool = False
    title: Span | None = None


_HAN = "一二三四五六七八九十"
_NUMERAL = rf"[{_HAN}]{{1,3}}"
_BLANK = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"
_ORNAMENT = "#*•●◆■▲★☆"
# A marker may follow: a line end, a blank, an ornament, the end of a sentence or clause, or a table bar.
_BEFORE = r"(?<![^\r\n\x0b\x0c\x85\u2028\u2029|" + re.escape(_BLANK + _ORNAMENT) + r"。.．；;：:！!？?，,”’）)》…])"
_MARKER = re.compile(
    rf"""(?=[第{_HAN}(（〈〔【0-9０-９①-⒛首其再最]){_BEFORE}(?:
    (?P<part>第{_NUMERAL}(?:部分|[编篇]))
   |(?P<chapter>第{_NUMERAL}章)
   |(?P<article>第{_NUMERAL}节)
   |(?P<comma>{_NUMERAL}[ \u3000]?[、．.﹒，,])
   |(?P<item>{_NUMERAL}[ \u3000\u00a0]?是)
   |(?P<bracket>[(（〈〔【][ \u3000]?{_NUMERAL}[ \u3000]?[)）〉〕】][、.．]?)
   |(?P<digit>[0-9０-９]{{1,3}}[ \u3000]?[、．.﹒]|[⒈-⒛])
   |(?P<digit_bracket>[(（][ ]?[0-9０-９]{{1,2}}[ ]?[)）][、.．]?|[0-9]{{1,2}}[)）]|[⑴-⒇])
   |(?P<circle>[①-⑳])
   |(?P<ordinal>第[{_HAN}][，,、])
   |(?P<first>首先|其次|再次|最后)[，,]
    )""",
    re.VERBOSE,
)
_FAMILIES = {family.name.lower(): family for family in _Family if family is not _Family.BARE}
_FIRM = (_Family.PART, _Family.CHAPTER, _Family.COMMA, _Family.BRACKET)
_ITEMS = frozenset({_Family.ITEM, _Family.ORDINAL, _Family.FIRST})
_FIRSTS = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
_LINE_END = "\r\n\x0b\x0c\x85\u2028\u2029"
_EOL = re.compile("[" + _LINE_END + "]")
_LOWEST_ITEM = 3  # 一是 items are sections down to this level (DESIGN.md)
_LONG_TITLE = 30  # a longer run-in title ends at its first comma (DESIGN.md)
_LONGEST_LINE = 60  # a line longer than this is no heading of its own, whatever its punctuation


def split(document: Document) -> tuple[Section, ...]:
    """Cut the body of a report into its heading tree.

    Returns: sections in pre-order. `0`, the text before the first heading, comes first and is left out when there
        is none. Top-level sections and `0` together cover `document.body`; a body without headings is one `0`.
    """
    text = document.text
    body = document.body
    gone = [Span(r.start, r.end) for r in document.removed if body.start <= r.start < body.end]
    marks = _outside(_marks(text, body), gone)
    nodes = _Tree(text, body, marks).grow()
    return _sections(text, body, nodes)


def heading_spans(sections: Sequence[Section]) -> tuple[Span, ...]:
    """Give marker and title of every section that has a heading, closing punctuation included."""
    return tuple(Span(s.start, s.content) for s in sections if s.content > s.start)


# --- finding marks ----------------------------------------------------------------------------------------------


def _marks(text: str, body: Span) -> list[_Mark]:
    """Find all marks of the body, in order of place, headings without a marker included."""
    found = [mark for match in _MARKER.finditer(text, body.start, body.end) if (mark := _mark(text, body, match))]
    bare = list(_bare_marks(text, body))
    if bare:
        lines = {mark.start for mark in found}
        found.extend(mark for mark in bare if mark.start not in lines)
        found.sort(key=lambda mark: mark.start)
    return found


def _mark(text: str, body: Span, match: re.Match[str]) -> _Mark | None:
    place = _place(text, body, match.start())
    if place is None:
        return None
    family = _FAMILIES[match.lastgroup or ""]
    value = _value(match[0])
    after = match.end()
    while after < body.end and text[after] in _BLANK:
        after += 1
    rest = text[after : min(after + 14, body.end)]
    comma = match[0][-1] in "，,"
    if not _may_follow(rest, after > match.end(), family, value, place, comma):
        return None
    doubtful = family is _Family.DIGIT and rest[0].isdigit() and after == match.end() and not _YEAR.match(rest)
    return _Mark(match.start(), after, family, value, place, doubtful)


def _place(text: str, body: Span, start: int) -> _Place | None:
    at = start
    while at > body.start and text[at - 1] in _BLANK:
        at -= 1
    gap = at < start
    while at > body.start and text[at - 1] in _ORNAMENT + _BLANK:
        at -= 1
    if at == body.start or text[at - 1] in _LINE_END or text[at - 1] == "|":
        return _Place.LINE
    before = text[at - 1]
    if before in "”’）)》" and text[at - 2] in "。；！？":
        before = text[at - 2]
    if before in "。；;：:！!？?…" or (before in ".．" and "\u4e00" <= text[at - 2] <= "\u9fff"):
        return _Place.STOP
    if before in "，,":
        return _Place.COMMA
    return _Place.GAP if gap else None


def _value(marker: str) -> int:
    first = marker[0]
    if "①" <= first <= "⑳":
        return ord(first) - ord("①") + 1
    if "⑴" <= first <= "⒇":
        return ord(first) - ord("⑴") + 1
    if "⒈" <= first <= "⒛":
        return ord(first) - ord("⒈") + 1
    if marker[:2] in _FIRSTS:
        return _FIRSTS[marker[:2]]
    digits = re.search(r"[0-9０-９]+", marker)
    if digits:
        return int(digits[0])
    numeral = re.search(rf"[{_HAN}]+", marker)
    return _han_value(numeral[0]) if numeral else 0


def _han_value(numeral: str) -> int:
    """Read 一 to 九十九; `十二` is 12, `二十` 20."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _HAN.index(numeral[0]) + 1
    return 10 * (_HAN.index(tens[0]) + 1 if tens else 1) + (_HAN.index(ones[0]) + 1 if ones else 0)


_HAN_CHAR = re.compile(r"[\u3400-\u9fff]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2} ?年")
_NO_ITEM = re.compile(r"[否非]|一[、，,是]|二[、，,是]")  # 一是一,二是二
_RANGE = re.compile(rf"[{_HAN}](?:[级季类产、期线审甲等层楼]|是非)")


def _may_follow(rest: str, gap: bool, family: _Family, value: int, place: _Place, comma: bool) -> bool:
    """Tell whether `rest`, the next few characters after a marker, can be the beginning of a title."""
    if not rest or rest[0] in _LINE_END:
        # A marker alone on its line: a page broken by the converter (一、 / 基本情况). Sure kinds only.
        return place is _Place.LINE and family in (_Family.COMMA, _Family.BRACKET)
    head = rest[0]
    if head in "，。；：、,;:.)）》”!！?？%％|=＝+*/":
        return False
    match family:
        case _Family.COMMA:
            if comma and place is not _Place.LINE:
                return False  # 一,加强领导 is a heading of pages that write , for 、, but only on its own line
            # 一、二级响应; 一、二、三产业
            return not (_RANGE.match(rest) and _HAN.find(head) == value)
        case _Family.DIGIT:
            # 3.5万 is no marker, 1.2023年 may be one, 5.2所诺贝尔奖实验室 only between 4. and 6.
            return not head.isdigit() or _YEAR.match(rest) is not None or place is _Place.LINE
        case _Family.DIGIT_BRACKET:
            return _HAN_CHAR.search(rest) is not None  # (2) x = y
        case _Family.ITEM:
            return not _NO_ITEM.match(rest)
        case _Family.ORDINAL:
            return head not in "第"  # 第一、第二产业
    return True


# --- headings without a marker ----------------------------------------------------------------------------------

_ANNEX = r"附件?[ \u3000]?[0-9０-９一二三四五六七八九十]{0,2}[：:]?|附录|(?:《?政府工作报告》?)?(?:中的?)?(?:有关|相关|部分)?(?:的)?(?:名词|术语)(?:解释|注释)[：:]?|注释[：:]?"
_PERIOD = r"(?:[0-9]{4} ?年(?:度|以来)?|过去.{1,3}年的?|今后.{1,3}年的?|“?十[一二三四五六]五”?(?:时期|期间)?|[本上]届政府|今年|来年|明年)"
_TOPIC = r"(?:回顾|安排|任务|打算|计划|思路|要求|目标|主要工作|重点工作|工作重点|工作情况|工作总结|工作展望)"
_PLAIN = (
    r"(?:(?:法治政府建设|政府信息公开|总体|基本|工作|主要)(?:工作)?情况|工作(?:回顾|总结)|主要(?:成效|做法|工作)(?:及成效)?"
    r"|(?:工作)?存在的?(?:主要|突出)?(?:问题|不足|困难)(?:[和与及](?:不足|问题|困难|原因|差距))?"
    r"|下一?步(?:工作)?(?:打算|计划|安排|思路|重点|措施|工作)|总体要求|加强政府自身建设)"
)
_BARE = re.compile(
    rf"^[{_BLANK}{re.escape(_ORNAMENT)}]*(?P<title>(?P<annex>{_ANNEX})"
    rf"|{_PERIOD}[^\r\n。；，：！？,;:!?|]{{0,16}}{_TOPIC}(?:和主要目标|和总体要求)?|{_PLAIN})[{_BLANK}*#]*$",
    re.MULTILINE,
)

# 附件2 / 2018年龙岗区政府民生实事: the title of an annex stands on the next line
_NEXT_LINE = re.compile(rf"\s+(?P<title>[^\s。；，：！？,;:!?|][^\r\n。；，：！？,;:!?|]{{1,39}}?)[{_BLANK}]*(?=[\r\n]|$)")


def _bare_marks(text: str, body: Span) -> Iterator[_Mark]:
    """Find known headings that stand alone on a line without a marker (2015年工作回顾; 名词解释)."""
    taken = 0
    for match in _BARE.finditer(text, body.start, body.end):
        start = match.start("title")
        if start < taken:
            continue
        below = _NEXT_LINE.match(text, match.end(), body.end) if match["annex"] and match["annex"][0] == "附" else None
        title = Span(*below.span("title")) if below else None
        taken = below.end() if below else 0
        yield _Mark(start, start, _Family.BARE, 0 if match["annex"] else 1, _Place.LINE, title=title)


def _outside(marks: list[_Mark], gone: list[Span]) -> list[_Mark]:
    """Leave out marks inside removed stretches."""
    if not gone:
        return marks
    starts = [span.start for span in gone]
    kept = []
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if at < 0 or mark.start >= gone[at].end:
            kept.append(mark)
    return kept


# --- choosing headings ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A list of headings still open: its family, the number of its last item."""

    family: _Family
    value: int


class _Tree:
    """One walk over the marks with the open lists on a stack; the level of a heading is its place in the stack."""

    def __init__(self, text: str, body: Span, marks: list[_Mark]) -> None:
        self.text = text
        self.body = body
        self.marks = marks
        self.of: dict[_Family, list[int]] = {family: [] for family in _Family}
        for index, mark in enumerate(marks):
            self.of[mark.family].append(index)
        self.stack: list[_Open] = []
        self.structured = any(marks[i].place is _Place.LINE or marks[i].value == 1 for f in _FIRM for i in self.of[f])

    def grow(self) -> list[tuple[_Mark, int]]:
        """Give the headings in order, each with its level."""
        nodes: list[tuple[_Mark, int]] = []
        resume = 0
        for index, mark in enumerate(self.marks):
            if index < resume:
                continue
            skip = self._embedded_until(index)
            if skip:
                resume = skip
                continue
            depth = self._depth(index)
            if depth is None:
                continue
            del self.stack[depth:]
            self.stack.append(_Open(mark.family, mark.value))
            nodes.append((mark, depth + 1))
        return nodes

    def _depth(self, index: int) -> int | None:
        """Say how many headings stay open above this mark; None when it is no heading."""
        mark = self.marks[index]
        at = self._frame(mark.family)
        if mark.family is _Family.BARE:
            return 0 if self._is_bare_heading(index) else None
        if at is not None:
            return at if self._continues(index, self.stack[at], at) else None
        depth = len(self.stack)
        while depth and self.stack[depth - 1].family > mark.family and not self._resumes(index, depth - 1):
            depth -= 1
        return depth if self._starts(index, depth) else None

    def _frame(self, family: _Family) -> int | None:
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at].family is family:
                return at
        return None

    def _continues(self, index: int, last: _Open, depth: int) -> bool:
        """Judge a mark whose list is open: the next number, or a slip in the numbering at a sure place."""
        mark = self.marks[index]
        step = mark.value - last.value
        if mark.family in _ITEMS and depth + 1 > _LOWEST_ITEM:
            return False
        if mark.doubtful:
            return step == 1 and self._follower(index, depth) == 1
        if step == 1:
            return True
        if mark.value == 1:
            return self._starts(index, depth)
        if mark.place is _Place.LINE:
            return mark.family <= _Family.BRACKET or -1 <= step <= 3
        return mark.place is not _Place.COMMA and mark.family is not _Family.FIRST and 0 <= step <= 2

    def _starts(self, index: int, depth: int) -> bool:
        """Judge a mark that would open a list at `depth`."""
        mark = self.marks[index]
        if mark.family in _ITEMS and depth + 1 > _LOWEST_ITEM:
            return False
        if mark.place is _Place.COMMA or (mark.family in _ITEMS and self._introduces(index, depth)):
            return False
        if mark.family > _Family.BRACKET and depth == 0 and self.structured:
            return False  # 一是 in the paragraph before 一、
        if mark.family <= _Family.BRACKET and mark.place is _Place.LINE:
            return True
        if mark.value != 1:
            return mark.place is _Place.LINE and mark.family is _Family.DIGIT and self._follower(index, depth) == 1
        if mark.place is not _Place.LINE and mark.family not in _ITEMS and depth + 1 > _LOWEST_ITEM:
            return False  # 重点推进:1.…;2.…;3.… inside a paragraph of the third level
        return self._follower(index, depth) in (1, 2)

    def _introduces(self, index: int, depth: int) -> bool:
        """Tell whether 一是…;二是… stands in the paragraph that leads to （一）, and so is no list of headings itself."""
        mark = self.marks[index]
        if mark.place is _Place.LINE:
            return False
        follower = self._next(mark.family, index)
        limit = self._limit(index, depth)
        if follower is None or follower >= limit:
            return False
        nexts = [self._next(family, follower) for family in _FIRM if self._frame(family) is None]
        return any(at is not None and at < limit and self.marks[at].value == 1 for at in nexts)

    def _follower(self, index: int, depth: int) -> int | None:
        """How much further the next mark of the same family counts, if no open heading above ends first."""
        mark = self.marks[index]
        after = self._next(mark.family, index)
        if after is None or after >= self._limit(index, depth):
            return None
        follower = self.marks[after]
        if follower.place is _Place.COMMA:
            return None
        return follower.value - mark.value

    def _next(self, family: _Family, index: int) -> int | None:
        """Index of the next mark of a family after `index`."""
        places = self.of[family]
        at = bisect_left(places, index + 1)
        return places[at] if at < len(places) else None

    def _limit(self, index: int, depth: int) -> int:
        """Index of the next mark of any family open above `depth`: there the list at `depth` ends."""
        ends = [self._next(frame.family, index) for frame in self.stack[:depth]]
        return min((end for end in ends if end is not None), default=len(self.marks))

    def _resumes(self, index: int, at: int) -> bool:
        """Tell whether the open list at `at` goes on after the list that this mark would open inside it.

        一是…:(1)…(2)… 二是…: rank alone would close 一是 at (1).
        """
        mark = self.marks[index]
        frame = self.stack[at]
        if mark.value != 1 or frame.family is _Family.BARE:
            return False
        after = self._next(frame.family, index)
        if after is None or after >= self._limit(index, at):
            return False
        return self.marks[after].value == frame.value + 1

    def _embedded_until(self, index: int) -> int | None:
        """Find where a foreign list inside an open one ends, as index of the mark that takes up the open list again.

        In an open-government report 三、 holds the statutory table with rows 一、…二、…三、…四、, then 四、 follows.
        """
        mark = self.marks[index]
        at = self._frame(mark.family)
        if mark.value != 1 or at is None or mark.family is _Family.BARE or self.stack[at].value < 1:
            return None
        outer = self.stack[at].value
        limit = self._limit(index, at)
        places = self.of[mark.family]
        inner = 1
        for place in range(bisect_left(places, index + 1), len(places)):
            if places[place] >= limit:
                return None
            value = self.marks[places[place]].value
            if value == inner + 1:
                inner = value
            elif value == outer + 1:
                return places[place]
            else:
                return None
        return None

    def _is_bare_heading(self, index: int) -> bool:
        """Accept a heading without a marker where it does not cut a running list in two."""
        mark = self.marks[index]
        if self.of[_Family.PART] or self.of[_Family.CHAPTER]:
            return mark.value == 0
        outer = next((f for f in self.stack if f.family is not _Family.BARE), None)
        if outer is None:
            return True
        after = self._next(outer.family, index)
        return after is None or self.marks[after].value == 1


# --- titles and spans -------------------------------------------------------------------------------------------

_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "〈": "〉", "「": "」", "〔": "〕", "【": "】"}


def _sections(text: str, body: Span, nodes: list[tuple[_Mark, int]]) -> tuple[Section, ...]:
    first = nodes[0][0].start if nodes else body.end
    sections = []
    if any(char.isalnum() for char in text[body.start : first]):
        sections.append(Section("0", 1, "", "", body.start, body.start, first))
    ends = _ends(body, nodes)
    path: list[int] = []
    for at, (mark, level) in enumerate(nodes):
        count = path[level - 1] + 1 if len(path) >= level else 1
        del path[level - 1 :]
        path.append(count)
        until = nodes[at + 1][0].start if at + 1 < len(nodes) else body.end
        number, title, content = _heading(text, mark, until)
        sections.append(Section(".".join(map(str, path)), level, number, title, mark.start, content, ends[at]))
    return tuple(sections)


def _ends(body: Span, nodes: list[tuple[_Mark, int]]) -> list[int]:
    """End of every section: the next heading of its level or above."""
    ends = [body.end] * len(nodes)
    waiting: list[int] = []
    for at, (mark, level) in enumerate(nodes):
        while waiting and nodes[waiting[-1]][1] >= level:
            ends[waiting.pop()] = mark.start
        waiting.append(at)
    return ends


def _heading(text: str, mark: _Mark, until: int) -> tuple[str, str, int]:
    """Give marker, title and the first character after the heading; `until` is where the next section starts."""
    start = mark.text_start
    if mark.title:
        number = text[mark.start : _EOL.search(text, start).start()].strip(_BLANK + "：:")  # type: ignore[union-attr]
        return number, _tidy(text[slice(*mark.title)]), mark.title.end
    number = text[mark.start : start].rstrip(_BLANK)
    eol = _EOL.search(text, start, until)
    end = eol.start() if eol else until
    if mark.family is _Family.FIRST:
        number = number.rstrip("，,")
    stop, comma = _cuts(text, start, min(end, start + 400))
    if stop is None and end - start <= _LONGEST_LINE:
        return number, _tidy(text[start:end]), end
    close = stop if stop is not None else end
    if comma is not None and comma < close and close - start > _LONG_TITLE:
        return number, _tidy(text[start:comma]), comma + 1
    if close - start > 400:
        close = start
    return number, _tidy(text[start:close]), close + 1 if stop is not None else close


def _cuts(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Find the first sentence end and the first comma (or gap) of a heading line, brackets and quotes skipped."""
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
        elif char in "。；;！!？?" or (char in ".．" and _ends_sentence(text, at)):
            return at, comma
        elif comma is None and (char in "，,：:" or (char in _BLANK and _is_gap(text, at, start))):
            comma = at
    return None, comma


def _ends_sentence(text: str, at: int) -> bool:
    """A Western full stop after Han text (加强领导.全年…), as some pages write; no decimal point, no 1. of a list."""
    after = text[at + 1 : at + 2]
    return "\u4e00" <= text[at - 1] <= "\u9fff" and (not after or after.isspace() or "\u4e00" <= after <= "\u9fff" or after.isdigit())


def _is_gap(text: str, at: int, start: int) -> bool:
    """A blank between Han characters, as between former lines: 工作计划 下一步,我局."""
    return at - start >= 4 and at + 1 < len(text) and "\u4e00" <= text[at - 1] <= "\u9fff" < "\ua000" and (
        "\u4e00" <= text[at + 1] <= "\u9fff" or text[at + 1] in "0123456789"
    )


def _tidy(title: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", " ", title).strip(" *#|：:。，,；;")


# --- kinds of section -------------------------------------------------------------------------------------------

_PLAN = re.compile(
    r"下一?步|未来.{1,3}年|下阶段|下一阶段|今后(?:工作|的|五年|一段|努力|重点)|打算|工作(?:计划|安排|思路|设想|展望|重点|部署)|主要安排"
    r"|努力方向|改进(?:措施|方向|打算)|整改(?:措施|方向|计划)|发展思路|明年|来年|下(?:一)?年度|发展目标|奋斗目标|目标任务|重点任务安排"
    r"|[0-9]{4} ?年[^。]{0,20}(?:安排|打算|计划|思路)"
)
_DONE = re.compile(r"完成|成就|落实情况|执行情况|进展情况|实施情况|回顾|总结|履行|成效|(?:安排|计划|部署).{0,6}(?:情况|落实)$|^落实")
_REVIEW = re.compile(r"回顾|情况|成效|总结|举措|做法|以来的?工作")
_GLOSSARY = re.compile(r"名词解释|注释|术语")
_NUMBER_ONE = re.compile(r"(?:^|[(（])(?:一|1|首先)(?:[^十0-9]|$)|①|⑴")
_YEARS = re.compile(r"((?:19|20)[0-9]{2}) ?年")
_NAMES = re.compile(r"《[^》]*》|“[^”]*”")  # 印发《2023年…专项治理工作实施方案》 is no plan of this report
_PROBLEM = re.compile(
    r"存在.{0,8}(?:问题|不足|困难|短板|差距|薄弱)|(?:问题|不足|短板|差距|困难|薄弱环节)(?:[和与及、].{0,8})?$"
    r"|(?:主要|突出|面临).{0,4}(?:问题|不足|困难|短板|差距)(?:[和与及、]|$)"
)
_NOT_PROBLEM = re.compile(r"整改|解决|化解|破解|整治|治理|排查|处置|处理|缩小|补齐|克服")


def plan_sections(sections: Sequence[Section]) -> tuple[Span, ...]:
    """Give the sections about future work (下一步工作打算, 2025年主要安排), each at its outermost heading.

    A section about problems and plans in one (三、存在问题和下一步打算) gives its last list only, which is the plan;
    without such a list it gives nothing, since no heading says where the plan begins.
    """
    spans: list[Span] = []
    for section in _plans(sections):
        span = _last_list(sections, section) if is_problem(section) else Span(section.start, section.end)
        if span and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    return tuple(spans)


def problem_sections(sections: Sequence[Section]) -> tuple[Span, ...]:
    """Give the sections about shortcomings (存在的问题与不足), each at its outermost heading."""
    spans: list[Span] = []
    for section in sections:
        if is_problem(section) and (not spans or section.start >= spans[-1].end):
            spans.append(Span(section.start, section.end))
    return tuple(spans)


def is_problem(section: Section) -> bool:
    """Tell whether a heading announces shortcomings."""
    return _PROBLEM.search(section.title) is not None and _NOT_PROBLEM.search(section.title) is None


def _plans(sections: Sequence[Section]) -> Iterator[Section]:
    reviewed: int | None = None  # year the report looks back on, 0 when a heading looks back without naming a year
    glossary_end = 0
    for section in sections:
        title = _NAMES.sub("", section.title)
        if _GLOSSARY.search(title):
            glossary_end = section.end
        if section.start < glossary_end or section.number.endswith("是"):
            continue
        years = [int(year) for year in _YEARS.findall(title)]
        if _DONE.search(title) is None and _PLAN.search(title):
            yield section
        elif section.level > 2:
            continue
        elif reviewed is not None and years and min(years) > reviewed and _REVIEW.search(title) is None:
            yield section  # 三、全面抓好2025年政府工作, after 一、2024年…迈出新的坚实步伐
        elif section.level == 1 and (years or _REVIEW.search(title)):
            reviewed = max(reviewed or 0, *years, 0)


def _last_list(sections: Sequence[Section], section: Section) -> Span | None:
    """The last list under a section: 一是…二是… | 一是…二是… gives the second."""
    children = [s for s in sections if s.level == section.level + 1 and section.start < s.start < section.end]
    firsts = [s for s in children if _NUMBER_ONE.search(s.number)]
    return Span(firsts[-1].start, section.end) if len(firsts) > 1 else None
