"""A loopback endpoint that speaks OpenAI's chat completions, counts requests, keeps bodies and misbehaves on demand."""

import json
import math
import re
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `benchmarks`

from benchmarks.rule_answers import HONEST, answer


@dataclass(frozen=True)
class Reply:
    """One answer: `content` makes a chat completion, `body` (bytes, or anything JSON) is sent as it is.

    Attributes:
        delay: seconds before the first byte; drip: seconds between bytes of the body.
        close: cut the connection instead of answering ("reset"), or in the middle of the body ("short").
    """

    content: str | None = ""
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"
    refusal: str | None = None
    tool: str | None = None
    usage: Any = "default"
    choices: Any = "default"
    delay: float = 0
    drip: float = 0
    drip_headers: float = 0
    close: str | None = None


Script = Callable[[dict[str, Any], int], "Reply | str"]


@dataclass
class FaultServer:
    """Requests as they came: parsed bodies, raw bodies, headers."""

    script: Script
    url: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lock: Any = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def requests(self) -> int:
        return len(self.raw)

    @property
    def host(self) -> str:
        return self.url.split("//")[1].split("/")[0]

    def user_texts(self) -> list[str]:
        return [m["content"] for body in self.seen for m in body["messages"] if m["role"] == "user"]


def completion(reply: Reply, model: str) -> Any:
    message: dict[str, Any] = {"role": "assistant", "content": reply.content}
    if reply.refusal is not None:
        message["refusal"] = reply.refusal
    if reply.tool is not None:
        function = {"name": "Answer", "arguments": reply.tool}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    choices = [{"index": 0, "finish_reason": reply.finish, "message": message}]
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": choices if reply.choices == "default" else reply.choices,
    }
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    usage_told = usage if reply.usage == "default" else reply.usage
    return body if usage_told is None else {**body, "usage": usage_told}


