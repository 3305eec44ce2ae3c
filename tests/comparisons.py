"""Small briefs with canonical keys, for the tests of comparisons: each figure is a sentence with its number in ⟦⟧."""

from decimal import Decimal

from summarizer.brief import (
    Bilingual,
    BriefData,
    Evidence,
    Metric,
    MetricStatus,
    NumbersAccount,
    Overview,
    Prose,
    Range,
    Report,
    Run,
    SectionBrief,
    SectionStatus,
    Source,
    Tokens,
)
from summarizer.canonical import CanonicalMetric, Catalogue, Polarity, Theme
from summarizer.display import plain
from summarizer.document import Direction, Kind, Qualifier


def canonical(key: str, zh: str, en: str, *units: str, names: tuple[str, ...] = ()) -> CanonicalMetric:
    return CanonicalMetric(key, zh, en, units, Polarity.NEUTRAL, "t", "a thing", (zh, *names))


CATALOGUE = Catalogue(
    {
        m.key: m
        for m in (
            canonical("gdp", "地区生产总值", "GDP", "money", names=("本市生产总值",)),
            canonical("trade", "进出口总额", "imports and exports", "money"),
            canonical("imports", "进口总额", "imports", "money"),
            canonical("cases", "行政处罚案件", "penalty cases", "count"),
            canonical("lawsuits", "行政诉讼案件", "lawsuits", "count"),
            canonical("good_days", "优良天数比例", "share of good-air days", "percent"),
            canonical("green", "绿地面积", "green space", "area"),
            canonical("insured", "参保人数", "insured persons", "count"),
        )
    },
    {"t": Theme("t", "主题", "Theme")},
)


def metric(
    name: str,
    key: str | None,
    sentence: str,
    value: str,
    unit: str,
    kind: Kind = Kind.ACTUAL,
    *,
    direction: Direction | None = None,
    qualifier: Qualifier | None = None,
    period: str | None = None,
    section: str = "1",
    at: int = 0,
    status: MetricStatus = MetricStatus.VERIFIED,
    in_words: bool = False,
) -> Metric:
    before, _, rest = sentence.partition("⟦")
    number, _, after = rest.partition("⟧")
    quote = before + number + after
    start = at + len(before)
    return Metric(
        name,
        key,
        Bilingual("标签", "label"),
        Decimal(value),
        Bilingual(unit, unit),
        number + unit,
        Bilingual(number + unit, f"{value} {unit}"),
        kind,
        direction,
        qualifier,
        None,
        period,
        in_words,
        section,
        Range(start, start + len(number)),
        Evidence(quote, at, at + len(quote)),
        status,
    )


def brief(
    issuer: str | None,
    year: int | None,
    *metrics: Metric,
    name: str | None = None,
    type_id: str = "rule_of_law",
    heading: str = "一年来的工作",
    engine: str = "offline",
) -> BriefData:
    name = name or f"{issuer}{year}.txt"
    spaced = tuple(metrics)
    return BriefData(
        "1",
        Source(name, f"sha-{name}", "text/plain", "utf-8", 1000, Range(0, 1000), ()),
        Report(type_id, Bilingual(None, None), Bilingual(issuer, f"EN {issuer}" if issuer else None), year, None),
        Overview(Prose("", "")),
        (SectionBrief("1", 1, "一、", Bilingual(heading, None), 0, 1000, None, (), {}, SectionStatus.OK),),
        spaced,
        NumbersAccount(len(spaced), (), ()),
        (),
        Run(engine, None, None, None, "x", 0, 0, Tokens(), None, 0.0, 0),
    )


def gdp(name: str, value: str, year: int, sentence: str | None = None, at: int = 0, **more: object) -> Metric:
    """GDP in 亿元, as a report writes it."""
    sentence = sentence or f"实现地区生产总值⟦{value}⟧亿元。"
    exact = plain(Decimal(value) * 10**8)
    return metric(name, "gdp", sentence, exact, "元", period=str(year), at=at, **more)  # type: ignore[arg-type]


def growth(name: str, value: str, year: int, at: int = 0, direction: Direction = Direction.UP) -> Metric:
    word = "增长" if direction is Direction.UP else "下降"
    sentence = f"地区生产总值{word}⟦{value}⟧%。"
    return metric(name, "gdp", sentence, value, "%", Kind.CHANGE, direction=direction, period=str(year), at=at)
