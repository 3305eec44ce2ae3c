"""From what a user asks for to an engine that is ready, and closed after use."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.errors import OptionError
from summarizer.records import record
from summarizer.settings import Settings, without_secrets

if TYPE_CHECKING:
    import openai

    from summarizer.dialogue import Shelf, Watch
    from summarizer.engines.llm import Endpoint
    from summarizer.engines.protocol import Engine

EngineName = Literal["offline", "llm"]


@record
class EngineOptions:
    """What a user asks for; None and "auto" leave it to the settings.

    Attributes:
        engine: `offline` or `llm`; by default llm when a model is named or a cassette given, else offline.
        model, base_url: the model and where it answers.
        mode: how replies in JSON are asked for.
        parameters: further fields of each request (`temperature`, or what one model or another needs).
        cassette: recorded calls: replayed when the file exists, recorded when it does not.
        client: a ready openai client of the caller's own.
        keep: finished sections are stored and found again (`SUMMARIZER_STORE` names the file); a cassette passes it by.
        fresh: what is stored is not used, but made anew and stored.
        max_calls, max_cost: limits for the whole run; the cost in the currency of the model's price.
        side_by_side: calls at most at once.
        timeout: seconds a call may take in all.
        watch: told what is planned and done.
        warn: told in a line what is amiss with the store; by default the log is.
    """

    engine: str | None = None
    model: str | None = None
    base_url: str | None = None
    mode: str = "auto"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cassette: Path | str | None = None
    client: "openai.OpenAI | None" = None
    keep: bool = True
    fresh: bool = False
    max_calls: int | None = None
    max_cost: Decimal | None = None
    side_by_side: int = 16
    timeout: float = 120
    watch: "Watch | None" = None
    warn: Callable[[str], None] | None = None


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
    from summarizer.costs import price_of
    from summarizer.dialogue import Budget
    from summarizer.engines.llm import LlmClient
    from summarizer.engines.reader import LlmEngine

    prompts = resources.load_prompts(home)
    with contextlib.ExitStack() as stack:
        endpoint = _endpoint(asked, settings)
        if asked.cassette is not None:
            from summarizer import cassettes

            cassette = Path(asked.cassette)
            replay = cassette.exists()
            if replay:
                endpoint = _recorded(cassette)
            stack.enter_context(cassettes.replaying(cassette) if replay else cassettes.recording(cassette))
        price = price_of(endpoint.model, resources.load_prices(home))
        if asked.max_cost is not None and price is None:
            raise OptionError(f"--max-cost: {endpoint.model} has no price; add one to schemas/prices/models.toml")
        shelf = _shelf(asked, settings, stack)
        client = LlmClient(endpoint, client=asked.client, most=asked.side_by_side, on_wait=_told(asked))
        stack.callback(client.close)
        yield LlmEngine(
            client,
            prompts,
            model_name=endpoint.model,
            host=client.host,
            identity=_identity(endpoint, client.host),
            shelf=shelf,
            budget=Budget(asked.max_calls, asked.max_cost, price),
            watch=asked.watch,
            most=asked.side_by_side,
            on_stop=client.stop,
        )


def _shelf(asked: EngineOptions, settings: Settings, stack: contextlib.ExitStack) -> "Shelf | None":
    if asked.cassette is not None or not asked.keep:
        return None
    from summarizer import store

    path = store.place(settings.store)
    if path is None:
        return None
    # Opened before the first call: a store that cannot be written is told before anything is paid for.
    opened_store = stack.enter_context(contextlib.closing(store.Store.open(path, warn=asked.warn)))
    return store.Fresh(opened_store) if asked.fresh else opened_store


def _identity(endpoint: "Endpoint", host: str | None) -> str:
    """What an answer depends on besides the question: never the key."""
    import json  # loading it takes 1.5 ms, and only a model needs it

    return json.dumps(
        [endpoint.model, without_secrets(endpoint.base_url or host or ""), endpoint.temperature, endpoint.extra_body],
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )


def _endpoint(asked: EngineOptions, settings: Settings) -> "Endpoint":
    from summarizer.engines.llm import MODE_NAMES, Endpoint

    if asked.mode not in MODE_NAMES:
        raise OptionError(f"mode {asked.mode!r} is unknown; use one of {', '.join(MODE_NAMES)}")
    model = asked.model or settings.model
    if not model and not (asked.cassette and Path(asked.cassette).exists()):
        if asked.cassette:
            raise OptionError(
                f"no cassette {asked.cassette}; check the path, or name a model to record one (--model or OPENAI_MODEL)"
            )
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
        timeout=asked.timeout,
    )


def _told(asked: EngineOptions) -> Callable[[float, str], None] | None:
    """Tells the watch of a common wait, unless it is over before it can be read."""
    watch = asked.watch
    if watch is None:
        return None
    return lambda seconds, why: watch.waiting(seconds, why) if seconds >= 1 else None


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
