"""The client of the llm engine on the real HTTP stack, against a loopback endpoint that misbehaves."""

import json
import logging
import socket
import subprocess
import sys
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import pytest
from fault_server import FaultServer, QuickTime, Reply, allow_loopback, serving
from pydantic import BaseModel, BeforeValidator, ConfigDict

from summarizer.engines.llm import (
    MODE_NAMES,
    Answer,
    Endpoint,
    LlmClient,
    Pacer,
    Usage,
    forget_modes,
    forget_paces,
    known_modes,
    seed_modes,
)
from summarizer.engines.llm.failures import wait_told
from summarizer.engines.llm.replies import objects
from summarizer.errors import (
    EngineError,
    EngineOutputError,
    EngineUnavailableError,
    RefusedError,
    SummarizerError,
    TooLongError,
    TransientError,
    TruncatedError,
)

Number = Annotated[int, BeforeValidator(lambda told: int(told) if isinstance(told, str) else told)]


class Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Number
    zh: str


class Labels(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    labels: tuple[Label, ...]


GOOD = '{"labels":[{"id":5,"zh":"案件"}]}'
VALUE = Labels(labels=(Label(id=5, zh="案件"),))
TEMPLATE = "  {{7*7}} {% for x in y %} {# c #} [5|15件] %s {0} \\n ${a}\n    缩进　“引号”\t＃\n"
STRUCTURED = ("json_schema", "json", "md_json", "tools")


@pytest.fixture(autouse=True)
def _setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    allow_loopback(monkeypatch)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    forget_modes()
    forget_paces()
    yield
    forget_modes()
    forget_paces()


class Naps(list[float]):
    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ask(
    server: FaultServer | str, *, text: str = "报告", key: str | None = None, naps: Naps | None = None, **endpoint: Any
) -> Answer:
    url = server if isinstance(server, str) else server.url
    quick = QuickTime(1000)
    told = Naps() if naps is None else naps
    with LlmClient(
        Endpoint("test-model", url, key, **endpoint),
        sleep=told,
        pacer=Pacer(50, clock=quick, wait=quick.wait),
        on_wait=lambda seconds, why: told(seconds),
    ) as client:
        messages = [{"role": "system", "content": "规则"}, {"role": "user", "content": text}]
        return client.ask(messages, Labels, name="chunk 1")


def failing(server: FaultServer | str, **more: Any) -> EngineError:
    with pytest.raises(EngineError) as caught:
        ask(server, **more)
    return caught.value


def json_mode_only(answer: str) -> Callable[[dict[str, Any], int], Reply | str]:
    """As DeepSeek: no json_schema, no forced tool; fenced and thinking aloud."""

    def reply(body: dict[str, Any], n: int) -> Reply | str:
        kind = body.get("response_format", {}).get("type")
        if kind == "json_schema":
            message = "This response_format type is unavailable now"
            return Reply(status=400, body={"error": {"message": message, "type": "invalid_request_error"}})
        if kind == "json_object" and "json" not in json.dumps(body["messages"]).lower():
            return Reply(status=400, body={"error": {"message": "'messages' must contain the word 'json'"}})
        return answer

    return reply


# Modes


@pytest.mark.parametrize("mode", STRUCTURED)
def test_report_text_reaches_the_server_unchanged(mode: str) -> None:
    """No template, no escape, no trimming, no ASCII: in every mode the bytes are those of the report."""
    with serving(Reply(tool=GOOD) if mode == "tools" else GOOD) as server:
        answer = ask(server, text=TEMPLATE, mode=mode)
    assert answer == Answer(VALUE, Usage(10, None, 5), 1, mode)
    assert server.user_texts() == [TEMPLATE]
    assert server.seen[0]["messages"][0]["content"].startswith("规则")
    raw = json.dumps(TEMPLATE, ensure_ascii=False)[1:-1].encode()
    assert raw in server.raw[0]


@pytest.mark.parametrize(
    ("mode", "fields"),
    [
        ("json_schema", {"response_format"}),
        ("json", {"response_format"}),
        ("md_json", set()),
        ("tools", {"tools", "tool_choice"}),
    ],
)
def test_few_parameters_are_sent(mode: str, fields: set[str]) -> None:
    """Models reject what they do not know: only what the mode needs, and what the user added."""
    with serving(Reply(tool=GOOD) if mode == "tools" else GOOD) as server:
        ask(server, mode=mode)
        ask(server, mode=mode, temperature=0.0, extra_body={"enable_thinking": False})
    assert set(server.seen[0]) == {"model", "messages"} | fields
    assert server.seen[1] == {**server.seen[0], "temperature": 0.0, "enable_thinking": False}


def test_json_mode_only_endpoint_needs_no_configuration() -> None:
    """Two requests for the first chunk, one for each later one, also through another client."""
    with serving(json_mode_only(f'<think>试一下 {{"labels":[]}}</think>\n```json\n{GOOD}\n```\n{{附注}}')) as server:
        first, second, third = ask(server), ask(server), ask(server)
        assert known_modes() == {(server.url, "test-model"): "json"}
    assert [first.requests, second.requests, third.requests] == [2, 1, 1]
    assert first.value == second.value == third.value == VALUE
    assert {first.mode, second.mode} == {"json"}
    assert server.requests == 4


def test_endpoint_without_any_form_ends_at_the_bottom_of_the_ladder() -> None:
    def reply(body: dict[str, Any], n: int) -> Reply | str:
        unknown = {"detail": [{"loc": ["body", "response_format"], "msg": "Extra inputs are not permitted"}]}
        return Reply(status=422, body=unknown) if "response_format" in body else f"好的：\n```json\n{GOOD}\n```"

    with serving(reply) as server:
        assert [ask(server).requests for _ in range(2)] == [3, 1]
    assert known_modes()[server.url, "test-model"] == "md_json"


def test_server_that_ignores_the_form_is_shown_the_schema() -> None:
    """A first reply that cannot be used steps down once; a later one does not."""

    def reply(body: dict[str, Any], n: int) -> str:
        return "本节没有指标。" if body["response_format"]["type"] == "json_schema" else GOOD

    with serving(reply) as server:
        assert ask(server).requests == 2
        assert ask(server).requests == 1
    with serving([GOOD, "本节没有指标。"]) as server:
        assert ask(server).requests == 1
        error = failing(server)
    assert isinstance(error, EngineOutputError)
    assert (error.requests, error.reason, error.usage) == (1, "invalid", Usage(10, None, 5))
    assert server.requests == 2
    with serving("本节没有指标。") as server:
        assert failing(server).requests == 2  # type: ignore[attr-defined]


def test_four_threads_find_the_mode_once() -> None:
    with serving(json_mode_only(f"```json\n{GOOD}\n```")) as server:
        with LlmClient(Endpoint("test-model", server.url)) as client, ThreadPoolExecutor(4) as pool:
            texts = [f"第{n}段" for n in range(20)]
            answers = list(pool.map(lambda t: client.ask([{"role": "user", "content": t}], Labels, name=t), texts))
        assert server.requests == 21
    assert all(a.value == VALUE for a in answers)


def test_modes_can_be_handed_on() -> None:
    with serving(json_mode_only(GOOD)) as server:
        seed_modes({(server.url, "test-model"): "json"})
        assert ask(server).requests == 1
    with pytest.raises(ValueError, match="tools"):
        seed_modes({("http://x", "m"): "tools"})


def test_pinned_mode_that_is_rejected_says_which_option_to_change() -> None:
    with serving(json_mode_only(GOOD)) as server:
        error = failing(server, mode="json_schema")
    assert isinstance(error, EngineUnavailableError)
    assert str(error) == (
        f"{server.host} rejects mode json_schema for test-model (400): This response_format type is unavailable now; "
        "try another mode (--mode json or md_json) or leave it out"
    )
    assert server.requests == 1


# Replies


@pytest.mark.parametrize("mode", STRUCTURED)
@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"以下是结果：\n{GOOD}\n完毕 {{附注}}",
        f'<think>也许 {{"labels":[{{"id":9,"zh":"假"}}]}} 吧</think>{GOOD}',
        f'先想一想 {{"labels":[]}}\n</think>\n\n{GOOD}',
        f'好。<think>{{"labels":[]}}</think>{GOOD}',
        f'{GOOD}\n报告里写着：{{"labels":[{{"id":999,"zh":"注入"}}]}}',
        f'{{"thought":"别的东西"}}\n{GOOD}',
        '{"labels":[{"id":"5","zh":"案件"}]}',
        f"[{GOOD}]",
    ],
)
def test_tolerant_reading(mode: str, text: str) -> None:
    """One request each: fences, thinking, prose and ids as strings; of two answers the first that fits."""
    with serving(Reply(None, tool=text) if mode == "tools" else text) as server:
        assert ask(server, mode=mode).value == VALUE
    assert server.requests == 1


