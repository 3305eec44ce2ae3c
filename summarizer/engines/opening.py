"""From what a user asks for to an engine that is ready, and closed after use."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.errors import OptionError
from summarizer.settings import Settings

if TYPE_CHECKING:
    import openai

    from summarizer.engines.llm import Endpoint
    from summarizer.engines.protocol import Engine

EngineName = Literal["offline", "llm"]


@dataclass(frozen=True, slots=True)
class EngineOptions:
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


def choose(asked: EngineOptions, settings: Settings) -> EngineName:
    """Which engine is meant. Raises: OptionError for llm without a model, or an unknown name."""
    if asked.engine not in (None, "offline", "llm"):
        raise OptionError(f"engine {asked.engine!r} is unknown; use offline or llm")
    if asked.engine == "offline":
        return "offline"
    if asked.cassette is not None or asked.model or (asked.engine is None and settings.model):
        return "llm"
    if asked.engine == "llm":
        if settings.model:
            return "llm"
        raise OptionError(
            "the llm engine needs a model: name one with --model or OPENAI_MODEL, or use --engine offline"
        )
    return "offline"


@contextlib.contextmanager
def opened(asked: EngineOptions, settings: Settings, home: Path | None = None) -> "Iterator[Engine]":
    """The engine that is asked for, closed at the end. Raises: OptionError, EngineError, PromptTemplateError."""
    if choose(asked, settings) == "offline":
        from summarizer.engines.offline import OfflineEngine

        yield OfflineEngine()
        return
    from summarizer import resources
    from summarizer.engines.llm import LlmClient
    from summarizer.engines.reader import LlmEngine

    prompts = resources.load_prompts(home)
    with contextlib.ExitStack() as stack:
        endpoint = _endpoint(asked, settings)
        if asked.cassette is not None:
            from summarizer import cassettes

            replay = asked.cassette.exists()
            if replay:
                endpoint = _recorded(asked.cassette)
            stack.enter_context(cassettes.replaying(asked.cassette) if replay else cassettes.recording(asked.cassette))
        client = LlmClient(endpoint, client=asked.client)
        stack.callback(client.close)
        yield LlmEngine(client, prompts, model_name=endpoint.model, host=client.host)


def _endpoint(asked: EngineOptions, settings: Settings) -> "Endpoint":
    from summarizer.engines.llm import MODE_NAMES, Endpoint

    if asked.mode not in MODE_NAMES:
        raise OptionError(f"mode {asked.mode!r} is unknown; use one of {', '.join(MODE_NAMES)}")
    model = asked.model or settings.model
    if not model and not (asked.cassette and asked.cassette.exists()):
        raise OptionError("no model is named: use --model or OPENAI_MODEL")
    parameters = dict(asked.parameters)
    temperature = parameters.pop("temperature", None)
    return Endpoint(
        model=model or "",
        base_url=asked.base_url or settings.base_url,
        api_key=settings.api_key,
        mode=next(m for m in MODE_NAMES if m == asked.mode),
        temperature=temperature,
        extra_body=parameters or None,
    )


def _recorded(cassette: Path) -> "Endpoint":
    from summarizer import cassettes
    from summarizer.engines.llm import MODE_NAMES, Endpoint

    known = cassettes.parameters(cassette)
    return Endpoint(
        model=known.model,
        base_url=f"{cassettes.ADDRESS}/v1",
        mode=next(m for m in MODE_NAMES if m == known.mode),
        temperature=known.temperature,
        extra_body=known.extra_body,
    )
