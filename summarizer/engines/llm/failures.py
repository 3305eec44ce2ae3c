"""What goes wrong between here and the model, told in our own errors, in one place.

Nothing of the original error is chained: its text holds what the endpoint sent back, which may be the key or a reply.
"""

import math
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from summarizer.engines.llm.modes import speaks_of_form
from summarizer.engines.llm.replies import ReplyError, quoted
from summarizer.errors import (
    CassetteMissError,
    EngineError,
    EngineOutputError,
    EngineUnavailableError,
    RefusedError,
    TooLongError,
    TransientError,
)
from summarizer.records import record

LONGEST_WAIT = 120.0  # seconds, as in openai-python; an endpoint that wants more is told to the user instead
_FORM_STATUS = (400, 404, 415, 422, 500, 501)
_TRANSIENT_STATUS = (408, 409, 425, 429)

# Words of messages, in small letters; servers agree on few codes.
_QUOTA = ("insufficient_quota", "insufficient balance", "exceeded your current quota", "arrearage")
_BILL = "billing"  # also in advice of rate limits: "visit .../account/billing to add a payment method"
_AGAIN = re.compile(r"(?:try again|retry) in (?:([0-9]{1,4})m)?([0-9]{1,5}(?:\.[0-9]+)?) ?(ms|s)\b")
_LENGTH = (
    "context_length", "context length", "context window", "maximum context", "too many tokens", "input is too long",
    "prompt is too long", "range of input length", "exceeds the model", "max_model_len",
)  # fmt: skip
_FILTER = ("content_filter", "content filter", "content management policy", "data_inspection", "datainspection")
_PARAMETER = ("unsupported", "unknown parameter", "unrecognized", "not supported", "unexpected keyword", "extra inputs")
_KEY = re.compile(r"\bsk-[A-Za-z0-9._\-*]{6,}|\bBearer\s+\S+")


class FormError(Exception):
    """The endpoint rejects the way JSON was asked for. The message is for the user, without secrets."""


@record
class Peer:
    """Whom we talk to, for messages.

    Attributes:
        secret: the key, to take it out of what the endpoint says; "" for none of the user's.
    """

    host: str
    host_and_port: str
    model: str
    mode: str
    secret: str

    def quote(self, text: str) -> str:
        """What the endpoint says, as part of a message: short, printable, without the key."""
        if self.secret:
            text = text.replace(self.secret, "…")
        return quoted(_KEY.sub("…", text))


def translate(
    error: BaseException, peer: Peer, name: str, *, connected: bool, now: Callable[[], float]
) -> EngineError | FormError | None:
    """Tell an error of the openai client, of its HTTP layer or of a reply in ours; None when it is none of these.

    Args:
        connected: whether the endpoint has answered before; one that never did is out of reach for good.
        now: seconds since the epoch, for a `Retry-After` that is a date.
    """
    import httpx2
    import openai

    for cause in _causes(error):
        if isinstance(cause, CassetteMissError):
            return CassetteMissError(f"{cause} has no answer for {name}: another report or prompt; re-record it")
    if isinstance(error, ReplyError):
        return _told(error.status, error.body, {}, peer, name, now)
    if isinstance(error, openai.APIStatusError):
        headers = error.response.headers
        if 300 <= error.status_code < 400:
            return EngineUnavailableError(
                f"{peer.host} redirects ({error.status_code}) to {_host(headers.get('location', ''), peer)}, "
                "which is not followed; set OPENAI_BASE_URL to the final address"
            )
        body = error.body if error.body is not None else error.response.text
        return _told(error.status_code, body, headers, peer, name, now)
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | httpx2.InvalidURL):
        return _unconnected(error, peer, name, connected)
    if isinstance(error, openai.OpenAIError):
        return EngineOutputError(f"{name}: {peer.quote(str(error))}", reason="client")
    if isinstance(error, UnicodeEncodeError):
        return EngineOutputError(f"{name}: the text holds a character that cannot be sent", reason="unsendable")
    return None


def answered(error: BaseException) -> bool:
    """Whether an error came from the endpoint itself, so that it can be reached."""
    import openai

    return isinstance(error, openai.APIStatusError | ReplyError)


def wait_told(headers: Mapping[str, str], now: Callable[[], float]) -> float | None:
    """Seconds an endpoint asks to wait, None when it says nothing that makes sense.

    >>> wait_told({"retry-after": "3"}, lambda: 0.0)
    3.0
    """
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        told = headers.get(name, "").strip()
        if not told:
            continue
        try:
            seconds = float(told) / scale
        except ValueError:
            try:
                seconds = parsedate_to_datetime(told).timestamp() - now()
            except (ValueError, TypeError, OverflowError):
                continue
        if math.isfinite(seconds) and seconds > 0:
            return seconds
    return None


def _wait_written(message: str) -> float | None:
    """Seconds to wait as a message in small letters has them.

    >>> _wait_written("rate limit reached. please try again in 1m0.5s.")
    60.5
    """
    match = _AGAIN.search(message)
    if match is None:
        return None
    seconds = float(match[2]) / (1000 if match[3] == "ms" else 1) + 60 * int(match[1] or 0)
    return seconds or None


