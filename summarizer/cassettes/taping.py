"""vcrpy between the openai client and the network. The only importer of vcrpy."""

import hashlib
import json
import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from summarizer.cassettes.files import HEADERS, packed, read, write
from summarizer.errors import CassetteError, CassetteMissError

ADDRESS = "https://cassette.invalid"

_TAIL = re.compile(r"/chat/completions/?$")
_open = threading.Lock()


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


@contextmanager
def replaying(path: str | Path) -> Iterator[Tape]:
    """Answer every request from a file. Nothing is sent, whatever address and key a client has.

    A request without a reply raises CassetteMissError inside the client at once; each reply is given out once.

    Raises: CassetteError when the file is missing, empty, damaged or no cassette.
    """
    path = Path(path)
    interactions = read(path)["interactions"]
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
    write(path, shelf.saved, shelf.secrets)


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
            requests.append(Request(asked["method"], ADDRESS + asked["path"], packed(asked["body"]), asked["headers"]))
            replies.append(
                {
                    "status": {"code": told["status"], "message": "OK"},
                    "headers": {name: [value] for name, value in told["headers"].items()},
                    "body": {"string": packed(told["body"])},
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


def _allowed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items() if name.lower() in HEADERS}
