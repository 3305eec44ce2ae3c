"""One question to a model, one answer that fits a response model. The only importer of openai and instructor."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from summarizer.engines.llm import endpoint as endpoints
from summarizer.engines.llm.deadline import DeadlineError, within
from summarizer.engines.llm.endpoint import Endpoint
from summarizer.engines.llm.failures import LONGEST_WAIT, FormRejected, Peer, translate
from summarizer.engines.llm.modes import LADDER, Memory, below
from summarizer.engines.llm.replies import UNKNOWN, Usage, content, decode, objects, usage
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
            request = _request(mode, self._endpoint, messages, response_model)
            body = self._send(request, mode, name, spent)
            if isinstance(body, FormRejected):
                lower = below(mode) if auto else None
                if lower is None:
                    raise EngineUnavailableError(str(body))
                _MEMORY.rejected(self._who, mode)
                mode = lower
                continue
            value, fault = _value(content(body, name), mode, response_model)
            if value is not None:
                if auto:
                    _MEMORY.proven(self._who, mode)
                return Answer(value, spent.usage, spent.requests, mode)
            lower = below(mode)
            if not may_step or lower is None or _MEMORY.is_proven(self._who):
                raise EngineOutputError(f"{name}: the reply cannot be used: {fault}")
            may_step, mode = False, lower

    def _send(self, request: dict[str, Any], mode: str, name: str, spent: _Spent) -> dict[str, Any] | FormRejected:
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
        sent: dict[str, Any] | FormRejected = retrying(self._send_once, request, mode, name, spent)
        return sent

    def _send_once(self, request: dict[str, Any], mode: str, name: str, spent: _Spent) -> dict[str, Any] | FormRejected:
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
            told: EngineError | FormRejected = TransientError(
                f"{name}: {self.host} did not finish its answer within {seconds} s", reason="deadline"
            )
        except EngineError:
            raise
        except Exception as error:
            found = translate(error, peer, name, connected=self._connected, now=self._clock)
            if found is None:
                raise
            self._connected = self._connected or not _never_connected(found)
            told = found
        # Raised here, not in the handlers: the texts of the original errors may hold keys and replies.
        if isinstance(told, FormRejected):
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
    _silence()
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


def _request(
    mode: str, endpoint: Endpoint, messages: Sequence[Mapping[str, str]], response_model: "type[BaseModel]"
) -> dict[str, Any]:
    """The request as instructor builds it for a mode, with the user's text as it was given.

    No `context` is passed: it would make instructor render the messages, report text included, as Jinja templates.
    """
    given = [dict(message) for message in messages]
    # The handler for tools wraps the model; replies are validated by the model itself.
    _, request = _handlers(mode).request_handler(
        response_model=response_model, kwargs={"model": endpoint.model, "messages": [dict(m) for m in given]}
    )
    request["messages"] = _with_user_text(given, request["messages"])
    if endpoint.temperature is not None:
        request["temperature"] = endpoint.temperature
    if endpoint.extra_body:
        request["extra_body"] = dict(endpoint.extra_body)
    return dict(request)


def _with_user_text(given: list[dict[str, str]], built: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages as given, and what instructor adds to any of them in the system message.

    MD_JSON appends a sentence to the last user message, and messages of the same role are joined.
    """
    if built == given:
        return built
    system = "\n\n".join(m["content"] for m in built if m["role"] == "system")
    last, own = built[-1]["content"], given[-1]["content"]
    if built[-1]["role"] == "user" and given[-1]["role"] == "user" and last != own:
        system = f"{system}\n\n{last[last.rindex(own) + len(own):].strip()}"
    return [{"role": "system", "content": system}, *(m for m in given if m["role"] != "system")]


def _value(text: str, mode: str, response_model: "type[BaseModel]") -> "tuple[BaseModel | None, str]":
    """The first object of a reply that fits, else None and why the first one does not, in words of ours."""
    from pydantic import ValidationError

    fault = "it holds no JSON object"
    first = True
    # MD_JSON always comes in prose or fences, and there the whole is never the answer.
    whole = () if mode == "md_json" else (text,)
    for candidate in (*whole, *objects(text)):
        try:
            return _validated(candidate, response_model), ""
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False, include_context=False)
            if first and faults[0]["type"] != "json_invalid":
                fault, first = _faults(faults, response_model), False
    return None, fault


def _validated(text: str, response_model: "type[BaseModel]") -> "BaseModel":
    """Validate a reply with instructor. Raises: pydantic.ValidationError."""
    from openai.types.chat import ChatCompletion

    completion = ChatCompletion.construct(  # type: ignore[call-arg]
        choices=[{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}]
    )
    # strict=None: the response model says itself what it accepts (ids as strings, say).
    value: BaseModel = _handlers("json").response_parser(
        response=completion,
        response_model=response_model,
        validation_context=None,
        strict=None,
        stream=False,
        is_async=False,
    )
    # instructor hangs the reply on the value, where it would take part in comparisons.
    value.__dict__.pop("_raw_response", None)
    return value


def _faults(faults: Sequence[Mapping[str, Any]], response_model: "type[BaseModel]") -> str:
    """Where a reply does not fit, without quoting it: keys that are not of the schema are the model's words."""
    known = _names(response_model)
    told = []
    for fault in faults[:3]:
        place = ".".join(str(p) if isinstance(p, int) or p in known else "…" for p in fault["loc"])
        told.append(f"{place or 'the object'}: {fault['type'].replace('_', ' ')}")
    more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
    return "; ".join(told) + more


@lru_cache(maxsize=64)
def _names(response_model: "type[BaseModel]") -> frozenset[str]:
    found: set[str] = set()

    def collect(schema: Any) -> None:
        if isinstance(schema, dict):
            found.update(schema.get("properties") or ())
            for inner in schema.values():
                collect(inner)
        elif isinstance(schema, list):
            for inner in schema:
                collect(inner)

    collect(response_model.model_json_schema())
    return frozenset(found)


@lru_cache(maxsize=len(LADDER) + 1)
def _handlers(mode: str) -> Any:
    _silence()
    import instructor
    from instructor.v2.core.providers import Provider
    from instructor.v2.core.registry import mode_registry

    modes = {
        "json_schema": instructor.Mode.JSON_SCHEMA,
        "json": instructor.Mode.JSON,
        "md_json": instructor.Mode.MD_JSON,
        "tools": instructor.Mode.TOOLS,
    }
    return mode_registry.get_handlers(Provider.OPENAI, modes[mode])


def _silence() -> None:
    """Keep instructor's loggers quiet: they print replies, and keys that an endpoint echoes."""
    for name in ("instructor", "instructor.v2.retry"):
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


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


def _never_connected(error: EngineError | FormRejected) -> bool:
    return isinstance(error, EngineUnavailableError) and str(error).startswith(("cannot reach", "nothing can be sent"))
