"""Checks that need no model: each with what it must find and what it must leave alone."""

import dataclasses
from decimal import Decimal

import pytest
from conftest import make_reading, read_marked

from summarizer.accounting import account, uncovered
from summarizer.brief import Finding, Severity
from summarizer.document import Masthead, Numbers, Span
from summarizer.engines.protocol import Draft, DraftLabel, DraftOverview, DraftProse, Reading
from summarizer.verification import verify
from summarizer.verification.finding import half_step


def found(marked: str, *codes: str) -> list[Finding]:
    """Findings of these codes for a marked text whose quantities all have a good label."""
    reading = read_marked(marked)
    names = "甲乙丙丁戊己庚辛"
    labels = {
        n: DraftLabel(f"第{names[n]}类事项的数量".replace("第", ""), "Number of matters")
        for n in range(len(reading.numbers.quantities))
    }
    findings = verify(reading, drafted(labels))
    return [f for f in findings if f.code in codes]


def drafted(labels: dict[int, DraftLabel]) -> Draft:
    return Draft(labels, {}, DraftOverview(DraftProse("", "")))


PARTS = [
    # text, code expected or None
    ("全市[3194家]企业(含[3125家]工业企业和[69家]第三方检测机构)推广应用。", None),
    ("全市[3194家]企业(含[3125家]工业企业和[96家]第三方检测机构)推广应用。", "parts_exceed_total"),
    ("全市[3194家]企业（含[3025家]工业企业和[69家]第三方检测机构）推广应用。", "parts_fall_short"),
    ("新增行政复议案件[18起],审结[14起],其中维持[4起]、调解[8起]、驳回申请[2起],未发生纠错情况。", None),
    ("新增行政复议案件[18起],审结[14起],其中维持[4起]、调解[8起]、驳回申请[5起]。", "parts_exceed_total"),
    ("新增行政复议案件[18起],审结[14起],其中维持[4起]、调解[8起]、驳回申请[1起]。", "parts_fall_short"),
    ("抽查企业[1240家],其中排污单位[783家],建设项目[438家],风险管控地[6个]。", None),
    ("抽查企业[1240家],其中排污单位[1783家],建设项目[438家]。", "parts_exceed_total"),
    ("企业[751家]，其中“小巨人”企业[56家]，国高企业[2000家]。", None),
    ("引进项目[78个]，其中百亿级[2个]、十亿级[3个]，全球大会签约[380个]。", None),
    ("新增学位[2.96万座|value=29600 unit=座]，其中甲[5100座]、乙[2500座]、丙[6500座]、丁[15540座]。", None),
    ("筹集住房[8万套|value=80000 unit=套 qualifier=at_least]以上，其中甲[5万套|value=50000 unit=套]、"
     "乙[6万套|value=60000 unit=套]。", None),
    ("增长[2%]，其中甲增长[4%]、乙增长[5%]。", None),
    ("三次产业比例为[0.18]:[65.82]:[34.0]。", None),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "code"), PARTS, ids=[p[0][:16] for p in PARTS])
def test_parts_against_totals(marked: str, code: str | None) -> None:
    """Only plain lists are added up."""
    assert [f.code for f in found(marked, "parts_exceed_total", "parts_fall_short")] == ([code] if code else [])