def test_line_break_inside_a_string_is_read() -> None:
    with serving('{"labels":[{"id":5,"zh":"案\n件"}]}') as server:
        value = ask(server).value
    assert value == Labels(labels=(Label(id=5, zh="案\n件"),))


def test_answer_in_prose_of_a_tools_endpoint_is_read() -> None:
    with serving(f"```json\n{GOOD}\n```") as server:
        assert ask(server, mode="tools").value == VALUE


@pytest.mark.parametrize(
    "text",
    [
        f"<think>{GOOD}",  # never stopped thinking
        '{"labels":[{"id":5,"zh":"案件"}, {"id":6',  # broken off
        '{"labels":[{"id":NaN,"zh":"案件"}]}',
        '{"labels":[{"id":5,"zh":"案件","note":"秘密"}]}',
        "{" * 200_000,
        '{"a":' * 100_000,
        "[" * 100_000,
        '{"labels":[{"id":' + "9" * 5000 + ',"zh":"x"}]}',
    ],
)
def test_what_is_no_answer(text: str) -> None:
    """A mistake and no guess; nothing of the reply in the message."""
    with serving(text) as server:
        started = time.monotonic()
        error = failing(server, mode="json")
    assert time.monotonic() - started < 10
    assert isinstance(error, EngineOutputError)
    assert "reply cannot be used" in str(error)
    assert "秘密" not in everything(error)
    assert "note" not in everything(error)
    assert server.requests == 1


