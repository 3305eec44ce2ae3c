"""Numbers that share a unit: ranges (3至5次), proportions (20.1:34.0:45.9), lists (分别为21、152微克/立方米)."""

from typing import Final

from summarizer import numerals
from summarizer.document import Span
from summarizer.patterns import pattern
from summarizer.quantities import measures
from summarizer.quantities.alphabet import DIGIT, SPACE, skip_spaces
from summarizer.quantities.measures import Unit
from summarizer.quantities.numbers import Number, arabic_at

_TO: Final = pattern(f"{SPACE}(?:至|到|-|—{{1,2}}|–|－|−|~|～|―){SPACE}(?=[0-9０-９])")
_NUMBER: Final = rf"{DIGIT}{{1,12}}(?:[.．]{DIGIT}{{1,8}})?"
_COORDINATE: Final = pattern(rf"(?:{SPACE}[、,，和及与]{SPACE}(?P<last>{_NUMBER})){{1,9}}{SPACE}(?:和|及|与)?{SPACE}")
_SMALLEST_SCALED: Final = 10000  # a number this large has its scale in itself
_PROPORTION: Final = pattern(
    rf"({_NUMBER})[ ]?[:：∶][ ]?({_NUMBER})(?:[ ]?[:：∶][ ]?({_NUMBER}))?(?![ ]?[:：∶]|[0-9.])"
)
_PARTS: Final = pattern("(?:比例|结构|构成|占比|比重|之比)[^，,。；;]{0,16}$")


def range_at(text: str, low: Number, stop: int, unit: Unit | None = None) -> tuple[Number, Number, Unit] | None:
    """Both ends and the common unit of 3至5次, 10%-15%, 500至800万元; None when `low` begins no range.

    `unit` is the measure word after `low` itself, if any. 由A到B is no range: there A is the earlier figure.
    """
    match = _TO.match(text, unit.end if unit else low.after, stop)
    if match is None:
        return None
    if match[0].strip(" \u3000") in {"到", "至"} and _from_before(text, low.start):
        return None
    high = arabic_at(text, match.end(), stop)
    if high is None:
        return None
    last = measures.unit_at(text, skip_spaces(text, high.after, stop), stop)
    if last is None:
        if not high.scaled or unit is not None:
            return None
        last = Unit(high.after, "")
    if last.name in {"级", "届"} or (unit is not None and unit.name != last.name):
        return None
    if high.scaled and not low.scaled and unit is None:
        # 500至800万元: the scale word stands once and holds for both.
        low = low._replace(value=numerals.parse(text[low.start : low.end] + high.scale))
    return (low, high, last) if high.value > low.value else None


def _from_before(text: str, at: int) -> bool:
    left = text[max(0, at - 8) : at]
    return "由" in left or "从" in left


def shared_unit(text: str, number: Number, stop: int) -> tuple[Number, str] | None:
    """A number with scale and unit from the end of its list: the 21 of 浓度分别为21、152微克/立方米.

    33.25 of 人数分别为33.25、38.6和31.2万人 is 332500.
    """
    if "分别" not in text[max(0, number.start - 40) : number.start]:
        return None
    match = _COORDINATE.match(text, number.after, stop)
    last = arabic_at(text, match.start("last"), stop) if match else None
    unit = measures.unit_at(text, skip_spaces(text, last.after, stop), stop) if last else None
    if last is None or unit is None:
        return None
    if last.scaled and not number.scaled and number.value < _SMALLEST_SCALED:
        number = number._replace(value=numerals.parse(text[number.start : number.end] + last.scale))
    return number, unit.name


def proportion_at(text: str, at: int, stop: int) -> list[Span] | None:
    """The shares of 三次产业结构为20.5:33.3:46.2, which must add up to 100; None for a time or a ratio."""
    match = _PROPORTION.match(text, at, stop)
    if match is None or (match[3] is None and not _PARTS.search(text[max(0, at - 24) : at])):
        return None
    groups = [g for g in (1, 2, 3) if match[g]]
    total = sum(numerals.parse(match[g]) for g in groups)
    return [Span(*match.span(g)) for g in groups] if 99 <= total <= 101 else None
