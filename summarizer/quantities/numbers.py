"""The number itself: digits or numerals, an inner 余 or 多, a scale word."""

from decimal import Decimal
from typing import Final, NamedTuple

from summarizer import numerals
from summarizer.patterns import pattern
from summarizer.quantities.alphabet import DIGIT, HAN, SPACE

# 千 belongs to the unit in 千瓦时, 千米, 千克, 千伏; 万 and 亿 before it are scale (亿千瓦时).
_SCALE: Final = r"(?:[十百千]?(?:万亿|[万亿])|百(?![分姓])|千(?![瓦米克伏卡帕字焦兆乏方]))"
_MORE: Final = r"(?:余(?![杭姚])|多(?![功样层部维式元方跨个彩媒])|来(?![自源访]))"

_ARABIC: Final = pattern(
    rf"(?P<number>{DIGIT}{{1,3}}(?:[,，]{DIGIT}{{3}}){{1,6}}(?!{DIGIT}|[,，]?{DIGIT}*[%％])(?:[.．]{DIGIT}{{1,12}})?"
    rf"|{DIGIT}{{1,3}}(?:[ \u00a0\u2009\u202f]{DIGIT}{{3}}){{1,4}}(?!{DIGIT}|[ \u00a0]?[.．"
    rf"|年月日])(?={SPACE}[余多万亿千件家人个次元份名项户宗起条])"
    rf"|{DIGIT}{{1,18}}(?:[.．]{DIGIT}{{1,12}})?)"
    rf"(?:{SPACE}(?P<before>余|多|来)(?={SPACE}[万亿千百]))?"
    rf"(?:{SPACE}(?P<scale>{_SCALE})(?P<rest>{DIGIT}{{1,4}}(?:\.{DIGIT}{{1,4}})?{SPACE}[万千])?)?"
    rf"(?:{SPACE}(?P<after>{_MORE}))?"
)
_HAN: Final = pattern(
    rf"(?P<number>[{HAN}]{{1,16}}分之[{HAN}]{{1,12}}(?:点[{HAN}]{{1,8}})?|[{HAN}]{{1,20}}(?:点[{HAN}]{{1,8}})?)"
    rf"(?P<before>)(?P<scale>)(?P<rest>)(?:{SPACE}(?P<after>{_MORE})(?P<scale2>[万亿])?)?"
)
_FRACTION: Final = pattern(rf"{DIGIT}{{1,2}}[/／]{DIGIT}{{1,3}}(?=以上|左右|以下|的|强)")
_NO_SCALE: Final = pattern(r"[一二三四五六七八九两]{2}")


class Number(NamedTuple):
    """A number as written.

    Attributes:
        start, end: the numerals alone (for 1.5万亿 the 1.5; for 一万二 all of it).
        after: first character after scale word and inner 余.
        value: scale words multiplied out.
        more: the inner 余, 多 or 来, "" for none.
        scaled: a scale word follows the digits.
        fraction: 三分之一, 百分之五: the value is a percentage.
        scale: the scale word, "" for none.
    """

    start: int
    end: int
    after: int
    value: Decimal
    more: str = ""
    scaled: bool = False
    fraction: bool = False
    scale: str = ""


def arabic_at(text: str, at: int, stop: int) -> Number | None:
    """The number in digits that starts at `at`: 138.75625万, 1,813, 3 778, 10多万, 1亿2000万."""
    match = _ARABIC.match(text, at, stop)
    if match is None:
        return None
    number, before, scale, rest, after = match.group("number", "before", "scale", "rest", "after")
    try:
        value = numerals.parse(number if scale is None else number + scale + (rest or ""))
    except ValueError:  # 1,000,00: not a number of ours
        return None
    return Number(
        match.start("number"),
        match.end("number"),
        match.end(),
        value,
        before or after or "",
        bool(scale),
        False,
        scale or "",
    )


def han_at(text: str, at: int, stop: int) -> Number | None:
    """The number in Han numerals that starts at `at`: 二十余, 百分之八点二; None for 三五, 万一 and the like."""
    match = _HAN.match(text, at, stop)
    if match is None:
        return None
    number, after, scale = match["number"], match["after"], match["scale2"]
    if _NO_SCALE.search(number) and "分之" not in number and "点" not in number:
        return None  # 两三家, 一二三产业: no single value
    try:
        value = numerals.parse(number)
    except ValueError:
        return None
    if scale:
        value *= 10**4 if scale == "万" else 10**8
    return Number(
        match.start("number"),
        match.end("number"),
        match.end(),
        value,
        after or "",
        False,
        "分之" in number,
        scale or "",
    )


def fraction_at(text: str, at: int, stop: int) -> Number | None:
    """1/3以上: a share written with a stroke."""
    match = _FRACTION.match(text, at, stop)
    if match is None:
        return None
    top, _, bottom = match[0].replace("／", "/").partition("/")
    try:
        value = numerals.parse(f"{bottom}分之{top}")
    except ValueError:
        return None
    return Number(at, match.end(), match.end(), value, "", False, True, "")
