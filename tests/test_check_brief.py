"""A saved brief against its report: untouched it passes, and every kind of damage is seen."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import SEEDS, make_type

from summarizer.brief import BriefData, Severity
from summarizer.engines.offline import OfflineEngine
from summarizer.pipeline import run
from summarizer.reading import read
from summarizer.rendering.json import from_json, to_json
from summarizer.verification import check_brief

Json = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> tuple[BriefData, str]:
    document = read(SEEDS[2])
    return run(document, OfflineEngine(), make_type(), lambda: 0.0), document.text


@pytest.mark.parametrize("seed", SEEDS, ids=lambda s: s.stem[:3])
def test_an_untouched_brief_passes(seed: Any) -> None:
    """Saved, loaded and checked: nothing to report."""
    document = read(seed)
    brief = run(document, OfflineEngine(), make_type(), lambda: 0.0)
    assert check_brief(from_json(to_json(brief)), document.text) == ()


def _told(d: Json) -> Json:
    return next(s["summary"] for s in d["sections"] if s["summary"] and s["summary"]["figures"])


def _shift(d: Json) -> None:
    figure = next(f for f in _told(d)["figures"] if f["en"])
    figure["en"] = [figure["en"][0] + 1, figure["en"][1] + 1]


DAMAGE: list[tuple[str, Callable[[Json], object]]] = [
    ("value", lambda d: d["metrics"][0].update(value="5")),
    ("value by 10000", lambda d: next(m for m in d["metrics"] if "万" in m["raw"]).update(value="7654.8")),
    ("raw", lambda d: d["metrics"][0].update(raw="9次")),
    ("unit", lambda d: d["metrics"][0]["unit"].update(zh="件")),
    ("direction", lambda d: next(m for m in d["metrics"] if m["direction"] == "down").update(direction="up")),
    ("kind", lambda d: d["metrics"][0].update(kind="target")),
    ("qualifier", lambda d: next(m for m in d["metrics"] if m["qualifier"]).update(qualifier=None)),
    ("english display", lambda d: d["metrics"][0]["display"].update(en="40")),
    ("number moved", lambda d: d["metrics"][0]["number"].update(start=d["metrics"][0]["number"]["start"] + 1)),
    ("quote", lambda d: d["metrics"][0]["evidence"].update(quote="别的句子。")),
    ("quote moved", lambda d: d["metrics"][0]["evidence"].update(start=d["metrics"][0]["evidence"]["start"] - 1)),
    ("metric gone", lambda d: d["metrics"].pop(3)),
    ("metric twice", lambda d: d["metrics"].append(d["metrics"][0])),
    ("metric in another section", lambda d: d["metrics"][0].update(section=d["sections"][-1]["id"])),
    ("dismissed raw", lambda d: d["numbers"]["dismissed"][0].update(raw="x")),
    ("dismissed gone", lambda d: d["numbers"]["dismissed"].pop(0)),
    ("section out of bounds", lambda d: d["sections"][-1].update(end=10**6)),
    ("section marker", lambda d: d["sections"][2].update(number="九十九、")),
    ("figure moved", _shift),
    ("figure of no metric", lambda d: _told(d)["figures"][0].update(metric="m999")),
    ("prose rewritten", lambda d: _told(d).update(en="9" * len(_told(d)["en"]))),
    ("prose quote", lambda d: _told(d)["evidence"][0].update(quote="别的句子。")),
    ("length", lambda d: d["source"].update(characters=1)),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGE, ids=[name for name, _ in DAMAGE])
def test_damage_is_found(made: tuple[BriefData, str], name: str, damage: Callable[[Json], object]) -> None:
    """Each altered field gives an error."""
    brief, text = made
    told = json.loads(to_json(brief))
    damage(told)
    findings = check_brief(from_json(json.dumps(told)), text)
    assert findings, name
    assert {f.severity for f in findings} == {Severity.ERROR}


def test_every_changed_digit_of_the_report_is_found(made: tuple[BriefData, str]) -> None:
    """A report altered after its brief was made: any digit of any figure, same length."""
    brief, text = made
    missed = []
    for m in brief.metrics:
        at = m.number.start
        if not text[at].isdigit():
            continue
        other = text[:at] + ("8" if text[at] != "8" else "3") + text[at + 1 :]
        if not check_brief(brief, other):
            missed.append(m.id)
    assert missed == []