CHANGES = [
    ("人均分红从[1.8万元|value=18000 unit=元]增长至[2.9万元|value=29000 unit=元]，增长[59%|kind=change direction=up]。",
     None),
    ("人均分红从[1.8万元|value=18000 unit=元]增长至[2.9万元|value=29000 unit=元]，增长[95%|kind=change direction=up]。",
     "change_does_not_compute"),
    ("浓度由[32微克/立方米]下降到[17.4微克/立方米]，下降[45.7%|kind=change direction=down]。", None),
    ("浓度由[32微克/立方米]下降到[17.4微克/立方米]，下降[54.7%|kind=change direction=down]。",
     "change_does_not_compute"),
    ("覆盖率从[23%]提高至[63%]，提高[40个百分点|unit=百分点 kind=change direction=up]。", None),
    ("覆盖率从[23%]提高至[63%]，提高[30个百分点|unit=百分点 kind=change direction=up]。", "change_does_not_compute"),
    ("进出口额由[176.7亿元|value=17670000000 unit=元]增长至[924.2亿元|value=92420000000 unit=元]，"
     "增长[4.23倍|kind=change direction=up]。", None),
    ("地区生产总值由[532亿元|value=53200000000 unit=元]增长至[801亿元|value=80100000000 unit=元]，"
     "增长[9.5%|kind=change direction=up]。", None),
    ("时间从[9天]缩短至[4天]。", None),
    ("时间从[4天]缩短至[9天]。", "direction_against_values"),
    ("补贴分别从[195元]、[261元]提高到[202元]、[270元]。", None),
    ("排名由[第11位|unit=名 kind=rank]跃升至[第4位|unit=名 kind=rank]。", None),
    ("企业[120家]，比上年增加[20家|kind=change direction=up]，增长[20%|kind=change direction=up]。", None),
    ("企业[120家]，比上年增加[20家|kind=change direction=up]，增长[60%|kind=change direction=up]。",
     "change_does_not_compute"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "code"), CHANGES, ids=[c[0][:20] for c in CHANGES])
def test_changes(marked: str, code: str | None) -> None:
    """A stated change must lie within what the written digits allow."""
    codes = [f.code for f in found(marked, "change_does_not_compute", "direction_against_values")]
    assert codes == ([code] if code else [])


RATES = [
    ("发现问题[728个]、已整改[708个]，整改率[97.3%]。", "not_all_done"),
    ("发现问题[728个]、已整改[708个]，整改率[93.7%]。", "rate_against_counts not_all_done"),
    ("受理信访[370件]，已办结[366件]，办结率[100%]。", "rate_against_counts not_all_done"),
    ("受理信访[370件]，已办结[370件]，办结率[100%]。", ""),
    ("受理信访[2341宗]，按期办结率[100%]。", ""),
    ("交办信访[370件],已办结[366件],正在稳步办理中。", "not_all_done"),
    ("交办信访[370件],已全部办结[366件]。", "all_but_fewer"),
    ("交办信访[370件],已办结[366件]，均已妥善处理。", "all_but_fewer"),
    ("收到建议[20件]、提案[30件]，办结[30件]，办结率[100%]。", ""),
    ("办理人大代表建议[4件]、政协提案[13件],答复率[100%]。", ""),
]


@pytest.mark.parametrize(("marked", "codes"), RATES, ids=[r[0][:20] for r in RATES])
def test_rates_and_completeness(marked: str, codes: str) -> None:
    """Rates follow from their counts; all means all."""
    wanted = ("rate_against_counts", "not_all_done", "all_but_fewer")
    assert [f.code for f in found(marked, *wanted)] == codes.split()


def same_label(marked: str, label: str) -> list[Finding]:
    reading = read_marked(marked)
    labels = {n: DraftLabel(label, "Label") for n in range(len(reading.numbers.quantities))}
    return [f for f in verify(reading, drafted(labels)) if f.code == "stated_twice"]


def test_stated_twice_with_other_value() -> None:
    """Apart in the text, close in value, equal in everything else."""
    (finding,) = same_label("处罚案件[274件]。\n\n全年处罚案件[247件]。", "行政处罚案件数量")
    assert finding.severity is Severity.WARNING
    assert "274件" in finding.message
    assert "247件" in finding.message


@pytest.mark.parametrize(
    "marked",
    [
        "处罚案件[274件]。\n\n全年处罚案件[274件]。",
        "处罚案件[274件]，处罚案件[247件]。",
        "处罚案件[274件]。\n\n全年处罚案件[24件]。",
        "处罚案件[274件]。\n\n全年处罚案件[247件|period=2022]。",
        "处罚案件[274件]。\n\n全年处罚案件[247家]。",
        "处罚案件[274件]。\n\n全年处罚案件[270余件|unit=件 qualifier=over]。",
        "罚款[1.25亿元|value=125000000 unit=元]。\n\n罚款[1.3亿元|value=130000000 unit=元]。",
    ],
)
def test_no_contradiction(marked: str) -> None:
    """Equal, unlike, qualified or rounded: no finding."""
    assert same_label(marked, "行政处罚案件数量") == []


