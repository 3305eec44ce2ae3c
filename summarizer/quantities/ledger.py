"""The two lists a walk fills: quantities with their kind, period and direction, and dismissed spans."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from summarizer.document import Bound, Direction, DismissalReason, Dismissed, Kind, Numbers, Qualifier, Quantity, Span
from summarizer.quantities import context, zeros
from summarizer.quantities.alphabet import splits_run
from summarizer.quantities.measures import Unit
from summarizer.quantities.numbers import Number
from summarizer.quantities.periods import Periods
from summarizer.quantities.plans import plans_of

_ZERO = Decimal(0)
_AND = frozenset("、和，,及与")
_MASSES = frozenset({"微克", "毫克", "克"})


class Ledger:
    """Writes down what the scanner decides; every method returns the place where the walk goes on."""

    def __init__(self, text: str, body: Span, year: int | None, plans: Sequence[Span]) -> None:
        self._text, self._start, self._stop = text, body.start, body.end
        self._year = year
        self._default = None if year is None else str(year)
        self._plans = plans_of(text, body, plans, year)
        self._plan_at = 0
        self.periods = Periods(text, year)
        self._quantities: list[Quantity] = []
        self._dismissed: list[Dismissed] = []
        self._list_end = -1  # where the last change of a 分别 list ended, and its direction
        self._list_direction: Direction | None = None

    def numbers(self) -> Numbers:
        """All that was written down."""
        return Numbers(tuple(self._quantities), tuple(self._dismissed))

    def dismiss(self, start: int, end: int, reason: DismissalReason) -> int:
        """Dismiss `text[start:end]`, made longer where it would cut a run in two."""
        end = min(end, self._stop)
        while splits_run(self._text, end, self._stop):
            end += 1
        self._dismissed.append(Dismissed(start, end, reason))
        return end

    def measured(self, number: Number, unit: Unit) -> int:
        """A number with its unit; `unit.end` may lie before the end of the number when there is no measure word."""
        end = max(unit.end, number.after)
        if self._broken(end):
            return self.dismiss(number.start, end, DismissalReason.NAME)
        self._quantities.append(self._quantity(number, unit.name, number.start, end))
        return end

    def range(self, low: Number, high: Number, unit: Unit) -> int:
        """Both ends of a range; they share raw, kind and period."""
        if self._broken(unit.end):
            return self.dismiss(low.start, unit.end, DismissalReason.NAME)
        first = self._quantity(low, unit.name, low.start, unit.end)
        second = self._quantity(high, unit.name, low.start, unit.end)
        shared = second.qualifier or first.qualifier
        self._quantities += [
            replace(first, bound=Bound.LOW, qualifier=shared),
            replace(
                second,
                bound=Bound.HIGH,
                qualifier=shared,
                kind=first.kind,
                direction=first.direction,
                period=first.period,
            ),
        ]
        return unit.end

    def rank(self, number: Number, start: int, end: int, qualifier: Qualifier | None = None) -> int:
        """第N名, 排名第N, 前N; `start` is the 第 or 前."""
        text, low = self._text, self._start
        if self._broken(end):
            return self.dismiss(number.start, end, DismissalReason.DOCNO)
        planned, period = self._outlook(number.start)
        if context.rises(text, low, start, end):
            period = "previous"
        kind = Kind.TARGET if planned else Kind.RANK
        span = Span(number.start, number.end)
        self._quantities.append(Quantity(start, end, span, number.value, "名", kind, None, qualifier, None, period))
        return end

    def nil(self, nil: zeros.Nil) -> int:
        """A zero or no-change stated in words."""
        self._quantities.append(
            Quantity(
                start=nil.start,
                end=nil.end,
                number=Span(nil.start, nil.end),
                value=_ZERO,
                unit="",
                kind=Kind.ACTUAL if nil.direction is None else Kind.CHANGE,
                direction=nil.direction,
                qualifier=nil.qualifier,
                period=self.periods.at(nil.start) or self._default,
                stated_in_words=True,
            )
        )
        return nil.end

    def in_plan(self, at: int) -> bool:
        """Whether `at` lies in a section about future work; places must be asked for in rising order."""
        plans = self._plans
        while self._plan_at < len(plans) and plans[self._plan_at].end <= at:
            self._plan_at += 1
        return self._plan_at < len(plans) and plans[self._plan_at].start <= at

    def _broken(self, end: int) -> bool:
        return end > self._stop or splits_run(self._text, end, self._stop)

    def _outlook(self, at: int) -> tuple[bool, str | None]:
        """Whether the number at `at` is planned, and its period."""
        text, low = self._text, self._start
        period = self.periods.at(at)
        if self.in_plan(at):
            if context.past(text, low, at):
                return False, period or self._default
            return True, period or self._plans[self._plan_at].period
        if context.next_step(text, low, at):
            return True, period or (None if self._year is None else str(self._year + 1))
        ahead = self._year is not None and period is not None and period[:4] > str(self._year)
        return ahead or context.planned(text, low, at), period or self._default

    def _quantity(self, number: Number, unit: str, start: int, end: int) -> Quantity:
        text, low, at = self._text, self._start, number.start
        planned, period = self._outlook(at)
        if unit in _MASSES and text.endswith("每立方米", low, at):  # 每立方米27.3微克
            unit += "/立方米"
        direction = self._direction(at, end, unit)
        if direction is None and context.rises(text, low, start, end):
            period = "previous"
        kind = Kind.TARGET if planned else Kind.ACTUAL if direction is None else Kind.CHANGE
        return Quantity(
            start=start,
            end=end,
            number=Span(at, number.end),
            value=number.value,
            unit=unit,
            kind=kind,
            direction=direction if kind is Kind.CHANGE else None,
            qualifier=context.qualifier(text, at, end, more=number.more, unit=unit),
            period=period,
        )

    def _direction(self, at: int, end: int, unit: str) -> Direction | None:
        """Direction of a change; 和10.5% after 分别下降5.9% takes it over."""
        text = self._text
        direction = context.change_direction(text, self._start, at, unit)
        if direction is None and 0 <= self._list_end < at <= self._list_end + 2:
            if text[self._list_end : at].strip(" \u3000") in _AND:
                self._list_end = end
                return self._list_direction
        elif direction is not None and "分别" in text[max(self._start, at - 12) : at]:
            self._list_end, self._list_direction = end, direction
        return direction
