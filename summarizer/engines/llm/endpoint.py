"""What to talk to: an address, a model, a key that is never shown."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit

from summarizer.errors import EngineUnavailableError
from summarizer.records import record

DEFAULT_URL = "https://api.openai.com/v1"
OPENAI_HOST = "api.openai.com"
# Local servers want no key, but the openai client does (openai-python #3224).
PLACEHOLDER_KEY = "no-key-needed"

ModeName = Literal["auto", "json_schema", "json", "md_json", "tools"]
MODE_NAMES: tuple[ModeName, ...] = ("auto", "json_schema", "json", "md_json", "tools")


@record
class Endpoint:
    """What to talk to; a blank string counts as unset.

    Attributes:
        model: name of the language model.
        base_url: address up to and with `/v1`, None for OpenAI's own.
        api_key: never shown; left out of `repr`.
        mode: how a reply in JSON is asked for; `auto` finds out what the endpoint can do.
        temperature: sent only when set (some models reject it).
        extra_body: further fields of the request, for what one model or another needs.
        timeout: seconds a request may take in all, from connecting to the last byte.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = None
    mode: ModeName = "auto"
    temperature: float | None = None
    extra_body: Mapping[str, Any] | None = None
    timeout: float = 120

    def __repr__(self) -> str:
        return f"Endpoint(model={self.model!r}, host={host(self)!r}, mode={self.mode!r})"


def address(endpoint: Endpoint) -> SplitResult:
    """The address in parts. Raises: EngineUnavailableError when it is none."""
    url = (endpoint.base_url or "").strip() or DEFAULT_URL
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable:
        # Not quoted: it may hold a password.
        raise EngineUnavailableError("OPENAI_BASE_URL is no http or https address, such as http://localhost:8000/v1")
    return parts


def base_url(endpoint: Endpoint) -> str:
    """The address to send to, without its query."""
    return urlunsplit(address(endpoint)._replace(query="", fragment=""))


def query(endpoint: Endpoint) -> dict[str, str]:
    """What the address asks to send along (Azure's `api-version`, say)."""
    return dict(parse_qsl(address(endpoint).query))


def host(endpoint: Endpoint) -> str:
    """Host, with the port when it is written out; no user, password, path or query; "" when there is none."""
    try:
        return address(endpoint).netloc.rpartition("@")[2]
    except EngineUnavailableError:
        return ""


def host_and_port(endpoint: Endpoint) -> str:
    """Host and port, also when the port is the usual one."""
    parts = address(endpoint)
    name = host(endpoint)
    return name if parts.port else f"{name}:{443 if parts.scheme == 'https' else 80}"


def identity(endpoint: Endpoint) -> tuple[str, str]:
    """What a mode is remembered for: the address without user, password and query, and the model."""
    parts = address(endpoint)
    return urlunsplit((parts.scheme, host(endpoint), parts.path.rstrip("/"), "", "")), endpoint.model


def key(endpoint: Endpoint) -> str:
    """The key to send. Raises: EngineUnavailableError when there must be one and there is none, or it is no key."""
    found = (endpoint.api_key or "").strip()
    if not found:
        if address(endpoint).hostname == OPENAI_HOST:
            raise EngineUnavailableError(
                f"{OPENAI_HOST} needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL for another endpoint, "
                "or use the offline engine (--engine offline), which needs none"
            )
        return PLACEHOLDER_KEY
    if not (found.isascii() and found.isprintable()) or " " in found:
        raise EngineUnavailableError("OPENAI_API_KEY holds a character that no key can hold; paste it again")
    return found
