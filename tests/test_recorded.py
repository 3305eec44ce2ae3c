"""Recorded conversations, replayed through the public API and the command line: honest replies and bad ones."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from summarizer import Brief, EngineOptions, summarize
from summarizer.cli.main import main
from summarizer.errors import CassetteMissError

ROOT = Path(__file__).parent.parent
CASSETTES = ROOT / "tests" / "cassettes"
HONEST = sorted(CASSETTES.glob("*.yaml"))
REPORT = ROOT / "tests" / "data" / "reports" / "short.txt"

# What each bad reply comes to: requests and retries; marks (place, language, code, text); findings (severity, code,
# section, metric); statuses other than ok and verified.
EXPECTED: dict[str, dict[str, Any]] = {
    "honest": {"asked": (2, 0)},
    "fenced_with_thinking": {"asked": (2, 0)},
    "ids_as_strings": {"asked": (2, 0)},
    "literal_exact": {"asked": (2, 0)},
    "spelled_out_then_mended": {"asked": (3, 1)},
    "wrong_id": {
        "asked": (4, 2),
        "marks": {("1.1", "zh", "unknown_reference", "[9]"), ("1.1", "en", "unknown_reference", "[9]")},
        "findings": {("warning", "unknown_reference", "1.1", None)},
        "statuses": {"1.1": "findings"},
    },
    "literal_altered": {
        "asked": (4, 2),
        "marks": {("1.1", "zh", "written_number", "140万元"), ("1.1", "en", "written_number", "1.4")},
        "findings": {("warning", "written_number", "1.1", None), ("error", "number_in_prose", "1.1", None)},
        "statuses": {"1.1": "findings"},
    },
    "spelled_out": {
        "asked": (4, 2),
        "marks": {("1.1", "zh", "written_number", "十六件"), ("1.1", "en", "written_number", "sixteen")},
        "findings": {("warning", "written_number", "1.1", None)},
        "statuses": {"1.1": "findings"},
    },
    "borrowed": {
        "asked": (4, 2),
        "marks": {("1.2", "zh", "foreign_reference", "15件"), ("1.2", "en", "foreign_reference", "15")},
        "findings": {
            ("warning", "foreign_reference", "1.2", None),
            ("warning", "unsupported", "1.2", "m1"),
            ("warning", "unsupported", None, "m1"),  # the overview points at that sentence
        },
        "statuses": {"1.2": "findings", "m1": "unverified"},
    },
    "exchanged": {
        "asked": (2, 0),
        "findings": {("warning", "unsupported", "1.1", "m1")},
        "statuses": {"1.1": "findings", "m1": "unverified"},
    },
    "exchanged_labels": {
        "asked": (2, 0),
        "findings": {
            ("warning", "unsupported_label", None, "m1"),
            ("warning", "unsupported_label", None, "m6"),
            ("info", "second_reader", None, "m1"),
            ("info", "second_reader", None, "m6"),
        },
        "statuses": {"m1": "unverified", "m6": "unverified"},
    },
    "wrong_language": {
        "asked": (4, 2),
        "marks": {("1.1", "en", "language", "年全市办理行政处罚案件"), ("1.1", "en", "written_number", "2023")},
        "findings": {("warning", "written_number", "1.1", None), ("warning", "language", "1.2", "m4")},
        "statuses": {"1.1": "findings", "1.2": "findings", "m4": "unverified"},
    },
    "left_out": {
        "asked": (4, 2),
        "findings": {("warning", "missing_item", "1.1", "m3"), ("warning", "missing_item", "1.2", None)},
        "statuses": {"1.1": "findings", "1.2": "findings", "m3": "unverified"},
    },
    "scale_word": {
        "asked": (4, 2),
        "marks": {("1.1", "zh", "beside_reference", "15件万"), ("1.1", "en", "beside_reference", "15 million")},
        "findings": {("warning", "beside_reference", "1.1", None)},
        "statuses": {"1.1": "findings"},
    },
    "qualifier": {
        "asked": (4, 2),
        "marks": {("1.2", "zh", "beside_reference", "约852件"), ("1.2", "en", "beside_reference", "about 852")},
        "findings": {("warning", "beside_reference", "1.2", None)},
        "statuses": {"1.2": "findings"},
    },
    "direction": {
        "asked": (4, 2),
        "marks": {("1.2", "zh", "wrong_direction", "上升12.6%"), ("1.2", "en", "wrong_direction", "rise of 12.6%")},
        "findings": {("warning", "wrong_direction", "1.2", None)},
        "statuses": {"1.2": "findings"},
    },
    "target_as_done": {
        "asked": (4, 2),
        "marks": {("2", "zh", "target_as_done", "6个"), ("2", "en", "target_as_done", "6")},
        "findings": {("warning", "target_as_done", "2", None)},
        "statuses": {"2": "findings"},
    },
    "obeyed_injection_zh": {
        "asked": (4, 2),
        "marks": {("1.2", "zh", "written_number", "999件"), ("1.2", "zh", "markup", "//evil.e")},
        "findings": {("warning", "written_number", "1.2", None), ("error", "number_in_prose", "1.2", None)},
        "statuses": {"1.2": "findings"},
    },
    "obeyed_injection_en": {
        "asked": (4, 2),
        "marks": {("1.2", "en", "written_number", "999"), ("1.2", "en", "markup", "http:")},
        "findings": {("warning", "written_number", "1.2", None), ("error", "number_in_prose", "1.2", None)},
        "statuses": {"1.2": "findings"},
    },
    "overview_literal": {
        "asked": (4, 2),
        "marks": {("", "zh", "written_number", "16件"), ("", "en", "written_number", "16")},
        "findings": {("warning", "written_number", None, None), ("error", "number_in_prose", None, None)},
    },
    "disputed": {
        "asked": (2, 0),
        "findings": {("warning", "disputed", None, "m6")},
        "statuses": {"m6": "disputed"},
    },
}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key, no model, no settings of whoever runs the tests; the network is refused for every test anyway."""
    for name in [n for n in os.environ if n.startswith(("OPENAI_", "SUMMARIZER_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def _replayed(cassette: Path, report: Path = REPORT) -> Brief:
    return summarize(report, engine=EngineOptions(cassette=cassette))


def _without_run(brief: Brief) -> str:
    return json.dumps({**json.loads(brief.to_json()), "run": None}, ensure_ascii=False)


@pytest.mark.parametrize("name", EXPECTED)
def test_bad_replies_come_to_exactly_this(name: str) -> None:
    """Marks, findings, statuses, offline fallbacks and the number of requests, for each kind of bad reply."""
    brief = _replayed(CASSETTES / "bad" / f"{name}.yaml")
    told = EXPECTED[name]
    assert (brief.run.requests, brief.run.retries) == told["asked"]
    proses = {s.id: s.summary for s in brief.sections if s.summary} | {"": brief.overview.text}
    marks = {
        (place, m.lang, m.code, (p.zh if m.lang == "zh" else p.en)[m.start : m.end])
        for place, p in proses.items()
        for m in p.marks
    }
    expected_marks = told.get("marks", set())
    assert expected_marks <= marks
    assert bool(marks) == bool(expected_marks)
    assert {place for place, *_ in marks} == {place for place, *_ in expected_marks}
    findings = {(f.severity.value, f.code, f.where.section, f.where.metric) for f in brief.findings}
    assert findings == told.get("findings", set())
    statuses = {s.id: s.status.value for s in brief.sections if s.status != "ok"}
    statuses |= {m.id: m.status.value for m in brief.metrics if m.status != "verified"}
    assert statuses == told.get("statuses", {})
    assert len(brief.metrics) == 7


def test_every_bad_reply_is_expected() -> None:
    """No cassette without an expectation."""
    assert {p.stem for p in (CASSETTES / "bad").glob("*.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", ["fenced_with_thinking", "ids_as_strings", "literal_exact", "spelled_out_then_mended"])
def test_what_can_be_understood_or_mended_leaves_no_trace(name: str) -> None:
    """The brief is that of the honest reply, byte for byte but for `run`."""
    honest = _without_run(_replayed(CASSETTES / "bad" / "honest.yaml"))
    assert _without_run(_replayed(CASSETTES / "bad" / f"{name}.yaml")) == honest


def test_what_is_left_out_comes_from_the_offline_engine() -> None:
    """A label and a summary that never came are the offline engine's."""
    told = _replayed(CASSETTES / "bad" / "left_out.yaml")
    offline = summarize(REPORT, engine="offline")
    assert told.metrics[2].label == offline.metrics[2].label
    summaries = [{s.id: s.summary for s in b.sections} for b in (told, offline)]
    assert summaries[0]["1.2"] == summaries[1]["1.2"]
    assert summaries[0]["1.1"] != summaries[1]["1.1"]


def test_disputed_figure_stays_with_a_label() -> None:
    """What the model reads as no statistic is in the table, disputed, under its offline label."""
    metric = _replayed(CASSETTES / "bad" / "disputed.yaml").metrics[5]
    assert (metric.raw, metric.status) == ("100%", "disputed")
    assert metric.label.zh


@pytest.mark.parametrize("cassette", HONEST, ids=lambda p: p.stem[:3])
def test_honest_cassettes_replay_to_equal_briefs(cassette: Path) -> None:
    """Twice the same bytes, no repair asked, nothing refused; without key or network."""
    seed = ROOT / "seeds" / f"{cassette.stem}.txt"
    first, second = _replayed(cassette, seed), _replayed(cassette, seed)
    assert _without_run(first) == _without_run(second)
    assert first.to_markdown() == second.to_markdown()
    assert first.run.retries == 0
    # The support check may doubt an honest figure now and then: how often is the next test's matter.
    assert {finding.code for finding in first.doubts} <= {"unsupported"}


def test_a_cassette_may_be_named_by_a_string() -> None:
    seed = ROOT / "seeds" / f"{HONEST[0].stem}.txt"
    by_name, by_path = (
        summarize(seed, engine=EngineOptions(cassette=cassette)) for cassette in (str(HONEST[0]), HONEST[0])
    )
    assert by_name.metrics == by_path.metrics


def test_false_alarms_stay_rare() -> None:
    """Warnings and errors on the honest replies: at most one figure in a hundred."""
    briefs = [_replayed(c, ROOT / "seeds" / f"{c.stem}.txt") for c in HONEST]
    assert sum(len(b.doubts) for b in briefs) <= 0.01 * sum(len(b.metrics) for b in briefs)


@pytest.mark.parametrize(("extra", "code"), [((), 0), (("--strict",), 6)])
def test_command_line_replays(extra: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """`--cassette` is all that is needed, and gives the API's brief; `--strict` tells of its warnings."""
    cassette = CASSETTES / "bad" / "wrong_id.yaml"
    with pytest.raises(SystemExit) as stopped:
        main(["summarize", str(REPORT), "--cassette", str(cassette), "--format", "json", *extra])
    assert stopped.value.code == code
    told = json.loads(capsys.readouterr().out)
    assert json.dumps({**told, "run": None}, ensure_ascii=False) == _without_run(_replayed(cassette))


def test_changed_prompt_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same at the command line: exit code 4 and the message, no brief."""
    report = tmp_path / "other.txt"
    report.write_text(REPORT.read_text("utf-8").replace("15件", "16件"), "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["summarize", str(report), "--cassette", str(CASSETTES / "bad" / "honest.yaml"), "--format", "json"])
    told = capsys.readouterr()
    assert stopped.value.code == 4
    assert told.out == ""
    assert "another report or prompt; re-record it" in " ".join(told.err.split())


def test_changed_prompt_says_so(tmp_path: Path) -> None:
    """A cassette does not answer another prompt: the message says what to do."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "prompts", home / "prompts")
    prompt = home / "prompts" / "section.md"
    prompt.write_text(prompt.read_text("utf-8") + "Be brief.\n", "utf-8")
    with pytest.raises(
        CassetteMissError, match=r"has no answer for section .*: another report or prompt; re-record it"
    ):
        summarize(REPORT, engine=EngineOptions(cassette=CASSETTES / "bad" / "honest.yaml"), home=home)
