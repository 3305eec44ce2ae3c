"""Recorded replies in place of an endpoint: record once, replay without key, model or network.

A cassette is a YAML file that people can read and review: requests and replies as trees, Chinese as Chinese, no
header but the content type, a fixed address, nothing that differs when the same is recorded again. A request is
answered by the reply to the same method, path and JSON body, so a changed prompt finds none instead of a stale one.

The only importer of vcrpy, when first used. A cassette takes the place of the network for the whole process, all
threads included, so one can be open at a time.
"""

import hashlib
import json
import logging
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import CassetteError, CassetteMissError

FORMAT = "summarizer 1"
HEADERS = ("content-type",)  # all that is kept, of requests and replies
MODES = ("json_schema", "json", "md_json", "tools")
ADDRESS = "https://cassette.invalid"

_TAIL = re.compile(r"/chat/completions/?$")
_SECRET = re.compile(r"\bsk-[A-Za-z0-9_-]{16,}|\bBearer [A-Za-z0-9._~+/-]{16,}")
_SHORTEST_KEY = 8
# What is not a parameter of a request, but the request itself or made from the mode.
_NO_PARAMETERS = ("model", "messages", "response_format", "tools", "tool_choice")
# What a reply says of its making: different each time.
_PASSING = {"id": "recorded", "created": 0}
_DROPPED = ("system_fingerprint", "service_tier", "request_id")

_open = threading.Lock()


@dataclass(frozen=True, slots=True)
class Parameters:
    """How the replies of a cassette were asked for; asked otherwise, they are not found.

    Attributes:
        mode: one of `json_schema`, `json`, `md_json`, `tools`.
        temperature: None when none was sent.
        extra_body: further fields that were sent, None when there were none.
    """

    model: str
    mode: str
    temperature: float | None
    extra_body: Mapping[str, Any] | None


class Tape:
    """What becomes of an open cassette.

    Attributes:
        path: its file.
        played: replies that were given out.
        missed: requests that found no reply.
        unused: replies that nobody has asked for yet.
    """

    def __init__(self, path: Path, replies: int = 0) -> None:
        self.path = path
        self.played = 0
        self.missed = 0
        self._replies = replies

    @property
    def unused(self) -> int:
        """Replies that nobody has asked for yet."""
        return self._replies - self.played


def parameters(path: str | Path) -> Parameters:
    """Tell how the replies of a cassette were asked for. Raises: CassetteError."""
    told = _read(Path(path))
    rest = dict(told["parameters"])
    return Parameters(told["model"], told["mode"], rest.pop("temperature", None), rest or None)


def faults(path: str | Path) -> tuple[str, ...]:
    """What must not stand in a cassette: headers outside the list, other addresses, what looks like a key.

    Raises: CassetteError when it is no cassette.
    """
    path = Path(path)
    return _faults(_read(path), path.read_text("utf-8"), frozenset())


@contextmanager
def replaying(path: str | Path) -> Iterator[Tape]:
    """Answer every request from a file. Nothing is sent, whatever address and key a client has.

    A request without a reply raises CassetteMissError inside the client at once; each reply is given out once.

    Raises: CassetteError when the file is missing, empty, damaged or no cassette.
    """
    path = Path(path)
    interactions = _read(path)["interactions"]
    tape = Tape(path, len(interactions))
    with _alone(path), _vcr(tape, _Shelf(interactions), replay=True):
        yield tape


@contextmanager
def recording(path: str | Path) -> Iterator[Tape]:
    """Send every request and write the replies of status 200 to a file, in place of the one that is there.

    Nothing is written when the body of the `with` statement raises. Record one model with one set of parameters.

    Raises: CassetteError when there is nothing to write, or when the file would hold a key.
    """
    path = Path(path)
    tape, shelf = Tape(path), _Shelf(())
    with _alone(path), _vcr(tape, shelf, replay=False):
        yield tape
    _write(path, shelf)


