"""Which period governs a figure: the last one named, as far as its sentence, clause or paragraph reaches."""

import re
from typing import Final

from summarizer.patterns import pattern
from summarizer.quantities.alphabet import OPENERS, skip_spaces
from summarizer.quantities.dates import Date

# Some reports end their sentences with a full stop: 不足15人.2023年,我局...
_CLAUSE: Final = pattern("[，,。；;：:\n！？]|(?<![0-9A-Za-z])\\.")
_SENTENCE: Final = pattern("[。；;\n！？]|(?<![0-9A-Za-z])\\.")
_PARAGRAPH: Final = pattern("\n")
_LIST: Final = pattern("[、，,和及与]{1,2}")
_COMPARED: Final = ("较", "比", "与", "同", "和", "超", "自")
_UP_TO: Final = ("截至", "截止", "截止到", "截至到", "截止至", "至", "到")


class Periods:
    """The period in force while the scanner walks through the text."""

    def __init__(self, text: str, year: int | None) -> None:
        self._text = text
        self._year = year
        self._named: int | None = year  # last year named, for 5月 without a year
        self._period: str | None = None
        self._reach = _PARAGRAPH
        self._checked = 0
        self._open: str | None = None  # 从2020年4月开始, still without an end
        self._open_at = 0
        self._month_at = -1  # end of a single month, for lists: 4月份、8月份
        self._set_at = 0
        self._item_at = -1  # the last 一是, 二是 of this paragraph

    def at(self, place: int) -> str | None:
        """The period in force at `place`; None when none but the report's own year is."""
        if self._period is None:
            return None
        if self._reach.search(self._text, self._checked, place):
            self._period = None
            return None
        self._checked = place
        return self._period

    def reset(self) -> None:
        """A list marker or heading: what was named before it reaches no further."""
        self._period = None
        self._open = None
        self._month_at = -1
        self._named = self._year
        self._item_at = -1

    def item(self, at: int) -> None:
        """An inline marker (一是): a period named before the list governs all its items, one of an item only that."""
        if self._item_at >= 0 and self._text.find("\n", self._item_at, at) >= 0:
            self._item_at = -1
        if 0 <= self._item_at < self._set_at:
            self.reset()
        self._item_at = at

    def half_year(self, end: int, *, first: bool) -> None:
        """上半年, 下半年 without a year before it."""
        self.name(
            Date(end, (None, 1, None), (None, 6, None)) if first else Date(end, (None, 7, None), (None, 12, None)),
            end - 3,
        )

    def name(self, date: Date, start: int) -> None:
        """Take in a date of running text (not one inside 《》) and let it govern what follows."""
        text, end = self._text, date.end
        first, last = date.first, date.last
        if first[0] is None and first[1] is None:
            return  # 15日 alone
        left = text[max(0, start - 4) : start].rstrip()
        if left.endswith(_COMPARED[:-1]) or text.startswith(("同期", "同比", "末相比"), end):
            return
        if first[0] is not None:
            self._named = first[0]
        year = first[0] if first[0] is not None else self._named
        begin, close = _write((year, first[1], first[2])), _write((last[0] or year, last[1], last[2]))
        if begin is None or close is None:
            return
        if left.endswith(_UP_TO):
            self._up_to(date, year, close, end)
            return
        after = skip_spaces(text, end, len(text))
        if left.endswith(("从", "自")) or text.startswith(("以来", "开始", "起"), after):
            self._from(date, year, begin, end)
        elif date.ranged:
            self._set(f"{begin}..{close}", _PARAGRAPH, end)
        elif first[1] is None:
            self._of_year(year, begin, after, end)
        elif self._month_at >= 0 and _LIST.fullmatch(text, self._month_at, start):
            self._period = None  # 4月份、8月份、9月份: the year
            self._month_at = end
        else:
            self._set(begin, _SENTENCE if after < len(text) and text[after] in OPENERS else _CLAUSE, end)
            self._month_at = end

    def _of_year(self, year: int | None, begin: str, after: int, end: int) -> None:
        if year == self._year:
            self._period = None
        else:
            whole = after < len(self._text) and (self._text[after] in OPENERS or self._text[after] in "全我共")
            ahead = self._year is not None and year is not None and year > self._year
            self._set(begin, (_PARAGRAPH if ahead else _SENTENCE) if whole else _CLAUSE, end)

    def _from(self, date: Date, year: int | None, begin: str, end: int) -> None:
        """从2020年4月份开始 ... 截止到12月14日; open until the report's year ends otherwise."""
        self._open, self._open_at = begin, end
        if self._year is None or year is None or year > self._year:
            return
        if date.first[1] is None:
            if year < self._year:
                self._set(f"{begin}..{self._year}", _SENTENCE, end)
            else:
                self._period = None
        else:
            self._set(f"{begin[:7]}..{self._year}-12", _SENTENCE, end)

    def _up_to(self, date: Date, year: int | None, close: str, end: int) -> None:
        if self._open and not _PARAGRAPH.search(self._text, self._open_at, end) and end - self._open_at < 200:
            # Month precision, as both ends are rarely given to the day.
            self._set(f"{self._open[:7]}..{close[: len(self._open[:7])]}", _SENTENCE, end)
        elif year is not None and self._year is not None and date.first[1] is None and year < self._year:
            self._set(str(year), _CLAUSE, end)
        elif year is not None and self._year is not None and year > self._year:
            self._set(close[:4], _SENTENCE, end)  # 到2025年
        else:
            self._period = None

    def _set(self, period: str, reach: re.Pattern[str], end: int) -> None:
        self._period, self._reach, self._checked, self._set_at = period, reach, end, end
        if reach is not _SENTENCE:
            self._month_at = -1


def _write(part: tuple[int | None, int | None, int | None]) -> str | None:
    year, month, day = part
    if year is None:
        return None
    if month is None:
        return str(year)
    if not 1 <= month <= 12:
        return None
    return f"{year}-{month:02}" if not day or day > 31 else f"{year}-{month:02}-{day:02}"
