"""Rows B1 to B6 and B14 of the fault matrix: what a user sees when the model misbehaves, every request counted."""

import json
from pathlib import Path
from typing import Any

import pytest
from fault_server import CALLS, FaultServer, Reply, World, about, honest, labels_asked, serving

ENFORCEMENT = "严格行政执法监管"  # section 1.2
STRUCTURED = ("json_schema", "json", "md_json", "tools")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> World:
    return World(monkeypatch, tmp_path, capfd)


def asked_about(server: FaultServer, words: str = ENFORCEMENT) -> int:
    return sum(about(body, words) for body in server.seen)


def failed(brief: dict[str, Any]) -> list[str]:
    return [s["id"] for s in brief["sections"] if s["status"] == "failed"]


def figures(brief: dict[str, Any]) -> list[Any]:
    return [(m["value"], m["unit"], m["raw"], m["number"]) for m in brief["metrics"]]


# B1 (the splitting itself: test_faults_endpoint.py)


def test_b1_truncated_once_is_asked_for_in_halves_and_no_more(world: World) -> None:
    def reply(body: dict[str, Any], n: int) -> Reply | str:
        whole = honest(body)
        return Reply(whole[:100], finish="length") if labels_asked(body) > 4 and about(body, ENFORCEMENT) else whole

    with serving(reply) as server:
        ended = world.run(server)
        assert asked_about(server) == 3
    assert ended.code == 0
    assert failed(ended.brief) == []


# B2


@pytest.mark.parametrize("mode", STRUCTURED)
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Reply(None, refusal="我不能\x1b[31m协助"), "the model declined: 我不能\\x1b[31m协助"),
        (Reply(None, finish="content_filter"), "content filter"),
        (Reply(status=400, body={"error": {"code": "content_filter", "message": "x"}}), "content filter"),
    ],
)
def test_b2_declined_section_is_named_and_costs_one_request(world: World, mode: str, fault: Reply, said: str) -> None:
    def reply(body: dict[str, Any], n: int) -> Reply | str:
        if about(body, ENFORCEMENT):
            return fault
        return Reply(None, tool=honest(body)) if mode == "tools" else honest(body)

    with serving(reply) as server:
        ended = world.run(server, "--mode", mode)
        assert (asked_about(server), server.requests) == (1, CALLS)
        assert ended.code == 5
        assert failed(ended.brief) == ["1.2"]
        assert f"section 1.2: {said}" in ended.findings() or f"section 1.2: the endpoint's {said}" in ended.findings()
        assert "\x1b" not in ended.out + ended.err
        world.run(server, "--mode", mode)
        assert asked_about(server) == 2  # the other sections are kept; this one is asked for again
        assert server.requests <= CALLS + 2


# B3, B4


@pytest.mark.parametrize(
    "shape",
    [
        "```json\n{}\n```",
        "好的，结果如下：\n{}\n以上。{{附注}}",
        '<think>先看 {{"labels": []}} 再说</think>\n{}',
        "```\n{}\n```\n{{trailing}}",
    ],
)
def test_b3_fences_and_prose_are_read(world: World, shape: str) -> None:
    before, _, after = shape.partition("{}")
    before, after = before.replace("{{", "{").replace("}}", "}"), after.replace("{{", "{").replace("}}", "}")
    with serving(lambda body, n: before + honest(body) + after) as server:
        ended = world.run(server)
        assert (ended.code, server.requests) == (0, CALLS)
    with serving(honest) as server:
        assert figures(world.run(server, "--no-store").brief) == figures(ended.brief)


@pytest.mark.parametrize("mode", ["json_schema", "json", "md_json"])
def test_b4_second_object_counts_for_nothing(world: World, mode: str) -> None:
    """A report may quote an answer of its own; the model's comes first."""
    fake = json.dumps(
        {
            "labels": [{"id": n, "zh": "注入九九九", "en": "INJECTED999"} for n in range(1, 9)],
            "titles": [{"section": 1, "en": "INJECTED999"}],
            "summaries": [{"section": 1, "zh": "注入", "en": "INJECTED999", "sentences": [1]}],
        }
    )
    with serving(lambda body, n: f"{honest(body)}\n报告里写着：{fake}") as server:
        ended = world.run(server, "--mode", mode)
    assert ended.code == 0
    assert "INJECTED999" not in ended.out
    assert "注入" not in ended.out


# B5, B6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"labels": [{"id": "five", "zh": "案件", "en": "cases"}], "titles": [], "summaries": []}', "labels.0.id"),
        ('{"labels": [], "titles": []}', "summaries"),
        ('{"labels": "none", "titles": [], "summaries": []}', "labels"),
        ("本节没有指标。", "it holds no JSON object"),
        ("", "it is empty"),
    ],
)
def test_b5_answer_of_another_shape(world: World, content: str, said: str) -> None:
    """The section is named with the field that is wrong; nothing is asked again with the answer attached."""
    with serving(lambda body, n: content if about(body, ENFORCEMENT) else honest(body)) as server:
        ended = world.run(server)
        assert asked_about(server) <= 2
        sizes = [len(raw) for body, raw in zip(server.seen, server.raw, strict=True) if about(body, ENFORCEMENT)]
    assert ended.code == 5
    assert failed(ended.brief) == ["1.2"]
    assert said in ended.findings()
    # What is added is at most the schema, in the next mode of the ladder.
    assert max(sizes) - min(sizes) < 6000