class _Shelf:
    """Where vcrpy's cassette gets its replies from and leaves them: its persister."""

    def __init__(self, interactions: Any) -> None:
        self._loaded = interactions
        self.saved: list[tuple[Any, dict[str, Any]]] = []  # vcrpy's requests and replies, in order of time
        self.secrets: set[str] = set()

    def load_cassette(self, path: str, serializer: object) -> tuple[list[Any], list[dict[str, Any]]]:
        from vcr.request import Request  # type: ignore[import-untyped]

        requests, replies = [], []
        for one in self._loaded:
            asked, told = one["request"], one["response"]
            requests.append(Request(asked["method"], ADDRESS + asked["path"], _packed(asked["body"]), asked["headers"]))
            replies.append(
                {
                    "status": {"code": told["status"], "message": "OK"},
                    "headers": {name: [value] for name, value in told["headers"].items()},
                    "body": {"string": _packed(told["body"])},
                }
            )
        return requests, replies

    def save_cassette(self, path: str, cassette_dict: dict[str, Any], serializer: object) -> None:
        # Written by `recording`, after vcrpy has let go of the network.
        self.saved = list(zip(cassette_dict["requests"], cassette_dict["responses"], strict=True))

    def plain_request(self, request: Any) -> Any:
        """A request as it is kept and compared; a copy."""
        from vcr.request import Request

        authorization = str(request.headers.get("authorization") or "")
        self.secrets.add(authorization.removeprefix("Bearer ").strip())
        # Addresses differ in what stands before: /v1, /compatible-mode/v1.
        path = "/chat/completions" if _TAIL.search(request.path) else request.path
        return Request(request.method, ADDRESS + path, request.body, _allowed(request.headers))

    def plain_reply(self, reply: dict[str, Any]) -> dict[str, Any] | None:
        """A reply as it is kept: unpacked, nothing but a content type; None when it is not worth keeping."""
        import httpx2

        if reply["status"]["code"] != 200:
            return None  # rejected modes and busy servers: a replay starts with the right mode and never waits
        headers = {name: "".join(values) for name, values in reply["headers"].items()}
        content = httpx2.Response(200, headers=headers, content=reply["body"]["string"]).content
        kept = {name: [value] for name, value in _allowed(headers).items()}
        return {"status": {"code": 200, "message": "OK"}, "headers": kept, "body": {"string": content}}


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    if not _open.acquire(blocking=False):
        raise CassetteError(f"{path}: another cassette is open in this process")
    try:
        yield
    finally:
        _open.release()


@contextmanager
def _vcr(tape: Tape, shelf: _Shelf, *, replay: bool) -> Iterator[None]:
    from vcr.cassette import Cassette  # type: ignore[import-untyped]
    from vcr.patch import PATCHER_NAMES  # type: ignore[import-untyped]
    from vcr.record_mode import RecordMode  # type: ignore[import-untyped]

    # vcrpy tells whole replies to whoever listens.
    logger = logging.getLogger("vcr")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())

    lock = threading.RLock()

    class Guarded(Cassette):  # type: ignore[misc]
        """Thread-safe, and clear at once about a request that it has no reply for."""

        def can_play_response_for(self, request: Any) -> bool:
            if not replay:
                return False
            with lock:
                if super().can_play_response_for(request):
                    return True
                tape.missed += 1
            raise CassetteMissError(f"cassette {tape.path}")

        def play_response(self, request: Any) -> Any:
            with lock:
                self.can_play_response_for(request)  # another thread may have taken it
                tape.played += 1
                return super().play_response(request)

        def append(self, request: Any, response: Any) -> None:
            with lock:
                super().append(request, response)

    use = Guarded.use(
        path=str(tape.path),
        persister=shelf,
        record_mode=RecordMode.NONE if replay else RecordMode.ALL,
        match_on=[_same],
        before_record_request=shelf.plain_request,
        before_record_response=None if replay else shelf.plain_reply,
        record_on_exception=False,
        skip_patchers=[name for name in PATCHER_NAMES if name != "httpx2"],
    )
    if not replay:
        shelf.load_cassette = _nothing  # type: ignore[method-assign]
    with use:
        yield


def _nothing(path: str, serializer: object) -> Any:
    from vcr.persisters.filesystem import CassetteNotFoundError  # type: ignore[import-untyped]

    raise CassetteNotFoundError


def _same(one: Any, other: Any) -> None:
    """vcrpy's matcher; hashed, because each request is compared with all recorded ones."""
    assert _key(one) == _key(other), "method, path or JSON body differ"


def _key(request: Any) -> tuple[str, str, str]:
    known: tuple[str, str, str] | None = request.__dict__.get("_summarizer_key")
    if known is None:
        body = request.body or b""
        with suppress(ValueError):
            body = json.dumps(json.loads(body), sort_keys=True).encode()
        known = (request.method, request.path, hashlib.sha256(body).hexdigest())
        request.__dict__["_summarizer_key"] = known
    return known


def _write(path: Path, shelf: _Shelf) -> None:
    """Write what was recorded. Raises: CassetteError."""
    interactions = [_interaction(request, reply) for request, reply in shelf.saved]
    if not interactions:
        raise CassetteError(f"{path}: nothing was recorded, no reply was good")
    models, settings = [], []
    for one in interactions:
        body = one["request"]["body"]
        if not isinstance(body, dict):
            raise CassetteError(f"{path}: a request that is no JSON was sent; nothing is written")
        models.append(body.get("model"))
        settings.append({name: value for name, value in body.items() if name not in _NO_PARAMETERS})
    if any(m != models[0] for m in models) or any(s != settings[0] for s in settings):
        raise CassetteError(f"{path}: recorded with more than one model or set of parameters; nothing is written")
    # While it is found out what the endpoint understands, replies in other modes come too. The last one stays.
    mode = _mode(interactions[-1])
    kept = [one for one in interactions if _mode(one) == mode]
    # By content: calls end in any order. sort() is stable, so the same request keeps the order of its replies.
    kept.sort(key=lambda one: json.dumps(one["request"], sort_keys=True))
    told = {"cassette": FORMAT, "model": models[0], "mode": mode, "parameters": settings[0], "interactions": kept}
    text = _dump(told)
    wrong = _faults(told, text, frozenset(s for s in shelf.secrets if len(s) >= _SHORTEST_KEY))
    if wrong:
        raise CassetteError(f"{path}: not written, it would hold {wrong[0]}")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise CassetteError(f"{path}: cannot be written: {error.strerror}") from None


