"""How a figure is written out, by code, in Chinese and in English. No digit is ever rounded away.

Chinese: as the report has it (138.75625万元, 超过290家, 5020余人次). English: counts give qualifier and number, since
the words around give the noun ("more than 290"); money, shares, measures, days, person-times and visits give their
unit (CNY 1.3875625 million, 16.2%, 44 µg/m³, 5,020 person-times); a rank is its ordinal, a stated zero "none", a
stated no-change "unchanged". The prompt states the same rule (DESIGN.md, rule 6).
"""

from decimal import Context, Decimal
from functools import lru_cache

from summarizer.brief import Bilingual
from summarizer.document import Bound, Direction, Kind, Qualifier, Quantity, Span
from summarizer.patterns import pattern
from summarizer.units import COUNTS, CURRENCIES, UNITS, Unit

_EN_QUALIFIER = {
    Qualifier.OVER: "more than ",
    Qualifier.NEARLY: "nearly ",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
}
_LEADS = (
    r"(?:超过|超出|高于|多于|大于|突破|逾|超|接近|将近|逼近|近|大约|约为|约|大概|不少于|不低于|至少|最少|不小于|达到或超过"
    r"|不超过|不高于|不多于|不大于|最多|至多|低于|少于|小于|不到|不足|未超过|控制在)"
)
_TRAILS = "(?:(?:及|或)?以上|(?:及|或)?以下|以内|之内|左右|上下|之多|有余|开外)"
_BEFORE = pattern(_LEADS + r"\s*$")
_AFTER = pattern(r"\s*" + _TRAILS)
_LEAD = pattern(_LEADS)
_TRAIL = pattern(_TRAILS + "$")
_LEAD_FIRST = frozenset("超高多大突逾接将逼近约不至最达低少小未控")
_TRAIL_LAST = frozenset("上下内右多余外")
_LOOK_BACK = 8
_LOOK_AHEAD = 8
_NOISE = pattern(r"<[^<>]{0,80}>|[\s*_`|\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f]+")
_JOINT = pattern(r"\s*(?:[-－—–~～至到、]|——|～～)+\s*")
_SCALES = ((12, " trillion"), (9, " billion"), (6, " million"))
_EXACT = Context(prec=400)  # the default of 28 digits would round what some report glues together
_MILLION = Decimal(10) ** 6
_THOUSAND = Decimal(1000)


def display(quantity: Quantity, text: str) -> Bilingual:
    """Write a figure out in both languages: `Bilingual(zh='138.75625万元', en='CNY 1.3875625 million')`."""
    return Bilingual(_zh(quantity, text), _en(quantity, text))


def written_span(quantity: Quantity, text: str) -> Span:
    """The stretch of the report that `display(...).zh` repeats: `raw` and a qualifier beside it (超过290家, 290家以上).

    One bound of a range is its own part of the shared `raw` (3至5次 gives 3 and 5次).
    """
    start, end = quantity.start, quantity.end
    number = quantity.number
    if quantity.bound is Bound.LOW:
        joint = _JOINT.search(text, number.end, end)
        end = joint.start() if joint else number.end
    elif quantity.bound is Bound.HIGH:
        start = number.start
    if quantity.qualifier is None:
        return Span(start, end)
    if quantity.bound is not Bound.HIGH:
        before = _BEFORE.search(text, max(0, start - _LOOK_BACK), start)
        if before:
            start = before.start()
    if quantity.bound is not Bound.LOW:
        after = _AFTER.match(text, end, min(len(text), end + _LOOK_AHEAD))
        if after:
            end = after.end()
    return Span(start, end)


def qualifiers_of(shown: str) -> tuple[str, str]:
    """Qualifier words at both ends of a Chinese display: `超过290家` -> ("超过", ""), `290家以上` -> ("", "以上")."""
    first, last = shown[:1], shown[-1:]
    lead = trail = ""
    if first in _LEAD_FIRST and (match := _LEAD.match(shown)):
        lead = match[0]
    if last in _TRAIL_LAST and (match := _TRAIL.search(shown)):
        trail = match[0]
    return lead, trail


