"""Comparisons: what stands in a row, what a cell says, what is computed, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from comparisons import CATALOGUE, brief, gdp, growth, metric

from summarizer.brief import BriefData
from summarizer.comparing import compare
from summarizer.comparing.bodies import bodies, nameless
from summarizer.comparing.measures import joined, measure, scale_of
from summarizer.comparing.unmatched import Names
from summarizer.comparison import Cell, CellState, ComparisonData, Part, Scope
from summarizer.document import Direction, Kind, Qualifier
from summarizer.errors import OptionError

CITY = "某市人民政府"


def compared(*briefs: BriefData, at_least: int = 1) -> ComparisonData:
    return compare(briefs, CATALOGUE, at_least=at_least)


def cells(data: ComparisonData, row: str) -> tuple[Cell, ...]:
    return next(r for r in data.rows if r.id == row).cells


def values(cell: Cell) -> list[str]:
    return [str(f.value) for f in cell.figures]


# -- columns


def test_columns_are_sorted_by_body_and_year() -> None:
    """Whatever the order of the input."""
    data = compared(brief("乙市人民政府", 2020), brief("甲市人民政府", 2021), brief("甲市人民政府", 2019))
    assert [(c.id, c.body, c.year) for c in data.columns] == [
        ("r1", "乙市人民政府", 2020),
        ("r2", "甲市人民政府", 2019),
        ("r3", "甲市人民政府", 2021),
    ]


def test_short_and_full_names_of_one_issuer_are_one_body() -> None:
    """The shorter name ends the fuller one; when it ends two different ones it is neither's."""
    assert bodies([brief("罗湖区人民政府", 2018), brief("深圳市罗湖区人民政府", 2019)]) == ["深圳市罗湖区人民政府"] * 2
    names = ["南山区人民政府", "深圳市南山区人民政府", "鹤岗市南山区人民政府"]
    assert bodies([brief(name, 2018 + n) for n, name in enumerate(names)]) == names


def test_an_issuer_without_a_place_is_joined_with_nothing() -> None:
    """区人民政府 may be anyone; two of them are two bodies, and a note says so."""
    data = compared(brief("区人民政府", 2018, name="a.txt"), brief("区人民政府", 2019, name="b.txt"))
    assert [c.body for c in data.columns] == ["a.txt", "b.txt"]
    assert [n.code for n in data.notes if n.column].count("no_issuer") == 2


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        *((name, True) for name in ("区人民政府", "市生态环境局", "市市场监督管理局", "新区管委会", "本局", "我市")),
        *((name, False) for name in ("国务院", "深圳市人民政府", "镇江市人民政府", "本溪市人民政府", "州城区人民政府")),
    ],
)
def test_whether_an_issuer_names_a_place(issuer: str, told: bool) -> None:
    """A leading 市 or 区 is no place, 镇江市 is one."""
    assert nameless(issuer) is told


def test_one_report_or_the_same_twice_is_refused() -> None:
    """Politely, saying what to do."""
    one = brief(CITY, 2019)
    with pytest.raises(OptionError, match="two reports or more"):
        compare([one], CATALOGUE)
    with pytest.raises(OptionError, match="same report"):
        compare([one, brief(CITY, 2020), one], CATALOGUE)


def test_what_is_hard_to_compare_is_noted() -> None:
    """Types, engines, years, keys."""
    data = compared(
        brief(CITY, 2019, gdp("m1", "1", 2019)),
        brief(CITY, 2019, metric("m1", None, "办理⟦5⟧件。", "5", "件"), name="other.txt", type_id="x", engine="llm"),
        brief("乙市人民政府", None),
    )
    assert {"mixed_types", "mixed_engines", "same_year", "no_keys", "no_year", "no_figures"} <= {
        n.code for n in data.notes
    }
    assert [n.severity for n in data.notes] == sorted((n.severity for n in data.notes), key=["warning", "info"].index)


# -- rows


