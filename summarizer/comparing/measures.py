"""Units that can stand in one row, and the exact factors between them.

Scales are multiplied out already (万元 is 元), so what is left are units of one kind of different size (公里 and 米),
several names of one unit (千米 and 公里), and measure words: the metric says what is counted, whether by 件, 起 or 个.
Currencies are never converted, nor is 亩, whose factor is no finite decimal.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from summarizer.brief import Bilingual
from summarizer.display import unit_en
from summarizer.units import CURRENCIES, UNITS


class Measure(NamedTuple):
    """What a unit measures, and how many of the smallest unit of that kind it is."""

    id: str
    factor: Decimal


# Kind: unit=factor ...; the factors are exact.
_SIZES = {
    "area": "平方米=1 平米=1 ㎡=1 m2=1 公顷=10000 平方公里=1000000 平方千米=1000000 km2=1000000",
    "length": "毫米=1 厘米=10 米=1000 里=500000 公里=1000000 千米=1000000 海里=1852000",
    "mass": "毫克=1 克=1000 公斤=1000000 千克=1000000 吨=1000000000",
    "coal": "吨标准煤=1 吨标煤=1",
    "volume": "毫升=1 升=1000 公升=1000 立方米=1000000 ㎥=1000000 m3=1000000",
    "energy": "千瓦时=1 度电=1 兆瓦时=1000",
    "power": "瓦=1 千瓦=1000 兆瓦=1000000 吉瓦=1000000000",
    "containers": "标箱=1 标准箱=1",
    "in_air": "纳克/立方米=1 微克/立方米=1000 μg/m3=1000 ug/m3=1000 μg/m³=1000 毫克/立方米=1000000 mg/m3=1000000",
    "in_water": "微克/升=1 μg/L=1 毫克/升=1000 mg/L=1000",
    "percent": "%=1 ％=1",
    "points": "百分点=1 个百分点=1",
    "hours": "小时=1 个小时=1",
    "months": "月=1 个月=1",
    "days": "天=1 日=1",
    "working_days": "工作日=1 个工作日=1",
    "visits": "家次=1 户次=1 厂次=1 企次=1",
    "vehicles": "车次=1 辆次=1",
    "people": "人=1 名=1 位=1",
}
_KNOWN = {
    unit: Measure(kind, Decimal(factor))
    for kind, units in _SIZES.items()
    for unit, factor in (pair.split("=") for pair in units.split())
}
_ONE = Decimal(1)
COUNT = "count"
_BARE = "bare"
_TIMES = Measure("times", _ONE)


@lru_cache(maxsize=1024)
def measure(unit: str) -> Measure:
    """What a unit measures: 公里 -> (length, 1000000), 美元 -> (money:USD, 1), 件 -> (count, 1)."""
    known = _KNOWN.get(unit)
    if known is not None:
        return known
    if unit in CURRENCIES:
        return Measure(f"money:{CURRENCIES[unit]}", _ONE)
    if unit == "倍":
        return _TIMES
    if not unit:
        return Measure(_BARE, _ONE)
    if unit in UNITS or "/" in unit:
        return Measure(unit, _ONE)
    return Measure(COUNT, _ONE)


def change_measure(unit: str) -> Measure:
    """The same for a change: 增长1.6倍 is a change of 160%."""
    return Measure("percent", Decimal(100)) if unit == "倍" else measure(unit)


def joined(measures: Iterable[str]) -> dict[str, str]:
    """Where each kind of measure of one row goes: a number without a unit goes with the only other kind there is."""
    kinds = set(measures)
    others = kinds - {_BARE}
    return {kind: (next(iter(others)) if kind == _BARE and len(others) == 1 else kind) for kind in kinds}


def alike(one: str, other: str) -> bool:
    """Whether two kinds of measure may be one: equal, or one is a number without a unit and the other counts."""
    kinds = {one, other}
    return one == other or (_BARE in kinds and bool(kinds & {COUNT, "people", "visits", "vehicles", "人次"}))


def common_unit(units: Iterable[str], kind: str) -> tuple[Bilingual, Decimal]:
    """The unit in which a row is shown: the one its reports use most, and its factor."""
    counted = Counter(unit for unit in units if unit)
    if kind == "percent":
        return Bilingual("%", "%"), _ONE
    if not counted:
        return Bilingual("", ""), _ONE
    most = max(counted.values())
    unit = next(unit for unit, count in counted.items() if count == most)
    return Bilingual(unit, unit_en(unit)), measure(unit).factor


def scale_of(values: Iterable[Decimal]) -> int:
    """The power of ten by which a row is shown: 8 (亿) or 4 (万) when its values are of that size, else 0."""
    sizes = sorted(abs(value) for value in values)
    if not sizes:
        return 0
    middle = sizes[len(sizes) // 2]
    if middle >= Decimal(10) ** 9:
        return 8
    return 4 if middle >= Decimal(10) ** 6 else 0
