"""The conversation: faulty items alone are asked for again, at most twice, and nothing good is lost to what is bad."""

import copy
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from benchmarks.rule_answers import HONEST as HONEST_LENGTHS
from benchmarks.rule_answers import answer
from summarizer import reading, resources
from summarizer.brief import BriefData
from summarizer.chunks import pack, pieces
from summarizer.dialogue import NoShelf, Terms, converse
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.protocol import Draft
from summarizer.engines.reader import LlmEngine
from summarizer.errors import EngineOutputError, EngineUnavailableError
from summarizer.pipeline import read_report, run
from summarizer.prompting import Message

SHORT = (Path(__file__).parent / "data" / "reports" / "short.txt").read_text("utf-8")
REPORT = reading.read_text(SHORT + "完善各项制度，规范执法行为。\n" * 30, "short")  # too long for one call
READING = read_report(REPORT)
TYPE = resources.load_report_type(resources.DEFAULT_TYPE)
PROMPTS = resources.load_prompts()
OFFLINE = OfflineEngine().draft(READING, TYPE)

OVERVIEW = "overview"
WORK, PLAN = (c.name for c in pack(READING, pieces(READING)))

HONEST: dict[str, Any] = {
    WORK: {
        "labels": [
            {"id": n, "zh": f"指标{c}", "en": f"Indicator {e}"}
            for n, (c, e) in enumerate(zip("甲乙丙丁戊己", "PQRSTU", strict=True), 1)
        ],
        "titles": [{"section": n, "en": f"Heading {c}"} for n, c in enumerate("abc", 1)],
        "summaries": [
            {
                "section": 2,
                "zh": "办理行政处罚案件[1]，罚款[2]。",
                "en": "It handled [1] cases with fines of [2].",
                "sentences": [3],
            },
            {"section": 3, "zh": "受理信访投诉[4]。", "en": "It accepted [4] complaints.", "sentences": [5]},
        ],
    },
    PLAN: {
        "labels": [{"id": 1, "zh": "新建监测站点目标", "en": "Planned new monitoring stations"}],
        "titles": [{"section": 1, "en": "Next steps"}],
        "summaries": [
            {"section": 1, "zh": "力争新建站点[1]。", "en": "It aims to build [1] stations.", "sentences": [2]}
        ],
    },
    OVERVIEW: {
        "lines": [
            "text|1|办理案件[1]。|It handled [1] cases.",
            "achievements|2",
            "problems|",
            "plans|3",
            "highlights|3",
        ]
    },
}


class _NoTokens:
    prompt = cached = completion = 1


@dataclass
class _Answer:
    value: BaseModel
    usage: type[_NoTokens] = _NoTokens
    requests: int = 1


@dataclass
class Scripted:
    """A model that answers by the name of the call: what `say(name, honest)` gives, or the honest answer."""

    say: Callable[[str, dict[str, Any]], Any] = lambda name, honest: honest
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, messages: Sequence[Message], response_model: type[BaseModel], *, name: str) -> _Answer:
        self.asked.append((name, messages[-1]["content"]))
        call = name.partition(",")[0].removeprefix("section ")
        told = self.say(name, copy.deepcopy(HONEST[call]))
        if isinstance(told, Exception):
            raise told
        return _Answer(response_model.model_validate(told))

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]


def _converse(model: Scripted, side_by_side: Any = map) -> Draft:
    return converse(READING, Terms(TYPE, PROMPTS, "test"), model, lambda: OFFLINE, NoShelf(), side_by_side)


def _in_work(change: Callable[[dict[str, Any]], object], *, once: bool = False) -> Callable[[str, dict[str, Any]], Any]:
    def say(name: str, honest: dict[str, Any]) -> Any:
        if name.startswith(f"section {WORK}") and not (once and "repair" in name):
            change(honest)
        return honest

    return say


def test_honest_answers_need_one_call_each() -> None:
    """Nothing is asked again and nothing is wrong."""
    model = Scripted()
    draft = _converse(model)
    assert model.names() == [f"section {WORK}", f"section {PLAN}", "overview"]
    assert draft.faults == ()
    assert (draft.usage.requests, draft.usage.retries, draft.usage.completion) == (3, 0, 3)
    assert draft.labels[0].zh == "指标甲"
    assert draft.sections["1.1"].summary is not None
    assert draft.sections["1.1"].summary.zh == "办理行政处罚案件⟦0⟧，罚款⟦1⟧。"
    assert draft.overview.achievements[0] == draft.sections["1.2"].summary
    assert draft.overview.plans == (draft.overview.fields["highlights"],) == (draft.sections["2"].summary,)


def test_repair_asks_for_the_faulty_item_only() -> None:
    """The complaint names the item and nothing else; what is mended leaves no fault."""
    model = Scripted(_in_work(lambda a: a["labels"][1].update(zh="罚款138万元"), once=True))
    draft = _converse(model)
    assert model.names() == [f"section {WORK}", f"section {WORK}, repair 1", f"section {PLAN}", "overview"]
    complaint = model.asked[1][1]
    assert "label 2" in complaint
    assert not re.search(r"label [13-6]|title|summary [0-9]", complaint)
    assert draft.faults == ()
    assert draft.labels[1].zh == "指标乙"
    assert draft.usage.retries == 1