@contextmanager
def serving(script: "Script | Reply | str | list[Reply | str]") -> Iterator[FaultServer]:
    """Serve by a function of (body, number of the request from 1), or the same reply always, or replies in order."""
    if isinstance(script, list):
        replies = script
        server = FaultServer(lambda body, n: replies[min(n, len(replies)) - 1])
    elif isinstance(script, Reply | str):
        always = script
        server = FaultServer(lambda body, n: always)
    else:
        server = FaultServer(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            parsed = json.loads(raw) if raw else {}
            with server.lock:
                server.raw.append(raw)
                server.seen.append(parsed)
                server.paths.append(self.path)
                server.headers.append({k.lower(): v for k, v in self.headers.items()})
                server.times.append(time.monotonic())
                number = len(server.raw)
            reply = server.script(parsed, number)
            self.answer(reply if isinstance(reply, Reply) else Reply(reply), parsed.get("model", ""))

        def answer(self, reply: Reply, model: str) -> None:
            if reply.delay:
                server.released.wait(reply.delay)
            if reply.close == "reset":
                self.close_connection = True
                self.connection.close()
                return
            body = completion(reply, model) if reply.body is None else reply.body
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            kind = "text/html" if data.lstrip()[:1] == b"<" else "application/json"
            head = {"content-type": kind, "content-length": str(len(data)), **reply.headers}
            try:
                self.send_response(reply.status)
                for name, value in head.items():
                    if reply.drip_headers:
                        self.flush_headers()
                        server.released.wait(reply.drip_headers)
                    self.send_header(name, value)
                self.end_headers()
                if reply.close == "short":
                    self.wfile.write(data[: len(data) // 2])
                    self.close_connection = True
                    return
                if not reply.drip:
                    self.wfile.write(data)
                    return
                for n in range(len(data)):
                    self.wfile.write(data[n : n + 1])
                    self.wfile.flush()
                    server.released.wait(reply.drip)
            except OSError:
                self.close_connection = True

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    http = Server(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        http.server_close()
        thread.join()


class QuickTime:
    """A clock that runs fast, for those who wait by it; real threads and sockets go on beside it."""

    def __init__(self, scale: float = 100) -> None:
        self.scale = scale
        self.naps: list[float] = []

    def __call__(self) -> float:
        return time.monotonic() * self.scale

    def wait(self, changed: threading.Condition, seconds: float) -> None:
        changed.wait(min(seconds / self.scale, 0.02))

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        time.sleep(seconds / self.scale)


class TokenBucket:
    """Lets `rate` requests a second of `clock` through, `capacity` at once after a rest; turns the others away.

    `tell` puts the seconds to wait into a header of that name, rounded up unless it counts milliseconds.
    """

    def __init__(
        self, rate: float, capacity: float, clock: Callable[[], float], tell: str | None = None, level: float = 1e9
    ) -> None:
        self.rate, self.capacity, self.clock, self.tell = rate, capacity, clock, tell
        self.level, self.seen, self.lock = min(level, capacity), clock(), threading.Lock()

    def refused(self) -> "float | None":
        """None when a request may pass, else seconds until one may."""
        with self.lock:
            now = self.clock()
            self.level = min(self.capacity, self.level + max(0.0, now - self.seen) * self.rate)
            self.seen = max(now, self.seen)
            if self.level >= 1:
                self.level -= 1
                return None
            return (1 - self.level) / self.rate

    def __call__(self) -> "Reply | None":
        """The reply that turns a request away, None when it may pass."""
        seconds = self.refused()
        if seconds is None:
            return None
        told = {"retry-after": math.ceil(seconds), "retry-after-ms": math.ceil(seconds * 1000)}
        headers = {self.tell: str(told[self.tell])} if self.tell else {}
        return Reply(status=429, body={"error": {"message": "Rate limit reached"}}, headers=headers)


_CONNECT, _CONNECT_EX = socket.socket.connect, socket.socket.connect_ex


def allow_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test connect to this machine, and to nothing else."""

    def connect(self: socket.socket, address: Any) -> None:
        _check(address)
        _CONNECT(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _check(address)
        return _CONNECT_EX(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)


def _check(address: Any) -> None:
    if not (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1", "localhost")):
        raise AssertionError(f"a test tried to connect to {address!r}")


# A whole run against it

REPORT = """某市生态环境局2023年度法治政府建设情况报告

一、主要工作情况
（一）加强普法宣传教育。全年组织法治培训12场次，参训执法人员350人次，发放宣传资料4800份，走访企业260家，张贴海报75张，开展专题讲座9场，接受群众咨询1300人次，推送信息88条。
（二）严格行政执法监管。全年检查企业930家次，立案查处案件47件，作出行政处罚决定41件，罚款138.75625万元，移送公安机关案件3件，责令改正62家，同比改善8.2%，查封设施5处。
（三）规范行政审批服务。办理环评审批215件，核发排污许可证96张，受理政务咨询740件，办结率100%，压缩办理时限15天，减免费用2.5万元，走访项目33个，召开协调会18次。
二、存在问题
（一）执法力量不足。全局执法人员仅28名，缺口11名，人均监管企业33家，设备老化率达到20.5%，车辆缺口4台，实验室面积不足300平方米，监测站点仅6个，全年加班2600小时。
三、2024年工作安排
（一）持续推进法治建设。计划培训执法人员400人次，新增监测站点8个，检查企业1000家次，办结案件60件，发放资料5000份，走访企业300家，组织讲座10场，召开协调会20次。
"""
CALLS = 6  # for this report: five chunks and the overview


def honest(body: dict[str, Any], n: int = 0) -> str:
    """What an honest model says to a request of ours, from the figures of the prompt."""
    return json.dumps(answer(body, HONEST).value, ensure_ascii=False)


def about(body: dict[str, Any], words: str) -> bool:
    """Whether a request is about the passage with these words, and not the overview."""
    passage = body["messages"][-1]["content"]
    return "<passage>" in passage and words in passage


def labels_asked(body: dict[str, Any]) -> int:
    """How many labels a request asks for."""
    told = re.search(r"^Labels: (.*)$", body["messages"][-1]["content"], re.M)
    pairs = [part.partition("-") for part in told[1].split(", ")] if told and told[1] != "none" else []
    return sum(int(high or low) - int(low) + 1 for low, _, high in pairs)


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit code, both streams."""

    code: int
    out: str
    err: str

    @property
    def brief(self) -> dict[str, Any]:
        def fail(name: str) -> None:
            raise AssertionError(f"{name} is no JSON")

        found: dict[str, Any] = json.loads(self.out, parse_constant=fail)
        return found

    def without_run(self) -> str:
        """The brief as text, without what may differ between equal runs."""
        return json.dumps({**self.brief, "run": None}, ensure_ascii=False)

    def findings(self) -> str:
        return "\n".join(f["message"] for f in self.brief["findings"])


class World:
    """Runs the command line in an empty folder, its waits quickened, its key a fresh one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        from summarizer.engines import opening
        from summarizer.engines.llm import LlmClient, Pacer, client, forget_modes

        self.time = QuickTime()
        self.key = f"sk-{uuid.uuid4().hex}"
        self.folder = tmp_path
        self._monkeypatch, self._capfd = monkeypatch, capfd
        self.timeout = 60.0
        allow_loopback(monkeypatch)
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "OPENAI_BASE_URL", "OPENAI_MODEL"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("OPENAI_API_KEY", self.key)
        monkeypatch.setenv("SUMMARIZER_STORE", str(tmp_path / "store.sqlite"))
        monkeypatch.chdir(tmp_path)
        (tmp_path / "report.txt").write_text(REPORT, "utf-8")
        pacers: dict[object, Pacer] = {}

        def pacer_of(who: object, most: int) -> Pacer:
            return pacers.setdefault(who, Pacer(most, clock=self.time, wait=self.time.wait))

        def endpoint_of(*args: Any) -> Any:
            return replace(made(*args), timeout=self.timeout)

        made = opening._endpoint
        monkeypatch.setattr(opening, "_endpoint", endpoint_of)
        monkeypatch.setattr(client, "pacer_of", pacer_of)
        monkeypatch.setattr(LlmClient, "_rest", lambda client, seconds: self.time.sleep(seconds))
        self.forget = lambda: (pacers.clear(), forget_modes())
        self.forget()

    def run(self, server: "FaultServer | str", *args: str, report: str = "report.txt") -> Ended:
        """`summarizer summarize REPORT --format json` with the server as endpoint, as a process of its own would."""
        from summarizer.cli.main import run

        url = server if isinstance(server, str) else server.url
        self.forget()
        self._capfd.readouterr()
        told = ("summarize", report, "--format", "json", "--model", "test-model", "--base-url", url)
        code = run([*told, *args])
        out, err = self._capfd.readouterr()
        return Ended(code, out, err)
