"""Dates, months, periods and clock times, as spans with their parts."""

from typing import Final, NamedTuple

from summarizer import numerals
from summarizer.patterns import pattern
from summarizer.quantities.alphabet import DIGIT, HAN, SPACE

_TO: Final = "(?:至|到|-|—{1,2}|–|－|−|~|～|―)"
_D: Final = DIGIT
_S: Final = SPACE
_MONTH_TAIL: Final = "月(?:份|[上中下]旬|底|初|末|中)?"
_DAY: Final = rf"(?:{_S}({_D}{{1,2}}){_S}[日号](?![处均常])|{_S}({_D}{{1,2}}){_S}{_TO}{_S}({_D}{{1,2}}){_S}[日号])?"

# 2023年1-6月, 2023年12月31日, 2023年上半年, 2023年第三季度, 2023年度
_YEAR: Final = pattern(
    rf"({_D}{{4}}){_S}年(?:度|版|[初底末中](?!期|央|国|心|小|级)|代)?"
    rf"(?:{_S}(上半年|下半年|(?:前|第)?{_S}[一二三四1-4]{_S}个?季度)"
    rf"|{_S}({_D}{{1,2}}){_S}{_TO}{_S}({_D}{{1,2}}){_S}{_MONTH_TAIL}"
    rf"|{_S}({_D}{{1,2}}){_S}{_MONTH_TAIL}{_DAY})?"
)
# ...至2023年5月底, -12月14日, —5日
_UNTIL: Final = pattern(
    rf"{_S}{_TO}{_S}(?:({_D}{{4}}){_S}年(?:底|末|初)?(?:{_S}({_D}{{1,2}}){_S}{_MONTH_TAIL}{_DAY})?"
    rf"|({_D}{{1,2}}){_S}{_MONTH_TAIL}{_DAY})"
)
_YEARS: Final = pattern(rf"({_D}{{4}}){_S}(?:{_TO}|/|、){_S}({_D}{{4}})(?!{_D}|[.．]{_D}){_S}(学?年度?)?")
_NUMERIC: Final = pattern(rf"({_D}{{4}})([-./．])({_D}{{1,2}})\2({_D}{{1,2}})(?!{_D})(?:日)?")
_MONTHS: Final = pattern(rf"({_D}{{1,2}}){_S}(?:(?:{_TO}|、){_S}({_D}{{1,2}}){_S})?{_MONTH_TAIL}{_DAY}")
_DAYS: Final = pattern(rf"({_D}{{1,2}}){_S}(?:{_TO}{_S}({_D}{{1,2}}){_S})?日(?![均常处产供报接])")
_QUARTER: Final = pattern(rf"([1-4])(?:{_S}{_TO}{_S}([1-4]))?{_S}个?季度")
_CLOCK: Final = pattern(rf"{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?(?!{_D})")

_N: Final = f"[{HAN}]"
_HAN_DATE: Final = pattern(
    rf"([〇零○一二三四五六七八九]{{4}})年(?:度|版|底|初|末)?(?:({_N}{{1,3}})月(?:份|底|初|末)?(?:({_N}{{1,3}})日)?)?"
    rf"|({_N}{{1,3}})月(?:份|[上中下]旬|底|初|末)?(?:({_N}{{1,3}})日)?|()([一二三四])季度"
    rf"|(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日(?=[，,。、；至起前内])"
)
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}


class Date(NamedTuple):
    """A date or period as written; parts are None where the text gives none.

    Attributes:
        end: first character after it.
        first, last: (year, month, day) of its ends; the same for a single date.
    """

    end: int
    first: tuple[int | None, int | None, int | None]
    last: tuple[int | None, int | None, int | None]

    @property
    def ranged(self) -> bool:
        """Whether it is a stretch of time between two named ends (1-6月, 上半年)."""
        return self.first != self.last


def date_at(text: str, at: int, run: int, stop: int) -> Date | None:
    """The date whose digits start at `at` and reach to `run`; None if it is none."""
    if run - at == 4:
        return _from_year(text, at, stop)
    if run - at <= 2:
        return _from_month(text, at, stop)
    return None


def clock_at(text: str, at: int, stop: int) -> int | None:
    """End of a time of day (16:11) that starts at `at`; None if there is none."""
    match = _CLOCK.match(text, at, stop)
    if match is None or int(match[0][:2].rstrip(":：")) > 24:
        return None
    return match.end()