def _interaction(request: Any, reply: dict[str, Any]) -> dict[str, Any]:
    body = _tree(reply["body"]["string"])
    if isinstance(body, dict):
        body = {name: _PASSING.get(name, value) for name, value in body.items() if name not in _DROPPED}
    return {
        "request": {
            "method": request.method,
            "path": request.path,
            "headers": dict(request.headers),
            "body": _tree(request.body or b""),
        },
        "response": {
            "status": reply["status"]["code"],
            "headers": {name: values[0] for name, values in reply["headers"].items()},
            "body": body,
        },
    }


def _mode(interaction: Mapping[str, Any]) -> str:
    body = interaction["request"]["body"]
    if body.get("tools"):
        return "tools"
    form = body.get("response_format")
    kind = form.get("type") if isinstance(form, dict) else None
    return {"json_schema": "json_schema", "json_object": "json"}.get(str(kind), "md_json")


def _faults(told: Mapping[str, Any], text: str, secrets: frozenset[str]) -> tuple[str, ...]:
    found = []
    for one in told["interactions"]:
        for side in ("request", "response"):
            found += [f"the header {name!r}" for name in one[side]["headers"] if name.lower() not in HEADERS]
        if not one["request"]["path"].startswith("/"):
            found.append("an address")
    if any(secret in text for secret in secrets):
        found.append("the key that was sent")
    if _SECRET.search(text):
        found.append("what looks like a key")
    return tuple(found)


def _read(path: Path) -> dict[str, Any]:
    """Read and check a cassette. Raises: CassetteError."""
    import yaml

    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        raise CassetteError(f"cassette {path}: no such file") from None
    except UnicodeDecodeError:
        raise CassetteError(f"cassette {path}: not a text file in UTF-8") from None
    except OSError as error:
        raise CassetteError(f"cassette {path}: cannot be read: {error.strerror}") from None
    if not content.strip():
        raise CassetteError(f"cassette {path}: the file is empty; record it again")
    try:
        told = yaml.load(content, Loader=_loader())
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark is not None else ""
        raise CassetteError(f"cassette {path}: not plain YAML{place}; record it again") from None
    if not isinstance(told, dict) or not str(told.get("cassette", "")).startswith("summarizer "):
        raise CassetteError(f"cassette {path}: not recorded by this program; record it again")
    if told["cassette"] != FORMAT:
        raise CassetteError(f"cassette {path}: recorded by another version ({told['cassette']}); record it again")
    if not _is_sound(told):
        raise CassetteError(f"cassette {path}: damaged; record it again")
    return told


def _is_sound(told: Mapping[str, Any]) -> bool:
    interactions = told.get("interactions")
    return (
        isinstance(told.get("model"), str)
        and told.get("mode") in MODES
        and isinstance(told.get("parameters"), dict)
        and isinstance(interactions, list)
        and bool(interactions)
        and all(_is_interaction(one) for one in interactions)
    )


def _is_interaction(one: Any) -> bool:
    if not isinstance(one, dict) or set(one) != {"request", "response"}:
        return False
    asked, told = one["request"], one["response"]
    return (
        isinstance(asked, dict)
        and isinstance(told, dict)
        and set(asked) == {"method", "path", "headers", "body"}
        and set(told) == {"status", "headers", "body"}
        and isinstance(asked["method"], str)
        and isinstance(asked["path"], str)
        and isinstance(told["status"], int)
        and all(isinstance(side["headers"], dict) for side in (asked, told))
        and all(isinstance(v, str) for side in (asked, told) for pair in side["headers"].items() for v in pair)
    )


def _dump(told: dict[str, Any]) -> str:
    """YAML that reads back as the same, with long texts as they look wherever YAML can hold them so."""
    import yaml

    for block in (True, False):

        class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
            def ignore_aliases(self, data: Any) -> bool:
                return True

        def represent(dumper: Any, value: str, block: bool = block) -> Any:
            style = "|" if block and "\n" in value else None
            return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

        Dumper.add_representer(str, represent)
        text: str = yaml.dump(told, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        try:
            if yaml.load(text, Loader=_loader()) == told:
                return text
        except yaml.YAMLError:
            pass
    raise CassetteError("a text of the replies cannot be written as YAML")


def _loader() -> Any:
    import yaml

    # A safe one: a cassette may come from anywhere, and tags such as !!python run code (GHSA-rpj2-4hq8-938g).
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _allowed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items() if name.lower() in HEADERS}


def _tree(raw: bytes | str) -> Any:
    """A body as it is kept: a tree when it is a JSON object or array, else its text."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return tree if isinstance(tree, dict | list) else text


def _packed(body: Any) -> bytes:
    if isinstance(body, dict | list):
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return str(body or "").encode("utf-8", "replace")
