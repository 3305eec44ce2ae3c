"""Dates of official documents: 2024年1月4日, 2024-01-04, 二〇二四年一月四日."""

import re
from datetime import date

from summarizer.patterns import pattern

_ARABIC = r"(?P<y>(?:19|20)[0-9]{2})\s?{}\s?(?P<m>[0-9]{1,2})\s?{}\s?(?P<d>[0-9]{1,2})\s?{}"
_HAN = (
    r"(?P<hy>[二一][〇○零ＯO0一二三四五六七八九]{3})\s?年\s?(?P<hm>[一二三四五六七八九十元正]{1,3})\s?月"
    r"\s?(?P<hd>[一二三四五六七八九十]{1,3})\s?日"
)
_DIGITS = "〇一二三四五六七八九"
_YEAR = pattern(r"((?:19|20)[0-9]{2})\s?年|([二一][〇○零ＯO0一二三四五六七八九]{3})\s?年")

POSTED = _ARABIC.replace("{}", "[-/.年]", 1).replace("{}", "[-/.月]", 1).replace("{}", "日?", 1)
"""Pattern of a date as web pages write it."""
SIGNED = f"(?:{_ARABIC.replace('{}', '年', 1).replace('{}', '月', 1).replace('{}', '日', 1)}|{_HAN})"
"""Pattern of a date as documents are signed with."""


def to_date(match: re.Match[str]) -> date | None:
    """Read a match of `POSTED` or `SIGNED`; None for a day that is none (2月30日)."""
    groups = match.groupdict()
    try:
        if groups["y"]:
            return date(int(groups["y"]), int(groups["m"]), int(groups["d"]))
        return date(_han_year(groups["hy"]), _small(groups["hm"]), _small(groups["hd"]))
    except ValueError:
        return None


def years(text: str) -> list[int]:
    """Years of a text, in order: 2023年, 二〇二三年."""
    return [int(arabic) if arabic else _han_year(han) for arabic, han in _YEAR.findall(text)]


def _han_year(digits: str) -> int:
    return int("".join(str(max(0, _DIGITS.find(char))) for char in digits))


def _small(numeral: str) -> int:
    """Read 一 to 三十一; 元 and 正 are 一."""
    numeral = numeral.replace("元", "一").replace("正", "一")
    tens, ten, ones = numeral.rpartition("十")
    value = max(0, _DIGITS.find(ones)) if ones else 0
    return value + (10 * (max(1, _DIGITS.find(tens)) if tens else 1) if ten else 0)
