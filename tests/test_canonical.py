"""Canonical metrics: the catalogues, the rules that give a figure its key, and what a wrong file is told."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import resources
from summarizer.canonical import Catalogue, Polarity, parse
from summarizer.canonical.area import area_of
from summarizer.canonical.checking import check
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.protocol import DraftLabel
from summarizer.errors import ReportTypeError
from summarizer.pipeline import read_report, run
from summarizer.reading import read_path, read_text
from summarizer.report_type import ReportType
from summarizer.units import FAMILIES, family

HERE = Path(__file__).parent
TYPES = {id: resources.load_report_type(id) for id in ("rule_of_law", "government_work")}
HEADS = {
    "rule_of_law": "清河市生态环境局2023年法治政府建设年度报告\n\n一、2023年主要工作\n\n",
    "government_work": "2024年清河市政府工作报告\n\n各位代表：\n现在，我代表清河市人民政府，向大会报告政府工作。\n\n"
    "一、2023年工作回顾\n\n",
}
KEY = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def _cases(type_id: str) -> list[tuple[str, str, str, str]]:
    parts = re.split(r"^\.\n", (HERE / "cases" / f"keys_{type_id}.txt").read_text("utf-8"), flags=re.M)
    return [(type_id, t.strip(), i, e) for t, i, e in zip(parts[0::3], parts[1::3], parts[2::3], strict=False)]


CASES = [case for id in TYPES for case in _cases(id)]


def _keyed(text: str, report_type: ReportType) -> list[tuple[str, str | None]]:
    brief = run(read_text(text, "t"), OfflineEngine(), report_type, lambda: 0.0)
    return [(metric.raw, metric.key) for metric in brief.metrics]


@pytest.mark.parametrize(
    ("type_id", "text", "expected"), [(t, i, e) for t, _, i, e in CASES], ids=[c[1] for c in CASES]
)
def test_case(type_id: str, text: str, expected: str) -> None:
    """Each figure of a text gets the key it must have, or none (`-`) where a key would say too much."""
    found = _keyed(HEADS[type_id] + text, TYPES[type_id])
    assert "".join(f"{raw} {key or '-'}\n" for raw, key in found) == expected


def test_catalogues_are_large_enough_and_whole() -> None:
    """Two names, a known unit family, a theme and a definition for every metric; English without Chinese."""
    assert len(TYPES["rule_of_law"].metrics) >= 120
    assert len(TYPES["government_work"].metrics) >= 60
    for report_type in TYPES.values():
        catalogue = report_type.metrics
        for theme in catalogue.themes.values():
            assert HAN.search(theme.zh)
            assert theme.en
            assert not HAN.search(theme.en)
            assert catalogue.of_theme(theme.id)
        for metric in catalogue:
            assert KEY.fullmatch(metric.key)
            assert metric.names[0] == metric.zh
            assert metric.en
            assert not HAN.search(metric.en)
            assert metric.definition
            assert set(metric.units) <= FAMILIES
            assert metric.theme in catalogue.themes
            assert catalogue.get(metric.key) is metric
            assert catalogue.theme_of(metric.key) is catalogue.themes[metric.theme]


def test_a_key_means_one_thing_in_every_catalogue() -> None:
    """Reports of both kinds state some of the same things: same key, name, units and polarity."""
    one, other = (t.metrics for t in TYPES.values())
    shared = [m for m in one if m.key in other]
    assert len(shared) >= 8
    for metric in shared:
        twin = other.get(metric.key)
        assert twin
        assert (metric.en, metric.units, metric.polarity) == (twin.en, twin.units, twin.polarity)


def test_both_engines_give_the_same_keys() -> None:
    """Keys rest on labels made by rule from the report, whatever a model calls a figure."""

    class Model:
        name = "llm"

        def draft(self, reading, report_type):  # type: ignore[no-untyped-def]
            by_rule = OfflineEngine().draft(reading, report_type)
            return replace(
                by_rule, labels={n: DraftLabel("某数", "a number") for n in by_rule.labels}, second=by_rule.labels
            )

    for path in (HERE / "data" / "reports" / "short.txt", HERE / "data" / "reports" / "government.txt"):
        report_type = resources.ReportTypes().of(read_path(path))
        offline = run(read_path(path), OfflineEngine(), report_type, lambda: 0.0)
        model = run(read_path(path), Model(), report_type, lambda: 0.0)
        keys = [metric.key for metric in offline.metrics]
        assert any(keys)
        assert [metric.key for metric in model.metrics] == keys


def test_a_report_without_a_catalogue_has_no_keys() -> None:
    """A type of one's own may name no metrics."""
    bare = replace(TYPES["rule_of_law"], metrics=Catalogue())
    assert {key for _, key in _keyed(HEADS["rule_of_law"] + "罚款84.6万元。", bare)} == {None}