def test_repair_cannot_change_what_was_right() -> None:
    """Items that were not asked for again are passed over in a repair."""

    def say(name: str, honest: dict[str, Any]) -> Any:
        if "repair" in name:
            honest["labels"][0]["zh"] = "别的东西"
        elif WORK in name:
            honest["labels"][1]["zh"] = "罚款138万元"
        return honest

    assert _converse(Scripted(say)).labels[0].zh == "指标甲"


def test_at_most_two_repairs_then_offline_label() -> None:
    """A stubborn fault costs two more calls; the offline label stands in and a fault is told."""
    model = Scripted(_in_work(lambda a: a["labels"][1].update(zh="罚款138万元")))
    draft = _converse(model)
    assert sum(WORK in n for n in model.names()) == 3
    assert draft.labels[1] == OFFLINE.labels[1]
    assert draft.labels[0].zh == "指标甲"
    assert [(f.code, f.quantity, f.section) for f in draft.faults] == [("written_number", 1, "1.1")]


def test_faulty_summary_is_kept_and_marked() -> None:
    """Prose that stays wrong is shown, with marks over what is wrong; its neighbours are untouched."""
    model = Scripted(_in_work(lambda a: a["summaries"][0].update(zh="办理案件十六件，罚款[2]。")))
    summary = _converse(model).sections["1.1"].summary
    assert summary is not None
    assert {summary.zh[m.start : m.end] for m in summary.marks if m.lang == "zh"} == {"十六件"}
    other = _converse(model).sections["1.2"].summary
    assert other is not None
    assert other.marks == ()


@pytest.mark.parametrize("call", [WORK, PLAN])
def test_failing_chunk_leaves_the_others_whole(call: str) -> None:
    """One call without a usable answer: its units fall back to the offline engine, the rest is the model's."""
    model = Scripted(lambda name, honest: EngineOutputError("no JSON") if name == f"section {call}" else honest)
    draft = _converse(model)
    failed = {f.section for f in draft.faults if f.failed}
    assert failed == ({"1", "1.1", "1.2"} if call == WORK else {"2"})
    kept = draft.labels[6] if call == WORK else draft.labels[0]
    assert kept.en == ("Planned new monitoring stations" if call == WORK else "Indicator P")
    lost = 0 if call == WORK else 6
    assert draft.labels[lost] == OFFLINE.labels[lost]


def test_failing_repair_takes_nothing_away() -> None:
    """The first answer stands when asking again fails."""

    def say(name: str, honest: dict[str, Any]) -> Any:
        if "repair" in name:
            return EngineOutputError("nothing")
        if WORK in name:
            honest["summaries"][0]["zh"] = "办理案件十六件，罚款[2]。"
        return honest

    summary = _converse(Scripted(say)).sections["1.1"].summary
    assert summary is not None
    assert summary.marks


def test_unavailable_endpoint_ends_the_conversation() -> None:
    """What will not come back is raised, not told as a fault."""
    with pytest.raises(EngineUnavailableError):
        _converse(Scripted(lambda name, honest: EngineUnavailableError("no such model")))


@pytest.mark.parametrize("why", ["target", "actual", "direction", "not_a_metric"])
def test_disputes_are_kept_with_the_figure(why: str) -> None:
    """A dispute is told with its figure; only what is no statistic needs no label."""

    def change(answer: dict[str, Any]) -> None:
        answer["disputes"] = [{"id": "2", "why": why, "note": "see the clause"}]
        answer["labels"] = [one for one in answer["labels"] if one["id"] != 2]

    model = Scripted(_in_work(change))
    draft = _converse(model)
    assert "see the clause" in (draft.labels[1].dispute or "")
    assert draft.labels[1].zh == OFFLINE.labels[1].zh
    assert sum(WORK in n for n in model.names()) == (1 if why == "not_a_metric" else 3)


def test_disputes_about_nothing_are_passed_over() -> None:
    """An id outside the call disputes nothing."""
    model = Scripted(
        _in_work(lambda a: a.update(disputes=[{"id": 99, "why": "not_a_metric"}, {"id": 0, "why": "target"}]))
    )
    assert not any(label.dispute for label in _converse(model).labels.values())


def test_first_answer_for_an_id_counts() -> None:
    """A second label for the same id cannot slip in behind a checked one."""
    model = Scripted(_in_work(lambda a: a["labels"].append({"id": 1, "zh": "罚款999件", "en": "x 999"})))
    assert _converse(model).labels[0].zh == "指标甲"


