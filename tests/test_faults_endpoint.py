"""Matrix A of the fault tests, with E1, F5 and F7: what a user sees of a misbehaving endpoint, every request counted.

Whole runs of the command line on the real HTTP stack, against a loopback endpoint that answers like an honest model
where it does not misbehave. Waits run a hundred times as fast (`QuickTime`).
"""

import heapq
import itertools
import json
import logging
import math
import os
import random
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fault_server import (
    CALLS,
    FaultServer,
    QuickTime,
    Reply,
    Script,
    TokenBucket,
    World,
    about,
    allow_loopback,
    honest,
    labels_asked,
    serving,
)
from pydantic import BaseModel

from summarizer.engines.llm import Endpoint, LlmClient, Pacer, forget_modes, forget_paces
from summarizer.engines.llm.pacing import Pace, pacer_of
from summarizer.errors import EngineOutputError, EngineUnavailableError, TransientError


class Said(BaseModel):
    zh: str


GOOD = '{"zh":"案件"}'
ENFORCEMENT = "严格行政执法监管"  # section 1.2


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> World:
    return World(monkeypatch, tmp_path, capfd)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    allow_loopback(monkeypatch)
    forget_modes()
    forget_paces()
    yield
    forget_modes()
    forget_paces()


def error(status: int, message: str = "no", code: str = "", **headers: str) -> Reply:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, body={"error": {"message": message, "code": code}}, headers=told)


def only(words: str, fault: Reply | Script) -> Script:
    """Honest, but for what is asked about one passage."""

    def script(body: dict[str, Any], n: int) -> Reply | str:
        if not about(body, words):
            return honest(body)
        return fault if isinstance(fault, Reply) else fault(body, n)

    return script


def asked_about(server: FaultServer, words: str) -> int:
    return sum(about(body, words) for body in server.seen)


def ask_many(client: LlmClient, count: int, workers: int) -> list[object]:
    """Answers and errors of so many calls."""

    def one(n: int) -> object:
        try:
            return client.ask([{"role": "user", "content": f"第{n}段"}], Said, name=f"section {n}")
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, range(count)))


# A1, A4, A11, A12: nobody can be asked


@pytest.mark.parametrize("status", [401, 403])
def test_a1_rejected_key_costs_one_request(world: World, status: int) -> None:
    world.time.scale = 1  # nothing waits here
    with serving(error(status, "Incorrect API key")) as server:
        ended = world.run(server, "--parallel", "32")
    assert ended.code == 4
    assert ended.err == f"summarizer: key rejected by {server.host} ({status}); check OPENAI_API_KEY\n"
    assert server.requests == 1


@pytest.mark.parametrize(
    ("fault", "said"), [(error(401), "check OPENAI_API_KEY"), (error(402, "Insufficient Balance"), "quota")]
)
def test_a1_a4_finished_sections_are_kept(world: World, fault: Reply, said: str) -> None:
    """What was answered before the key or the money failed is not asked for again."""
    with serving(lambda body, n: honest(body) if n <= 3 else fault) as server:
        ended = world.run(server, "--parallel", "1")
        assert (ended.code, server.requests) == (4, 4)
        assert said in ended.err
        server.script = honest
        assert world.run(server).code == 0
        assert server.requests == 4 + CALLS - 3


@pytest.mark.parametrize(
    "fault", [error(429, "You exceeded your current quota", "insufficient_quota"), error(402, "Insufficient Balance")]
)
def test_a4_used_up_quota_costs_one_request(world: World, fault: Reply) -> None:
    world.time.scale = 1  # nothing waits here
    with serving(fault) as server:
        ended = world.run(server)
    assert ended.code == 4
    assert f"the quota at {server.host} is used up" in ended.err
    assert "run the same command again" in ended.err
    assert server.requests == 1
    assert world.time.naps == []


