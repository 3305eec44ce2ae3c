"""From what a user asks for to an engine that is ready, and closed after use."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.errors import EngineUnavailableError
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai

    from summarizer.engines.llm import Endpoint, LlmClient
    from summarizer.engines.protocol import Engine

EngineName = Literal["offline", "llm"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user asks for; None and "auto" leave it to the settings.

    Attributes:
        engine: `offline` or `llm`; by default llm when a model is named or a cassette given, else offline.
        model, base_url: the model and where it answers.
        mode: how replies in JSON are asked for.
        parameters: further fields of each request (`temperature`, or what one model or another needs).
        cassette: recorded calls: replayed when the file exists, recorded when it does not.
        client: a ready openai client of the caller's own.
    """

    engine: str | None = None
    model: str | None = None
    base_url: str | None = None
    mode: str = "auto"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cassette: Path | None = None
    client: "openai.OpenAI | None" = None


def choose(wish: Wish, settings: Settings) -> EngineName:
    """Which engine a wish means. Raises: EngineUnavailableError for llm without a model, or an unknown name."""
    if wish.engine not in (None, "offline", "llm"):
        raise EngineUnavailableError(f"engine {wish.engine!r} is unknown; use offline or llm")
    if wish.engine == "offline":
        return "offline"
    if wish.cassette is not None or wish.model or (wish.engine is None and settings.model):
        return "llm"
    if wish.engine == "llm":
        if settings.model:
            return "llm"
        raise EngineUnavailableError("the llm engine needs a model: name one with --model or OPENAI_MODEL, or use --engine offline")
    return "offline"


@contextlib.contextmanager
def opened(wish: Wish, settings: Settings, home: Path | None = None) -> "Iterator[Engine]":
    """The engine a wish means, closed at the end. Raises: EngineError, PromptTemplateError."""
    if choose(wish, settings) == "offline":
        from summarizer.engines.offline import OfflineEngine

        yield OfflineEngine()
        return
    from summarizer import resources
    from summarizer.engines.llm import LlmClient
    from summarizer.engines.reader import LlmEngine

    prompts = resources.load_prompts(home)
    with contextlib.ExitStack() as stack:
        endpoint = _endpoint(wish, settings)
        if wish.cassette is not None:
            from summarizer import cassettes

            replay = wish.cassette.exists()
            if replay:
                endpoint = _recorded(wish.cassette)
            stack.enter_context(cassettes.replaying(wish.cassette) if replay else cassettes.recording(wish.cassette))
        client = LlmClient(endpoint, client=wish.client)
        stack.callback(client.close)
        yield LlmEngine(client, prompts, model_name=endpoint.model, host=client.host)


def _endpoint(wish: Wish, settings: Settings) -> "Endpoint":
    from summarizer.engines.llm import MODE_NAMES, Endpoint

    if wish.mode not in MODE_NAMES:
        raise EngineUnavailableError(f"mode {wish.mode!r} is unknown; use one of {', '.join(MODE_NAMES)}")
    model = wish.model or settings.model
    if not model and not (wish.cassette and wish.cassette.exists()):
        raise EngineUnavailableError("no model is named: use --model or OPENAI_MODEL")
    parameters = dict(wish.parameters)
    temperature = parameters.pop("temperature", None)
    return Endpoint(
        model=model or "",
        base_url=wish.base_url or settings.base_url,
        api_key=settings.api_key,
        mode=next(m for m in MODE_NAMES if m == wish.mode),
        temperature=temperature,
        extra_body=parameters or None,
    )


def _recorded(cassette: Path) -> "Endpoint":
    from summarizer import cassettes
    from summarizer.engines.llm import Endpoint

    known = cassettes.parameters(cassette)
    return Endpoint(
        model=known.model,
        base_url=cassettes.BASE_URL,
        mode=known.mode,
        temperature=known.temperature,
        extra_body=known.extra_body,
    )


__all__ = ["EngineName", "LlmClient", "Wish", "choose", "opened"]