def test_order_of_items_and_of_calls_does_not_matter() -> None:
    """Answers in any order, calls finished in any order: the same draft."""

    def shuffled(name: str, honest: dict[str, Any]) -> Any:
        for value in honest.values():
            if isinstance(value, list):
                random.Random(name).shuffle(value)
        return honest

    def backwards(read: Any, plan: Any) -> list[Any]:
        return [read(c) for c in reversed(list(plan))][::-1]

    assert _converse(Scripted(shuffled), backwards) == _converse(Scripted())


def test_overview_falls_back() -> None:
    """No usable overview: the offline one stands and a fault says so; a faulty text is kept and marked."""
    draft = _converse(Scripted(lambda name, honest: EngineOutputError("none") if name == "overview" else honest))
    assert draft.overview == OFFLINE.overview
    assert [(f.code, f.section, f.failed) for f in draft.faults] == [("no_answer", None, True)]

    def say(name: str, honest: dict[str, Any]) -> Any:
        if name.startswith("overview"):
            honest["lines"][0] = "text|1|办理案件[1]。|It handled sixteen cases."
        return honest

    model = Scripted(say)
    draft = _converse(model)
    assert sum(n.startswith("overview") for n in model.names()) == 3
    assert {draft.overview.text.en[m.start : m.end] for m in draft.overview.text.marks if m.lang == "en"} >= {"sixteen"}


def test_sentences_that_do_not_exist_are_asked_for_again() -> None:
    """An overview that points beyond the summaries: named, asked again, and what stays wrong is left out and told."""
    wrong = ["text|1|办理案件[1]。|It handled [1] cases.", "achievements|2,99", "problems|", "plans|3", "highlights|"]

    def say(name: str, honest: dict[str, Any]) -> Any:
        return {"lines": wrong} if name == "overview" or (stubborn and name.startswith("overview")) else honest

    stubborn = False
    mended = Scripted(say)
    assert _converse(mended).overview == _converse(Scripted()).overview
    complaint = mended.asked[-1][1]
    assert "achievements (2, 99): there is no sentence 99; they are numbered 1 to 3" in complaint
    assert "highlights" in complaint
    assert "plans" not in complaint
    stubborn = True
    draft = _converse(Scripted(say))
    assert draft.overview.achievements == (draft.sections["1.2"].summary,)
    assert draft.overview.fields == {}
    assert [(f.code, f.message) for f in draft.faults] == [
        ("unknown_reference", "overview achievements: points at a sentence that does not exist; left out"),
        ("missing_item", "overview highlights: is missing; it stays empty"),
    ]


def test_an_overview_waits_for_summaries_only() -> None:
    """It is asked for before calls that ask for nothing but labels, whoever is slow; the draft is the same."""
    figures = "".join(
        f"检查{kind}类企业{n}家，" for n, kind in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", 101)
    )
    report = read_report(
        reading.read_text(f"某局报告\n一、工作\n（一）检查。{figures * 2}完。\n（二）学习。学习文件。\n", "t")
    )
    plan = pack(report, pieces(report))
    assert [bool(c.told) for c in plan].count(False) >= 1
    asked: list[str] = []

    class Model:
        def ask(self, messages: Sequence[Message], response_model: type[BaseModel], *, name: str) -> _Answer:
            asked.append(name)
            return _Answer(response_model.model_validate(answer({"messages": messages}, HONEST_LENGTHS).value))

    terms = Terms(TYPE, PROMPTS, "test")
    draft = converse(report, terms, Model(), lambda: OfflineEngine().draft(report, TYPE), NoShelf())
    assert asked.index("overview") == sum(bool(c.told) for c in plan)
    assert len(asked) == len(plan) + 1
    assert draft.faults == ()
    backwards = converse(
        report,
        terms,
        Model(),
        lambda: OfflineEngine().draft(report, TYPE),
        NoShelf(),
        lambda read, plan: [read(c) for c in reversed(list(plan))][::-1],
    )
    assert backwards == draft


def test_references_of_the_report_itself_are_no_references() -> None:
    """A model that writes our inner brackets points at nothing."""
    model = Scripted(_in_work(lambda a: a["summaries"][0].update(zh="办理案件⟦3⟧，罚款[2]。")))
    summary = _converse(model).sections["1.1"].summary
    assert summary is not None
    assert "⟦3⟧" not in summary.zh


def _brief(model: Scripted, **options: Any) -> BriefData:
    engine = LlmEngine(model, PROMPTS, model_name="scripted", host=None, **options)
    return run(REPORT, engine, TYPE, lambda: 0.0)


def test_briefs_do_not_depend_on_threads() -> None:
    """One call at a time or eight: the same brief."""
    assert _brief(Scripted(), most=1) == _brief(Scripted(), most=8)


def test_failed_section_is_told_as_failed() -> None:
    """The brief names it, its metrics are unverified, and the others stay verified."""
    model = Scripted(lambda name, honest: EngineOutputError("none") if name == f"section {PLAN}" else honest)
    brief = _brief(model)
    assert next(s.status for s in brief.sections if s.id == "2") == "failed"
    assert brief.metrics[6].status == "unverified"
    assert json.dumps([f.code for f in brief.findings if f.severity == "error"]) == '["section_failed"]'
