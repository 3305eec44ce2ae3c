"""How figures are written out."""

from decimal import Context, Decimal

import pytest
from conftest import SEEDS, gold_reading, read_marked

from summarizer.display import display, plain, qualifiers_of, unit_en, written_span
from summarizer.document import Bound, Kind, Qualifier, Quantity, Span

CASES = [
    # marked text, Chinese, English
    ("罚款[138.75625万元|value=1387562.5 unit=元]", "138.75625万元", "CNY 1.3875625 million"),
    ("产值[2651亿元|value=265100000000 unit=元]", "2651亿元", "CNY 265.1 billion"),
    ("规模[1.5万亿元|value=1500000000000 unit=元]", "1.5万亿元", "CNY 1.5 trillion"),
    ("奖励[800元]", "800元", "CNY 800"),
    ("奖励[39万元|value=390000 unit=元]", "39万元", "CNY 390,000"),
    ("补助[12.50元]", "12.50元", "CNY 12.50"),
    ("补助[3.50万元|value=35000.00 unit=元]", "3.50万元", "CNY 35,000"),
    ("出口[254.1亿美元|value=25410000000 unit=美元]", "254.1亿美元", "USD 25.41 billion"),
    ("出资[3亿港元|value=300000000 unit=港元]", "3亿港元", "HKD 300 million"),
    ("标准[2130元/月]", "2130元/月", "CNY 2,130/month"),
    ("罚款[672余万元|value=6720000 unit=元 qualifier=over]", "672余万元", "more than CNY 6.72 million"),
    ("下降[16.2%|kind=change direction=down]", "16.2%", "16.2%"),
    ("达到[5.0%|value=5]", "5.0%", "5.0%"),
    ("提高[3.6个百分点|unit=百分点 kind=change direction=up]", "3.6个百分点", "3.6 percentage points"),
    ("提高[1个百分点|unit=百分点 kind=change direction=up]", "1个百分点", "1 percentage point"),
    ("出生率[13‰]", "13‰", "13‰"),
    ("浓度[44μg/m3]", "44μg/m3", "44 µg/m³"),
    ("浓度[17微克/立方米]", "17微克/立方米", "17 µg/m³"),
    ("能力[79.5吨/天]", "79.5吨/天", "79.5 tonnes/day"),
    ("管网[65公里]", "65公里", "65 km"),
    ("面积[112万平方米|value=1120000 unit=平方米]", "112万平方米", "1.12 million m²"),
    ("用地[310公顷]", "310公顷", "310 hectares"),
    ("造林[3000亩]", "3000亩", "3,000 mu"),
    ("用电[1.2亿千瓦时|value=120000000 unit=千瓦时]", "1.2亿千瓦时", "120 million kWh"),
    ("优良[307天]", "307天", "307 days"),
    ("缩短至[1天]", "1天", "1 day"),
    ("培训[40小时]", "40小时", "40 hours"),
    ("出动[5020余人次|unit=人次 qualifier=over]", "5020余人次", "more than 5,020 person-times"),
    ("检查[8110家次]", "8110家次", "8,110 enterprise-visits"),
    ("接待[4980人]", "4980人", "4,980"),
    ("信访[1540件]", "1540件", "1,540"),
    ("通知[290余件|unit=件 qualifier=over]", "290余件", "more than 290"),
    ("约[30个|qualifier=about]", "约30个", "about 30"),
    ("超过[290家|qualifier=over]", "超过290家", "more than 290"),
    ("新增[290家|qualifier=at_least]以上", "290家以上", "at least 290"),
    ("近[100家|qualifier=nearly]", "近100家", "nearly 100"),
    ("不超过[5起|qualifier=at_most]", "不超过5起", "at most 5"),
    ("阅读量[30万|value=300000 unit=]", "30万", "300,000"),
    ("居五区[第1名|unit=名 kind=rank]", "第1名", "1st"),
    ("居全省[第2|unit=名 kind=rank]", "第2", "2nd"),
    ("居[第11位|unit=名 kind=rank]", "第11位", "11th"),
    ("居[第23位|unit=名 kind=rank]", "第23位", "23rd"),
    ("[未发生|value=0 unit= words=1]行政复议", "未发生", "none"),
    ("同比[持平|value=0 unit= kind=change direction=flat words=1]", "持平", "unchanged"),
    ("应诉[0件]", "0件", "0"),
    ("参与[2 次|unit=次]", "2次", "2"),
    ("办理**[15**件|unit=件]", "15件", "15"),
    ("容量[5TB|unit=TB]", "5TB", "5 TB"),
    ("增长[2倍|kind=change direction=up]", "2倍", "2 times"),
    ("得分[95分]", "95分", "95 points"),
]


