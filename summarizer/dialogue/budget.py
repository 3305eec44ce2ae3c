"""Limits on what a run may spend: refused before the first call, stopped in the middle with everything kept."""

import threading
from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel

from summarizer.costs import Price
from summarizer.dialogue.model import Answer, Model
from summarizer.errors import EngineOutputError, LimitError
from summarizer.prompting import Message
from summarizer.records import record
from summarizer.tokens import estimate


@record
class Estimate:
    """What calls will take.

    Attributes:
        calls: without re-asks.
        cost, currency: None when the model has no price.
    """

    calls: int
    prompt: int
    completion: int
    cost: Decimal | None = None
    currency: str | None = None


class BudgetReachedError(EngineOutputError):
    """The budget of the run is used up; finished sections are kept."""

    reason = "budget"


class Budget:
    """Counts calls and money over all reports of a run; None stands for no limit. Thread-safe."""

    def __init__(
        self, max_calls: int | None = None, max_cost: Decimal | None = None, price: Price | None = None
    ) -> None:
        self.price = price
        self._max_calls, self._max_cost = max_calls, max_cost
        self._calls, self._cost = 0, Decimal(0)
        self._lock = threading.Lock()

    def admit(self, planned: Estimate) -> None:
        """Raises: LimitError when what is planned goes beyond the limits, before anything of it is sent."""
        with self._lock:
            if self._max_calls is not None and self._calls + planned.calls > self._max_calls:
                raise LimitError(
                    f"would need {planned.calls} calls (about {planned.prompt + planned.completion:,} tokens), "
                    f"{self._max_calls - self._calls} are left; raise --max-calls"
                )
            if self._max_cost is not None and planned.cost is not None and self._cost + planned.cost > self._max_cost:
                raise LimitError(
                    f"would cost about {planned.cost:.4f}, {self._max_cost - self._cost:.4f} is left; raise --max-cost"
                )

    def begin(self, name: str) -> None:
        """Count a call. Raises: BudgetReachedError when there is none left."""
        with self._lock:
            if self._max_calls is not None and self._calls >= self._max_calls:
                raise BudgetReachedError(
                    f"{name}: not asked, --max-calls {self._max_calls} is reached; what is done is kept"
                )
            if self._max_cost is not None and self._cost >= self._max_cost:
                raise BudgetReachedError(
                    f"{name}: not asked, --max-cost {self._max_cost} is reached; what is done is kept"
                )
            self._calls += 1

    def spend(self, prompt: int, cached: int, completion: int) -> None:
        """Count what a call cost."""
        if self.price is not None:
            with self._lock:
                self._cost += self.price.of(prompt, cached, completion)


class Budgeted:
    """A model that asks its budget first."""

    def __init__(self, model: Model, budget: Budget) -> None:
        self._model, self._budget = model, budget

    def ask(self, messages: Sequence[Message], response_model: type[BaseModel], *, name: str) -> Answer:
        """As the model within. Raises: BudgetReachedError as well."""
        self._budget.begin(name)
        answer = self._model.ask(messages, response_model, name=name)
        used = answer.usage
        # An endpoint that does not say is taken to have used what the estimate says.
        prompt = used.prompt if used.prompt is not None else sum(estimate(m["content"]) for m in messages)
        completion = used.completion if used.completion is not None else estimate(answer.value.model_dump_json())
        self._budget.spend(prompt, used.cached or 0, completion)
        return answer
