"""The same thing stated twice with different values, judged by label, unit, kind and period."""

from collections.abc import Iterator
from decimal import Decimal

from summarizer.brief import Finding, Severity, Where
from summarizer.document import Kind, Quantity
from summarizer.verification.finding import Case, around, half_step, quoted

# Shorter labels (数量, 同比增长) name no particular thing; 个 and the like are said of everything.
_TELLING = 6
_KINDS = (Kind.ACTUAL, Kind.CHANGE)
_FACTOR = Decimal("1.25")  # values further apart are two things under one label more often than a contradiction
_COUNT = Decimal("0.5")  # half a step of a whole count, which is not rounded
_DURATIONS = frozenset({"年", "天", "个月", "次", "届"})  # 总量连续两年全市第一 is said of many things


def repeated_with_other_value(case: Case) -> Iterator[Finding]:
    """A warning where two figures of equal label, unit, kind and period differ by more than their rounding."""
    text = case.text
    first: dict[tuple[object, ...], tuple[int, Quantity]] = {}
    for n, q in enumerate(case.reading.numbers.quantities):
        label = case.draft.labels.get(n)
        if (
            label is None
            or label.dispute
            or len(label.zh) < _TELLING
            or q.kind not in _KINDS
            or q.bound
            or q.unit in _DURATIONS
        ):
            continue
        key = (label.zh, q.unit, q.kind, q.direction, q.period)
        known = first.setdefault(key, (n, q))
        other = known[1]
        if other is q or not _contradict(text, other, q):
            continue
        yield Finding(
            Severity.WARNING,
            "stated_twice",
            Where(metric=f"m{n + 1}", start=q.start, end=q.end),
            f"{label.zh} is stated as {quoted(other, text)} (“{around(text, other.start, other.end)}”) and as "
            f"{quoted(q, text)} (“{around(text, q.start, q.end)}”); see whether both count the same",
        )


def _contradict(text: str, a: Quantity, b: Quantity) -> bool:
    if a.value == b.value or a.qualifier or b.qualifier or a.stated_in_words or b.stated_in_words:
        return False
    # Within one paragraph a label may be too coarse to tell two things apart; a contradiction stands further away.
    if "\n" not in text[a.end : b.start]:
        return False
    steps = half_step(a, text), half_step(b, text)
    if steps != (_COUNT, _COUNT) and abs(a.value - b.value) <= sum(steps):
        return False
    low, high = sorted((a.value, b.value))
    return low > 0 and high / low < _FACTOR