@pytest.mark.parametrize(
    ("fault", "args", "said"),
    [
        (error(404, "The model does not exist"), (), ("'test-model'", "OPENAI_MODEL", "OPENAI_BASE_URL")),
        (error(400, "Unknown parameter: 'top_k'"), ("--param", "top_k=1"), ("top_k", "test-model")),
        (error(400, "response_format is unavailable"), ("--mode", "json_schema"), ("json_schema", "--mode json")),
        (error(400, "tools are not supported"), ("--mode", "tools"), ("mode tools", "--mode json or md_json")),
        (Reply(status=307, headers={"Location": "http://127.0.0.1:9/v1"}), (), ("redirects (307)", "OPENAI_BASE_URL")),
    ],
)  # fmt: skip
def test_a11_a12_what_only_the_user_can_mend(
    world: World, fault: Reply, args: tuple[str, ...], said: tuple[str, ...]
) -> None:
    world.time.scale = 1  # nothing waits here
    with serving(fault) as server:
        ended = world.run(server, *args)
    assert ended.code == 4
    assert server.host in ended.err
    assert all(word in ended.err for word in said)
    assert len(ended.err.strip().splitlines()) == 1
    assert server.requests == 1


def test_a12_nobody_else_sees_the_report(world: World) -> None:
    with serving(honest) as other, serving(Reply(status=308, headers={"Location": other.url})) as server:
        assert world.run(server).code == 4
    assert other.requests == 0


def test_after_a_permanent_error_nothing_more_is_sent(loopback: None) -> None:
    """Neither by later calls nor by those that wait for their turn; all are told the same."""
    with serving(Reply(status=401, delay=0.05)) as server, LlmClient(Endpoint("m", server.url, "sk-one-two")) as client:
        told = ask_many(client, 40, 40)
        assert server.requests == 1
    assert {type(t) for t in told} == {EngineUnavailableError}
    assert len({str(t) for t in told}) == 1


# A2, A3, A5: too many requests


def test_a2_all_workers_pause_together(loopback: None) -> None:
    quick, waits = QuickTime(5), []

    def reply(body: dict[str, Any], n: int) -> Reply:
        return error(429, retry_after="3") if n == 5 else Reply(GOOD, delay=0.01)

    with serving(reply) as server:
        pacer = Pacer(32, clock=quick, wait=quick.wait)
        with LlmClient(
            Endpoint("m", server.url), pacer=pacer, on_wait=lambda seconds, why: waits.append((seconds, why))
        ) as client:
            told = ask_many(client, 40, 32)
        times = sorted(server.times)
    assert not [t for t in told if isinstance(t, Exception)]
    assert waits == [(3.0, "rate limited")]
    assert server.requests == 41
    assert max(b - a for a, b in itertools.pairwise(times)) * quick.scale >= 2  # less what a busy machine delays


def test_a2_whole_run(world: World) -> None:
    with serving(lambda body, n: error(429, retry_after="3") if n == 2 else honest(body)) as server:
        ended = world.run(server)
    assert (ended.code, server.requests) == (0, CALLS + 1)
    assert ended.brief["run"]["retries"] == 1


def test_a3_rate_limit_without_a_word_for_a_minute(world: World) -> None:
    """All workers together ask at most ten times in it, then everything comes right."""
    start: list[float] = []

    def reply(body: dict[str, Any], n: int) -> Reply | str:
        start.append(world.time())
        return error(429) if world.time() < start[0] + 60 else honest(body)

    with serving(reply) as server:
        ended = world.run(server, "--parallel", "32")
    assert ended.code == 0
    early = [t for t in start if t < start[0] + 60]
    assert len(early) <= 10
    assert server.requests == CALLS + len(early)