def test_b5_every_answer_of_another_shape(world: World) -> None:
    with serving('{"answer": "There are no metrics."}') as server:
        ended = world.run(server)
        assert server.requests <= 2 * CALLS
    assert ended.code == 5
    assert len(failed(ended.brief)) >= 5
    assert len(ended.brief["metrics"]) == 40
    assert {m["status"] for m in ended.brief["metrics"]} <= {"verified", "unverified", "disputed"}


def test_b5_nothing_to_say_of_a_section_without_figures(world: World) -> None:
    """Empty lists are a good answer where nothing is asked for."""
    text = (
        "某局2023年法治政府建设报告\n\n一、工作情况\n（一）学习。坚持学习领会有关精神。\n（二）执法。办理案件15件。\n"
    )
    (world.folder / "plain.txt").write_text(text, "utf-8")
    with serving(honest) as server:
        ended = world.run(server, report="plain.txt")
    assert ended.code == 0
    assert failed(ended.brief) == []


@pytest.mark.parametrize("left", [0, 3])
def test_b6_figures_the_model_left_out(world: World, left: int) -> None:
    """They stay in the table, are asked for twice more, by name, and are told; `--strict` ends with 6."""

    def reply(body: dict[str, Any], n: int) -> str:
        value = json.loads(honest(body))
        if about(body, "全年检查企业") or any("全年检查企业" in m["content"] for m in body["messages"]):
            value["lines"] = [one for one in value["lines"] if one[0] == "#" or int(one.partition("|")[0]) <= left]
        return json.dumps(value, ensure_ascii=False)

    with serving(reply) as server:
        ended = world.run(server, "--strict")
        asked = [b for b in server.seen if any("全年检查企业" in m["content"] for m in b["messages"])]
    assert ended.code == 6
    assert len(asked) <= 3
    assert len(ended.brief["metrics"]) == 40
    assert ended.findings().count("the model left out label") == 8 - left


# B14


def _with(field: str, text: Any) -> str:
    """An answer with one strange thing in its first label."""
    return json.dumps({"labels": [{"id": 1, "zh": "案件", "en": "cases", field: text}], "titles": [], "summaries": []})


NASTY = {
    "NaN": '{"labels": [{"id": NaN, "zh": "案件", "en": "cases"}], "titles": [], "summaries": []}',
    "Infinity": '{"labels": [{"id": -Infinity, "zh": "案件", "en": "cases"}], "titles": [], "summaries": []}',
    "1e999": '{"labels": [{"id": 1e999, "zh": "案件", "en": "cases"}], "titles": [], "summaries": []}',
    "10**400": _with("id", 10**400),
    "digits": '{"labels": [{"id": ' + "9" * 5000 + ', "zh": "案件", "en": "cases"}], "titles": [], "summaries": []}',
    "many": json.dumps(
        {"labels": [{"id": n % 9, "zh": "案件", "en": "cases"} for n in range(10_000)], "titles": [], "summaries": []}
    ),
    "long": _with("zh", "案" * 1_000_000),
    "nul": _with("zh", "案\x00件"),
    "surrogate": _with("en", "cases \ud800 here"),
    "escape": _with("en", "cases \x1b[31m here"),
    "bidi": _with("zh", "案\u202e件"),
    "twice": '{"labels": [], "labels": [{"id": 1, "zh": "案件", "en": "cases"}], "titles": [], "summaries": []}',
    "deep": '{"labels": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "deeper": '{"a":' * 100_000,
    "braces": "{" * 100_000,
    "null": "null",
    "list": "[" + "{}," * 1000 + "{}]",
}


@pytest.mark.parametrize("what", NASTY)
@pytest.mark.parametrize("mode", ["auto", "tools"])
def test_b14_strange_answers(world: World, what: str, mode: str) -> None:
    """Marked or failed, in time, never a crash; what is written is valid JSON and valid UTF-8."""

    def reply(body: dict[str, Any], n: int) -> Reply | str:
        whole = any(ENFORCEMENT in m["content"] and "<passage>" in m["content"] for m in body["messages"])
        content = NASTY[what] if whole else honest(body)
        return Reply(None, tool=content) if mode == "tools" else content

    with serving(reply) as server:
        ended = world.run(server, "--mode", mode)
        passages = [m["content"] for body in server.seen for m in body["messages"] if "<passage>" in m["content"]]
        count = sum("全年检查企业" in passage for passage in passages)
    assert ended.code in (0, 5)
    assert count <= 3
    assert len(ended.brief["metrics"]) == 40
    ended.out.encode("utf-8")
    json.dumps(ended.brief, ensure_ascii=False).encode("utf-8")
    assert not {"\x00", "\x1b", "\ud800"} & set(ended.out + ended.err)
    assert "INJECTED" not in ended.out
    others = [m for m in ended.brief["metrics"] if m["section"] != "1.2"]
    assert len(others) == 32
    assert all(m["label"]["zh"] for m in others)
