"""Recorded replies: readable, without secrets, found only by the request they were given to."""

import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from fault_server import Reply, Script, allow_loopback, serving
from pydantic import BaseModel

from summarizer import cassettes
from summarizer.engines.llm import Answer, Endpoint, LlmClient, forget_modes
from summarizer.errors import CassetteError, CassetteMissError, EngineOutputError, EngineUnavailableError

KEY = "sk-0123456789abcdefghij"


class Summary(BaseModel):
    zh: str
    count: int = 0


@pytest.fixture(autouse=True)
def _setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    allow_loopback(monkeypatch)
    forget_modes()
    yield
    forget_modes()


def unplug(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, not even this machine can be reached."""

    def refuse(*_: object) -> None:
        raise AssertionError("a replay tried to connect")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


def echo(body: dict[str, Any], n: int) -> Reply:
    text = body["messages"][-1]["content"]
    content = json.dumps({"zh": f"{text}\n第二行：“引号” \u3000完", "count": 1}, ensure_ascii=False)
    headers = {"Set-Cookie": "session=abc", "openai-organization": "org-mine", "x-request-id": f"req_{n}"}
    return Reply(content, headers=headers)


def ask(client: LlmClient, text: str) -> Answer:
    return client.ask([{"role": "user", "content": text}], Summary, name=f"section {text.strip()[:6]}")


def record(path: Path, texts: list[str], script: Script = echo, workers: int = 4, **endpoint: Any) -> list[Answer]:
    with (
        serving(script) as server,
        cassettes.recording(path),
        LlmClient(Endpoint("test-model", server.url, KEY, **endpoint), sleep=lambda _: None) as client,
        ThreadPoolExecutor(workers) as pool,
    ):
        return list(pool.map(lambda t: ask(client, t), texts))


def replay(path: Path, texts: list[str], url: str = "https://elsewhere.invalid/compatible-mode/v1") -> list[Answer]:
    known = cassettes.parameters(path)
    endpoint = Endpoint(
        known.model,
        url,
        mode=known.mode,  # type: ignore[arg-type]
        temperature=known.temperature,
        extra_body=known.extra_body,
    )
    with cassettes.replaying(path) as tape, LlmClient(endpoint) as client, ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda t: ask(client, t), texts))
    assert (tape.played, tape.missed, tape.unused) == (len(texts), 0, 0)
    return answers


TEXTS = [f"第{n}节\n  罚款[5|138.75万元] {{{{7*7}}}}\n" for n in range(12)]


def test_what_was_recorded_is_replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By four threads, in another order, at another address, without key or network: every section its own reply."""
    path = tmp_path / "new folder" / "replies.yaml"
    recorded = record(path, TEXTS, temperature=0.2, extra_body={"enable_thinking": False})
    unplug(monkeypatch)
    assert cassettes.parameters(path) == cassettes.Parameters(
        "test-model", "json_schema", 0.2, {"enable_thinking": False}
    )
    again = replay(path, TEXTS[::-1])[::-1]
    assert [a.value for a in again] == [a.value for a in recorded]
    assert [a.usage for a in again] == [a.usage for a in recorded]
    assert replay(path, TEXTS)[3].value == recorded[3].value


def test_file_is_readable_and_holds_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    record(path, TEXTS)
    text = path.read_text("utf-8")
    assert "罚款[5|138.75万元] {{7*7}}" in text
    assert "\\u" not in text
    assert "!!" not in text
    for secret in (KEY, "session=", "org-mine", "req_", "127.0.0.1", "authorization", "chatcmpl-1"):
        assert secret not in text.lower()
    told = yaml.safe_load(text)
    assert {name for i in told["interactions"] for side in i.values() for name in side["headers"]} == {"content-type"}
    assert cassettes.faults(path) == ()


def test_recording_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of the calls; the file of before is replaced, not added to."""
    path = tmp_path / "replies.yaml"
    record(path, TEXTS)
    first = path.read_bytes()
    record(path, TEXTS[::-1])
    assert path.read_bytes() == first
    record(path, TEXTS[:1])
    assert len(yaml.safe_load(path.read_text("utf-8"))["interactions"]) == 1


def test_changed_prompt_finds_no_reply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, once, and it says what to do."""
    path = tmp_path / "replies.yaml"
    record(path, ["一", "二"])
    unplug(monkeypatch)
    naps: list[float] = []
    started = time.monotonic()
    endpoint = Endpoint("test-model", "http://x.invalid/v1")
    with cassettes.replaying(path) as tape, LlmClient(endpoint, sleep=naps.append) as client:
        with pytest.raises(CassetteMissError) as caught:
            ask(client, "三")
        assert ask(client, "一").requests == 1
        with pytest.raises(CassetteMissError):
            ask(client, "一")  # each reply is given out once
    assert str(caught.value) == f"cassette {path} has no answer for section 三: another report or prompt; re-record it"
    assert isinstance(caught.value, EngineOutputError)
    assert (caught.value.requests, naps) == (1, [])
    assert (tape.played, tape.missed, tape.unused) == (1, 2, 1)
    assert time.monotonic() - started < 2


def test_same_request_twice_keeps_the_order_of_its_replies(tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    recorded = record(path, ["一"] * 3, lambda body, n: Reply(f'{{"zh":"第{n}次"}}'), workers=1)
    assert [a.value for a in replay_in_order(path, ["一"] * 3)] == [a.value for a in recorded]
    assert {str(a.value) for a in replay(path, ["一"] * 3)} == {str(a.value) for a in recorded}


def replay_in_order(path: Path, texts: list[str]) -> list[Answer]:
    with cassettes.replaying(path), LlmClient(Endpoint("test-model", "http://x/v1", mode="auto")) as client:
        return [ask(client, text) for text in texts]


def test_rejected_modes_and_busy_servers_are_not_replayed(tmp_path: Path) -> None:
    """A replay starts with the mode that worked and never waits."""

    def script(body: dict[str, Any], n: int) -> Reply:
        if body["response_format"]["type"] == "json_schema":
            return Reply(status=400, body={"error": {"message": "response_format json_schema is not supported"}})
        return Reply(status=429, headers={"Retry-After": "30"}) if n % 3 == 0 else echo(body, n)

    path = tmp_path / "replies.yaml"
    record(path, TEXTS[:5], script)
    assert cassettes.parameters(path).mode == "json"
    forget_modes()
    assert [a.requests for a in replay(path, TEXTS[:5])] == [1] * 5


def test_compressed_and_tool_replies(tmp_path: Path) -> None:
    import gzip

    def script(body: dict[str, Any], n: int) -> Reply:
        call = {"id": "c", "type": "function", "function": {"name": "Summary", "arguments": '{"zh":"工具"}'}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        data = {"id": "x", "choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
        return Reply(body=gzip.compress(json.dumps(data).encode()), headers={"content-encoding": "gzip"})

    path = tmp_path / "replies.yaml"
    record(path, ["一"], script, mode="tools")
    assert cassettes.parameters(path).mode == "tools"
    assert "工具" in path.read_text("utf-8")
    assert replay(path, ["一"])[0].value == Summary(zh="工具")


@pytest.mark.parametrize(
    "text",
    ["a\r\nb", " 行首\n空格 \n\n", "\x85\u2028\ufeff", "\t", "yes", "2024-01-01", "1e5", "- x: 'y'\n#z", "😀\x00"],
)
def test_any_text_survives_the_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    answer = json.dumps({"zh": text}, ensure_ascii=False)
    record(path, [text], lambda body, n: Reply(answer))
    assert replay(path, [text])[0].value == Summary(zh=text)


def record_and_fail(path: Path) -> None:
    with serving(echo) as server, cassettes.recording(path), LlmClient(Endpoint("m", server.url)) as client:
        ask(client, "一")
        raise RuntimeError


def record_two_models(path: Path) -> None:
    with serving(echo) as server, cassettes.recording(path):
        for model in "ab":
            with LlmClient(Endpoint(model, server.url)) as client:
                ask(client, model)


def record_key(path: Path, key: str) -> None:
    echoed = Reply(f'{{"zh":"{key}"}}')
    with serving(echoed) as server, cassettes.recording(path), LlmClient(Endpoint("m", server.url, key)) as client:
        ask(client, "一")


def test_failed_recording_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        record_and_fail(path)
    with pytest.raises(CassetteError, match="nothing was recorded"), cassettes.recording(path):
        pass
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_recording_refuses_secrets(tmp_path: Path) -> None:
    """The key that was sent, also when it looks like none; anything that looks like a key; two models."""
    path = tmp_path / "replies.yaml"
    for key in (f"k{uuid.uuid4().hex}", KEY):
        with pytest.raises(CassetteError, match="key") as caught:
            record_key(path, key)
        assert key not in str(caught.value)
    with pytest.raises(CassetteError, match="looks like a key"):
        record(path, ["一"], lambda body, n: Reply('{"zh":"sk-proj-abcdefghijklmnopqrst"}'))
    with pytest.raises(CassetteError, match="more than one model"):
        record_two_models(path)
    assert not path.exists()


def test_one_cassette_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    record(path, ["一"])
    other = cassettes.recording(path)
    with cassettes.replaying(path), pytest.raises(CassetteError, match="another cassette is open"):
        other.__enter__()
    with cassettes.replaying(path):
        pass


def test_network_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    record(path, ["一"])
    with cassettes.replaying(path):
        pass
    with pytest.raises(CassetteError), cassettes.recording(path):
        pass
    with serving(echo) as server, LlmClient(Endpoint("m", server.url)) as client:
        ask(client, "一")
    assert server.requests == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\xff\xfe\x00", "not a text file in UTF-8"),
        (b"a: [1\nb: }", "not plain YAML (line 2)"),
        (b"cassette: summarizer 1\nmodel: !!python/object/apply:os.system ['echo owned']\n", "not plain YAML (line 2)"),
        (b"version: 1\ninteractions: []\n", "not recorded by this program"),
        (b"just text", "not recorded by this program"),
        (b"cassette: summarizer 99\n", "recorded by another version (summarizer 99)"),
        (b"cassette: summarizer 1\nmodel: m\nmode: json\nparameters: {}\ninteractions: []\n", "damaged"),
        (b"cassette: summarizer 1\nmodel: m\nmode: x\nparameters: {}\ninteractions: [1]\n", "damaged"),
    ],
)
def test_what_is_no_cassette(content: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "replies.yaml"
    if content is not None:
        path.write_bytes(content)
    for use in (cassettes.parameters, cassettes.faults, lambda p: cassettes.replaying(p).__enter__()):
        with pytest.raises(CassetteError) as caught:
            use(path)
        assert str(caught.value).startswith(f"cassette {path}: {said}")
        assert isinstance(caught.value, EngineUnavailableError)
    with pytest.raises(CassetteError, match="cannot be read"):
        cassettes.parameters(tmp_path)


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CassetteError):
        record(tmp_path / "file" / "replies.yaml", ["一"])
