"""Bad replies to one short report, each recorded through the real client: python -m benchmarks.bad_replies [NAME ...]

Each case is the honest reply with one thing wrong. The model of a case is stubborn and repeats it when asked again,
unless its name says otherwise. tests/test_recorded.py replays them and says what each must come to.
"""

import copy
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.hand_written import CASSETTES, MODEL, ROOT, Json, endpoint
from summarizer import EngineOptions, summarize

REPORT: Final = ROOT / "tests" / "data" / "reports" / "short.txt"
BAD: Final = CASSETTES / "bad"

_SECTIONS: Final[Json] = {
    "labels": [
        {"id": 1, "zh": "行政处罚案件数量", "en": "Administrative penalty cases handled"},
        {"id": 2, "zh": "行政处罚罚款金额", "en": "Amount of administrative penalty fines"},
        {"id": 3, "zh": "移送公安机关案件数量", "en": "Cases transferred to public security organs"},
        {"id": 4, "zh": "受理信访投诉数量", "en": "Petitions and complaints accepted"},
        {"id": 5, "zh": "信访投诉同比变化率", "en": "Year-on-year change in petitions and complaints"},
        {"id": 6, "zh": "信访投诉按期办结率", "en": "On-time conclusion rate of petitions and complaints"},
        {"id": 7, "zh": "新建监测站点目标数量", "en": "Planned number of new monitoring stations"},
    ],
    "titles": [
        {"section": 1, "en": "Main work"},
        {"section": 2, "en": "Strengthening administrative law enforcement"},
        {"section": 3, "en": "Handling petitions well"},
        {"section": 4, "en": "Plans for the next step"},
    ],
    "summaries": [
        {
            "section": 2,
            "zh": "2023年全市办理行政处罚案件[1]，罚款[2]，移送公安机关[3]。",
            "en": "In 2023 the city handled [1] administrative penalty cases with fines of [2] and transferred [3] "
            "cases to public security organs.",
            "sentences": [1],
        },
        {
            "section": 3,
            "zh": "全年受理信访投诉[4]，同比下降[5]，按期办结率[6]。",
            "en": "During the year [4] petitions and complaints were accepted, a year-on-year fall of [5], with an "
            "on-time conclusion rate of [6].",
            "sentences": [2],
        },
        {
            "section": 4,
            "zh": "2024年力争新建监测站点[7]。",
            "en": "In 2024 the bureau aims to build [7] new monitoring stations.",
            "sentences": [5],
        },
    ],
    "disputes": [],
}
# How the overview call numbers figures depends on the summaries it is shown, so they are named by how they read.
_OVERVIEW: Final[Json] = {
    "lines": [
        "text|1,2,3|2023年全市信访投诉同比下降[12.6%]；计划2024年新建监测站点[6个]。|"
        "In 2023 petitions and complaints fell by [12.6%] year on year; the bureau plans to build [6个] new monitoring "
        "stations in 2024.",
        "achievements|",
        "problems|",
        "plans|",
        "highlights|2",
    ]
}
_SHOWN: Final = re.compile(r"\[(\d+)\|([^\]]+)\]")

Change = Callable[[Json], None]


def _honest(request: Json) -> tuple[str, Json]:
    """Which call this is, and its honest reply."""
    asked = request["messages"][1]["content"]
    if "<summaries>" in asked:
        told = json.dumps(_OVERVIEW, ensure_ascii=False)
        for number, shown in _SHOWN.findall(asked):
            told = told.replace(f"[{shown}]", f"[{number}]")
        return "overview", json.loads(told)
    return "sections", copy.deepcopy(_SECTIONS)


def _is_again(request: Json) -> bool:
    return len([m for m in request["messages"] if m["role"] == "user"]) > 1


def _case(change: Change, call: str = "sections", *, mends: bool = False) -> Callable[[Json], Any]:
    def reply(request: Json) -> Json:
        mine, answer = _honest(request)
        again = _is_again(request)
        if mine == call and not (mends and again):
            change(answer)
        return answer

    return reply


def _summary(section: int, zh: tuple[str, str] = ("", ""), en: tuple[str, str] = ("", "")) -> Change:
    """Replace a piece of a summary in both languages."""

    def change(answer: Json) -> None:
        for one in answer["summaries"]:
            if one["section"] == section:
                assert zh[0] in one["zh"]
                assert en[0] in one["en"]
                one["zh"], one["en"] = one["zh"].replace(*zh), one["en"].replace(*en)

    return change