def test_a_government_work_report_of_its_own_accord() -> None:
    """Its type, keys, targets, plans and shortcomings, without a heading for the last."""
    document = read_path(HERE / "data" / "reports" / "government.txt")
    report_type = resources.ReportTypes().of(document)
    assert report_type.id == "government_work"
    brief = run(document, OfflineEngine(), report_type, lambda: 0.0)
    found = {(m.key, m.kind.value, m.raw) for m in brief.metrics if m.key}
    assert found == {
        ("gdp", "actual", "1256.8亿元"),
        ("gdp", "change", "6.2%"),
        ("gdp", "target", "6%"),
        ("budget_revenue", "actual", "86.5亿元"),
        ("budget_revenue", "change", "8.3%"),
        ("above_size_industrial_value_added", "change", "7.5%"),
        ("new_hightech_enterprises", "actual", "56家"),
        ("hightech_enterprises", "actual", "320家"),
        ("new_jobs", "actual", "3.2万人"),
        ("school_places", "actual", "1.2万个"),
        ("pm25", "actual", "31微克/立方米"),
        ("unemployment_registered", "target", "4.5%"),
    }
    assert brief.overview.plans
    assert any("公共服务仍有短板" in prose.zh for prose in brief.overview.problems)


def test_figures_under_a_heading_of_several_years_are_not_of_one(tmp_path: Path) -> None:
    """Counts below 过去五年 add up five years; a rate is reached, not added up."""
    text = (
        HEADS["government_work"].replace("2023年工作回顾", "过去五年工作回顾") + "新增学位5.6万个，城镇登记失业率2.6%。"
    )
    assert _keyed(text, TYPES["government_work"]) == [("5.6万个", None), ("2.6%", "unemployment_registered")]


@pytest.mark.parametrize(
    ("masthead", "own", "other"),
    [
        ("重庆市荣昌区生态环境局", {"荣昌", "荣昌区", "重庆市荣昌区", "全区", "我区"}, {"全市", "全国"}),
        ("杭州市生态环境局", {"杭州", "杭州市", "全市"}, {"全省", "全区"}),
        ("临沂市生态环境局兰山分局", {"兰山", "兰山区", "全区"}, {"全市"}),
        ("恩施土家族苗族自治州生态环境局", {"全州"}, {"全省"}),
        ("区人民政府", {"全区"}, {"全市"}),
        ("国务院", {"全国", "我国"}, {"世界"}),
    ],
)
def test_area(masthead: str, own: set[str], other: set[str]) -> None:
    """A report's own names for its area, and words that stand for another."""
    area = area_of(masthead)
    assert own <= area.own
    assert other <= set(area.other)
    assert not area.own & set(area.other)


def test_without_a_masthead_no_area_is_foreign() -> None:
    """全市 may be the report's own area when nothing says which that is."""
    assert area_of(None, None).other == ()


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("元", "money"),
        ("元/月", "money"),
        ("%", "percent"),
        ("件", "count"),
        ("", "count"),
        ("家次", "visits"),
        ("场次", "times"),
        ("吨/日", "mass"),
        ("微克/立方米", "concentration"),
        ("微克每立方米", "concentration"),
        ("张/千人", "ratio"),
        ("标箱", "containers"),
    ],
)
def test_unit_families(unit: str, expected: str) -> None:
    """Levels of a metric are comparable when their units are of one family."""
    assert family(unit) == expected


