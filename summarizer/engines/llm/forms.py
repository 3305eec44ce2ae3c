"""How JSON is asked for and read back: instructor's part, one attempt a call. The only importer of instructor."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any, get_args

from summarizer.engines.llm.endpoint import Endpoint
from summarizer.engines.llm.modes import LADDER
from summarizer.engines.llm.quiet import silence
from summarizer.engines.llm.replies import objects

if TYPE_CHECKING:
    from pydantic import BaseModel


def make_ready() -> None:
    """Import what the first request needs."""
    _handlers("json")


def request(
    mode: str, endpoint: Endpoint, messages: Sequence[Mapping[str, str]], response_model: "type[BaseModel]"
) -> dict[str, Any]:
    """The request as instructor builds it for a mode, with the user's text as it was given.

    No `context` is passed: it would make instructor render the messages, report text included, as Jinja templates.
    """
    given = [dict(message) for message in messages]
    # The handler for tools wraps the model; replies are validated by the model itself.
    _, built = _handlers(mode).request_handler(
        response_model=response_model, kwargs={"model": endpoint.model, "messages": [dict(m) for m in given]}
    )
    built["messages"] = _with_user_text(given, built["messages"])
    if endpoint.temperature is not None:
        built["temperature"] = endpoint.temperature
    return {**built, **(endpoint.extra_body or {})}


def _with_user_text(given: list[dict[str, str]], built: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages as given, and what instructor adds to any of them in the system message.

    MD_JSON appends a sentence to the last user message, and messages of the same role are joined.
    """
    if built == given:
        return built
    system = "\n\n".join(m["content"] for m in built if m["role"] == "system")
    if given and given[-1]["role"] == built[-1]["role"] == "user":
        turn = [*takewhile(lambda m: m["role"] == "user", reversed(given))]
        own = "\n\n".join(m["content"] for m in reversed(turn))
        system = f"{system}\n\n{built[-1]['content'][len(own) :].strip()}".rstrip()
    return [{"role": "system", "content": system}, *(m for m in given if m["role"] != "system")]


def value(text: str, response_model: "type[BaseModel]") -> "tuple[BaseModel | None, str]":
    """The first object of a reply that fits, else None and why the first one does not, in words of ours."""
    from pydantic import ValidationError

    fault = "it holds no JSON object" if text.strip() else "it is empty"
    first = True
    for candidate in chain((text,), objects(text)):
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

    completion = ChatCompletion.construct(
        choices=[{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}]
    )
    # strict=None: the response model says itself what it accepts (ids as strings, say).
    found: BaseModel = _handlers("json").response_parser(
        response=completion,
        response_model=response_model,
        validation_context=None,
        strict=None,
        stream=False,
        is_async=False,
    )
    # instructor hangs the reply on the value, where it would take part in comparisons.
    found.__dict__.pop("_raw_response", None)
    return found


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
    from pydantic import BaseModel

    found: set[str] = set(response_model.model_fields)

    def collect(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found.update(_names(annotation))
        for inner in get_args(annotation):
            collect(inner)

    for field in response_model.model_fields.values():
        collect(field.annotation)
    return frozenset(found)


@lru_cache(maxsize=len(LADDER) + 1)
def _handlers(mode: str) -> Any:
    silence()
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