def test_a3_rate_limit_for_ever_is_given_up_by_all(world: World) -> None:
    """After 300 s of waiting, once for the whole run and not once for each section; the sections are named."""
    world.time.scale = 1000
    with serving(error(429)) as server:
        ended = world.run(server, "--parallel", "2")
    assert ended.code == 5
    assert "still limits the rate of requests" in ended.findings()
    assert server.requests <= 12


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("1", 1), ("20", 20), ("0.5", 0.5), ("119", 119), ("120", 120), ("Thu, 01 Jan 1970 00:01:30 GMT", 30),
        ("0", 2), ("-10", 2), ("nan", 2), ("inf", 2), ("-inf", 2), ("", 2), ("junk", 2), ("1e", 2), ("３", 2),
        ("Thu, 01 Jan 1970 00:00:30 GMT", 2), ("Thu, 32 Jan 1970 00:00:30 GMT", 2), ("Fri, 29 Sep 2016 16:26:57", 2),
        ("Thu, 01 Jan 100000 00:00:30 GMT", 2), ("121", None), ("3600", None), ("1e9", None),
        ("Thu, 01 Jan 1970 01:01:00 GMT", None),
    ],
)  # fmt: skip
def test_a5_retry_after(loopback: None, told: str, seconds: float | None) -> None:
    """What makes sense is obeyed, up to two minutes; for longer nobody waits; nonsense is a wait of our own."""
    if told == "３":
        told = "3.x"
    if told.startswith("Fri"):
        seconds = None  # half a century
    quick, waits = QuickTime(2000), []
    with serving([error(429, retry_after=told), Reply(GOOD)]) as server:
        client = LlmClient(
            Endpoint("m", server.url),
            pacer=Pacer(8, clock=quick, wait=quick.wait),
            clock=lambda: 60.0,
            on_wait=lambda waited, why: waits.append(waited),
        )
        with client:
            (answer,) = ask_many(client, 1, 1)
    if seconds is None:
        assert isinstance(answer, TransientError)
        assert answer.retry_after is not None
        assert answer.retry_after > 120
        assert (server.requests, waits) == (1, [])
    else:
        assert not isinstance(answer, Exception)
        assert (server.requests, waits) == (2, [pytest.approx(seconds)])


@pytest.mark.parametrize(
    ("message", "seconds"),
    [
        ("Rate limit reached for gpt-4o: Limit 3 / min. Please try again in 20s. Visit .../account/billing", 20),
        ("Rate limit reached. Please try again in 860ms.", 0.86),
        ("Rate limit reached. Please try again in 1m0.5s", 60.5),
        ("quota exceeded for this minute; please retry in 12.5s.", 12.5),
        ("slow down", 2),
    ],
)
def test_a5_wait_that_is_only_in_the_message(loopback: None, message: str, seconds: float) -> None:
    quick, waits = QuickTime(1000), []
    with serving([error(429, message), Reply(GOOD)]) as server:
        pacer = Pacer(8, clock=quick, wait=quick.wait)
        with LlmClient(Endpoint("m", server.url), pacer=pacer, on_wait=lambda s, why: waits.append(s)) as client:
            ask_many(client, 1, 1)
        assert (server.requests, waits) == (2, [pytest.approx(seconds)])


def test_a5_an_hour_is_told_to_everybody_without_asking(world: World) -> None:
    with serving(error(429, retry_after="3600")) as server:
        ended = world.run(server, "--parallel", "16")
    assert ended.code == 5
    assert server.requests == 1
    failed = [f["message"] for f in ended.brief["findings"] if "3600 s" in f["message"]]
    assert len(failed) >= CALLS


# Pacing, as a simulation: no thread, no clock