def han_date_at(text: str, at: int, stop: int) -> Date | None:
    """二〇二三年十二月, 五月底, 一季度; None for 三个月, 五年."""
    match = _HAN_DATE.match(text, at, stop)
    if match is None:
        return None
    year = int(numerals.parse(match[1].replace("○", "〇"))) if match[1] else None
    if match[7]:
        quarter = _QUARTERS[match[7]]
        whole = at > 0 and text[at - 1] == "前"  # 前三季度
        return Date(match.end(), (None, 1 if whole else 3 * quarter - 2, None), (None, 3 * quarter, None))
    month = _small(match[2] or match[4])
    if match[4] and not (month and 1 <= month <= 12):
        return None
    part = (year, month, _small(match[3] or match[5]))
    return Date(match.end(), part, part)


def _from_year(text: str, at: int, stop: int) -> Date | None:
    match = _NUMERIC.match(text, at, stop)
    if match and 1 <= int(match[3]) <= 12 and 1 <= int(match[4]) <= 31 and 1900 <= int(match[1]) <= 2100:
        part = (int(match[1]), int(match[3]), int(match[4]))
        end = clock_at(text, match.end() + 1, stop) if match.end() < stop and text[match.end()] == " " else None
        return Date(end or match.end(), part, part)
    match = _YEARS.match(text, at, stop)
    if match and 1900 <= int(match[1]) < int(match[2]) <= 2100 and (match[3] or _no_count(text, match.end(), stop)):
        return Date(match.end(), (int(match[1]), None, None), (int(match[2]), None, None))
    match = _YEAR.match(text, at, stop)
    if match is None:
        return None
    year = int(match[1])
    if not 1000 <= year <= 2200:
        return None
    first: tuple[int | None, int | None, int | None] = (year, None, None)
    last = first
    if match[2]:
        months = _part(match[2])
        first, last = (year, months[0], None), (year, months[1], None)
    elif match[3]:
        first, last = (year, int(match[3]), None), (year, int(match[4]), None)
    elif match[5]:
        first = (year, int(match[5]), int(match[6] or match[7]) if match[6] or match[7] else None)
        last = (year, int(match[5]), int(match[6] or match[8]) if match[6] or match[8] else None)
    return _until(text, match.end(), stop, first, last)


def _no_count(text: str, at: int, stop: int) -> bool:
    """Whether what follows two years is no measure word: (2021-2025), not 1900-2000家."""
    return at >= stop or not (text[at] in "万亿千余多家件个人元名户吨米" or text[at] in "%％")


def _from_month(text: str, at: int, stop: int) -> Date | None:
    match = _MONTHS.match(text, at, stop)
    if match and 1 <= int(match[1]) <= 12 and (not match[2] or 1 <= int(match[2]) <= 12):
        day, day2 = match[3] or match[4], match[3] or match[5]
        first = (None, int(match[1]), int(day) if day else None)
        last = (None, int(match[2] or match[1]), int(day2) if day2 else None)
        return _until(text, match.end(), stop, first, last)
    match = _DAYS.match(text, at, stop)
    if match and 1 <= int(match[1]) <= 31:
        return Date(match.end(), (None, None, int(match[1])), (None, None, int(match[1])))
    match = _QUARTER.match(text, at, stop)
    if match:
        low, high = int(match[1]), int(match[2] or match[1])
        whole = at > 0 and text[at - 1] == "前"
        return Date(match.end(), (None, 1 if whole else 3 * low - 2, None), (None, 3 * high, None))
    return None


def _until(
    text: str,
    end: int,
    stop: int,
    first: tuple[int | None, int | None, int | None],
    last: tuple[int | None, int | None, int | None],
) -> Date:
    match = _UNTIL.match(text, end, stop)
    if match is None:
        return Date(end, first, last)
    if match[1]:
        month = int(match[2]) if match[2] else None
        day = match[3] or match[5]
        last = (int(match[1]), month, int(day) if day else None)
    else:
        day = match[7] or match[9]
        last = (first[0], int(match[6]), int(day) if day else None)
    return Date(match.end(), first, last)


def _part(word: str) -> tuple[int, int]:
    if word == "上半年":
        return 1, 6
    if word == "下半年":
        return 7, 12
    quarter = next(_QUARTERS.get(c) or int(c) for c in word if c in "一二三四1234")
    return (1 if word[0] == "前" else 3 * quarter - 2), 3 * quarter


def _small(word: str | None) -> int | None:
    if not word:
        return None
    try:
        return int(numerals.parse(word))
    except ValueError:
        return None