def test_money_is_one_row_whatever_the_scale_and_two_for_two_currencies() -> None:
    """万元 and 亿元 are yuan already; dollars are never converted."""
    data = compared(
        brief(CITY, 2018, metric("m1", "trade", "进出口总额⟦2.8⟧万亿元。", "2800000000000", "元", period="2018")),
        brief(CITY, 2019, metric("m1", "trade", "进出口总额⟦9000⟧万元。", "90000000", "元", period="2019")),
        brief(CITY, 2007, metric("m1", "trade", "进出口总额⟦2875.3⟧亿美元。", "287530000000", "美元", period="2007")),
    )
    assert {(r.id, r.filled) for r in data.rows} == {("trade.level.money:CNY", 2), ("trade.level.money:USD", 1)}


def test_units_of_one_kind_are_converted_exactly_to_the_commonest() -> None:
    """平方公里, 公顷 and 平方米; 亩 has no finite factor and stays apart."""
    data = compared(
        brief(CITY, 2017, metric("m1", "green", "绿地面积⟦1.5⟧平方公里。", "1.5", "平方公里", period="2017")),
        brief(CITY, 2018, metric("m1", "green", "绿地面积⟦2⟧平方公里。", "2", "平方公里", period="2018")),
        brief(CITY, 2019, metric("m1", "green", "绿地面积⟦350⟧公顷。", "350", "公顷", period="2019")),
        brief(CITY, 2020, metric("m1", "green", "绿地面积⟦60⟧亩。", "60", "亩", period="2020")),
    )
    (row, other) = data.rows
    assert [values(c) for c in row.cells] == [["1.5"], ["2"], ["3.5"], []]
    assert (row.unit.zh, other.unit.zh) == ("平方公里", "亩")


def test_measure_words_do_not_divide_a_row_but_persons_do() -> None:
    """行政处罚案件 5件, 5起, 5宗; 5人 is another thing."""
    units = ("件", "起", "宗", "人")
    data = compared(
        *(
            brief(CITY, 2017 + n, metric("m1", "cases", f"行政处罚案件⟦5⟧{u}。", "5", u, period=str(2017 + n)))
            for n, u in enumerate(units)
        )
    )
    assert [row.filled for row in data.rows] == [3, 1]


def test_a_bare_number_stands_with_the_only_other_kind() -> None:
    """参保人数595万 beside 参保人数600万人; where there are two other kinds it stays alone."""
    assert joined({"people": (), "bare": ()}) == {"people": "people", "bare": "people"}
    assert joined({"people": (), "count": (), "bare": ()})["bare"] == "bare"
    data = compared(
        brief(CITY, 2018, metric("m1", "insured", "参保人数⟦595万⟧。", "5950000", "", period="2018")),
        brief(CITY, 2019, metric("m1", "insured", "参保人数⟦600万⟧人。", "6000000", "人", period="2019")),
    )
    assert [row.filled for row in data.rows] == [2]


def test_a_planned_growth_is_no_planned_level() -> None:
    """生产总值增长8%以上 as a plan; a share in percent is a level."""
    data = compared(
        brief(
            CITY,
            2018,
            metric("m1", "gdp", "地区生产总值增长⟦8⟧%以上。", "8", "%", Kind.TARGET, period="2019"),
            metric("m2", "good_days", "优良天数比例达⟦95⟧%。", "95", "%", Kind.TARGET, period="2019"),
            metric("m3", "gdp", "地区生产总值控制在⟦4⟧%。", "4", "%", period="2018"),
        ),
        brief(CITY, 2019),
    )
    assert {row.part for row in data.rows} == {Part.TARGET_CHANGE, Part.TARGET}
    assert cells(data, "gdp.target_change.percent")[0].figures[0].year == 2019