def simulate(limit: "TokenBucket", now: list[float], *, workers: int, total: int, latency: float) -> tuple[Pace, float]:
    """So many requests by so many workers; an answer takes 60 to 140% of `latency`, a rejection 50 ms."""
    chance, pace = random.Random(1), Pace(workers)
    events: list[tuple[float, int, int, Reply | None]] = []
    ready, begun, done, waited, counter = workers, workers, 0, False, itertools.count()
    while done < total:
        due = pace.due(now[0]) if ready else math.inf
        if due <= 0:
            number = pace.send(now[0], waited=waited)
            ready, waited = ready - 1, False
            refused = limit()
            seconds = 0.05 if refused else latency * chance.uniform(0.6, 1.4)
            heapq.heappush(events, (now[0] + seconds, next(counter), number, refused))
            continue
        waited = waited or (due < math.inf and not pace.paused(now[0]))
        ends = events[0][0] if events else math.inf
        if now[0] + due < ends:
            now[0] += due + 1e-9
            continue
        now[0], _, number, refused = heapq.heappop(events)
        if refused is None:
            pace.accepted(number, now[0])
            done += 1
            if begun < total:
                begun, ready = begun + 1, ready + 1
        else:
            milliseconds = refused.headers.get("retry-after-ms")
            seconds = refused.headers.get("retry-after")
            told = float(milliseconds) / 1000 if milliseconds else float(seconds) if seconds else None
            pace.rejected(number, now[0], told)
            ready += 1
    return pace, now[0]


@pytest.mark.parametrize("tell", [None, "retry-after", "retry-after-ms"])
@pytest.mark.parametrize(("rate", "capacity"), [(5, 300), (5, 50), (5, 10), (1, 60), (20, 1200), (20, 20)])
def test_half_the_demand_wastes_few_requests(rate: float, capacity: float, tell: str | None) -> None:
    """Fifty sections in flight, a token bucket at half of what they ask for: at most 2% of requests are rejected, and
    the limit is made use of."""
    for total in (600, 2000):
        now = [0.0]
        bucket = TokenBucket(rate, capacity, lambda now=now: now[0], tell)  # type: ignore[misc]
        pace, seconds = simulate(bucket, now, workers=50, total=total, latency=50 / (2 * rate))
        assert pace.refused <= 0.02 * (pace.taken + pace.refused)
        ideal = max((total - capacity) / rate, total / (2 * rate))
        assert seconds <= 1.35 * ideal + 20


@pytest.mark.parametrize(("rate", "total", "most"), [(5, 300, 0.03), (1, 300, 0.04), (1, 2000, 0.01)])
def test_endpoint_that_bears_no_burst(rate: float, total: int, most: float) -> None:
    now = [0.0]
    bucket = TokenBucket(rate, 1, lambda: now[0])
    pace, _ = simulate(bucket, now, workers=50, total=total, latency=25 / rate)
    assert pace.refused <= most * (pace.taken + pace.refused)


def test_limit_that_is_lifted_is_found_out() -> None:
    now = [0.0]
    bucket = TokenBucket(2, 10, lambda: now[0])
    simulate_until, lifted = 300, 0.0
    pace = Pace(50)
    chance, events, counter, sent = random.Random(2), [], itertools.count(), []
    while now[0] < 900:
        if now[0] > simulate_until and not lifted:
            bucket.rate, lifted = 50, now[0]
        due = pace.due(now[0])
        if due <= 0:
            number = pace.send(now[0], waited=True)
            refused = bucket()
            sent.append(now[0])
            heapq.heappush(
                events, (now[0] + (0.05 if refused else chance.uniform(2, 4)), next(counter), number, refused)
            )
            continue
        ends = events[0][0] if events else math.inf
        if now[0] + due < ends:
            now[0] += due + 1e-9
            continue
        now[0], _, number, refused = heapq.heappop(events)
        if refused is None:
            pace.accepted(number, now[0])
        else:
            pace.rejected(number, now[0], None)
    assert sum(t > 890 for t in sent) >= 90  # 50 in flight of 3 s each are 16 a second


def test_overload_halves_what_is_in_flight_and_recovers() -> None:
    pace, now = Pace(16), 0.0
    numbers = [pace.send(now, waited=False) for _ in range(16)]
    assert pace.due(2.0) == math.inf
    for number in numbers:
        assert pace.overloaded(number, 2.0, None) is None
    assert pace.limit == 8  # once for all of them
    for _ in range(40):
        pace.accepted(pace.send(3.0, waited=False), 3.0)
    assert pace.limit == 16


