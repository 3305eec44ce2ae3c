"""The measuring endpoint: it answers the real prompts so that nothing is asked again, counts, limits and misbehaves."""

import http.client
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.endpoint import FAULTS, Endpoint, Fault, Settings, serving
from benchmarks.rule_answers import Lengths, tokens
from summarizer import summarize
from summarizer.brief import Severity
from summarizer.engines.opening import EngineOptions
from tests.conftest import SEEDS
from tests.fault_server import allow_loopback

AT_ONCE = Settings(ttft=0, prefill=1e9, decode=1e9, drip=0, hang=0.2)
ASKED = {
    "model": "rule",
    "messages": [{"role": "system", "content": "Rules. " * 60}, {"role": "user", "content": "一"}],
}


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch, _no_network: None) -> None:
    allow_loopback(monkeypatch)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(AT_ONCE) as served:
        yield served


def post(url: str, body: Any = ASKED) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(url.split("/")[2], timeout=5)
    try:
        connection.request("POST", "/v1/chat/completions", json.dumps(body))
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem)
@pytest.mark.parametrize("lengths", sorted(Lengths.known()))
def test_nothing_is_asked_again(seed: Path, lengths: str) -> None:
    """Every label, title, summary and overview text passes the checks at once, and brings no finding of its own."""
    with serving(Settings(0, 1e9, 1e9, lengths=Lengths.known()[lengths])) as served:
        options = EngineOptions(engine="llm", model="rule", base_url=served.url, keep=False)
        brief = summarize(seed, engine=options)
    offline = summarize(seed, engine="offline")
    told = [Counter(f.code for f in b.findings if f.severity is not Severity.INFO) for b in (brief, offline)]
    assert brief.run.retries == 0
    assert served.stats.rejected == 0
    assert told[0] - told[1] == Counter()
    assert served.stats.requests == brief.run.requests
    assert served.stats.completion_tokens == brief.run.tokens.completion


def test_answers_are_quick() -> None:
    """An answer costs a few milliseconds of processor time at most, so that it is not the endpoint that is measured."""
    with serving(AT_ONCE) as served:
        summarize(SEEDS[1], engine=EngineOptions(engine="llm", model="rule", base_url=served.url, keep=False))
    assert served.stats.processor_seconds / served.stats.requests < 0.01


def test_a_prefix_is_cached(endpoint: Endpoint) -> None:
    """The second time, whole blocks of the prompt come from the cache and are told in the usage."""
    usages = [json.loads(post(endpoint.url)[2])["usage"] for _ in range(2)]
    cached = [u["prompt_tokens_details"]["cached_tokens"] for u in usages]
    assert cached[0] == 0
    assert 0 < cached[1] <= usages[1]["prompt_tokens"]
    assert cached[1] % 64 == 0


def test_latency_follows_the_tokens() -> None:
    """A call takes the time to the first token, to read what is not cached, and to write."""
    with serving(Settings(ttft=0.05, prefill=4000, decode=2000)) as served:
        began = time.monotonic()
        usage = json.loads(post(served.url)[2])["usage"]
        spent = time.monotonic() - began
    told = 0.05 + usage["prompt_tokens"] / 4000 + usage["completion_tokens"] / 2000
    assert told <= spent < told + 0.5


def test_limits_answer_429_with_a_wait() -> None:
    """A full bucket lets a minute's worth through; what is above is told when to come again."""
    with serving(Settings(0, 1e9, 1e9, rpm=2)) as served:
        answers = [post(served.url) for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert 1 <= int(answers[2][1]["retry-after"]) <= 30
    assert served.stats.rejected == 1


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_strikes_and_passes(name: str) -> None:
    """A fault of the first request leaves the second as it should be."""
    with serving(Settings(0, 1e9, 1e9, faults=(Fault.parse(f"{name}:first=1"),), drip=0, hang=0.1)) as served:
        try:
            first: Any = post(served.url)
        except (http.client.HTTPException, OSError) as error:
            first = error
        second = post(served.url)
        assert served.stats.requests == 2
    whole = json.loads(second[2])
    assert second[0] == 200
    assert whole["choices"][0]["finish_reason"] == "stop"
    if isinstance(first, tuple) and name not in ("slow", "string_ids"):
        assert first[:1] + first[2:] != second[:1] + second[2:]
        assert first[0] != 200 or first[2] != second[2]


@pytest.mark.parametrize("told", ["no_such", "reset:every=0", "reset:often=2", "reset:every="])
def test_a_fault_that_makes_no_sense_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"none of|write NAME"):
        Fault.parse(told)


def test_forms_that_a_mode_does_not_know_are_refused() -> None:
    """A server that only knows JSON mode rejects a schema and tools, in words that name the parameter."""
    with serving(Settings(0, 1e9, 1e9, mode="json_only")) as served:
        schema = post(served.url, {**ASKED, "response_format": {"type": "json_schema", "json_schema": {"schema": {}}}})
        plain = post(served.url, {**ASKED, "response_format": {"type": "json_object"}})
    assert (schema[0], plain[0]) == (400, 200)
    assert json.loads(schema[2])["error"]["param"] == "response_format"


def test_any_schema_is_answered(endpoint: Endpoint) -> None:
    """A prompt that is not ours gets an answer of the shape it asks for."""
    metric = {"properties": {"name_en": {"type": "string"}, "value": {"type": "number"}}, "type": "object"}
    properties = {"summary_zh": {"type": "string"}, "metrics": {"type": "array", "items": {"$ref": "#/$defs/M"}}}
    schema = {"$defs": {"M": metric}, "type": "object", "properties": properties}
    tool = {"type": "function", "function": {"name": "Answer", "parameters": schema}}
    body = {**ASKED, "messages": [{"role": "user", "content": "办理案件15件，罚款20万元。"}], "tools": [tool]}
    message = json.loads(post(endpoint.url, body)[2])["choices"][0]["message"]
    value = json.loads(message["tool_calls"][0]["function"]["arguments"])
    assert [m["value"] for m in value["metrics"]][:2] == [15.0, 20.0]
    assert tokens(value["summary_zh"]) > 20