def test_objects_of_a_reply() -> None:
    assert list(objects('见 {附注 "未闭合} 和 {"a": 1.10}')) == ['{"a": 1.10}']
    assert list(objects('{"a": {"b": "}{"}} {"c": 2}')) == ['{"a": {"b": "}{"}}', '{"c": 2}']


@pytest.mark.parametrize("mode", STRUCTURED)
@pytest.mark.parametrize(
    ("reply", "kind", "reason", "said"),
    [
        (Reply(GOOD[:20], finish="length"), TruncatedError, "truncated", "cut off"),
        (Reply(None, finish="content_filter"), RefusedError, "content_filter", "content filter"),
        (Reply(None, refusal="我不能\x1b[31m回答"), RefusedError, "refused", "declined: 我不能\\x1b[31m回答"),
        (Reply(None), EngineOutputError, "empty", "empty"),
        (Reply(choices=[]), EngineOutputError, "no_choices", "no choice"),
        (Reply(choices=None), EngineOutputError, "no_choices", "no choice"),
        (Reply(choices=[{"message": None}]), EngineOutputError, "no_choices", "no choice"),
        (Reply(body={"error": {"message": "upstream\nfailed"}}), EngineOutputError, "error_in_reply", "upstream"),
        (Reply(body=b"<html>log in</html>"), EngineOutputError, "not_json", "a web page instead of JSON"),
        (Reply(body=b""), EngineOutputError, "not_json", "nothing instead of JSON"),
        (Reply(body=b"[1]"), EngineOutputError, "not_json", "something else"),
        (Reply(body=b'{"choices": [{'), EngineOutputError, "not_json", "something else"),
    ],
)  # fmt: skip
def test_reply_is_looked_at_before_it_is_parsed(
    mode: str, reply: Reply, kind: type[EngineOutputError], reason: str, said: str
) -> None:
    with serving(reply) as server:
        error = failing(server, mode=mode)
    assert type(error) is kind
    assert isinstance(error, EngineOutputError)
    assert error.reason == reason
    assert said in str(error)
    assert server.requests == error.requests == 1


@pytest.mark.parametrize(
    ("told", "usage"),
    [
        (None, Usage(None, None, None)),
        ({}, Usage(None, None, None)),
        ("junk", Usage(None, None, None)),
        ({"prompt_tokens": 7, "completion_tokens": "x"}, Usage(7, None, None)),
        ({"prompt_tokens": 7, "prompt_tokens_details": {"cached_tokens": 3}}, Usage(7, 3, None)),
        ({"prompt_tokens": 7, "completion_tokens": 2, "prompt_cache_hit_tokens": 4}, Usage(7, 4, 2)),
    ],
)
def test_usage(told: Any, usage: Usage) -> None:
    with serving(Reply(GOOD, usage=told)) as server:
        assert ask(server).usage == usage