def test_first_request_goes_alone_and_the_others_follow_soon() -> None:
    pace = Pace(50)
    first = pace.send(0.0, waited=False)
    assert pace.due(0.01) == pytest.approx(0.29)
    pace.accepted(first, 0.2)
    now, sent = 0.2, 0
    while sent < 50:
        now += pace.due(now)
        pace.send(now, waited=False)
        sent += 1
    assert now < 1.3


def test_token_bucket_on_the_real_stack(loopback: None) -> None:
    """The same with threads and sockets, where time is less exact."""
    quick = QuickTime(20)
    bucket = TokenBucket(10, 30, quick, "retry-after")

    def reply(body: dict[str, Any], n: int) -> Reply:
        return bucket() or Reply(GOOD, delay=2.5 / quick.scale)

    with serving(reply) as server, LlmClient(
        Endpoint("m", server.url), pacer=Pacer(50, clock=quick, wait=quick.wait)
    ) as client:  # fmt: skip
        told = ask_many(client, 120, 50)
        wasted = server.requests - 120
    assert not [t for t in told if isinstance(t, Exception)]
    assert wasted <= 8


def test_one_pacer_for_all_reports_of_an_endpoint(loopback: None) -> None:
    url = "http://127.0.0.1:9/v1"
    clients = [LlmClient(Endpoint(model, url + end)) for model, end in (("m", ""), ("m", "/"), ("other", ""))]
    assert clients[0]._pacer is clients[1]._pacer
    assert clients[0]._pacer is not clients[2]._pacer
    for client in clients:
        client.close()
    assert pacer_of(("x", "y"), 4).pace.limit == 4
    assert pacer_of(("x", "y"), 9).pace.limit == 9


# A6, A7, A8: trouble that may pass


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_a6_three_requests_a_section_at_most(world: World, status: int) -> None:
    counts: Counter[str] = Counter()

    def twice(body: dict[str, Any], n: int) -> Reply | str:
        text = body["messages"][-1]["content"]
        counts[text] += 1
        return error(status) if counts[text] <= 2 else honest(body)

    with serving(twice) as server:
        ended = world.run(server)
        assert (ended.code, server.requests) == (0, 3 * CALLS)
    with serving(only(ENFORCEMENT, error(status, "boom"))) as server:
        ended = world.run(server, "--fresh")
        assert asked_about(server, ENFORCEMENT) == 3
        assert server.requests == CALLS + 2
    assert ended.code == 5
    assert [s["id"] for s in ended.brief["sections"] if s["status"] == "failed"] == ["1.2"]
    assert "section 1.2" in ended.findings()
    assert "boom" in ended.findings()


@pytest.mark.parametrize(
    "fault", [Reply("{}", delay=30), Reply(GOOD, drip=0.4), Reply(GOOD, drip_headers=0.5, headers={"a": "1", "b": "2"})]
)
def test_a7_silence_ends_within_the_deadline(world: World, fault: Reply) -> None:
    world.timeout = 0.8
    with serving(only(ENFORCEMENT, fault)) as server:
        began = time.monotonic()
        ended = world.run(server)
        took = time.monotonic() - began
        assert asked_about(server, ENFORCEMENT) == 1
    assert ended.code == 5
    assert "section 1.2" in ended.findings()
    assert took < world.timeout + 3