def test_growth_by_multiples_is_a_change_in_percent() -> None:
    """增长1.6倍 is 160%; a decrease is negative."""
    data = compared(
        brief(
            CITY,
            2018,
            metric("m1", "gdp", "增长⟦1.6⟧倍。", "1.6", "倍", Kind.CHANGE, direction=Direction.UP, period="2018"),
        ),
        brief(CITY, 2019, growth("m1", "5.1", 2019, direction=Direction.DOWN)),
    )
    assert [values(c) for c in cells(data, "gdp.change.percent")] == [["160.0"], ["-5.1"]]


@pytest.mark.parametrize(
    ("unit", "kind", "factor"),
    [
        ("公里", "length", 1000000),
        ("毫克/立方米", "in_air", 1000000),
        ("美元", "money:USD", 1),
        ("％", "percent", 1),
        ("项", "count", 1),
        ("人次", "人次", 1),
        ("元/月", "元/月", 1),
    ],
)
def test_measures(unit: str, kind: str, factor: int) -> None:
    """What a unit measures, and its size."""
    assert measure(unit) == (kind, Decimal(factor))


def test_scales_follow_the_size_of_the_values() -> None:
    """亿 from a thousand million, 万 from a million."""
    assert [scale_of([Decimal(v)]) for v in (999_999, 1_000_000, 999_999_999, 10**9)] == [0, 4, 4, 8]
    assert scale_of([]) == 0


# -- cells


def test_stated_zero_unmatched_and_absent_are_told_apart() -> None:
    """A zero in words, a clause that names the metric, and nothing."""
    data = compared(
        brief(CITY, 2017, metric("m1", "lawsuits", "行政诉讼案件⟦3⟧件。", "3", "件", period="2017")),
        brief(CITY, 2018, metric("m1", "lawsuits", "⟦未发生⟧行政诉讼案件。", "0", "", period="2018", in_words=True)),
        brief(CITY, 2019, metric("m1", None, "其中行政诉讼案件⟦2⟧件已结。", "2", "件", period="2019")),
        brief(CITY, 2020, metric("m1", None, "行政诉讼案件应诉率⟦100⟧%，培训⟦5⟧次。", "100", "%", period="2020")),
    )
    row = cells(data, "lawsuits.level.count")
    assert [c.state for c in row] == [CellState.STATED, CellState.ZERO, CellState.UNMATCHED, CellState.ABSENT]
    assert [f.metric.id for f in row[2].others] == ["m1"]
    assert not row[2].figures


@pytest.mark.parametrize(
    ("sentence", "unit", "keys"),
    [
        ("实现进出口总额约⟦100⟧亿元。", "元", {"trade"}),
        ("其中进口总额⟦50⟧亿元。", "元", {"imports"}),
        ("进出口总额2.8万亿元、增长⟦6.4⟧%。", "%", {"trade"}),
        ("进出口总额2.8万亿元，同比增长⟦6.4⟧%。", "%", {"trade"}),
        ("进出口总额申报时间压缩⟦69⟧%。", "%", set()),
        ("进出口总额2.8万亿元，地方税收⟦64⟧亿元。", "元", set()),
        ("完成⟦12⟧件行政处罚案件。", "件", {"cases"}),
        ("每平方公里产生⟦1.75⟧亿元地区生产总值。", "元", set()),
    ],
)
def test_a_name_right_beside_a_figure_may_mean_it(sentence: str, unit: str, keys: set[str]) -> None:
    """With linking words in between at most; a shorter name within a longer one does not count."""
    assert Names(CATALOGUE).keys_beside(metric("m1", None, sentence, "1", unit)) == keys


@pytest.mark.parametrize(
    ("sentence", "unit", "keys"),
    [
        ("本市生产总值跨越3000亿元，去年达到⟦3423⟧亿元。", "元", {"gdp"}),
        ("生产总值增长一成，进出口总额中，加工贸易占⟦1200⟧亿元。", "元", {"trade"}),
        ("去年达到⟦3423⟧亿元，生产总值翻番。", "元", set()),
    ],
)
def test_the_name_last_before_a_figure_may_be_its_own(sentence: str, unit: str, keys: set[str]) -> None:
    """Where nothing is named beside the figure: then the report is not said to state nothing."""
    assert Names(CATALOGUE).keys_before(metric("m1", None, sentence, "1", unit)) == keys