@pytest.mark.parametrize(("marked", "zh", "en"), CASES, ids=[c[1] for c in CASES])
def test_written_out(marked: str, zh: str, en: str) -> None:
    """The rule of DESIGN.md, point 6, case by case."""
    reading = read_marked(marked)
    shown = display(reading.numbers.quantities[0], reading.document.text)
    assert (shown.zh, shown.en) == (zh, en)


def test_range_gives_each_bound_its_own_part() -> None:
    """3至5次 is 3 and 5次, so that ⟦a⟧至⟦b⟧ reads as the report does."""
    text = "每年3至5次"
    low = Quantity(2, 6, Span(2, 3), Decimal(3), "次", Kind.ACTUAL, bound=Bound.LOW)
    high = Quantity(2, 6, Span(4, 5), Decimal(5), "次", Kind.ACTUAL, bound=Bound.HIGH)
    assert (display(low, text).zh, display(high, text).zh) == ("3", "5次")
    assert (display(low, text).en, display(high, text).en) == ("3", "5")


def test_english_figure_has_the_exact_value() -> None:
    """Reading the English of every figure of the seeds back gives its value: no digit is lost."""
    words = {"million": 6, "billion": 9, "trillion": 12}
    for seed in SEEDS:
        reading = gold_reading(seed.stem)
        for q in reading.numbers.quantities:
            english = display(q, reading.document.text).en or ""
            if english in ("none", "unchanged"):
                assert q.value == 0
                continue
            found = [w.replace(",", "").rstrip("%stndrh") for w in english.split()]
            number = next(Decimal(w) for w in found if w and w[0].isdigit())
            scale = next((words[w] for w in english.split() if w in words), 0)
            assert number.scaleb(scale) == q.value, english


@pytest.mark.parametrize(
    "value", ["0", "1", "999999", "1000000", "1234567.89", "1e24", "1e40", "0.00001", "123456789012345678901234567890"]
)
def test_any_size_is_exact(value: str) -> None:
    """Money of any size keeps all its digits."""
    q = Quantity(0, 1, Span(0, 1), Decimal(value), "元", Kind.ACTUAL)
    english = (display(q, "x").en or "").removeprefix("CNY ")
    number, _, word = english.partition(" ")
    scale = {"": 0, "million": 6, "billion": 9, "trillion": 12}[word]
    assert Decimal(number.replace(",", "")).scaleb(scale, Context(prec=200)) == Decimal(value)


def test_plain_has_no_exponent_and_no_trailing_zeros() -> None:
    """Published decimals."""
    assert [plain(Decimal(v)) for v in ("1387562.50", "1E+5", "100", "0.10", "0")] == [
        "1387562.5",
        "100000",
        "100",
        "0.1",
        "0",
    ]


def test_qualifiers_at_both_ends() -> None:
    """Used where a sentence taken over brings the qualifier as well."""
    assert qualifiers_of("超过290家") == ("超过", "")
    assert qualifiers_of("290家以上") == ("", "以上")
    assert qualifiers_of("138.75625万元") == ("", "")


def test_written_span_covers_the_number() -> None:
    """Whatever is shown holds the number it is about."""
    reading = read_marked("累计超过[290家|qualifier=over]，不少于[30件|qualifier=at_least]")
    for q in reading.numbers.quantities:
        span = written_span(q, reading.document.text)
        assert span.start <= q.number.start < q.number.end <= span.end
    assert Qualifier.OVER in {q.qualifier for q in reading.numbers.quantities}


def test_units_of_the_column() -> None:
    """Measure words get a gloss, units their English, ranks the word."""
    assert [unit_en(u) for u in ("元", "起", "吨/天", "个", "人次", "%", "")] == [
        "CNY",
        "cases",
        "tonnes/day",
        "",
        "person-times",
        "%",
        "",
    ]
    assert unit_en("名", Kind.RANK) == "rank"
