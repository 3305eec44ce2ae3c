"""Parts against their total: 3194家（含3125家…和69家…）, 审结14起，其中维持4起、调解8起、驳回申请2起.

Only lists that are plainly one list are added up: inside one bracket, or joined by 、和 alone. Parts joined by commas
may be other statements, and a single part is compared only for being larger than the whole.
"""

from collections.abc import Iterator
from decimal import Decimal

from summarizer.brief import Finding, Severity, Where
from summarizer.display import plain
from summarizer.document import Kind, Qualifier, Quantity
from summarizer.patterns import pattern
from summarizer.verification.finding import Case, Numbered, half_step, quoted

_OPENS_LIST = pattern(r"[^，,、（(：:]{0,15}(?P<open>[，,（(]?)\s*(?P<word>其中|含|包括|包含)[，,：:]?")
_OPENS_COLON = pattern(r"[^，,、（(：:]{0,10}(?P<word>[：:])")
_NEW_STATEMENT = pattern(r"[，,；;。]")
_WITHIN = frozenset("、和及与")
_LOOSE = (Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.ABOUT)
_NEARLY_ALL = Decimal("0.8")
_COMPLETE_FROM = 3  # a list of three or more parts that comes close to the whole was meant to be complete


def parts_against_totals(case: Case) -> Iterator[Finding]:
    """A warning where parts exceed their total, a remark where a list that looks complete falls short of it."""
    text = case.text
    for _, inside in case.sentences:
        for i, (n, total) in enumerate(inside[:-1]):
            if total.kind not in (Kind.ACTUAL, Kind.TARGET) or total.bound or not total.value or not total.unit:
                continue
            parts, closed = _parts(text, total, inside[i + 1 :])
            if parts:
                yield from _compare(text, n, total, [q for _, q in parts], closed)


def _parts(text: str, total: Quantity, later: Numbered) -> tuple[Numbered, bool]:
    # Returns the parts and whether the list is closed by a bracket or opened by a colon.
    opened = _OPENS_LIST.match(text, total.end, later[0][1].start) or _OPENS_COLON.match(
        text, total.end, later[0][1].start
    )
    if not opened:
        return [], False
    bracket = opened.groupdict().get("open", "") in ("（", "(") and opened["word"] != ":"
    closing = min((at for at in (text.find("）", opened.end()), text.find(")", opened.end())) if at > 0), default=-1)
    parts: Numbered = []
    before = opened.end()
    for n, q in later:
        gap = text[before : q.start]
        if parts and (_NEW_STATEMENT.search(gap) if not bracket else q.start > closing > 0):
            break
        if parts and not _WITHIN.intersection(gap) and not bracket:
            break
        if q.unit != total.unit or q.kind is not total.kind or q.bound:
            if parts and not bracket:
                break
            return [], False
        parts.append((n, q))
        before = q.end
    if parts and bracket and not 0 < parts[-1][1].end <= closing:
        return [], False
    return parts, bracket or opened["word"] in "：:"


def _compare(text: str, n: int, total: Quantity, parts: list[Quantity], closed: bool) -> Iterator[Finding]:
    if total.unit in ("%", "‰", "百分点") or any(p.qualifier for p in parts) or total.qualifier in _LOOSE:
        return
    added = sum((p.value for p in parts), Decimal(0))
    slack = half_step(total, text) + sum((half_step(p, text) for p in parts), Decimal(0))
    exact = slack == sum((Decimal("0.5") for _ in (total, *parts)), Decimal(0))
    if exact:
        slack = Decimal(0)  # whole counts add up exactly
    listed = " + ".join(quoted(p, text) for p in parts)
    where = Where(metric=f"m{n + 1}", start=total.start, end=parts[-1].end)
    if added > total.value + slack:
        yield Finding(
            Severity.WARNING,
            "parts_exceed_total",
            where,
            f"the parts exceed their total: {listed} = {plain(added)}{total.unit}, stated {quoted(total, text)}; "
            "see whether the parts overlap or a figure is wrong",
        )
        return
    complete = closed or (len(parts) >= _COMPLETE_FROM and added >= total.value * _NEARLY_ALL)
    if complete and len(parts) > 1 and added < total.value - slack:
        yield Finding(
            Severity.INFO,
            "parts_fall_short",
            where,
            f"the parts listed do not make up their total: {listed} = {plain(added)}{total.unit}, "
            f"stated {quoted(total, text)}; see what is left out",
        )
