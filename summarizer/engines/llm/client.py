"""One question to a model, one answer that fits a response model; openai is imported when a client is made."""

import contextlib
import math
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarizer.engines.llm import endpoint as endpoints
from summarizer.engines.llm import forms
from summarizer.engines.llm.deadline import DeadlineError, within
from summarizer.engines.llm.endpoint import Endpoint
from summarizer.engines.llm.failures import LONGEST_WAIT, FormError, Peer, answered, translate
from summarizer.engines.llm.importing import quickly
from summarizer.engines.llm.modes import Memory, below
from summarizer.engines.llm.pacing import BlockedError, Pacer, PatienceError, pacer_of
from summarizer.engines.llm.quiet import redact, silence
from summarizer.engines.llm.replies import UNKNOWN, Usage, content, decode, usage
from summarizer.errors import EngineError, EngineOutputError, EngineUnavailableError, TransientError
from summarizer.records import record

if TYPE_CHECKING:
    import openai
    from pydantic import BaseModel

_TRIES = 3  # of one request, when the endpoint or the way to it is in trouble; waiting for a rate limit is none
_MOST = 50  # requests in flight
_PATIENCE = 300.0  # seconds
_CONNECTING = 10.0  # seconds
_LARGEST_REPLY = 32 * 1024 * 1024  # bytes
_MEMORY = Memory()

known_modes = _MEMORY.known
seed_modes = _MEMORY.seed
forget_modes = _MEMORY.forget


@record
class Answer:
    """What came of one question.

    Attributes:
        value: the reply, validated; an instance of the response model.
        usage: tokens of every request it took.
        requests: HTTP requests it took, the rejected and the repeated ones included.
        mode: how the reply was asked for, one of `MODE_NAMES` without `auto`.
    """

    value: "BaseModel"
    usage: Usage
    requests: int
    mode: str


@dataclass(slots=True)
class _Spent:
    usage: Usage = UNKNOWN
    requests: int = 0
    failures: int = 0  # of the request that is being sent
    waited: float = 0.0  # seconds of common waits
    again: bool = False  # the request was turned away before


