"""Summaries of the offline engine: which sentences are told, and how they read in English."""

import re
from pathlib import Path

import pytest
from conftest import make_reading, read_marked

from summarizer.document import Numbers, Section, Span
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.offline.telling import LEFT_OUT, ROUGH, Teller
from summarizer.engines.offline.translation import Translator
from summarizer.engines.protocol import Draft, DraftProse
from summarizer.filling import REFERENCE
from summarizer.known_numbers import known_numbers, strangers
from summarizer.pipeline import read_report
from summarizer.reading import read_path
from summarizer.resources import load_report_type

TYPE = load_report_type()
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
TRANSLATOR = Translator(TYPE.glossary, TYPE.readings)


def proses(draft: Draft) -> list[DraftProse]:
    overview = draft.overview
    found = [overview.text, *overview.achievements, *overview.problems, *overview.plans]
    return found + [s.summary for s in draft.sections.values() if s.summary is not None]


def told(marked: str) -> DraftProse:
    return OfflineEngine().draft(read_marked(marked), TYPE).overview.achievements[0]


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_both_languages_refer_to_the_same_figures(path: Path) -> None:
    draft = OfflineEngine().draft(read_report(read_path(path)), TYPE)
    for prose in proses(draft):
        assert sorted(REFERENCE.findall(prose.zh)) == sorted(REFERENCE.findall(prose.en)), prose
        assert prose.zh.strip()
        assert prose.en.strip()


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_no_prose_holds_a_figure_outside_a_reference(path: Path) -> None:
    reading = read_report(read_path(path))
    known = known_numbers(reading)
    for prose in proses(OfflineEngine().draft(reading, TYPE)):
        for text in (prose.zh, prose.en):
            assert strangers(REFERENCE.sub(" ", text), known) == [], text


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_a_report_is_told_the_same_way_every_time(path: Path) -> None:
    reading = read_report(read_path(path))
    assert OfflineEngine().draft(reading, TYPE) == OfflineEngine().draft(reading, TYPE)


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_a_sentence_begins_with_a_capital_and_ends_with_a_stop(path: Path) -> None:
    for prose in proses(OfflineEngine().draft(read_report(read_path(path)), TYPE)):
        assert prose.en.rstrip()[-1] in ".!?]", prose.en
        assert not re.match("[a-z]", prose.en), prose.en
        assert "  " not in prose.en
        assert '""' not in prose.en


@pytest.mark.parametrize(
    ("marked", "en"),
    [
        ("全年办理行政处罚案件[15件]。", "⟦0⟧ administrative penalty cases were handled."),
        ("全年办结行政复议案件[1件]。", "⟦0⟧ administrative reconsideration case was concluded."),
        ("行政许可按时办结率[100%]。", "The on-time completion rate of administrative licenses was ⟦0⟧."),
        (
            "PM2.5浓度[44μg/m3]，同比下降[10.2%|kind=change direction=down]。",
            "PM2.5 concentration was ⟦0⟧, down ⟦1⟧ year on year.",
        ),
        ("出动执法人员[620人次]。", "The number of law enforcement officers dispatched was ⟦0⟧."),
        (
            "PM2.5浓度[44μg/m3]，五区第[4名|kind=rank]，"
            "同比改善[10.2%|kind=change direction=down]，五区第[1名|kind=rank]。",
            "PM2.5 concentration was ⟦0⟧, ranking ⟦1⟧ among the five districts, down ⟦2⟧ year on year, "
            "with the improvement ranking ⟦3⟧ among the five districts.",
        ),
        (
            "综合指数[4.73]，五区第[1名|kind=rank]。同比改善[8.2%|kind=change direction=down]。",
            "The comprehensive index was ⟦0⟧, ranking ⟦1⟧ among the five districts.",
        ),
        (
            "对[143件]督察交办问题中已完结具备销号条件的案件开展销号工作。",
            "There were ⟦0⟧ problems assigned by inspection teams.",
        ),
        ("下达通知书[290件|qualifier=over]。", "The number of notices issued was ⟦0⟧."),
        ("确保按时办结率[98%|kind=target]。", "The target for on-time completion rate is ⟦0⟧."),
    ],
)
def test_how_a_figure_is_told(marked: str, en: str) -> None:
    assert told(marked).en == en