def test_a8_nobody_there(world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ended = world.run(f"http://127.0.0.1:{port}/v1")
    assert ended.code == 4
    assert f"cannot reach 127.0.0.1:{port}" in ended.err
    assert len(ended.err.strip().splitlines()) == 1


@pytest.mark.parametrize("close", ["reset", "short"])
def test_a8_connection_breaks_off(world: World, close: str) -> None:
    with serving(lambda body, n: Reply(GOOD, close=close) if n == 3 else honest(body)) as server:
        ended = world.run(server)
        assert (ended.code, server.requests) == (0, CALLS + 1)
    with serving(only(ENFORCEMENT, Reply(GOOD, close=close))) as server:
        ended = world.run(server, "--fresh")
        assert asked_about(server, ENFORCEMENT) == 3
    assert ended.code == 5
    assert "broke off" in ended.findings()


# A9, A10: answers that are none


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Reply(body=b"<html>please sign in</html>"), "a web page instead of JSON"),
        (Reply(body={"error": {"message": "up\x1b[31m" + "very " * 100}}), "up\\x1b[31mvery"),
        (Reply(choices=[]), "holds no choice"),
        (Reply("{{{"), "cannot be used"),
        (Reply(body=b""), "nothing instead of JSON"),
    ],
)
def test_a9_what_is_no_answer(world: World, fault: Reply, said: str) -> None:
    with serving(only(ENFORCEMENT, fault)) as server:
        ended = world.run(server)
        assert asked_about(server, ENFORCEMENT) <= 2
    assert ended.code == 5
    assert said in ended.findings()
    assert "very " * 60 not in ended.findings()
    assert "\x1b" not in ended.err + ended.findings()
    assert sum(s["status"] == "failed" for s in ended.brief["sections"]) == 1


def test_a9_no_usage_is_unknown_not_none(world: World) -> None:
    with serving(lambda body, n: Reply(honest(body), usage=None)) as server:
        ended = world.run(server)
    assert ended.code == 0
    assert ended.brief["run"]["tokens"] == {"prompt": None, "cached": None, "completion": None}


def figures(brief: dict[str, Any]) -> list[Any]:
    return [(m["value"], m["unit"], m["raw"], m["number"], m["status"], m["label"]) for m in brief["metrics"]]


TOO_LONG = error(400, "maximum context length is 100 tokens", "context_length_exceeded")


@pytest.mark.parametrize("fault", [TOO_LONG, error(413), Reply("{", finish="length")])
def test_a10_b1_too_much_is_asked_for_in_parts(world: World, fault: Reply) -> None:
    """Section by section, and a section alone in halves; the figures are those of the run that was not split."""

    def picky(body: dict[str, Any], n: int) -> Reply | str:
        two = about(body, "规范行政审批服务") and about(body, "主要工作情况")
        return fault if two or (about(body, ENFORCEMENT) and labels_asked(body) > 4) else honest(body)

    with serving(honest) as server:
        whole = world.run(server, "--no-store")
    with serving(picky) as server:
        ended = world.run(server)
        assert server.requests == CALLS + 2 + 2
        assert ended.code == whole.code == 0
        assert figures(ended.brief) == figures(whole.brief)
        told = [[s["summary"] is None for s in e.brief["sections"]] for e in (ended, whole)]
        assert told[0] == told[1]
        again = world.run(server)
        assert again.without_run() == ended.without_run()
        assert server.requests == CALLS + 2 + 2


@pytest.mark.parametrize("fault", [TOO_LONG, Reply("{", finish="length")])
def test_a10_b1_still_too_much_is_told_and_never_kept(world: World, fault: Reply) -> None:
    with serving(only(ENFORCEMENT, fault)) as server:
        ended = world.run(server)
        assert asked_about(server, ENFORCEMENT) == 3  # the whole and its halves
        assert ended.code == 5
        assert "section 1.2" in ended.findings()
        before, server.script = server.requests, honest
        assert world.run(server).code == 0
        assert asked_about(server, ENFORCEMENT) == 4
        assert server.requests <= before + 2  # and the overview, which tells of the section


# Stopping


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_ctrl_c_gets_through_a_common_wait(loopback: None) -> None:
    with serving(error(429, retry_after="100")) as server, LlmClient(Endpoint("m", server.url)) as client:
        timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            timer.start()
            began = time.monotonic()
            with pytest.raises(KeyboardInterrupt):
                client.ask([{"role": "user", "content": "一"}], Said, name="section 1")
            assert time.monotonic() - began < 0.5 + 0.3 + 0.2
        finally:
            signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("fault", [error(429, retry_after="100"), error(500, retry_after="100"), error(503)])