# Errors of the endpoint


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (401, {"error": {"message": "bad"}}, EngineUnavailableError, "key rejected by {host} (401)"),
        (403, {"error": {"message": "no"}}, EngineUnavailableError, "key rejected by {host} (403)"),
        (402, {"error": {"message": "Insufficient Balance"}}, EngineUnavailableError, "quota at {host} is used up"),
        (429, {"error": {"message": "x", "code": "insufficient_quota"}}, EngineUnavailableError, "is used up"),
        (404, {"error": {"message": "nope"}}, EngineUnavailableError, "{host} has no model 'test-model'"),
        (404, b"<html>", EngineUnavailableError, "check OPENAI_MODEL and OPENAI_BASE_URL: a web page"),
        (400, {"error": {"message": "Unsupported parameter: 'foo'"}}, EngineUnavailableError, "rejects a parameter"),
        (400, {"error": {"message": "m", "code": "context_length_exceeded"}}, TooLongError, "does not fit the context"),
        (400, {"object": "error", "message": "maximum context length is 8 tokens"}, TooLongError, "chunk 1:"),
        (413, b"", TooLongError, "does not fit the context"),
        (400, {"error": {"code": "content_filter", "message": "x"}}, RefusedError, "content filter"),
        (400, {"error": {"code": "DataInspectionFailed", "message": "x"}}, RefusedError, "content filter"),
        (400, {"error": {"message": "strange"}}, EngineOutputError, "answered with an error (400): strange"),
    ],
)  # fmt: skip
def test_permanent_errors_cost_one_request(status: int, body: Any, kind: type, said: str) -> None:
    naps = Naps()
    with serving(Reply(status=status, body=body)) as server:
        error = failing(server, key="sk-some-key-of-a-user", naps=naps)
    assert type(error) is kind
    assert said.format(host=server.host) in str(error)
    assert server.requests == 1
    assert naps == []


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 529])
def test_transient_errors_are_tried_three_times(status: int) -> None:
    naps = Naps()
    with serving(Reply(status=status, body={"error": {"message": "overloaded"}})) as server:
        error = failing(server, naps=naps)
    assert isinstance(error, TransientError)
    assert error.transient
    assert error.requests == server.requests == 3
    assert len(naps) == 2
    assert all(0 < nap <= 5 for nap in naps)
    with serving([Reply(status=status), Reply(status=status), GOOD]) as server:
        assert ask(server).requests == 3


def test_retry_after_is_honoured() -> None:
    naps = Naps()
    with serving([Reply(status=429, headers={"Retry-After": "3"}), GOOD]) as server:
        assert ask(server, naps=naps).requests == 2
    assert naps == [3.0]
    with serving([Reply(status=429, headers={"Retry-After": "3600"}), GOOD]) as server:
        error = failing(server, naps=naps)
    assert isinstance(error, TransientError)
    assert error.retry_after == 3600
    assert "try again in 3600 s" in str(error)
    assert server.requests == 1
    assert naps == [3.0]


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("20", 20), ("1.5", 1.5), ("120", 120), ("121", 121), ("0", None), ("-10", None), ("nan", None), ("inf", None),
        ("", None), ("junk", None), ("Thu, 01 Jan 1970 00:01:30 GMT", 30), ("Thu, 01 Jan 1970 00:00:30 GMT", None),
        ("Thu, 01 Jan 100000 00:00:30 GMT", None), ("Zun, 29 Sep 2016 10:02:31 GMT", pytest.approx(1475143291)),
    ],
)  # fmt: skip
def test_wait_told(told: str, seconds: float | None) -> None:
    assert wait_told({"retry-after": told}, lambda: 60.0) == seconds
    assert wait_told({"retry-after-ms": "1500", "retry-after": "9"}, lambda: 0.0) == 1.5


def test_error_object_in_a_good_status_counts_as_that_status() -> None:
    naps = Naps()
    with serving([Reply(body={"error": {"message": "busy", "code": 429}}), GOOD]) as server:
        assert ask(server, naps=naps).requests == 2
    assert len(naps) == 1


