"""A measuring endpoint on this machine: python -m benchmarks.endpoint --port 8000 --fault rate_limit:every=5

It speaks OpenAI's chat completions, answers the project's own prompts by rule from nothing but the request
(`benchmarks/rule_answers.py`) with the latency of a model, a prompt cache and rate limits, counts what it is asked,
and misbehaves on demand in every way of the fault matrix. GET /stats tells what was counted.
"""

import argparse
import asyncio
import json
import math
import sys
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rule_answers import HONEST, Answered, Lengths, answer, tokens

Json = dict[str, Any]
_BLOCK = 64  # tokens; what prompt caches work in
_PIECE = 48  # characters by which prefixes are compared
_LARGEST = 64 * 1024 * 1024

# What an endpoint takes besides plain messages.
MODES: Mapping[str, frozenset[str]] = {
    "all": frozenset({"json_schema", "json_object", "tools"}),
    "json_only": frozenset({"json_object"}),
    "tools_only": frozenset({"tools"}),
    "text_only": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to misbehave, in every nth request or in the first n, or always.

    >>> Fault.parse("rate_limit:every=5")
    Fault(name='rate_limit', every=5, first=0)
    """

    name: str
    every: int = 1
    first: int = 0

    @staticmethod
    def parse(told: str) -> "Fault":
        """Read NAME, NAME:every=N or NAME:first=N. Raises: ValueError."""
        name, _, when = told.partition(":")
        if name not in FAULTS:
            raise ValueError(f"fault {name!r} is none of {', '.join(sorted(FAULTS))}")
        if not when:
            return Fault(name)
        kind, _, number = when.partition("=")
        if kind not in ("every", "first") or not number.isdigit() or not int(number):
            raise ValueError(f"{told!r}: write NAME, NAME:every=N or NAME:first=N")
        return Fault(name, every=int(number)) if kind == "every" else Fault(name, first=int(number))

    def strikes(self, n: int) -> bool:
        """Whether the nth request (from 1) is hit."""
        return n <= self.first if self.first else n % self.every == 0


@dataclass(frozen=True, slots=True)
class Settings:
    """How the endpoint behaves; seconds, tokens and tokens per second.

    Attributes:
        ttft: before the first token; prefill, decode: tokens per second, read and written.
        rpm, tpm: requests and tokens a minute, None for no limit; a bucket holds a minute's worth.
        drip: between the bytes of a slow reply; hang: how long a hanging call is held.
        largest_prompt: tokens above which `context_length` strikes (0: any).
        redirect_to: where `redirect` sends the client.
    """

    ttft: float = 0.4
    prefill: float = 5000
    decode: float = 80
    rpm: float | None = None
    tpm: float | None = None
    mode: str = "all"
    faults: tuple[Fault, ...] = ()
    lengths: Lengths = HONEST
    drip: float = 0.05
    hang: float = 600
    largest_prompt: int = 0
    redirect_to: str = "http://127.0.0.1:9/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class Call:
    """One request that got an answer; `latency` is what the model of latency says, seconds."""

    kind: str
    report: str
    began: float
    ended: float
    latency: float
    prompt: int
    cached: int
    schema: int
    completion: int


@dataclass(slots=True)
class Stats:
    """What was counted. Times are seconds since the first request."""

    requests: int = 0
    rejected: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    schema_tokens: int = 0  # of `tools` and `response_format`, which the prompt tokens leave out
    completion_tokens: int = 0
    in_flight: int = 0
    max_in_flight: int = 0
    wall_seconds: float = 0.0
    processor_seconds: float = 0.0
    statuses: Counter[str] = field(default_factory=Counter)
    calls: list[Call] = field(default_factory=list)
    began: float | None = None

    def told(self, *, calls: bool = False) -> Json:
        """As JSON, each call too when asked for."""
        left_out = ("calls", "began", "statuses")
        whole: Json = {n: getattr(self, n) for n in self.__slots__ if n not in left_out}
        whole["statuses"] = dict(self.statuses)
        return {**whole, "calls": [asdict(c) for c in self.calls]} if calls else whole


class Bucket:
    """A token bucket that refills steadily; it holds a minute's worth."""

    def __init__(self, per_minute: float) -> None:
        self._rate = per_minute / 60
        self._capacity = self._level = per_minute
        self._seen = time.monotonic()

    def wait_for(self, amount: float) -> float:
        """Seconds until so much may be taken, 0 for now; takes nothing."""
        now = time.monotonic()
        self._level = min(self._capacity, self._level + (now - self._seen) * self._rate)
        self._seen = now
        return max(0.0, (min(amount, self._capacity) - self._level) / self._rate)

    def take(self, amount: float) -> None:
        """Take it."""
        self._level -= amount


class PromptCache:
    """Prefixes seen before, as an endpoint's prompt cache knows them."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def cached(self, text: str) -> int:
        """Tokens of the longest prefix seen before, in whole blocks."""
        known = 0
        for end, mark in _prefixes(text):
            if mark not in self._seen:
                break
            known = end
        return tokens(text[:known]) // _BLOCK * _BLOCK if known else 0

    def keep(self, text: str) -> None:
        """Remember every prefix of a prompt."""
        self._seen.update(mark for _, mark in _prefixes(text))


def _prefixes(text: str) -> Iterator[tuple[int, int]]:
    mark = 0
    for end in range(_PIECE, len(text) + 1, _PIECE):
        mark = hash((mark, text[end - _PIECE : end]))
        yield end, mark


# -- faults


def _error(message: str, code: str, kind: str = "invalid_request_error", param: str | None = None) -> Json:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


# Name -> (status, body, headers): refused before any token is spent.
_REFUSALS: Mapping[str, tuple[int, Json, Mapping[str, str]]] = {
    "unauthorized": (401, _error("Incorrect API key provided: sk-lo...ck.", "invalid_api_key"), {}),
    "forbidden": (403, _error("Your key may not use this model.", "forbidden"), {}),
    "no_model": (404, _error("The model does not exist or you do not have access to it.", "model_not_found"), {}),
    "payment": (402, _error("Insufficient Balance", "payment_required"), {}),
    "quota": (
        429,
        _error("You exceeded your current quota, please check your plan.", "insufficient_quota", "insufficient_quota"),
        {},
    ),
    "rate_limit": (429, _error("Rate limit reached for requests.", "rate_limit_exceeded"), {"retry-after": "1"}),
    "rate_limit_silent": (429, _error("Rate limit reached for requests.", "rate_limit_exceeded"), {}),
    "rate_limit_hour": (429, _error("Rate limit reached.", "rate_limit_exceeded"), {"retry-after": "3600"}),
    "error_500": (500, _error("The server had an error.", "server_error", "server_error"), {}),
    "error_502": (502, _error("Bad gateway.", "server_error", "server_error"), {}),
    "error_503": (503, _error("The engine is overloaded.", "server_error", "server_error"), {}),
    "error_529": (529, _error("Overloaded.", "overloaded_error", "server_error"), {}),
    "response_format": (
        400,
        _error("This response_format type is unavailable now", "invalid_request_error", param="response_format"),
        {},
    ),
    "unknown_parameter": (
        400,
        _error("Unknown parameter: 'temperature'.", "unknown_parameter", param="temperature"),
        {},
    ),
}

# Names of what happens to the connection or to the reply, with what each is.
FAULTS: Mapping[str, str] = {
    **{name: f"HTTP {status}" for name, (status, _, _) in _REFUSALS.items()},
    "context_length": "HTTP 400 for prompts above --largest-prompt",
    "redirect": "HTTP 307 to another address",
    "hang": "no answer",
    "slow": "a reply byte by byte",
    "silent_body": "headers, then nothing",
    "reset": "the connection is cut before the reply",
    "short": "less body than content-length says",
    "html": "a web page in a 200",
    "error_in_200": "an error object in a 200",
    "no_choices": "an empty list of choices",
    "no_usage": "no usage",
    "length": "cut off, finish_reason length",
    "content_filter": "no content, finish_reason content_filter",
    "refusal": "a refusal",
    "empty": "no content",
    "fenced": "JSON in a fence, prose around it",
    "thinking": "thinking aloud first",
    "two_objects": "the answer, then an object quoted from the report",
    "string_ids": "ids as strings",
    "invalid_json": "JSON that does not parse",
    "wrong_schema": "JSON of another shape",
}


def _twisted(name: str, content: str) -> str:
    """The content of a reply as a fault makes it."""
    if name == "fenced":
        return f"Here is the answer:\n```json\n{content}\n```\n{{附注}} 以上。"
    if name == "thinking":
        return f'<think>First I look at {{"labels": 1}}.</think>\n{content}'
    if name == "two_objects":
        return f'{content}\nThe report also says {{"labels": [], "titles": [], "summaries": [], "value": 999}}'
    if name == "string_ids":
        return json.dumps(_ids_as_strings(json.loads(content)), ensure_ascii=False)
    if name == "invalid_json":
        return content[: len(content) // 2] + ',, "'
    if name == "wrong_schema":
        return '{"answer": "There are no metrics."}'
    if name == "length":
        return content[: len(content) // 2]
    return "" if name in ("content_filter", "refusal", "empty") else content


def _ids_as_strings(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: str(v) if k in ("id", "section") else _ids_as_strings(v) for k, v in value.items()}
    return [_ids_as_strings(v) for v in value] if isinstance(value, list) else value


# -- the server


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    headers: Mapping[str, str]
    wait: float = 0.0
    fault: str = ""


class Endpoint:
    """The endpoint: one event loop in a thread of its own; `url` is the base address for clients."""

    def __init__(self, settings: Settings | None = None, *, port: int = 0) -> None:
        self.settings = settings or Settings()
        self.stats = Stats()
        self.url = ""
        self._port = port
        self._cache = PromptCache()
        self._requests = Bucket(self.settings.rpm) if self.settings.rpm else None
        self._tokens = Bucket(self.settings.tpm) if self.settings.tpm else None

    def reset(self) -> None:
        """Count from nothing again, with an empty prompt cache."""
        self.stats = Stats()
        self._cache = PromptCache()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve within an event loop."""
        open_ones: set[asyncio.StreamWriter] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            open_ones.add(writer)
            try:
                await self._serve(reader, writer)
            except (OSError, EOFError, asyncio.CancelledError):
                pass
            finally:
                open_ones.discard(writer)
                writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", self._port, limit=_LARGEST, backlog=512)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        try:
            yield
        finally:
            server.close()
            for writer in list(open_ones):
                writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            verb, path, *_ = head[0].split(" ")
            headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
            raw = await reader.readexactly(int(headers.get("content-length") or 0))
            if verb == "GET":
                self._told(writer, path)
                await writer.drain()
                continue
            if not await self._completion(writer, raw, path):
                return

    def _told(self, writer: asyncio.StreamWriter, path: str) -> None:
        if path.startswith("/stats"):
            found: Json | None = self.stats.told(calls="calls" in path)
        elif path == "/reset":
            self.reset()
            found = {}
        elif path == "/v1/models":
            found = {"object": "list", "data": [{"id": "rule", "object": "model"}]}
        else:
            found = None
        body = json.dumps(found if found is not None else _error("no such page", "not_found"), ensure_ascii=False)
        writer.write(_http(200 if found is not None else 404, body.encode(), {}))

    async def _completion(self, writer: asyncio.StreamWriter, raw: bytes, path: str) -> bool:
        """Answer one request. Returns: whether the connection may be used again."""
        began = time.monotonic()
        busy = time.thread_time()
        stats = self.stats
        stats.requests += 1
        stats.in_flight += 1
        stats.max_in_flight = max(stats.max_in_flight, stats.in_flight)
        stats.began = began if stats.began is None else stats.began
        first = stats.began
        try:
            reply, call, prompt = self._reply(raw, path, stats.requests)
            stats.processor_seconds += time.thread_time() - busy
            if reply.fault == "hang":
                await asyncio.sleep(self.settings.hang)
                return False
            if call is not None:
                # A prefix is in the cache from its first token on, not from its arrival.
                read = min(reply.wait, self.settings.ttft + (call.prompt - call.cached) / self.settings.prefill)
                await asyncio.sleep(read)
                self._cache.keep(prompt)
                await asyncio.sleep(max(0.0, began + reply.wait - time.monotonic()))
            stats.statuses[str(reply.status) if not reply.fault else f"{reply.status} {reply.fault}"] += 1
            if reply.status != 200:
                stats.rejected += 1
            alive = await self._send(writer, reply)
            ended = time.monotonic()
            stats.wall_seconds = max(stats.wall_seconds, ended - first)
            if call is not None:
                stats.prompt_tokens += call.prompt
                stats.cached_tokens += call.cached
                stats.schema_tokens += call.schema
                stats.completion_tokens += call.completion
                times = {"began": round(began - first, 4), "ended": round(ended - first, 4)}
                stats.calls.append(Call(**{**asdict(call), **times}))
            return alive
        finally:
            stats.in_flight -= 1

    def _reply(self, raw: bytes, path: str, n: int) -> tuple[_Reply, Call | None, str]:
        """The reply to a request and, when tokens were spent, what was counted, and the whole prompt."""
        settings = self.settings
        fault = next((f.name for f in settings.faults if f.strikes(n)), "")
        if fault == "context_length":
            fault = fault if sum(tokens(m) for m in _texts(json.loads(raw))) > settings.largest_prompt else ""
        if fault in _REFUSALS:
            status, told, headers = _REFUSALS[fault]
            return _Reply(status, _dumped(told), headers, fault=fault), None, ""
        if fault == "context_length":
            told = _error("This model's maximum context length is exceeded.", "context_length_exceeded")
            return _Reply(400, _dumped(told), {}, fault=fault), None, ""
        if fault == "redirect":
            return _Reply(307, b"", {"location": settings.redirect_to}, fault=fault), None, ""
        if fault == "html":
            page = b"<html><title>Sign in</title><h1>Sign in</h1></html>"
            return _Reply(200, page, {"content-type": "text/html"}, fault=fault), None, ""
        if fault == "error_in_200":
            return _Reply(200, _dumped(_error("upstream timed out", "upstream")), {}, fault=fault), None, ""
        if fault in ("hang", "reset"):
            return _Reply(200, b"", {}, fault=fault), None, ""
        if not path.endswith("/chat/completions"):
            return _Reply(404, _dumped(_error("no such page", "not_found")), {}), None, ""
        try:
            request = json.loads(raw)
            texts = _texts(request)
        except (ValueError, KeyError, TypeError, AttributeError):
            return _Reply(400, _dumped(_error("the request is no JSON of this shape", "bad_request")), {}), None, ""
        refused = _form_refused(request, settings.mode)
        if refused:
            return _Reply(400, _dumped(refused), {}), None, ""
        found = answer(request, settings.lengths)
        prompt_text = "\x00".join(texts)
        prompt = sum(map(tokens, texts))
        cached = self._cache.cached(prompt_text)
        content = _twisted(fault, json.dumps(found.value, ensure_ascii=False, separators=(",", ":")))
        completion = tokens(content)
        wait = self._limited(prompt + completion)
        if wait:
            told = _error("Rate limit reached.", "rate_limit_exceeded", "requests")
            headers = {"retry-after": str(math.ceil(wait)), "retry-after-ms": str(math.ceil(wait * 1000))}
            return _Reply(429, _dumped(told), headers), None, ""
        latency = settings.ttft + (prompt - cached) / settings.prefill + completion / settings.decode
        forms = [request[name] for name in ("tools", "response_format") if request.get(name)]
        schema = tokens(json.dumps(forms, ensure_ascii=False)) if forms else 0
        call = Call(found.kind, found.report, 0.0, 0.0, round(latency, 4), prompt, cached, schema, completion)
        body = _chat(request, found, content, fault, call)
        return _Reply(200, _dumped(body), {}, latency, fault), call, prompt_text

    def _limited(self, amount: int) -> float:
        """Seconds to wait by the token buckets; 0 when the request may pass, and is booked."""
        waits = [b.wait_for(n) for b, n in ((self._requests, 1), (self._tokens, amount)) if b is not None]
        wait = max(waits, default=0.0)
        if not wait:
            for bucket, n in ((self._requests, 1), (self._tokens, amount)):
                if bucket is not None:
                    bucket.take(n)
        return wait

    async def _send(self, writer: asyncio.StreamWriter, reply: _Reply) -> bool:
        if reply.fault == "reset":
            writer.transport.abort()
            return False
        data = _http(reply.status, reply.body, reply.headers)
        head = len(data) - len(reply.body)
        if reply.fault == "short":
            writer.write(data[: head + len(reply.body) // 2])
            await writer.drain()
            return False
        if reply.fault == "silent_body":
            writer.write(data[:head])
            await writer.drain()
            await asyncio.sleep(self.settings.hang)
            return False
        if reply.fault == "slow":
            for at in range(len(data)):
                writer.write(data[at : at + 1])
                await writer.drain()
                await asyncio.sleep(self.settings.drip)
            return True
        writer.write(data)
        await writer.drain()
        return True


@contextmanager
def serving(settings: Settings | None = None, *, port: int = 0) -> Iterator[Endpoint]:
    """Serve in a thread until the end of the block. Yields: the endpoint, with `url` and `stats`."""
    endpoint = Endpoint(settings, port=port)
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    failed: list[BaseException] = []

    async def serve() -> None:
        async with endpoint.running():
            ready.set()
            await stop.wait()
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.sleep(0)

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        except BaseException as error:
            failed.append(error)
        finally:
            ready.set()
            loop.close()

    thread = threading.Thread(target=run, name="endpoint", daemon=True)
    thread.start()
    ready.wait()
    if failed:
        raise failed[0]
    try:
        yield endpoint
    finally:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)
        thread.join(5)


def _texts(request: Json) -> list[str]:
    """The text of each message."""
    return [m["content"] if isinstance(m.get("content"), str) else json.dumps(m) for m in request["messages"]]


def _form_refused(request: Json, mode: str) -> Json | None:
    """The error for a form of request that this mode of the endpoint does not know."""
    taken = MODES[mode]
    form = request.get("response_format")
    kind = form.get("type") if isinstance(form, dict) else None
    if kind in ("json_schema", "json_object") and kind not in taken:
        return _error("This response_format type is unavailable now", "invalid_request_error", param="response_format")
    if request.get("tools") and "tools" not in taken:
        return _error("tools are not supported by this model", "invalid_request_error", param="tools")
    return None


def _chat(request: Json, found: Answered, content: str, fault: str, call: Call) -> Json:
    message: Json = {"role": "assistant", "content": content}
    if request.get("tools") and fault not in ("refusal", "content_filter", "empty"):
        name = request["tools"][0]["function"]["name"]
        function = {"name": name, "arguments": content}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "call_1", "type": "function", "function": function}],
        }
    if fault == "refusal":
        message["refusal"] = "I cannot help with this document."
    finish = fault if fault in ("length", "content_filter") else "stop"
    body: Json = {
        "id": "chatcmpl-rule",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": request.get("model", "rule"),
        "choices": [] if fault == "no_choices" else [{"index": 0, "finish_reason": finish, "message": message}],
    }
    if fault != "no_usage":
        body["usage"] = {
            "prompt_tokens": call.prompt,
            "completion_tokens": call.completion,
            "total_tokens": call.prompt + call.completion,
            "prompt_tokens_details": {"cached_tokens": call.cached},
        }
    return body


