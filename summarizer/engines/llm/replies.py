"""A reply is looked at before it is parsed, and parsed as tolerantly as is safe.

Servers answer 200 with a web page, an error, no choice or a cut-off text; models fence their JSON, think aloud
first or explain themselves afterwards. Each of the first has its own error; the others are read.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from summarizer.errors import EngineOutputError, RefusedError, TruncatedError
from summarizer.records import record

_QUOTED = 200
_CONTROL = re.compile(r"[\x00-\x1f]")
_MOST_OBJECTS = 50  # looked at in one reply; a reply of a million brackets must not keep us
_THINKING = (
    *((f"<{word}>", f"</{word}>") for word in ("think", "thinking", "thought", "reasoning")),
    ("◁think▷", "◁/think▷"),
)


@record
class Usage:
    """Tokens of one call or several; None where the endpoint did not say.

    Attributes:
        prompt: tokens read, the cached ones included.
        cached: those of them that came from the endpoint's cache.
        completion: tokens written, thinking included.
    """

    prompt: int | None
    cached: int | None
    completion: int | None

    def plus(self, other: "Usage") -> "Usage":
        """Both together; unknown and known make known."""
        return Usage(
            _sum(self.prompt, other.prompt), _sum(self.cached, other.cached), _sum(self.completion, other.completion)
        )


UNKNOWN = Usage(None, None, None)


class ReplyError(Exception):
    """A reply of status 200 that holds an error object.

    Attributes:
        status: what the object gives as HTTP status, 0 when it gives none.
        body: the error object.
    """

    def __init__(self, status: int, body: Any) -> None:
        super().__init__("error in a reply")
        self.status = status
        self.body = body


def decode(raw: bytes, host: str) -> dict[str, Any]:
    """Decode the body of a reply. Raises: EngineOutputError when it is no JSON object; ReplyError."""
    body = None
    with suppress(ValueError, RecursionError):
        body = json.loads(raw)
    if not isinstance(body, dict):
        page = raw.lstrip()[:1] == b"<"
        what = "a web page" if page else "something else" if raw.strip() else "nothing"
        advice = "check OPENAI_BASE_URL (most end in /v1)"
        raise EngineOutputError(f"{host} answered with {what} instead of JSON; {advice}", reason="not_json")
    error = body.get("error")
    if error and not body.get("choices"):
        code = str(error.get("code") if isinstance(error, dict) else "")
        raise ReplyError(int(code) if re.fullmatch("[45][0-9][0-9]", code) else 0, error)
    return body


def usage(body: dict[str, Any]) -> Usage:
    """The tokens a reply says it took, in OpenAI's words or DeepSeek's."""
    told = body.get("usage")
    if not isinstance(told, dict):
        return UNKNOWN
    details = told.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else told.get("prompt_cache_hit_tokens")
    return Usage(_count(told.get("prompt_tokens")), _count(cached), _count(told.get("completion_tokens")))


def content(body: dict[str, Any], name: str) -> str:
    """The text of a reply, or the arguments of its tool call; "" when there is neither.

    Raises: TruncatedError, RefusedError, EngineOutputError; each says what came instead of an answer.
    """
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise EngineOutputError(f"{name}: the reply holds no choice", reason="no_choices")
    finish = choice.get("finish_reason")
    if finish == "length":
        raise TruncatedError(f"{name}: the reply was cut off at the model's length limit")
    refusal = message.get("refusal")
    if finish == "content_filter":
        raise RefusedError(f"{name}: the endpoint's content filter held the reply back", reason="content_filter")
    if isinstance(refusal, str) and refusal.strip():
        raise RefusedError(f"{name}: the model declined: {quoted(refusal)}")
    return _arguments(message) or _text(message.get("content"))


def objects(text: str) -> Iterator[str]:
    """JSON objects of a reply, in order: the first that fits is the answer.

    Thinking is left out, fences and prose do not matter, and neither an object inside another nor the inside of one
    that is broken off counts. The first comes first, not the last: a report may hold an "answer" that the model
    quotes after its own.

    >>> list(objects('<think>{"a": 0}</think> Here: ```json\\n{"a": {"b": 1}}\\n``` {附注} {"a": 2}'))
    ['{"a": {"b": 1}}', '{"a": 2}']
    """
    text = outside_thinking(text)
    # strict=False: models write line breaks into strings as they are.
    decoder = json.JSONDecoder(strict=False, parse_constant=_no_constant)
    place = text.find("{")
    for _ in range(_MOST_OBJECTS):
        if place < 0:
            return
        end = _end(text, place)
        if end is None:
            if text[place + 1 :].lstrip()[:1] == '"':
                return  # broken off: what follows lies inside it
            end = place + 1
        else:
            found = None
            try:
                value, end = decoder.raw_decode(text, place)
                found = text[place:end]
                # As written, where it can be: a figure must not pass through a float.
                found = json.dumps(value, ensure_ascii=False) if _CONTROL.search(found) else found
            except (ValueError, RecursionError):
                pass
            if found is not None:
                yield found
        place = text.find("{", end)


def outside_thinking(text: str) -> str:
    """A reply without what the model thought aloud before it; "" when it never stopped thinking.

    A closing mark without an opening one counts too: some chat templates put the opening mark into the prompt.
    """
    while True:
        brace = text.find("{") % (len(text) + 1)  # the end when there is none
        for opening, closing in _THINKING:
            start, end = text.find(opening), text.find(closing)
            if 0 <= start < brace:
                text = text[start + len(opening) :].partition(closing)[2]
                break
            if end >= 0 and not 0 <= start < end:
                text = text[end + len(closing) :]
                break
        else:
            return text


def quoted(text: str) -> str:
    """Foreign text as part of a message: one line, at most 200 characters, nothing that a terminal acts on.

    >>> quoted("no\\x1b[31m\\n such   model")
    'no\\\\x1b[31m such model'
    """
    line = " ".join(text.split())
    line = line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)


def _arguments(message: dict[str, Any]) -> str:
    calls = message.get("tool_calls")
    call = calls[0] if isinstance(calls, list) and calls else None
    function = call.get("function") if isinstance(call, dict) else message.get("function_call")
    arguments = function.get("arguments") if isinstance(function, dict) else None
    if isinstance(arguments, dict):
        return json.dumps(arguments, ensure_ascii=False)
    return arguments if isinstance(arguments, str) else ""


def _text(told: Any) -> str:
    if isinstance(told, str):
        return told
    if isinstance(told, list):  # parts: thinking and text apart
        parts = (p.get("text") for p in told if isinstance(p, dict) and p.get("type") == "text")
        return "".join(p for p in parts if isinstance(p, str))
    return ""


def _end(text: str, start: int) -> int | None:
    """Where the brackets that open at `start` close, strings left aside; None when they never do."""
    depth, inside, escaped = 0, False, False
    for place in range(start, len(text)):
        char = text[place]
        if inside:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                inside = False
        elif char == '"':
            inside = True
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                return place + 1
    return None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _count(told: Any) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else None


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