@pytest.mark.parametrize(("word", "value"), [("增长", "3"), ("下降", "-3"), ("涨幅控制在", "3")])
def test_a_planned_decrease_is_negative(word: str, value: str) -> None:
    """A plan has no direction of its own; its words have."""
    plan = metric("m1", "gdp", f"地区生产总值能耗{word}⟦3⟧%。", "3", "%", Kind.TARGET, period="2019")
    data = compared(brief(CITY, 2018, plan), brief(CITY, 2019))
    assert values(cells(data, "gdp.target_change.percent")[0]) == [value]


def test_a_figure_goes_before_the_threshold_it_passes() -> None:
    """人均GDP突破1万美元，达到10628美元; a figure far away is no such case, and both are shown."""
    passed = compared(
        brief(CITY, 2007, gdp("m1", "100", 2007, qualifier=Qualifier.OVER), gdp("m2", "106", 2007, at=50)),
        brief(CITY, 2008),
    )
    (cell, _) = cells(passed, "gdp.level.money:CNY")
    assert [f.metric.id for f in cell.figures] == ["m2"]
    assert [f.metric.id for f in cell.others] == ["m1"]
    apart = compared(
        brief(CITY, 2007, gdp("m1", "100", 2007, qualifier=Qualifier.OVER), gdp("m2", "300", 2007, at=50)),
        brief(CITY, 2008),
    )
    assert len(cells(apart, "gdp.level.money:CNY")[0].figures) == 2
    assert "several_figures" in {n.code for n in apart.notes}


def test_equal_figures_are_one_and_the_exact_one_of_them() -> None:
    """About 100 and 100: the exact statement is shown."""
    data = compared(
        brief(CITY, 2007, gdp("m1", "100", 2007, qualifier=Qualifier.ABOUT), gdp("m2", "100", 2007, at=50)),
        brief(CITY, 2008),
    )
    assert [f.metric.id for f in cells(data, "gdp.level.money:CNY")[0].figures] == ["m2"]