def _told(
    status: int, body: Any, headers: Mapping[str, str], peer: Peer, name: str, now: Callable[[], float]
) -> EngineError | FormError:
    """Tell what an endpoint said with a status of failure (0: none)."""
    message, codes = _message(body)
    said = peer.quote(message)
    lowered = f"{message} {codes}".lower()
    if len(peer.model) > 3:  # a model may be called after tools or a context length
        lowered = lowered.replace(peer.model.lower(), "")
    tail = f": {said}" if said else ""
    if status in (401, 403):
        if not peer.secret:
            return EngineUnavailableError(f"{peer.host} wants a key ({status}); set OPENAI_API_KEY")
        return EngineUnavailableError(f"key rejected by {peer.host} ({status}); check OPENAI_API_KEY")
    owes = any(word in lowered for word in _QUOTA) or (_BILL in lowered and "rate limit" not in lowered)
    if status == 402 or (status in (0, 400, 429) and owes):
        return EngineUnavailableError(
            f"the quota at {peer.host} is used up{_of(status)}; top it up, then run the same command again"
        )
    if status in (0, 400, 422) and any(word in lowered for word in _FILTER):
        return RefusedError(f"{name}: the endpoint's content filter refused it", reason="content_filter")
    if status == 413 or (status in (0, 400, 422) and any(word in lowered for word in _LENGTH)):
        return TooLongError(f"{name}: the request does not fit the context of {peer.model}")
    if status in _FORM_STATUS and speaks_of_form(lowered):
        return FormError(
            f"{peer.host} rejects mode {peer.mode} for {peer.model} ({status}){tail}; try another mode "
            "(--mode json or md_json) or leave it out"
        )
    if status in (404, 405):
        return EngineUnavailableError(
            f"{peer.host} has no model {peer.model!r}, or not at this address ({status}); "
            f"check OPENAI_MODEL and OPENAI_BASE_URL{tail}"
        )
    if status in _TRANSIENT_STATUS or status >= 500:
        wait = wait_told(headers, now)
        if wait is None and status == 429:
            wait = _wait_written(lowered)
        what = "limits the rate of requests" if status == 429 else "is in trouble"
        reason = {429: "rate_limited", 503: "overloaded", 529: "overloaded"}.get(status, "busy")
        when = f"; it asks to try again in {math.ceil(wait)} s" if wait is not None else ""
        return TransientError(f"{name}: {peer.host} {what} ({status}){tail}{when}", reason=reason, retry_after=wait)
    if status in (400, 422) and any(word in lowered for word in _PARAMETER):
        return EngineUnavailableError(
            f"{peer.host} rejects a parameter for {peer.model} ({status}){tail}; check mode, temperature and extra body"
        )
    reason = "rejected" if status else "error_in_reply"
    return EngineOutputError(f"{name}: {peer.host} answered with an error{_of(status)}{tail}", reason=reason)


def _unconnected(error: BaseException, peer: Peer, name: str, connected: bool) -> EngineError:
    import httpx2

    cause = error.__cause__ or error
    if isinstance(cause, httpx2.UnsupportedProtocol | httpx2.InvalidURL | httpx2.LocalProtocolError):
        return EngineUnavailableError(f"nothing can be sent to {peer.host}; check OPENAI_BASE_URL and OPENAI_API_KEY")
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        # Of the text only what the operating system or TLS says; it holds no secret.
        said = peer.quote(str(cause)) or "no answer"
        where = f"cannot reach {peer.host_and_port} ({said})"
        if connected:
            return TransientError(f"{name}: {where}", reason="connection")
        return EngineUnavailableError(f"{where}; check OPENAI_BASE_URL and the network, or use the offline engine")
    if isinstance(cause, httpx2.TimeoutException):
        return TransientError(f"{name}: no answer from {peer.host} in time", reason="timeout")
    return TransientError(f"{name}: the connection to {peer.host} broke off", reason="connection")


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in found:
        found.append(here)
        here = here.__cause__ or here.__context__
    return found


def _message(body: Any) -> tuple[str, str]:
    """Message and codes of an error body: OpenAI's, DashScope's, FastAPI's `detail`, or plain text."""
    if isinstance(body, dict):
        inner = body.get("error", body)
        if isinstance(inner, dict):
            message = inner.get("message") or inner.get("detail") or inner.get("msg") or ""
            return str(message), " ".join(str(inner.get(k) or "") for k in ("code", "type", "param"))
        return str(inner), ""
    text = str(body or "")
    return ("a web page" if text.lstrip().startswith("<") else text), ""


def _of(status: int) -> str:
    return f" ({status})" if status else ""


def _host(location: str, peer: Peer) -> str:
    from urllib.parse import urlsplit

    try:
        return peer.quote(urlsplit(location).netloc.rpartition("@")[2]) or "another path"
    except ValueError:
        return "another address"