def test_a_topic_just_told_is_not_told_again() -> None:
    en = told("办理行政处罚案件[15件]，罚款[80万元|value=800000 unit=元]。").en
    assert en == "⟦0⟧ administrative penalty cases were handled, and the fines amounted to ⟦1⟧."


def test_a_heading_pieced_together_is_said_to_be_rough() -> None:
    reading = make_reading("", Numbers((), ()), ())
    teller = Teller(reading, {}, TRANSLATOR)
    assert teller.heading("强化执法监管") == "Strengthening law enforcement and oversight"
    assert teller.heading("坚持严格执法，在“严”上见实效").endswith(ROUGH)


def test_among_whom_it_was_ranked_is_not_what_changed() -> None:
    reading = read_marked("综合指数[4.73]，五区第[1名|kind=rank]。同比改善[8.2%|kind=change direction=down]。")
    labels = OfflineEngine().draft(reading, TYPE).labels
    assert labels[2].en == "Year-on-year change in comprehensive index"


def test_of_sentences_in_the_same_words_the_best_opens_the_overview() -> None:
    same = "，同比改善[10.2%|kind=change direction=down]，五区第[1名|kind=rank]。"
    reports = "".join(f"{name}浓度[44μg/m3]{same}" for name in ("PM2.5", "PM10", "O3"))
    reading = read_marked(f"{reports}办理行政处罚案件[5件]，罚款[8万元|value=80000 unit=元]。")
    assert "办理行政处罚案件" in OfflineEngine().draft(reading, TYPE).overview.text.zh


def test_what_cannot_be_told_in_english_is_said_to_be_left_out() -> None:
    text = "一、总体情况\n加强组织领导，饕餮魑魅魍魉而后已矣焉哉乎也者之谓欤。"
    section = Section("1", 1, "一、", "总体情况", 0, 6, len(text))
    reading = make_reading(text, Numbers((), ()), (section,))
    summary = OfflineEngine().draft(reading, TYPE).sections["1"].summary
    assert summary is not None
    assert summary.en == f"Work included strengthening organizational leadership {LEFT_OUT}."


def test_the_overview_leaves_plans_and_problems_to_their_own_lists() -> None:
    done, planned = "全年办理案件[5件]，成效明显。", "明年力争办理案件[9件]，成效更加明显。"
    reading = read_marked(done + planned)
    start = reading.document.text.index("明年")
    reading = type(reading)(
        **{
            **{name: getattr(reading, name) for name in reading.__slots__},
            "plans": (Span(start, len(reading.document.text)),),
        }
    )
    overview = OfflineEngine().draft(reading, TYPE).overview
    assert [REFERENCE.findall(p.zh) for p in overview.achievements] == [["0"]]
    assert [REFERENCE.findall(p.zh) for p in overview.plans] == [["1"]]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("深化行政执法体制改革", "deepening reform of the administrative law enforcement system"),
        ("加大重点领域执法力度", "stepping up law enforcement in key fields"),
        ("强化排查整治", "strengthening screening and rectification"),
        ("加强学习宣传引领", "strengthening study, publicity and guidance"),
        ("帮助企业完成信用修复", "helping enterprises to complete credit restoration"),
        ("将培训经费列入年度财政预算", "including training funds in annual fiscal budgets"),
        ("执法能力有待提升", "law enforcement capacity needs improvement"),
        ("党对法治政府建设的领导", "leadership of the Party over building of a law-based government"),
        ("川渝跨界流域水环境联合执法检查", None),
        ("依法深入打好污染防治攻坚战", None),
    ],
)
def test_headings(zh: str, en: str | None) -> None:
    """A heading is a phrase without Han characters, brackets or a preposition at its end."""
    told = TRANSLATOR.heading(zh)
    assert en is None or told == en
    assert not re.search("[\u3400-\u9fff\\[\\]]", told)
    assert not re.search(r" (?:of|for|in|to|on|and)$", told)