def test_labels() -> None:
    """Missing: warning; not in English: remark; a number of its own: warning."""
    reading = read_marked(
        "一类[15件]，二类[16件]，三类[17件]。".replace("一", "甲").replace("二", "乙").replace("三", "丙")
    )
    labels = {1: DraftLabel("乙类案件", "[乙类] cases"), 2: DraftLabel("丙类17件", "Cases")}
    got = {(f.code, f.where.metric, f.severity) for f in verify(reading, drafted(labels))}
    assert got == {
        ("label_missing", "m1", Severity.WARNING),
        ("untranslated", "m2", Severity.INFO),
        ("number_in_label", "m3", Severity.WARNING),
    }


def test_year_of_title() -> None:
    """A title's year that the text never names, where the text keeps naming the year before."""
    marked = "关于2023年情况的报告\n[!2022年|date]甲。[!2022年|date]乙。[!2022年|date]丙。"
    reading = read_marked(marked, title="关于2023年情况的报告")
    assert [f.code for f in verify(reading, drafted({})) if f.code == "year_against_title"] == ["year_against_title"]
    told = read_marked(marked + "[!2023年|date]丁。", title="关于2023年情况的报告")
    assert not [f for f in verify(told, drafted({})) if f.code == "year_against_title"]


def test_issued_before_its_year() -> None:
    """A report cannot be older than what it reports."""
    reading = dataclasses.replace(read_marked("甲。"), masthead=Masthead(None, None, 2023, "2022-01-05"))
    assert [f.code for f in verify(reading, drafted({}))] == ["issued_before_year"]


def bare(text: str) -> Reading:
    return make_reading(text, Numbers((), ()))


@pytest.mark.parametrize("text", ["办理15件", "办理十五件", "办理１５件", "万", "两个"])
def test_every_number_is_accounted_for(text: str) -> None:
    """A run of digits or Han numerals that nothing covers is an error, found without the scanner."""
    reading = bare(text)
    assert len(account(reading).unaccounted) == 1
    (finding,) = verify(reading, drafted({}))
    assert (finding.code, finding.severity) == ("number_unaccounted", Severity.ERROR)


def test_numbers_counted_twice() -> None:
    """A metric is not dismissed as well."""
    reading = read_marked("共[15件]。")
    q = reading.numbers.quantities[0]
    doubled = dataclasses.replace(
        reading, numbers=Numbers(reading.numbers.quantities, read_marked("共[!15|name]件。").numbers.dismissed)
    )
    codes = [f.code for f in verify(doubled, drafted({0: DraftLabel("案件数量", "Cases")}))]
    assert codes == ["number_counted_twice"]
    assert q.number == (1, 3)


def test_uncovered_needs_the_whole_run() -> None:
    """A run covered in part only is reported; touching spans cover together."""
    text = "共123456件"
    body = Span(0, len(text))
    assert uncovered(text, body, [(1, 4)]) == [(1, 7)]
    assert uncovered(text, body, [(1, 4), (4, 8)]) == []
    assert uncovered(text, body, [(1, 3), (5, 7)]) == [(1, 7)]
    assert uncovered(text, body, [(0, 8), (2, 3)]) == []


def test_half_step() -> None:
    """The last digit written tells how exact a figure is."""
    for marked, step in (
        ("[15件]", "0.5"),
        ("[2.96万座|value=29600 unit=座]", "50"),
        ("[97.3%]", "0.05"),
        ("[1,813件|value=1813 unit=件]", "0.5"),
    ):
        reading = read_marked(marked)
        assert half_step(reading.numbers.quantities[0], reading.document.text) == Decimal(step)


def test_messages_are_one_line_and_quote_the_report() -> None:
    """A finding says what, where, and what to look at."""
    (finding,) = found(
        "检查[10家]企业（含[9\n家|unit=家]工业企业和[6家]机构）。".replace("\n", " "), "parts_exceed_total"
    )
    assert "\n" not in finding.message
    assert "10家" in finding.message
    assert "6家" in finding.message