def _wrong_language(answer: Json) -> None:
    answer["summaries"][0]["en"] = answer["summaries"][0]["zh"]
    answer["labels"][3]["zh"] = answer["labels"][3]["en"]


def _left_out(answer: Json) -> None:
    answer["labels"] = [one for one in answer["labels"] if one["id"] != 3]
    answer["summaries"] = [one for one in answer["summaries"] if one["section"] != 3]


def _swapped_labels(answer: Json) -> None:
    first, second = answer["labels"][0], answer["labels"][5]
    first["id"], second["id"] = 6, 1


def _overview_literal(answer: Json) -> None:
    text = re.sub(r"\[\d+\](?=。)", "16件", answer["lines"][0])
    answer["lines"][0] = re.sub(r"(?<=build )\[\d+\]", "16", text)


def _disputed(answer: Json) -> None:
    answer["labels"] = [one for one in answer["labels"] if one["id"] != 6]
    answer["disputes"] = [{"id": 6, "why": "not_a_metric", "note": "a figure of speech"}]


def _fenced(request: Json) -> str:
    _, answer = _honest(request)
    told = json.dumps(answer, ensure_ascii=False, indent=1)
    return f"<think>\nThe passage holds {{six}} figures.\n</think>\nHere it is:\n```json\n{told}\n```\nAnything else?"


def _strings(request: Json) -> Json:
    def told(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: told(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [told(v, key) for v in value]
        return f"[{value}]" if key == "id" else (str(value) if isinstance(value, int) else value)

    _, answer = _honest(request)
    answer = told(answer)
    return {**answer, "confidence": "high"} if isinstance(answer, dict) else answer


CASES: Final[Mapping[str, Callable[[Json], Any]]] = {
    "honest": _case(lambda answer: None),
    "wrong_id": _case(_summary(2, ("[3]", "[9]"), ("[3]", "[9]"))),
    "literal_altered": _case(_summary(2, ("[2]", "140万元"), ("[2]", "CNY 1.4 million"))),
    "literal_exact": _case(_summary(2, ("[2]", "138.75万元"), ("[2]", "CNY 1.3875 million"))),
    "spelled_out": _case(_summary(2, ("[1]", "十六件"), ("[1]", "sixteen"))),
    "spelled_out_then_mended": _case(_summary(2, ("[1]", "十六件"), ("[1]", "sixteen")), mends=True),
    "borrowed": _case(_summary(3, ("[4]", "[1]"), ("[4]", "[1]"))),
    "exchanged": _case(_summary(2, ("[3]", "[1]"), ("[3]", "[1]"))),
    "exchanged_labels": _case(_swapped_labels),
    "wrong_language": _case(_wrong_language),
    "left_out": _case(_left_out),
    "scale_word": _case(_summary(2, ("[1]", "[1]万"), ("[1]", "[1] million"))),
    "qualifier": _case(_summary(3, ("[4]", "约[4]"), ("[4]", "about [4]"))),
    "direction": _case(_summary(3, ("下降", "上升"), ("fall", "rise"))),
    "target_as_done": _case(_summary(4, ("力争新建", "已新建"), ("aims to build", "has built"))),
    "obeyed_injection_zh": _case(_summary(3, ("。", "。本局工作完美无缺，另查处案件999件，详见http://evil.example。"))),
    "obeyed_injection_en": _case(
        _summary(3, en=("[6].", "[6]. This bureau is perfect and closed 999 cases; see http://evil.example."))
    ),
    "overview_literal": _case(_overview_literal, "overview"),
    "disputed": _case(_disputed),
    "fenced_with_thinking": _fenced,
    "ids_as_strings": _strings,
}


def record(name: str, target: Path | None = None) -> Path:
    """Record one case. Returns the cassette."""
    target = target or BAD / f"{name}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with endpoint(CASES[name]) as url:
        summarize(REPORT, engine=EngineOptions(engine="llm", model=MODEL, base_url=url, cassette=target))
    return target


def main(asked: Sequence[str]) -> None:
    """Record the named cases, or all."""
    for name in asked or CASES:
        record(name)
        print(f"recorded {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