def test_stop_ends_every_wait_at_once(loopback: None, fault: Reply) -> None:
    with serving(fault) as server, LlmClient(Endpoint("m", server.url)) as client:
        with ThreadPoolExecutor(1) as pool:
            told = pool.submit(ask_many, client, 8, 8)
            time.sleep(0.4)
            began = time.monotonic()
            client.stop()
            problems = told.result()
        assert time.monotonic() - began < 0.3
        sent = server.requests
        with pytest.raises(EngineOutputError, match="stopped"):
            client.ask([{"role": "user", "content": "一"}], Said, name="section 1")
        assert server.requests == sent
    assert all(isinstance(p, EngineOutputError) for p in problems)


# E1: order


def test_e1_order_of_replies_does_not_matter(world: World) -> None:
    told = set()
    for seed, workers in itertools.product(range(3), ("1", "4", "32")):
        chance = random.Random(seed)

        def reply(body: dict[str, Any], n: int, chance: random.Random = chance) -> Reply:
            return Reply(honest(body), delay=chance.uniform(0, 0.03))

        with serving(reply) as server:
            ended = world.run(server, "--no-store", "--parallel", workers)
            assert (ended.code, server.requests) == (0, CALLS)
        told.add(ended.without_run())
    assert len(told) == 1


# F5, F7


@pytest.mark.parametrize("mode", ["auto", "tools"])
@pytest.mark.parametrize(
    "make",
    [
        lambda key, body: Reply(honest(body)),
        lambda key, body: error(401, f"Incorrect API key provided: {key}."),
        lambda key, body: error(400, f"strange {key}"),
        lambda key, body: error(500, f"Bearer {key}"),
        lambda key, body: error(429, f"slow down, {key}", retry_after="3600"),
        lambda key, body: Reply(body={"error": {"message": f"x {key} y"}}),
        lambda key, body: Reply(body=f"<html>{key}</html>".encode()),
        lambda key, body: Reply(status=302, headers={"Location": f"http://{key}@other/"}),
        lambda key, body: Reply(None, refusal=f"no, {key}"),
        lambda key, body: Reply(f"you sent {key}"),
        lambda key, body: Reply("", close="reset"),
    ],
)  # fmt: skip
def test_f5_key_is_found_nowhere(
    world: World, mode: str, make: Callable[[str, Any], Reply], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in either stream, nor in a log at DEBUG, nor in any file of the run, the store included."""
    caplog.set_level(logging.DEBUG)
    with serving(lambda body, n: make(world.key, body)) as server:
        ended = world.run(server.url + "?token=t-o-k-e-n", "--debug", "--mode", mode)
        if ended.code == 0:
            world.run(server, "--cassette", "tape.yaml")
    assert server.headers[0]["authorization"] == f"Bearer {world.key}"
    shown = ended.out + ended.err + caplog.text
    written = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    for secret in (world.key, world.key[3:], "t-o-k-e-n"):
        assert secret not in ended.out + ended.err
        assert secret.encode() not in written
    assert world.key[3:] not in shown


def test_f7_template_marks_reach_the_model_unchanged(world: World) -> None:
    odd = "处罚{{ 7*7 }}件{# 注 #}{% for x in y %}%s{0}${title}$$\\n"
    text = f"某局2023年法治政府建设报告\n\n一、工作情况\n（一）执法。{odd}办理案件15件。\n"
    (world.folder / "odd.txt").write_text(text, "utf-8")
    with serving(honest) as server:
        for mode in ("json_schema", "json", "md_json", "tools"):
            world.run(server, "--no-store", "--mode", mode, report="odd.txt")
        sections = [t for t in server.user_texts() if "<passage>" in t]
    assert len(sections) >= 4
    assert all(odd in t for t in sections)
    assert all(json.dumps(odd, ensure_ascii=False)[1:-1].encode() in raw for raw in server.raw if b"<passage>" in raw)