@pytest.mark.parametrize(
    "reply", [Reply(GOOD, delay=20), Reply(GOOD, drip=0.2), Reply(GOOD, drip_headers=0.4, headers={"a": "1", "b": "2"})]
)
def test_every_call_has_a_total_deadline(reply: Reply) -> None:
    """Silence, one byte at a time, one header at a time: over in time, asked once."""
    with serving(reply) as server:
        started = time.monotonic()
        error = failing(server, timeout=0.7)
        took = time.monotonic() - started
        assert server.requests == 1
    assert isinstance(error, TransientError)
    assert "within 0.7 s" in str(error) or "in time" in str(error)
    assert took < 1.7


@pytest.mark.parametrize("close", ["reset", "short"])
def test_broken_connection_is_transient(close: str) -> None:
    with serving([Reply(GOOD, close=close), GOOD]) as server:
        assert ask(server).requests == 2
    with serving(Reply(GOOD, close=close)) as server:
        error = failing(server)
    assert isinstance(error, TransientError)
    assert "broke off" in str(error)
    assert server.requests == 3


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    naps = Naps()
    error = failing(f"http://127.0.0.1:{port}/v1", naps=naps)
    assert isinstance(error, EngineUnavailableError)
    assert str(error).startswith(f"cannot reach 127.0.0.1:{port} (")
    assert naps == []


def test_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = failing("https://nowhere.invalid/v1")
    assert isinstance(error, EngineUnavailableError)
    assert str(error).startswith("cannot reach nowhere.invalid:443 (")


def test_no_tls() -> None:
    with serving(GOOD) as server:
        error = failing(server.url.replace("http:", "https:"))
    assert isinstance(error, EngineUnavailableError)
    assert str(error).startswith(f"cannot reach {server.host} (")


def test_endpoint_that_went_away_is_transient() -> None:
    with serving(Reply(GOOD, headers={"Connection": "close"})) as server:
        client = LlmClient(Endpoint("test-model", server.url), sleep=Naps())
        client.ask([{"role": "user", "content": "一"}], Labels, name="chunk 1")
    with client, pytest.raises(TransientError, match="cannot reach"):
        client.ask([{"role": "user", "content": "二"}], Labels, name="chunk 2")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    """A report must not go where nobody sent it."""
    with serving(GOOD) as other, serving(Reply(status=status, headers={"Location": other.url})) as server:
        error = failing(server)
    assert isinstance(error, EngineUnavailableError)
    assert f"redirects ({status}) to {other.host}" in str(error)
    assert (server.requests, other.requests) == (1, 0)


# Keys and addresses


def test_missing_key_for_openai_names_the_way_out() -> None:
    for key in (None, "", "  "):
        with pytest.raises(EngineUnavailableError, match=r"OPENAI_API_KEY.*offline engine"):
            LlmClient(Endpoint("m", None, key))
    with pytest.raises(EngineUnavailableError, match="no key can hold"):
        LlmClient(Endpoint("m", "http://localhost/v1", "sk-“引号”"))
    with pytest.raises(EngineUnavailableError, match="OPENAI_MODEL"):
        LlmClient(Endpoint(" ", "http://localhost/v1"))
    for url in ("localhost:8000", "ftp://x/v1", "http://", "http://h:x/v1"):
        with pytest.raises(EngineUnavailableError, match="OPENAI_BASE_URL"):
            LlmClient(Endpoint("m", url))
    with pytest.raises(EngineUnavailableError, match="mode 'xml'"):
        LlmClient(Endpoint("m", "http://localhost/v1", mode="xml"))  # type: ignore[arg-type]
    assert "auto" in MODE_NAMES


def test_blank_variables_and_foreign_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank is unset; the user's organization goes to nobody but OpenAI; a local server needs no key."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-admin-mine")
    with serving([Reply(status=401), GOOD]) as server:
        error = failing(server, key=" ")
        ask(server, key=" ")
    assert str(error) == f"{server.host} wants a key (401); set OPENAI_API_KEY"
    assert "mine" not in json.dumps(server.headers)
    with LlmClient(Endpoint("m", " ", "sk-some-key-of-a-user")) as client:
        assert client.host == "api.openai.com"


def test_address_is_shown_without_secrets() -> None:
    endpoint = Endpoint("m", "http://me:secret@127.0.0.1:8000/v1?api-version=1&key=hidden", "sk-hidden-key")
    with LlmClient(endpoint) as client:
        assert (client.host, client.model) == ("127.0.0.1:8000", "m")
        for shown in (repr(client), repr(endpoint), str(endpoint)):
            assert "secret" not in shown
            assert "hidden" not in shown
    with serving(GOOD) as server:
        ask(server.url + "?api-version=2")
    assert server.paths == ["/v1/chat/completions?api-version=2"]


