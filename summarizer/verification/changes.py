"""A stated change against the two values it joins: 由1.8万元增长至2.9万元，增长59%.

Each written number stands for the interval its digits allow; only what lies outside of every such reading is reported.
Growth of output and income is left alone: it is stated in constant prices.
"""

from collections.abc import Iterator
from decimal import Decimal

from summarizer.brief import Finding, Severity, Where
from summarizer.display import plain
from summarizer.document import Direction, Kind, Quantity, Span
from summarizer.patterns import pattern
from summarizer.verification.finding import Case, Numbered, half_step, quoted

_FROM = pattern(r"[由从][^，,；;、]{0,25}$")
_UP = r"提高|提升|增加|增长|增至|上升|升至|升到|扩大|跃升|攀升|扩增|增到"
_DOWN = r"下降|降低|降至|降到|减少|减至|压缩|缩短|缩减|压减|降为|回落"
_TO = pattern(rf"[^，,；;、。]{{0,12}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^，,；;、。]{{0,12}}$")
_THEN = pattern(
    r"[^，,；;。]{0,6}[，,、（(]\s*(?:同比|比上年|较上年)?"
    r"(?:增长|增加|提高|上升|提升|下降|减少|降低|增幅|降幅|改善|升幅)[^，,；;。、]{0,4}$"
)
_GREW = pattern(r"[^，,；;。]{0,6}[，,、（(]\s*(?:同比|比上年|较上年|比去年|较去年)[^，,；;。、]{0,8}$")
_REAL_TERMS = pattern(r"年均|平均|生产总值|GDP|增加值|总产值|可支配收入|实际增长|可比|剔除|同口径|不变价|翻")
_HUNDRED = Decimal(100)
_SLACK = Decimal("0.1")  # percent: a last digit cut off instead of rounded


def changes_that_do_not_compute(case: Case) -> Iterator[Finding]:
    """A warning where a stated change contradicts the values beside it, or its verb their order."""
    text = case.text
    for sentence, inside in case.sentences:
        for i in range(len(inside) - 1):
            yield from _from_to(text, sentence, inside[i:], inside[i - 1][1] if i else None)
            if i + 2 < len(inside):
                yield from _amount_and_share(text, sentence, inside[i : i + 3])


def _from_to(text: str, sentence: Span, here: Numbered, previous: Quantity | None) -> Iterator[Finding]:
    (_, old), (n, new) = here[0], here[1]
    if old.unit != new.unit or Kind.RANK in (old.kind, new.kind) or old.unit == "名" or old.bound or new.bound:
        return
    start = max(sentence.start, previous.end if previous else 0, old.start - 30)
    if not _FROM.search(text, start, old.start):
        return
    verb = _TO.match(text, old.end, new.start)
    if not verb:
        return
    rises = verb["up"] is not None
    where = Where(metric=f"m{n + 1}", start=old.start, end=new.end)
    stated = f"由{quoted(old, text)}…{quoted(new, text)}"
    if new.value != old.value and (new.value > old.value) is not rises:
        yield Finding(
            Severity.WARNING,
            "direction_against_values",
            where,
            f"“{verb['up'] or verb['down']}” does not fit its values: {stated}; see which of the three is wrong",
        )
        return
    if len(here) < 3 or old.qualifier or new.qualifier:
        return
    n, change = here[2]
    if change.kind is not Kind.CHANGE or change.qualifier or not _THEN.match(text, new.end, change.start):
        return
    if _REAL_TERMS.search(text, sentence.start, change.end):
        return
    bounds = _change(text, old, new, change.unit)
    if bounds and not _meets(text, change, bounds):
        yield Finding(
            Severity.WARNING,
            "change_does_not_compute",
            Where(metric=f"m{n + 1}", start=old.start, end=change.end),
            f"{stated} is a change of {_between(bounds)}{change.unit}, stated {quoted(change, text)}; "
            "see which figure is wrong",
        )


def _change(text: str, old: Quantity, new: Quantity, unit: str) -> tuple[Decimal, Decimal] | None:
    # Smallest and largest unsigned change that the written digits allow.
    a, b = half_step(old, text), half_step(new, text)
    low, high = sorted((old.value, new.value))
    low_step, high_step = (a, b) if old.value <= new.value else (b, a)
    least, most = max(Decimal(0), high - high_step - low - low_step), high + high_step - low + low_step
    if unit == old.unit or (unit == "百分点" and old.unit == "%"):
        return least, most
    small, large = old.value - a, old.value + a
    if unit in ("%", "倍") and small > 0:
        factor = _HUNDRED if unit == "%" else Decimal(1)
        rises = new.value >= old.value
        first = (new.value - b) / large - 1 if rises else 1 - (new.value + b) / small
        last = (new.value + b) / small - 1 if rises else 1 - (new.value - b) / large
        return first * factor, last * factor
    return None


def _meets(text: str, change: Quantity, bounds: tuple[Decimal, Decimal]) -> bool:
    step = 2 * half_step(change, text) + (_SLACK if change.unit == "%" else 0)
    return bounds[0] - step <= change.value <= bounds[1] + step


def _between(bounds: tuple[Decimal, Decimal]) -> str:
    low, high = (plain(round(b, 2)) for b in bounds)
    return low if low == high else f"{low} to {high}"


def _amount_and_share(text: str, sentence: Span, three: Numbered) -> Iterator[Finding]:
    # 共120件，比上年增加20件，增长20%: the share follows from the two amounts.
    (_, now), (_, amount), (n, share) = three
    if (now.kind, amount.kind, share.kind) != (Kind.ACTUAL, Kind.CHANGE, Kind.CHANGE) or share.unit != "%":
        return
    if amount.unit != now.unit or now.unit == "%" or now.qualifier or amount.qualifier or share.qualifier:
        return
    if amount.direction is not share.direction or _REAL_TERMS.search(text, sentence.start, share.end):
        return
    if not _GREW.match(text, now.end, amount.start) or not _THEN.match(text, amount.end, share.start):
        return
    before = now.value - amount.value if amount.direction is Direction.UP else now.value + amount.value
    if before <= 0:
        return
    rate = amount.value / before * _HUNDRED
    wide = (half_step(now, text) + half_step(amount, text)) / before * _HUNDRED * 2
    if not _meets(text, share, (rate - wide, rate + wide)):
        yield Finding(
            Severity.WARNING,
            "change_does_not_compute",
            Where(metric=f"m{n + 1}", start=now.start, end=share.end),
            f"{quoted(now, text)} after a change of {quoted(amount, text)} is {_between((rate, rate))}%, "
            f"stated {quoted(share, text)}; see which figure is wrong",
        )