HEAD = "@air\t大气\tAir\n"
GOOD = HEAD + "pm25\tPM2.5浓度\tPM2.5 concentration\tconcentration\tdown\tmean concentration\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("pm25\tPM2.5\tPM2.5\tconcentration\tdown\tmean\n", "m.tsv:1: a metric before any theme"),
        (HEAD + "pm25\tPM2.5\tPM2.5\n", "m.tsv:2: a metric has 6 columns"),
        (HEAD + "PM25\tPM2.5\tPM2.5\tconcentration\tdown\tmean\n", "m.tsv:2: 'PM25' is no key"),
        (HEAD + "pm25\tPM2.5\t细颗粒物\tconcentration\tdown\tmean\n", "m.tsv:2: the English name holds Chinese"),
        (HEAD + "pm25\tPM2.5\tPM2.5\tfog\tdown\tmean\n", "m.tsv:2: unit family 'fog' is unknown"),
        (HEAD + "pm25\tPM2.5\tPM2.5\tconcentration\tgood\tmean\n", "m.tsv:2: polarity 'good' is unknown"),
        (GOOD + GOOD.splitlines()[1] + "\n", "m.tsv:3: key 'pm25' stands in m.tsv:2 already"),
        (HEAD + "\talso\t细颗粒物\n", "m.tsv:2: an indented line needs a metric"),
        (GOOD + "\toften\t细颗粒物\n", "m.tsv:3: an indented line is"),
        (GOOD + "\talso\t\n", "m.tsv:3: an indented line is"),
        (GOOD + "\talso\t粒\n", "m.tsv:3: a name has at least 2 characters"),
        (GOOD + "\tafter\tpm10\t浓度\n", "m.tsv:3: there is no metric 'pm10'"),
        (GOOD + "\twhose\t企业\n", "m.tsv:3: write `<TAB>whose<TAB>name,name<TAB>word word`"),
        (GOOD + "@air\n", "m.tsv:3: a theme is written"),
        (GOOD + "*\n", "m.tsv:3: words for every metric"),
        (
            GOOD + "pm10\tPM10浓度\tPM10\tconcentration\tdown\tmean\n\talso\tPM2.5浓度\n",
            "m.tsv:3: 'PM2.5浓度' is a name of 'pm25' too",
        ),
    ],
)
def test_a_wrong_line_is_named(content: str, said: str) -> None:
    """File, line, and what to write instead."""
    check({"m.tsv": GOOD})
    with pytest.raises(ReportTypeError, match=re.escape(said)) as caught:
        check({"m.tsv": content})
    assert "\n" not in str(caught.value)


def test_later_files_win_and_a_run_passes_over_what_is_malformed() -> None:
    """A file of one's own may change a single metric of another file."""
    own = HEAD + "pm25\t细颗粒物\tfine particles\tconcentration\tdown\tmean\nnonsense\n\talso\tX\n"
    catalogue = parse([GOOD, own])
    assert list(catalogue.metrics) == ["pm25"]
    metric = catalogue.get("pm25")
    assert metric
    assert (metric.en, metric.polarity, metric.names) == ("fine particles", Polarity.DOWN_GOOD, ("细颗粒物",))


def test_a_metric_of_ones_own(tmp_path: Path) -> None:
    """A type, a term list and metrics in the user's folder, and nothing else, give figures keys and names."""
    schemas = tmp_path / "schemas"
    (schemas / "metrics").mkdir(parents=True)
    (schemas / "glossary").mkdir()
    (schemas / "glossary" / "mine.tsv").write_text(
        "河长巡河\tvn\tpatrol of river chiefs\tpatrol of river chiefs\n", "utf-8"
    )
    (schemas / "metrics" / "mine.tsv").write_text(
        "@water\t水\tWater\nriver_patrols\t河长巡河\tpatrols by river chiefs\ttimes,visits\tup\tpatrols in the year\n"
        "\twith\t开展 组织\n",
        "utf-8",
    )
    (schemas / "river.toml").write_text(
        'id = "river"\n[name]\nzh = "河长制工作报告"\nen = "report on the river chief system"\n'
        '[detect]\ntitle = ["河长制"]\n'
        '[glossary]\nterms = ["glossary/general.tsv", "glossary/functions.tsv", "glossary/mine.tsv"]\n'
        'readings = "glossary/readings.tsv"\n'
        '[metrics]\nfiles = ["metrics/words.tsv", "metrics/mine.tsv"]\n[salient]\nterms = ["巡河"]\n'
        '[[overview]]\nname = "text"\nkind = "prose"\nask = "the gist"\n',
        "utf-8",
    )
    resources.check_report_type("river", tmp_path)
    document = read_text("清河市2023年河长制工作报告\n\n一、主要工作\n\n全年开展河长巡河1260人次。\n", "t")
    report_type = resources.ReportTypes(tmp_path).of(document)
    assert report_type.id == "river"
    (metric,) = run(document, OfflineEngine(), report_type, lambda: 0.0).metrics
    assert (metric.key, metric.raw) == ("river_patrols", "1260人次")
    assert "patrol" in (metric.label.en or "")


def test_keys_are_the_same_after_reading_twice() -> None:
    """Same report, same keys."""
    document = read_path(HERE / "data" / "reports" / "government.txt")
    reading = read_report(document)
    assert reading == read_report(document)
    report_type = TYPES["government_work"]
    first, second = (run(document, OfflineEngine(), report_type, lambda: 0.0) for _ in range(2))
    assert [m.key for m in first.metrics] == [m.key for m in second.metrics]