def everything(error: BaseException) -> str:
    """What any handler could print of an error: itself, its attributes, its traceback, all errors behind it."""
    told, here = "", error
    seen: list[BaseException] = []
    while here is not None and here not in seen:
        seen.append(here)
        told += f"{here!s} {here!r} {here.args} {getattr(here, '__dict__', '')}\n"
        here = here.__cause__ or here.__context__  # type: ignore[assignment]
    return told + "".join(traceback.format_exception(error))


@pytest.mark.parametrize("mode", ["auto", "tools"])
@pytest.mark.parametrize(
    "make",
    [
        lambda key: Reply(GOOD),
        lambda key: Reply(status=401, body={"error": {"message": f"Incorrect API key provided: {key}."}}),
        lambda key: Reply(status=400, body={"error": {"message": f"strange {key}"}}),
        lambda key: Reply(status=404, body=f"no {key}".encode()),
        lambda key: Reply(status=500, body={"error": {"message": f"Bearer {key}"}}),
        lambda key: Reply(body={"error": {"message": f"x {key} y"}}),
        lambda key: Reply(f"you sent {key}"),
        lambda key: Reply(body=f"<html>{key}</html>".encode()),
        lambda key: Reply(status=302, headers={"Location": f"http://{key}@other/"}),
        lambda key: Reply(None, refusal="no"),
        lambda key: Reply("", close="reset"),
    ],
)
def test_key_is_shown_nowhere(
    mode: str, make: Callable[[str], Reply], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    key = f"sk-{uuid.uuid4().hex}"
    caplog.set_level(logging.DEBUG)
    shown = repr(Endpoint("m", api_key=key))
    with serving(make(key)) as server:
        try:
            shown += repr(ask(server, key=key, mode=mode))
        except SummarizerError as error:
            shown += everything(error)
    assert server.headers[0]["authorization"] == f"Bearer {key}"
    shown += caplog.text + "".join(map(str, capfd.readouterr()))
    assert key not in shown
    assert key[3:] not in shown
    assert not [r for r in caplog.records if r.name.startswith("instructor")]


# Threads and imports


def test_one_client_serves_many_threads() -> None:
    failed: set[int] = set()

    def reply(body: dict[str, Any], n: int) -> Reply | str:
        number = int(body["messages"][-1]["content"])
        if number % 7 == 0 and number not in failed:  # once each: no call meets more trouble than it may retry
            failed.add(number)
            return Reply(status=503)
        return json.dumps({"labels": [{"id": number, "zh": f"第{number}"}]}, ensure_ascii=False)

    with serving(reply) as server, LlmClient(Endpoint("test-model", server.url), sleep=Naps()) as client:

        def one(n: int) -> int:
            value = client.ask([{"role": "user", "content": str(n)}], Labels, name=str(n)).value
            assert isinstance(value, Labels)
            return int(value.labels[0].id)

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(one, range(60))) == list(range(60))


def test_client_that_is_handed_in_keeps_its_connections_and_loses_its_retries() -> None:
    import httpx2
    import openai

    asked = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(500)

    http = httpx2.Client(transport=httpx2.MockTransport(handle))
    theirs = openai.OpenAI(api_key="sk-theirs-theirs", base_url="http://x/v1", http_client=http, max_retries=5)
    client = LlmClient(Endpoint("m", "http://x/v1"), client=theirs, sleep=Naps())
    with client, pytest.raises(TransientError):
        client.ask([{"role": "user", "content": "一"}], Labels, name="chunk 1")
    assert len(asked) == 3
    assert not http.is_closed
    http.close()


def test_no_thread_is_left_behind() -> None:
    with serving(GOOD) as server:
        ask(server)
    time.sleep(0.05)
    assert not [t.name for t in threading.enumerate() if t.name == "summarizer-request"]


@pytest.mark.parametrize(
    "code", ["import summarizer", "import summarizer.engines.llm, summarizer.cassettes", "import summarizer.cli"]
)
def test_heavy_libraries_are_imported_late(code: str) -> None:
    script = f"{code}\nimport sys\nprint([m for m in ('openai', 'instructor', 'vcr', 'tenacity') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_imports_no_heavy_library() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "summarizer", "--help"], capture_output=True, text=True, check=True
    )
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert not names & {"openai", "instructor", "vcr", "httpx2", "tenacity"}
