"""Figures that a model wrote out although it was told to refer: those that are exactly one figure become references.

For models that cannot work with references. `罚款138.75625万元` becomes `罚款[15]` when exactly one figure of the
section has that value, unit and qualifier; `CNY 1.3875625 million` likewise. Names and dates are never touched.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from summarizer.checking.chinese_numbers import chinese_numbers
from summarizer.checking.context import Context
from summarizer.checking.english_numbers import cardinal, english_numbers
from summarizer.checking.known import Known, known_of
from summarizer.checking.plain import lower, plain
from summarizer.checking.references import mark
from summarizer.display import unit_en, written_span
from summarizer.document import Kind, Qualifier, Quantity, Span
from summarizer.quantities import scan
from summarizer.units import CURRENCIES, UNITS

_LONGEST: Final = 20_000  # no prose is that long: such an answer is refused anyway
Key = tuple[Decimal, str, Qualifier | None, bool]

_EN_QUALIFIERS: Final[dict[str, Qualifier]] = {
    "more than": Qualifier.OVER, "over": Qualifier.OVER, "exceeding": Qualifier.OVER, "in excess of": Qualifier.OVER,
    "nearly": Qualifier.NEARLY, "almost": Qualifier.NEARLY, "close to": Qualifier.NEARLY,
    "about": Qualifier.ABOUT, "around": Qualifier.ABOUT, "approximately": Qualifier.ABOUT, "some": Qualifier.ABOUT,
    "roughly": Qualifier.ABOUT, "at least": Qualifier.AT_LEAST, "no less than": Qualifier.AT_LEAST,
    "no fewer than": Qualifier.AT_LEAST, "at most": Qualifier.AT_MOST, "up to": Qualifier.AT_MOST,
    "no more than": Qualifier.AT_MOST, "less than": Qualifier.AT_MOST, "fewer than": Qualifier.AT_MOST,
}  # fmt: skip
_EN_SCALES: Final = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "": 1}
_EN_CURRENCIES: Final = {
    "cny": "元",
    "rmb": "元",
    "yuan": "元",
    "renminbi": "元",
    "¥": "元",
    "usd": "美元",
    "us$": "美元",
    "$": "美元",
}
_EN_UNITS: Final[dict[str, str]] = {}
for _zh, _unit in UNITS.items():
    for _form in (_unit.one, _unit.many):
        _EN_UNITS.setdefault(lower(plain(_form.strip())), _zh)
for _zh in ("μg/m3", "mg/m3", "ng/m3", "吨/天", "吨/日", "吨/年", "吨/小时", "元/吨", "元/立方米", "mg/L", "千瓦时/吨"):
    _EN_UNITS.setdefault(lower(plain(unit_en(_zh))), _zh)
_EN_UNITS.update({"percent": "%", "per cent": "%", "percentage points": "百分点", "percentage point": "百分点"})
_SAME_UNIT: Final = {"百分点": "百分点", "个百分点": "百分点", "日": "天", "天": "天", "千米": "公里", "％": "%"}
_UNIT_WORDS: Final = "|".join(re.escape(word) for word in sorted(_EN_UNITS, key=len, reverse=True))
_LITERAL: Final = re.compile(
    rf"(?:\b(?P<q>{'|'.join(_EN_QUALIFIERS)})\s+)?(?:(?P<c1>\b(?:cny|rmb|usd)\b|us\$"
    rf"|[¥$])\s?)?(?<![\w.,\ue000])(?P<n>\d(?:,?\d)*(?:\.\d+)?)"
    rf"(?P<ord>st|nd|rd|th)?(?![\w]*\d)(?:\s(?P<s>hundred|thousand|million|billion"
    rf"|trillion)\b)?(?:\s?(?P<c2>\b(?:yuan|cny|rmb|renminbi|usd)\b))?"
    rf"(?:[\s-]?(?P<u>{_UNIT_WORDS})(?![\w/]))?"
)


def rewrite_literals(zh: str, en: str, context: Context) -> tuple[str, str]:
    """Turn every written-out figure that is exactly one figure of the context into its reference.

    Scale, unit and qualifier must agree; a figure that two quantities share stays. Returns both texts.
    """
    ids = _ids(context)
    if not ids or len(zh) + len(en) > _LONGEST:
        return zh, en
    return _rewrite_zh(zh, context, ids), _rewrite_en(en, context, ids)


def _ids(context: Context) -> dict[Key, int | None]:
    """Which quantity a figure is; None where two are."""
    found: dict[Key, int | None] = {}
    for n, quantity in context.quantities.items():
        if quantity.stated_in_words or quantity.bound is not None:
            continue
        key = _key(quantity)
        found[key] = None if key in found else n
    return found


def _key(quantity: Quantity) -> Key:
    unit = _SAME_UNIT.get(quantity.unit, quantity.unit)
    return (quantity.value.normalize(), unit, quantity.qualifier, quantity.kind is Kind.RANK)


def _rewrite_zh(zh: str, context: Context, ids: dict[Key, int | None]) -> str:
    masked = mark(zh).masked
    written = _refused(chinese_numbers(masked, _known(context)), len(zh))
    out, here = "", 0
    for quantity in scan(masked, Span(0, len(masked)), year=None).quantities:
        if quantity.bound is not None or quantity.stated_in_words or not any(written[quantity.start : quantity.end]):
            continue
        n = ids.get(_key(quantity))
        start, end = written_span(quantity, masked)
        if n is None or start < here:
            continue
        out += f"{zh[here:start]}[{n}]"
        here = end
    return out + zh[here:]


def _rewrite_en(en: str, context: Context, ids: dict[Key, int | None]) -> str:
    masked = lower(plain(mark(en).masked))
    written = _refused(english_numbers(masked, _known(context)), len(en))
    counts = _counts(ids)
    out, here = "", 0
    for start, end, key in _literals(masked, written):
        n = ids.get(key) if key[1] or key[3] else counts.get((key[0], key[2]))
        if n is None and key[1] == "倍" and key not in ids:
            # "84 times", "read more than 4,000 times": the noun of a plain count
            n, end = counts.get((key[0], key[2])), max(masked.rfind(" ", start, end), masked.rfind("-", start, end))
        if n is None or start < here:
            continue
        out += f"{en[here:start]}[{n}]"
        here = end
    return out + en[here:]


def _known(context: Context) -> Known:
    return known_of(context.text, context.stretch, context.dismissed, context.glossary)


def _refused(spans: Iterator[Span], size: int) -> bytearray:
    """Places of written-out figures; names and dates of the stretch are not among them."""
    flags = bytearray(size)
    for start, end in spans:
        flags[start:end] = b"\x01" * (end - start)
    return flags


def _counts(ids: dict[Key, int | None]) -> dict[tuple[Decimal, Qualifier | None], int | None]:
    """Plain counts by value: English gives them no unit, so 15件 and 15家 are both 15."""
    found: dict[tuple[Decimal, Qualifier | None], int | None] = {}
    for (value, unit, qualifier, rank), n in ids.items():
        if unit in UNITS or unit in CURRENCIES or "/" in unit or rank:
            continue
        key = (value, qualifier)
        found[key] = None if key in found else n
    return found


def _literals(text: str, written: bytearray) -> Iterator[tuple[int, int, Key]]:
    for match in _LITERAL.finditer(text):
        if not any(written[match.start("n") : match.end("n")]):
            continue
        try:
            value = Decimal(match["n"].replace(",", "")) * _EN_SCALES[match["s"] or ""]
        except InvalidOperation:
            continue
        currency = match["c1"] or match["c2"]
        if currency and (match["u"] or match["ord"] or (match["c1"] and match["c2"])):
            continue
        unit = _EN_CURRENCIES[currency] if currency else _EN_UNITS.get(match["u"] or "", "")
        qualifier = _EN_QUALIFIERS[match["q"]] if match["q"] else None
        end = match.end("ord") if match["ord"] else match.end()
        yield (
            match.start(),
            end,
            (
                value.normalize(),
                _SAME_UNIT.get(unit, unit) if not match["ord"] else "名",
                qualifier,
                bool(match["ord"]),
            ),
        )
    for match in re.finditer(r"(?<![\w-])(?:[a-z]+-)?[a-z]+(?![\w-])", text):
        if any(written[match.start() : match.end()]) and match[0] != "one" and (number := cardinal(match[0])):
            yield match.start(), match.end(), (Decimal(number).normalize(), "", None, False)
