"""Labels of the offline engine: what a number counts, in both languages, from its words alone."""

import re
from pathlib import Path

import pytest
from conftest import gold_reading, read_marked
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.engines.offline import OfflineEngine
from summarizer.engines.protocol import Draft
from summarizer.known_numbers import known_numbers, strangers
from summarizer.resources import load_report_type

TYPE = load_report_type()
SEEDS = sorted(path.stem for path in (Path(__file__).parent.parent / "seeds").glob("*.txt"))
PARTS = re.split(r"^\.\n", (Path(__file__).parent / "cases" / "labels.txt").read_text("utf-8"), flags=re.M)
CASES = [(t.strip(), c.strip(), e) for t, c, e in zip(PARTS[0::3], PARTS[1::3], PARTS[2::3], strict=False)]


def drafted(marked: str) -> Draft:
    return OfflineEngine().draft(read_marked(marked), TYPE)


@pytest.mark.parametrize(("clause", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_labels_of_a_clause(clause: str, expected: str) -> None:
    labels = drafted(clause).labels
    assert [f"{labels[i].zh} | {labels[i].en}" for i in sorted(labels)] == expected.splitlines()


@pytest.mark.parametrize("name", SEEDS, ids=lambda name: name[:3])
def test_every_quantity_of_a_seed_is_labelled_in_both_languages(name: str) -> None:
    """English is English: no Han character, no mark of a word left out."""
    reading = gold_reading(name)
    labels = OfflineEngine().draft(reading, TYPE).labels
    assert sorted(labels) == list(range(len(reading.numbers.quantities)))
    for label in labels.values():
        assert label.zh
        assert label.en
        assert not re.search("[\u3400-\u9fff\\[\\]]", label.en), label


@pytest.mark.parametrize("name", SEEDS, ids=lambda name: name[:3])
def test_no_label_holds_a_number_of_its_own(name: str) -> None:
    """Digits come from names and dates of the report (12369, PM2.5), never from a figure."""
    reading = gold_reading(name)
    known = known_numbers(reading)
    for label in OfflineEngine().draft(reading, TYPE).labels.values():
        assert strangers(label.zh, known) == []
        assert strangers(label.en, known) == []


WORDS = st.sampled_from(
    "办理 行政处罚 案件 的 和 、 ， 对 企业 完成 整改 环境 信访 投诉 办结率 罚款 通过 验收 新增 项目 其中 已 未 不 "
    "未知龘 全市 “双减” 《条例》 （ ） 占 比重 增长 2023年 12369 世界500强 以 名义 印发".split()
)
NUMBERS = st.sampled_from(
    ["[15件]", "[3.2%]", "[80万元|value=800000 unit=元]", "[4次]", "[7人次]", "[!6个|vague]", "[9家]"]
)


@settings(max_examples=300)
@given(st.lists(st.one_of(WORDS, NUMBERS), min_size=1, max_size=24).map("".join))
def test_any_clause_is_labelled_without_its_figures(marked: str) -> None:
    """No clause fails, no label takes over the figure it names, and the same clause gives the same labels."""
    draft = drafted(marked)
    assert draft.labels == drafted(marked).labels
    for label in draft.labels.values():
        for text in (label.zh, label.en):
            assert not set(re.findall(r"\d+", text)) & {"15", "3", "80", "4", "7", "6", "9"}, label