@pytest.mark.parametrize(
    ("sentence", "period", "scope"),
    [
        ("五年累计完成投资⟦4100⟧亿元。", "2019", Scope.SEVERAL_YEARS),
        ("“十三五”期间投资⟦4100⟧亿元。", "2019", Scope.SEVERAL_YEARS),
        ("年均增长⟦4100⟧亿元。", "2019", Scope.SEVERAL_YEARS),
        ("近三年投资⟦4100⟧亿元。", "2019", Scope.SEVERAL_YEARS),
        ("五年共帮助7万人再就业，总值为⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("五年来，全市共完成投资⟦4100⟧亿元。", "2019", Scope.SEVERAL_YEARS),
        ("一年来投资⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("2019年共投资⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("3年共投资⟦4100⟧亿元。", "2019", Scope.SEVERAL_YEARS),
        ("年均浓度降至⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("五年来经济壮大，2019年达到⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("连续五年增长，投资⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("投资⟦4100⟧亿元。", "2019", Scope.YEAR),
        ("投资⟦4100⟧亿元。", "2019-01..2019-06", Scope.PART_OF_YEAR),
        ("投资⟦4100⟧亿元。", "2019-01..2019-12", Scope.YEAR),
        ("投资⟦4100⟧亿元。", "2015..2019", Scope.SEVERAL_YEARS),
    ],
)
def test_the_time_a_figure_covers(sentence: str, period: str, scope: Scope) -> None:
    """By its period and by the words before it."""
    figure = replace(gdp("m1", "4100", 2019, sentence), period=period)
    data = compared(brief(CITY, 2019, figure), brief(CITY, 2020))
    assert cells(data, "gdp.level.money:CNY")[0].figures[0].scope is scope


def test_below_a_heading_of_several_years_changes_are_of_several_years() -> None:
    """过去五年工作回顾: 增长1.6倍 is no growth of one year, unless the sentence names one."""
    heading = "过去五年工作回顾"
    named = metric("m2", "gdp", "2019年增长⟦8⟧%。", "8", "%", Kind.CHANGE, direction=Direction.UP, period="2019", at=40)
    for figures, scope in (((growth("m1", "160", 2019),), Scope.SEVERAL_YEARS), ((named,), Scope.YEAR)):
        data = compared(brief(CITY, 2019, *figures, heading=heading), brief(CITY, 2020))
        assert cells(data, "gdp.change.percent")[0].figures[0].scope is scope


def test_the_year_goes_before_a_part_of_it() -> None:
    """上半年 stands in the cell only when there is nothing else."""
    half = replace(gdp("m2", "40", 2019, at=50), period="2019-01..2019-06")
    data = compared(brief(CITY, 2019, half, gdp("m1", "100", 2019)), brief(CITY, 2020))
    cell = cells(data, "gdp.level.money:CNY")[0]
    assert ([f.metric.id for f in cell.figures], [f.metric.id for f in cell.others]) == (["m1"], ["m2"])


def test_the_year_before_fills_its_own_column_marked_or_is_held_against_it() -> None:
    """由800元提高至900元: last year's column has it from this year's report."""
    later = brief(CITY, 2019, replace(gdp("m1", "90", 2018), period="previous"), gdp("m2", "100", 2019, at=50))
    empty = compared(brief(CITY, 2018), later)
    (figure,) = cells(empty, "gdp.level.money:CNY")[0].figures
    assert (figure.column, figure.year, figure.value) == ("r2", 2018, Decimal(90) * 10**8)
    revised = compared(brief(CITY, 2018, gdp("m1", "88", 2018)), later)
    cell = cells(revised, "gdp.level.money:CNY")[0]
    assert [f.column for f in cell.figures] == ["r1"]
    assert [f.column for f in cell.others] == ["r2"]
    assert "restated" in {n.code for n in revised.notes}
    same = compared(brief(CITY, 2018, gdp("m1", "90", 2018)), later)
    assert "restated" not in {n.code for n in same.notes}


def test_a_figure_of_another_year_stands_in_no_wrong_column() -> None:
    """2015年为80亿元, told in 2019, with no report about 2015."""
    data = compared(brief(CITY, 2019, gdp("m1", "80", 2015), gdp("m2", "100", 2019, at=50)), brief(CITY, 2018))
    assert [values(c) for c in cells(data, "gdp.level.money:CNY")] == [[], ["10000000000"]]


def test_the_nearest_target_stands_in_the_cell() -> None:
    """Next year's plan before the five-year plan."""
    plans = (
        metric("m1", "gdp", "2025年地区生产总值达到⟦500⟧亿元。", "50000000000", "元", Kind.TARGET, period="2025"),
        metric("m2", "gdp", "地区生产总值⟦110⟧亿元。", "11000000000", "元", Kind.TARGET, period="2020", at=50),
    )
    data = compared(brief(CITY, 2019, *plans), brief(CITY, 2018))
    cell = cells(data, "gdp.target.money:CNY")[1]
    assert [(f.metric.id, f.year) for f in cell.figures] == [("m2", 2020)]
    assert [f.metric.id for f in cell.others] == ["m1"]


def test_a_plan_told_again_is_no_achievement() -> None:
    """一是生产总值增长12%，主要是考虑了: below the plan; in another section the same figure is one."""
    plan = metric("m1", "gdp", "生产总值增长⟦12⟧%。", "12", "%", Kind.TARGET, period="2008", section="2")
    again = growth("m2", "12", 2007, at=50)
    for section, parts in (("2.1", {Part.TARGET_CHANGE}), ("1.1", {Part.TARGET_CHANGE, Part.CHANGE})):
        data = compared(brief(CITY, 2007, plan, replace(again, section=section)), brief(CITY, 2008))
        assert {row.part for row in data.rows} == parts
        assert values(cells(data, "gdp.target_change.percent")[0]) == ["12"]


def test_a_plan_that_is_no_target_stands_nowhere() -> None:
    """争取新增: neither achieved nor dated."""
    plan = metric("m1", "cases", "今年争取办理行政处罚案件⟦10⟧件。", "10", "件", period="2008")
    assert compared(brief(CITY, 2008, plan), brief(CITY, 2009)).rows == ()


# -- changes


def test_the_change_is_computed_and_held_against_the_stated_one() -> None:
    """100 to 106.2: 6.2% agrees, 6.7% does not and is noted (figures to a tenth); rough figures are not compared."""
    old = brief(CITY, 2018, gdp("m1", "100.0", 2018))
    for stated, agrees in (("6.2", True), ("6.7", False)):
        data = compared(old, brief(CITY, 2019, gdp("m1", "106.2", 2019), growth("m2", stated, 2019, at=50)))
        change = cells(data, "gdp.level.money:CNY")[1].change
        assert change is not None
        assert (change.computed, change.unit, change.agrees) == (Decimal("6.2"), "%", agrees)
        assert ("change_differs" in {n.code for n in data.notes}) is not agrees
    rough = compared(old, brief(CITY, 2019, gdp("m1", "106", 2019, qualifier=Qualifier.ABOUT)))
    assert cells(rough, "gdp.level.money:CNY")[1].change is None


def test_rounding_is_allowed_for() -> None:
    """2.8万亿 to 3万亿 is 7.1%, but each may be half of its last digit off: 7% and 6.4% agree, 20% does not."""
    for stated, agrees in (("7", True), ("6.4", True), ("5.3", True), ("20", False)):
        data = compared(
            brief(CITY, 2017, gdp("m1", "2.8", 2017, "地区生产总值⟦2.8⟧万亿元。")),
            brief(CITY, 2018, gdp("m1", "3.0", 2018, "地区生产总值⟦3.0⟧万亿元。"), growth("m2", stated, 2018, at=50)),
        )
        change = cells(data, "gdp.level.money:CNY")[1].change
        assert change is not None
        assert change.agrees is agrees, stated


def test_a_percentage_changes_by_points_and_only_between_consecutive_years_of_one_body() -> None:
    """95.1% to 97.3% is 2.2 points; no change over a gap, none between bodies."""

    def share(body: str, year: int, value: str) -> BriefData:
        sentence = f"优良天数比例⟦{value}⟧%。"
        return brief(body, year, metric("m1", "good_days", sentence, value, "%", period=str(year)))

    data = compared(
        share(CITY, 2018, "95.1"), share(CITY, 2019, "97.3"), share(CITY, 2021, "98"), share("乙市政府", 2020, "9")
    )
    told = [c.change for c in cells(data, "good_days.level.percent")]
    assert [(c.computed, c.unit) if c else None for c in told] == [None, None, (Decimal("2.2"), "百分点"), None]


def test_nothing_depends_on_the_order_of_the_input() -> None:
    """Equal input, equal output."""
    briefs = [brief(CITY, y, gdp("m1", str(y), y), growth("m2", "6", y, at=50)) for y in (2017, 2018, 2019)]
    assert compared(*briefs) == compared(*reversed(briefs))


def test_rows_that_too_few_reports_fill_are_counted() -> None:
    """`at_least` is for the whole table."""
    briefs = (brief(CITY, 2018, gdp("m1", "1", 2018)), brief(CITY, 2019, growth("m1", "1", 2019)))
    assert compared(*briefs, at_least=2).left_out == 2
    assert len(compared(*briefs, at_least=1).rows) == 2