def _dumped(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _http(status: int, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = {"content-type": "application/json", "content-length": str(len(body)), **headers}
    head = f"HTTP/1.1 {status} {'OK' if status == 200 else 'No'}\r\n"
    return (head + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n").encode("latin-1") + body


def _parser() -> argparse.ArgumentParser:
    known = "\n".join(f"  {name:<18} {what}" for name, what in FAULTS.items())
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"faults:\n{known}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    parser.add_argument("--ttft", type=float, default=0.4, help="seconds before the first token")
    parser.add_argument("--prefill", type=float, default=5000, help="prompt tokens a second")
    parser.add_argument("--decode", type=float, default=80, help="completion tokens a second")
    parser.add_argument("--rpm", type=float, help="requests a minute")
    parser.add_argument("--tpm", type=float, help="tokens a minute")
    parser.add_argument("--mode", choices=sorted(MODES), default="all", help="which forms of request are taken")
    parser.add_argument("--fault", action="append", default=[], metavar="NAME[:every=N|first=N]")
    parser.add_argument("--lengths", choices=sorted(Lengths.known()), default="honest", help="how much it writes")
    parser.add_argument("--largest-prompt", type=int, default=0, help="tokens; for the fault context_length")
    parser.add_argument("--drip", type=float, default=0.05, help="seconds between bytes; for the fault slow")
    parser.add_argument("--redirect-to", default=Settings().redirect_to)
    return parser


def main() -> int:
    """Serve until interrupted, then print the statistics."""
    parser = _parser()
    args = parser.parse_args()
    try:
        faults = tuple(map(Fault.parse, args.fault))
    except ValueError as error:
        parser.error(str(error))
    settings = Settings(
        args.ttft,
        args.prefill,
        args.decode,
        args.rpm,
        args.tpm,
        args.mode,
        faults,
        Lengths.known()[args.lengths],
        drip=args.drip,
        largest_prompt=args.largest_prompt,
        redirect_to=args.redirect_to,
    )
    with serving(settings, port=args.port) as endpoint:
        print(f"{endpoint.url}  (stats at {endpoint.url.removesuffix('/v1')}/stats)", file=sys.stderr, flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        print(json.dumps(endpoint.stats.told(), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
