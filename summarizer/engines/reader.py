"""The llm engine: a conversation with a model, calls side by side, the offline engine as second reader."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from summarizer.costs import Price, shown
from summarizer.dialogue import NO_WATCH, Budget, Budgeted, Estimate, Model, NoShelf, Shelf, Terms, Watch, converse
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.protocol import Draft, Engine, Reading, Usage
from summarizer.engines.side_by_side import side_by_side
from summarizer.prompting import Prompts
from summarizer.report_type import ReportType

_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


class LlmEngine:
    """Labels and tells a report through a model that never writes a number."""

    name = "llm"

    def __init__(
        self,
        model: Model,
        prompts: Prompts,
        *,
        model_name: str,
        host: str | None,
        identity: str = "",
        shelf: Shelf | None = None,
        budget: Budget | None = None,
        watch: Watch | None = None,
        second_reader: Engine | None = None,
        most: int = 8,
        on_stop: Callable[[], None] = lambda: None,
    ) -> None:
        """Make ready; nothing is sent.

        Args:
            model: answers calls.
            model_name, host: what the brief records of it.
            identity: what answers depend on besides the question (model, endpoint, parameters).
            shelf: keeps finished answers.
            budget: limits of the run, and the price of the model.
            watch: told what is planned and done.
            most: calls at most at once.
            on_stop: ends calls that wait to be sent when the user stops the run.
        """
        self._budget = budget or Budget()
        self._model = Budgeted(model, self._budget)
        self._prompts = prompts
        self._model_name = model_name
        self._host = host
        self._identity = identity or model_name
        self._shelf = shelf or NoShelf()
        self._watch = _Admitting(self._budget, watch or NO_WATCH)
        self._second = second_reader or OfflineEngine()
        self._most = most
        self._on_stop = on_stop

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        """Raises: EngineUnavailableError when the endpoint is out of reach for good; LimitError; StoreError."""
        offline = _Once(lambda: self._second.draft(reading, report_type))
        terms = Terms(report_type, self._prompts, self._identity)
        draft = converse(reading, terms, self._model, offline, self._shelf, self._side_by_side, self._watch)
        usage = replace(draft.usage, model=self._model_name, endpoint_host=self._host)
        return replace(draft, usage=replace(usage, cost=_cost(usage, self._budget.price)))

    def _side_by_side(self, work: Callable[[_Given], _Result], given: Iterable[_Given], /) -> Iterator[_Result]:
        return side_by_side(work, given, most=self._most, on_stop=self._on_stop)


class _Once:
    """Works a draft out when it is first asked for; whoever asks meanwhile waits for it."""

    def __init__(self, make: Callable[[], Draft]) -> None:
        self._make = make
        self._made: Draft | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Draft:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


class _Admitting:
    """Asks the budget before anything is sent, then tells the watch."""

    def __init__(self, budget: Budget, watch: Watch) -> None:
        self._budget, self._watch = budget, watch
        self.done = watch.done
        self.waiting = watch.waiting

    def planned(self, estimate: Estimate) -> None:
        price = self._budget.price
        if price is not None:
            estimate = replace(
                estimate, cost=price.of(estimate.prompt, 0, estimate.completion), currency=price.currency
            )
        self._budget.admit(estimate)
        self._watch.planned(estimate)


def _cost(usage: Usage, price: Price | None) -> str | None:
    if price is None or usage.prompt is None or usage.completion is None:
        return None
    return shown(price.of(usage.prompt, usage.cached or 0, usage.completion), price.currency)
