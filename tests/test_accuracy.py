"""The five seeds against their gold: no score may fall below its committed floor."""

import importlib.util
import json
import sys
from argparse import Namespace
from pathlib import Path
from types import ModuleType

import pytest
from conftest import GOLD, ROOT, SEEDS

from summarizer.engines.offline import OfflineEngine
from summarizer.pipeline import run
from summarizer.reading import read
from summarizer.rendering.json import to_dict, to_json
from summarizer.resources import load_report_type

FLOOR = ROOT / "tests" / "data" / "accuracy_floor.json"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


accuracy = _load()


@pytest.fixture(scope="module")
def briefs() -> list[dict[str, object]]:
    report_type = load_report_type()
    return [json.loads(to_json(run(read(seed), OfflineEngine(), report_type, lambda: 0.0))) for seed in SEEDS]


def test_every_seed_has_gold() -> None:
    """The project holds its own copy."""
    assert accuracy.gold_names(GOLD) == [seed.stem for seed in SEEDS]


def test_no_score_below_its_floor(briefs: list[dict[str, object]]) -> None:
    """Raise the floors with `python benchmarks/accuracy.py --floor tests/data/accuracy_floor.json --update`."""
    _, total = accuracy.score_all(briefs, GOLD)
    floor = json.loads(FLOOR.read_text("utf-8"))
    fallen = accuracy.below(total.scores(), floor)
    assert not fallen, "\n".join([*fallen, *total.notes[:20]])
    assert set(floor) == set(total.scores()), "a score without a floor, or a floor without a score"


def test_damage_is_seen(briefs: list[dict[str, object]]) -> None:
    """A gate that cannot fail is none: each kind of damage lowers its score."""
    name = SEEDS[2].stem
    rows, told = accuracy.load_gold(GOLD, name)
    whole = accuracy.compare(briefs[2], rows, told).scores()
    for score, damage in (
        ("recall", lambda b: b["metrics"].pop(0)),
        ("value", lambda b: b["metrics"][0].update(value="9999")),
        ("unit", lambda b: b["metrics"][0]["unit"].update(zh="亿")),
        ("kind", lambda b: b["metrics"][0].update(kind="target")),
        ("approximate", lambda b: b["metrics"][0].update(qualifier="about")),
        ("label_zh", lambda b: b["metrics"][0]["label"].update(zh="啊")),
        ("english_present", lambda b: b["metrics"][0]["label"].update(en=None)),
        ("sections_1_2", lambda b: b["sections"].clear()),
        ("issuer", lambda b: b["report"]["issuer"].update(zh="x")),
        ("dismissal_reason", lambda b: b["numbers"]["dismissed"].clear()),
        ("precision", lambda b: b["metrics"].append({**b["metrics"][0], "number": {"start": 0, "end": 1}})),
    ):
        damaged = json.loads(json.dumps(briefs[2]))
        damage(damaged)
        assert accuracy.compare(damaged, rows, told).scores()[score] < whole[score], score


def test_floors_are_never_lowered_silently() -> None:
    """A score below its floor is named; a score that is gone counts as zero."""
    assert accuracy.below({"recall": 0.9}, {"recall": 0.95}) == ["recall: 0.9000 is below its floor 0.9500"]
    assert accuracy.below({}, {"recall": 0.95}) == ["recall: 0.0000 is below its floor 0.9500"]
    assert accuracy.below({"recall": 0.95}, {"recall": 0.95}) == []


@pytest.mark.parametrize(
    ("floor", "flags", "code", "left"),
    [
        ({"recall": 0.95}, ["--update"], 1, 0.95),
        ({"recall": 0.85}, ["--update"], 0, 0.9),
        ({"recall": 0.95}, [], 1, 0.95),
        ({"recall": 0.85}, [], 0, 0.85),
        ({"recall": 0.95}, ["--update", "--accept-drops"], 0, 0.9),
        (None, ["--update"], 2, None),
        (None, ["--update", "--accept-drops"], 0, 0.9),
    ],
)
def test_update_of_the_floor_file(
    tmp_path: Path, floor: dict[str, float] | None, flags: list[str], code: int, left: float | None
) -> None:
    """A floor falls only when asked for by name; a file that was removed is not started anew in passing."""
    path = tmp_path / "floor.json"
    if floor is not None:
        path.write_text(json.dumps(floor), "utf-8")
    args = Namespace(floor=path, update="--update" in flags, accept_drops="--accept-drops" in flags)
    assert accuracy._floors(args, {"recall": 0.9}) == code
    assert (json.loads(path.read_text("utf-8"))["recall"] if path.exists() else None) == left


def test_label_likeness_as_the_gold_measures_it() -> None:
    """Worked by hand from gold/labels.py."""
    assert accuracy.alike_zh("行政处罚案件数量", ["行政处罚案件"]) == 1.0
    # Endings are cut bluntly: penalties -> penalt, penalty stays; cases -> cas, case stays. One of three is shared.
    assert accuracy.alike_en("Number of administrative penalty cases", ["administrative penalties, case"]) == 1 / 3
    assert accuracy.alike_en("Number of penalties", ["penalties", "fines"]) == 1.0
    assert accuracy.alike_zh("甲", ["乙"]) == 0.0


def test_dict_and_json_are_one() -> None:
    """Benchmarks that skip the text see the same object."""
    brief = run(read(SEEDS[0]), OfflineEngine(), load_report_type(), lambda: 0.0)
    assert json.loads(json.dumps(to_dict(brief))) == json.loads(to_json(brief))
