"""What the conversation needs of an endpoint, and what its calls cost."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from pydantic import BaseModel

from summarizer.engines.protocol import Usage
from summarizer.errors import EngineOutputError
from summarizer.prompting import Message
from summarizer.records import record


class TokenUsage(Protocol):
    """Tokens of a call as the endpoint reports them, None when it does not."""

    @property
    def prompt(self) -> int | None:
        """Tokens sent."""
        ...

    @property
    def cached(self) -> int | None:
        """Of those, tokens the endpoint had in its cache."""
        ...

    @property
    def completion(self) -> int | None:
        """Tokens of the reply."""
        ...


class Answer(Protocol):
    """One validated reply and what it cost."""

    @property
    def value(self) -> BaseModel:
        """The reply, an instance of the response model."""
        ...

    @property
    def usage(self) -> TokenUsage:
        """Tokens of every request it took."""
        ...

    @property
    def requests(self) -> int:
        """Requests it took."""
        ...


class Model(Protocol):
    """The endpoint, one call at a time; may be called from several threads at once."""

    def ask(self, messages: Sequence[Message], response_model: type[BaseModel], *, name: str) -> Answer:
        """Raises: EngineUnavailableError for good, EngineOutputError for this call."""
        ...


@record
class Spent:
    """What calls cost; tokens are None as soon as one call does not say."""

    requests: int = 0
    retries: int = 0
    prompt: int | None = 0
    cached: int | None = 0
    completion: int | None = 0

    def failed(self, error: EngineOutputError) -> "Spent":
        """One more call, without a usable answer; what it does not tell of tokens counts as none."""
        usage = error.usage
        return Spent(
            self.requests + error.requests,
            self.retries + max(0, error.requests - 1),
            _sum(self.prompt, getattr(usage, "prompt", None) or 0),
            _sum(self.cached, getattr(usage, "cached", None) or 0),
            _sum(self.completion, getattr(usage, "completion", None) or 0),
        )

    def plus(self, answer: Answer, *, retry: bool) -> "Spent":
        """One more call; a retry is a re-ask or a request the endpoint made us repeat."""
        return Spent(
            self.requests + answer.requests,
            self.retries + max(0, answer.requests - (0 if retry else 1)),
            _sum(self.prompt, answer.usage.prompt),
            _sum(self.cached, answer.usage.cached),
            _sum(self.completion, answer.usage.completion),
        )


def together(parts: Iterable[Spent]) -> Spent:
    """What several calls cost in all."""
    spent = Spent()
    for p in parts:
        spent = Spent(
            spent.requests + p.requests,
            spent.retries + p.retries,
            _sum(spent.prompt, p.prompt),
            _sum(spent.cached, p.cached),
            _sum(spent.completion, p.completion),
        )
    return spent


def total(parts: Iterable[Spent], prompt_sha256: str) -> Usage:
    """All calls of a report together."""
    spent = together(parts)
    return Usage(
        prompt_sha256=prompt_sha256,
        requests=spent.requests,
        retries=spent.retries,
        prompt=spent.prompt,
        cached=spent.cached,
        completion=spent.completion,
    )


def _sum(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b
