"""One question to a model, one answer that fits a response model; openai is imported when a client is made."""

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
from summarizer.engines.llm.modes import Memory, below
from summarizer.engines.llm.quiet import redact, silence
from summarizer.engines.llm.replies import UNKNOWN, Usage, content, decode, usage
from summarizer.errors import EngineError, EngineOutputError, EngineUnavailableError, TransientError

if TYPE_CHECKING:
    import openai
    from pydantic import BaseModel

_TRIES = 3  # of one request, when the endpoint is busy
_CONNECTING = 10.0  # seconds
_LARGEST_REPLY = 32 * 1024 * 1024  # bytes
_MEMORY = Memory()

known_modes = _MEMORY.known
seed_modes = _MEMORY.seed
forget_modes = _MEMORY.forget


@dataclass(frozen=True, slots=True)
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


class LlmClient:
    """Asks one endpoint. Thread-safe; close it after use, or use it in a `with` statement.

    Attributes:
        host: whom it asks, without user, password, path and query.
        model: the model it asks.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        client: "openai.OpenAI | None" = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Make ready; nothing is sent.

        Args:
            client: an openai client to send with (its own retries are switched off), None to make one.
            clock: seconds since the epoch; only for a `Retry-After` that is a date.
            sleep: waits before a request is tried again.

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
        self._clock = clock
        self._sleep = sleep
        self._connected = False
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

    def close(self) -> None:
        """Close the connections, unless the openai client was handed in."""
        if self._owned:
            self._client.close()

    def ask(self, messages: Sequence[Mapping[str, str]], response_model: "type[BaseModel]", *, name: str) -> Answer:
        """Ask once and read the reply into the response model.

        Busy endpoints are asked up to three times, with waits; a mode that the endpoint does not understand is
        replaced by the next one of the ladder. Nothing else is asked again: that is the caller's to decide.

        Args:
            messages: `role` and `content` of each; the content of user messages is sent as it is.
            name: what is asked about, for messages of errors.

        Raises: EngineUnavailableError (nobody can be asked: key, model, address, quota), EngineOutputError (this
            question failed; `reason`, `transient`, `requests` and `usage` say how).
        """
        spent = _Spent()
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
                lower = below(mode) if auto else None
                if lower is None:
                    raise EngineUnavailableError(str(body))
                _MEMORY.rejected(self._who, mode)
                mode = lower
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
        """Send a request, up to three times while the endpoint is busy. Returns: the body of the reply."""
        import tenacity

        # A new one for each call: shared, it mixes up the calls of several threads (jd/tenacity#93).
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_may_come_right),
            stop=tenacity.stop_after_attempt(_TRIES),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        sent: dict[str, Any] | FormError = retrying(self._send_once, request, mode, name, spent)
        return sent

    def _send_once(self, request: dict[str, Any], mode: str, name: str, spent: _Spent) -> dict[str, Any] | FormError:
        peer = Peer(self.host, endpoints.host_and_port(self._endpoint), self.model, mode, self._secret)
        spent.requests += 1
        try:
            raw = within(self._endpoint.timeout, lambda abandoned: self._transfer(request, abandoned))
            self._connected = True
            body = decode(raw, self.host)
            spent.usage = spent.usage.plus(usage(body))
            return body
        except DeadlineError:
            seconds = f"{self._endpoint.timeout:g}"
            told: EngineError | FormError = TransientError(
                f"{name}: {self.host} did not finish its answer within {seconds} s", reason="deadline"
            )
        except EngineError:
            raise
        except Exception as error:
            found = translate(error, peer, name, connected=self._connected, now=self._clock)
            if found is None:
                raise
            self._connected = self._connected or answered(error)
            told = found
        # Raised here, not in the handlers: the texts of the original errors may hold keys and replies.
        if isinstance(told, FormError):
            return told
        raise told

    def _transfer(self, request: dict[str, Any], abandoned: threading.Event) -> bytes:
        completions = self._client.chat.completions
        with completions.with_streaming_response.create(**request) as response:
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
        and error.reason not in ("deadline", "timeout")
        and (error.retry_after is None or error.retry_after <= LONGEST_WAIT)
    )


def _wait(state: Any) -> float:
    """Seconds: what the endpoint asked for, else about 1, 2, ... with some chance in it."""
    import tenacity

    error = state.outcome.exception()
    told = error.retry_after if isinstance(error, TransientError) else None
    return float(told) if told is not None else float(tenacity.wait_exponential_jitter(1, 30, jitter=1)(state))