def unit_en(unit: str, kind: Kind = Kind.ACTUAL) -> str:
    """English of a unit for a unit column: `吨/天` -> `tonnes/day`, 起 -> `cases`; "" where there is none."""
    if kind is Kind.RANK:
        return "rank"
    if unit in CURRENCIES:
        return CURRENCIES[unit]
    known = _unit(unit)
    if known is not None:
        return known.many.strip()
    return COUNTS.get(unit, "")


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: `Decimal('1387562.50')` -> `1387562.5`."""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    return f"{value:f}".rstrip("0")


def _zh(quantity: Quantity, text: str) -> str:
    start, end = written_span(quantity, text)
    written = text[start:end]
    return _NOISE.sub("", written) if _NOISE.search(written) else written


def _en(quantity: Quantity, text: str) -> str:
    kind, value, unit = quantity.kind, quantity.value, quantity.unit
    if kind is Kind.RANK:
        return _rank(quantity, text)
    if kind is Kind.CHANGE and quantity.direction is Direction.FLAT and not value:
        return "unchanged"
    if quantity.stated_in_words and not value:
        return "none"
    qualifier = _EN_QUALIFIER[quantity.qualifier] if quantity.qualifier else ""
    currency = CURRENCIES.get(unit)
    if currency:
        return f"{qualifier}{currency} {_scaled(value, _written_digits(quantity, text))}"
    if "/" in unit and unit.partition("/")[0] in CURRENCIES:
        money, _, rest = unit.partition("/")
        number = _scaled(value, _written_digits(quantity, text))
        return f"{qualifier}{CURRENCIES[money]} {number}/{_denominator(rest)}"
    number = _count(value, _written_digits(quantity, text))
    known = _unit(unit)
    if known is None:
        return qualifier + number
    name = known.one if value == 1 else known.many
    return f"{qualifier}{number}{'' if known.tight else ' '}{name}"


def _rank(quantity: Quantity, text: str) -> str:
    n = int(quantity.value)
    if quantity.qualifier is Qualifier.AT_MOST:
        return f"top {n}"
    ordinal = f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
    if "倒数" in text[max(0, quantity.start - 2) : quantity.end]:
        return ordinal + " from last"
    return ordinal


def _written_digits(quantity: Quantity, text: str) -> str:
    # 5.0% keeps its zero: the report states that precision. Scaled numbers (3.50万) are written from their value.
    number = text[quantity.number.start : quantity.number.end]
    if "." in number and number.endswith("0"):
        try:
            if Decimal(number.replace(",", "")) == quantity.value:
                return number.replace(",", "").rpartition(".")[2]
        except ArithmeticError:
            return ""
    return ""


def _exact(value: Decimal, fraction: str) -> str:
    if value == value.to_integral_value():
        whole = f"{value:,.0f}"
        return f"{whole}.{fraction}" if fraction else whole
    if fraction:
        return f"{value:,.{len(fraction)}f}"
    return f"{value:,f}".rstrip("0")


def _scaled(value: Decimal, fraction: str) -> str:
    if value < _MILLION:
        return _exact(value, fraction)
    exponent, word = next(scale for scale in _SCALES if value.adjusted() >= scale[0])
    return plain(value.scaleb(-exponent, _EXACT)) + word


def _count(value: Decimal, fraction: str) -> str:
    # 1.2亿 is 120 million; 1,234,567 stays as it is: a scale word would not make it shorter.
    if value >= _MILLION and not _EXACT.remainder(value, _THOUSAND):
        return _scaled(value, fraction)
    return _exact(value, fraction)


@lru_cache(maxsize=1024)
def _unit(unit: str) -> Unit | None:
    known = UNITS.get(unit)
    if known is not None or not unit or unit in COUNTS:
        return known
    top, slash, bottom = unit.partition("/")
    if slash:
        per = _denominator(bottom)
        above = UNITS.get(top)
        if above is None and top.isascii():
            above = Unit(top, top)
        if above is None:
            gloss = COUNTS.get(top)
            return Unit(f"{gloss}/{per}", f"{gloss}/{per}") if gloss else Unit(f"per {per}", f"per {per}")
        return Unit(f"{above.one}/{per}", f"{above.many}/{per}", above.tight)
    if all(not "\u3400" <= c <= "\u9fff" for c in unit):
        symbol = unit.replace("μ", "µ").replace("m3", "m³").replace("m2", "m²")
        return Unit(symbol, symbol)
    return None


def _denominator(unit: str) -> str:
    known = UNITS.get(unit)
    if known:
        return known.one.strip()
    if unit in ("人", "名"):
        return "person"
    if unit in ("户", "家"):
        return "household" if unit == "户" else "entity"
    gloss = COUNTS.get(unit, "")
    if gloss:
        return gloss.removesuffix("s")
    return unit.replace("m3", "m³") if unit.isascii() and unit else "unit"