class LlmClient:
    """Asks one endpoint. Thread-safe; close it after use, or use it in a `with` statement.

    Attributes:
        host: whom it asks, without user, password, path and query.
        model: the model it asks.
        on_wait: called with seconds and a reason ("rate limited") once for each wait that all requests share; from
            any thread, and must not raise.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        client: "openai.OpenAI | None" = None,
        most: int = _MOST,
        patience: float = _PATIENCE,
        on_wait: Callable[[float, str], object] | None = None,
        pacer: Pacer | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """Make ready; nothing is sent.

        Args:
            client: an openai client to send with (its own retries are switched off), None to make one.
            most: requests in flight at most; fewer when the endpoint bears fewer.
            patience: seconds a call waits for rate limits, all its waits together.
            pacer: decides when requests go; None for the one all clients of this address and model share.
            clock: seconds since the epoch; only for a `Retry-After` that is a date.
            sleep: waits before a request is tried again that failed.

        Raises: EngineUnavailableError when model, address or key are missing or malformed.
        """
        if not endpoint.model.strip():
            raise EngineUnavailableError("no model is named: set OPENAI_MODEL, or use the offline engine")
        if endpoint.mode not in endpoints.MODE_NAMES:
            raise EngineUnavailableError(f"mode {endpoint.mode!r} is none of {', '.join(endpoints.MODE_NAMES)}")
        self.model = endpoint.model.strip()
        self.host = endpoints.address(endpoint) and endpoints.host(endpoint)
        self._endpoint = replace(endpoint, model=self.model)
        self._who = endpoints.identity(self._endpoint)
        self.on_wait = on_wait
        self._patience = patience
        self._pacer = pacer or pacer_of(self._who, most)
        self._clock = clock
        self._ended = threading.Event()
        self._sleep = self._rest if sleep is None else sleep
        self._over: EngineUnavailableError | None = None
        self._given_up: tuple[int, str] | None = None  # requests the endpoint had taken by then, and what was told
        self._connected = False
        self._ready = False
        self._owned = client is None
        key = str(client.api_key) if client is not None else endpoints.key(endpoint)
        self._secret = "" if key == endpoints.PLACEHOLDER_KEY else key
        if self._secret:
            redact(self._secret)
        self._client = client.with_options(max_retries=0) if client is not None else _open(endpoint, key)

    def __repr__(self) -> str:
        return f"LlmClient(host={self.host!r}, model={self.model!r})"

    def __enter__(self) -> "LlmClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stop(self) -> None:
        """Send nothing more: calls that wait end at once, with an error; those in flight may finish."""
        self._ended.set()
        self._pacer.wake()

    def close(self) -> None:
        """Stop, and close the connections, unless the openai client was handed in."""
        self.stop()
        if self._owned:
            self._client.close()

    def ask(self, messages: Sequence[Mapping[str, str]], response_model: "type[BaseModel]", *, name: str) -> Answer:
        """Ask once and read the reply into the response model.

        An endpoint in trouble is asked up to three times, with waits; rate limits are waited for, by all calls
        together; a mode that the endpoint does not understand is replaced by the next one of the ladder. Nothing else
        is asked again: that is the caller's to decide. After an EngineUnavailableError every later call, and every
        one that waits, ends with the same error, and nothing more is sent.

        Args:
            messages: `role` and `content` of each; the content of user messages is sent as it is.
            name: what is asked about, for messages of errors.

        Raises: EngineUnavailableError (nobody can be asked: key, model, address, quota), EngineOutputError (this
            question failed; `reason`, `transient`, `requests` and `usage` say how).
        """
        spent = _Spent()
        self._make_ready()
        probing = self._endpoint.mode == "auto" and _MEMORY.enter(self._who)
        failed: EngineError | None = None
        try:
            return self._climb(messages, response_model, name, spent)
        except EngineError as error:
            failed = error
        finally:
            if probing:
                _MEMORY.leave(self._who)
        if isinstance(failed, EngineOutputError):
            failed.requests, failed.usage = spent.requests, spent.usage
        raise failed

    def _make_ready(self) -> None:
        """Import what the first call needs: seconds that must not count as waiting for the endpoint."""
        if not self._ready:
            with quickly():
                forms.make_ready()
            self._ready = True

    def _climb(
        self, messages: Sequence[Mapping[str, str]], response_model: "type[BaseModel]", name: str, spent: _Spent
    ) -> Answer:
        """Down the ladder, from the rung that is known to hold."""
        auto = self._endpoint.mode == "auto"
        mode = _MEMORY.start(self._who) if auto else self._endpoint.mode
        may_step = auto  # once, for a reply that cannot be used
        while True:
            request = forms.request(mode, self._endpoint, messages, response_model)
            body = self._send(request, mode, name, spent)
            if isinstance(body, FormError):
                _MEMORY.rejected(self._who, mode)
                mode = below(mode) or mode  # told as permanent where there is none
                continue
            text = content(body, name)
            value, fault = forms.value(text, response_model)
            if value is not None:
                if auto:
                    _MEMORY.proven(self._who, mode)
                return Answer(value, spent.usage, spent.requests, mode)
            lower = below(mode)
            if not may_step or lower is None or _MEMORY.is_proven(self._who):
                reason = "invalid" if text.strip() else "empty"
                raise EngineOutputError(f"{name}: the reply cannot be used: {fault}", reason=reason)
            may_step, mode = False, lower

    def _send(self, request: dict[str, Any], mode: str, name: str, spent: _Spent) -> dict[str, Any] | FormError:
        """Send a request, again while that may help. Returns: the body of the reply."""
        import tenacity

        spent.failures, spent.again = 0, False
        # A new one for each call: shared, it mixes up the calls of several threads (jd/tenacity#93).
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_may_come_right),
            stop=lambda state: spent.failures >= _TRIES,
            wait=lambda state: _wait(state.outcome.exception() if state.outcome else None, spent.failures),
            sleep=self._pause,
            reraise=True,
        )
        sent: dict[str, Any] | FormError = retrying(self._send_once, request, mode, name, spent)
        return sent

    def _send_once(self, request: dict[str, Any], mode: str, name: str, spent: _Spent) -> dict[str, Any] | FormError:
        peer = Peer(self.host, endpoints.host_and_port(self._endpoint), self.model, mode, self._secret)
        number = self._turn(name, spent)
        spent.requests += 1
        taken = False
        try:
            raw = within(self._endpoint.timeout, lambda abandoned: self._transfer(request, abandoned))
            self._connected = taken = True
            if self._secret:  # whatever an endpoint echoes of it, in whichever field
                raw = raw.replace(self._secret.encode(), b"")
            body = decode(raw, self.host)
            spent.usage = spent.usage.plus(usage(body))
            self._pacer.accepted(number)
            return body
        except DeadlineError:
            seconds = f"{self._endpoint.timeout:g}"
            told: EngineError | FormError = TransientError(
                f"{name}: {self.host} did not finish its answer within {seconds} s", reason="deadline"
            )
        except EngineError as error:
            told = error
        except Exception as error:
            found = translate(error, peer, name, connected=self._connected, now=self._clock)
            if found is None:
                self._pacer.lost(number)
                raise
            taken = answered(error)
            self._connected = self._connected or taken
            told = found
            if isinstance(found, FormError) and (self._endpoint.mode != "auto" or below(mode) is None):
                told = EngineUnavailableError(str(found))
        except BaseException:
            self._pacer.lost(number)
            raise
        self._book(number, told, spent, taken=taken)
        # Raised here, not in the handlers: the texts of the original errors may hold keys and replies.
        if isinstance(told, FormError):
            return told
        raise told

    def _turn(self, name: str, spent: _Spent) -> int:
        """Wait until a request may go. Returns: its number. Raises: EngineError when it must not, or not in time."""
        try:
            number, waited = self._pacer.enter(
                lambda: self._refuse(name), self._patience - spent.waited, again=spent.again
            )
        except BlockedError as error:
            told: EngineError = TransientError(
                f"{name}: not asked, {self.host} asks to try again in {math.ceil(error.told)} s",
                reason="rate_limited",
                retry_after=error.told,
            )
        except PatienceError as error:
            spent.waited += error.waited
            said = f"{self.host} still limits the rate of requests after {spent.waited:.0f} s of waiting"
            self._given_up = (self._pacer.pace.taken, said)
            self._pacer.wake()
            told = TransientError(f"{name}: {said}; run the same command again later", reason="gave_up")
        else:
            spent.waited += waited
            return number
        raise told

    def _refuse(self, name: str) -> None:
        """Raises: EngineError when nothing must be sent any more."""
        if self._over is not None:
            raise type(self._over)(str(self._over))
        if self._ended.is_set():
            raise EngineOutputError(f"{name}: not asked, the run was stopped", reason="stopped")
        given_up = self._given_up
        if given_up is not None and given_up[0] == self._pacer.pace.taken:
            said = f"{name}: not asked, {given_up[1]}; run the same command again later"
            raise TransientError(said, reason="gave_up")

    def _book(self, number: int, told: EngineError | FormError, spent: _Spent, *, taken: bool) -> None:
        """Tell the pacer what became of a request that brought no answer."""
        if isinstance(told, EngineUnavailableError):
            self._over = self._over or told  # before anybody who waits may go on
            self.stop()
        kind = told.reason if isinstance(told, TransientError) else ""
        spent.again = kind in ("rate_limited", "overloaded")
        spent.failures += kind != "rate_limited"
        if not spent.again:
            (self._pacer.accepted if taken else self._pacer.lost)(number)
            return
        wait = told.retry_after if isinstance(told, TransientError) else None
        if wait is not None and wait > LONGEST_WAIT:
            self._pacer.block(number, wait)
            return
        begun = self._pacer.rejected(number, wait, load=kind == "overloaded")
        if begun is not None and self.on_wait is not None:
            self.on_wait(begun, kind.replace("_", " "))

    def _pause(self, seconds: float) -> None:
        if seconds:
            self._sleep(seconds)

    def _rest(self, seconds: float) -> None:
        """Wait, but not longer than the run lasts."""
        until = time.monotonic() + seconds
        # In slices: on some systems Ctrl-C does not get through a long wait.
        while not self._ended.wait(max(0.0, min(0.2, until - time.monotonic()))) and time.monotonic() < until:
            pass

    def _transfer(self, request: dict[str, Any], abandoned: threading.Event) -> bytes:
        # What `chat.completions.with_streaming_response.create` does; but `client.chat` would first import all other
        # resources of the API, a quarter of a second.
        response: Any = self._client.post(
            "/chat/completions",
            cast_to=object,
            body=request,
            options={"headers": {"X-Stainless-Raw-Response": "stream"}, "security": {"bearer_auth": True}},
        )
        with contextlib.closing(response):
            parts, size = [], 0
            for part in response.iter_bytes():
                size += len(part)
                if abandoned.is_set():
                    break
                if size > _LARGEST_REPLY:
                    raise EngineOutputError(f"{self.host} answered with more than 32 MB", reason="too_large")
                parts.append(part)
            return b"".join(parts)


def _open(endpoint: Endpoint, key: str) -> "openai.OpenAI":
    silence()
    with quickly():
        import httpx2
        import openai

    client = openai.OpenAI(
        api_key=key,
        base_url=endpoints.base_url(endpoint),
        default_query=endpoints.query(endpoint),
        max_retries=0,
        timeout=httpx2.Timeout(endpoint.timeout, connect=min(_CONNECTING, endpoint.timeout)),
        http_client=openai.DefaultHttpxClient(follow_redirects=False),
    )
    # Read by the openai client from the environment, blank or not, and sent to whomever it talks to.
    theirs = endpoints.address(endpoint).hostname != endpoints.OPENAI_HOST
    client.organization = None if theirs else client.organization or None
    client.project = None if theirs else client.project or None
    client.admin_api_key = None
    return client


def _may_come_right(error: BaseException) -> bool:
    """Whether to try again here: not after a deadline, which leaves no time, and not when the wait is too long."""
    return (
        isinstance(error, TransientError)
        and error.reason in ("rate_limited", "overloaded", "busy", "connection")
        and (error.retry_after is None or error.retry_after <= LONGEST_WAIT)
    )


def _wait(error: BaseException | None, failures: int) -> float:
    """Seconds before a request goes again: what the endpoint asked for, else about 1, 2, ... with some chance in it."""
    if not isinstance(error, TransientError) or error.reason == "rate_limited":
        return 0.0  # the pacer waits, for all
    if error.retry_after is not None:
        return 0.0 if error.reason == "overloaded" else error.retry_after
    return min(30.0, 2.0 ** (failures - 1)) + random.random()
