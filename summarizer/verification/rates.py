"""Rates and claims of completeness against the counts beside them: 发现问题728个，已整改708个，整改率97.3%."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from summarizer.brief import Finding, Severity, Where
from summarizer.display import plain
from summarizer.document import Kind, Quantity, Span
from summarizer.patterns import pattern
from summarizer.verification.finding import Case, Numbered, half_step, quoted

_DONE = "办结|审结|结案|整改|完成|解决|处理|处置|化解|销号|答复|回复|改正|修复|治理|落实|办理"
_RATE = pattern(rf"(?:按期|按时|已)?(?P<verb>{_DONE}|合格|达标|优良|通过|满意)率[^，,；;。、\d]{{0,4}}$")
_DONE_COUNT = pattern(
    rf"[^，,；;：:]{{0,10}}[，,、]\s*(?P<all>全部|均|全都)?(?:目前|现)?已?(?P<all2>全部|均)?(?P<verb>{_DONE})(?:完成|到位)?"
    r"(?:问题|案件|隐患)?\s*$"
)
_ALL = pattern(rf"[，,、]\s*(?:目前|现)?(?:全部|均已|均得到|全都|已全部)(?:妥善|及时|按期|按时|依法)?(?:{_DONE})")
_NUMBER = pattern(r"\d")
_HUNDRED = Decimal(100)


def rates_against_counts(case: Case) -> Iterator[Finding]:
    """A warning where a rate is stated beside the two counts it comes from and does not follow from them."""
    text = case.text
    for _, inside in case.sentences:
        for i, (n, rate) in enumerate(inside):
            if i < 2 or rate.unit != "%" or rate.kind is not Kind.ACTUAL or rate.qualifier:
                continue
            name = _RATE.search(text, inside[i - 1][1].end, rate.start)
            whole, part = inside[i - 2][1], inside[i - 1][1]
            if not name or not _counts(whole, part):
                continue
            done = _DONE_COUNT.match(text, whole.end, part.start)
            if not done or done["verb"] != name["verb"] or _another_pair(inside[: i - 2], whole):
                continue
            computed = part.value / whole.value * _HUNDRED
            # "100%" claims all of them; any other rate may have its last digit cut off instead of rounded.
            slack = Decimal(0) if rate.value == _HUNDRED else 2 * half_step(rate, text)
            if abs(computed - rate.value) > slack:
                yield Finding(
                    Severity.WARNING,
                    "rate_against_counts",
                    Where(metric=f"m{n + 1}", start=whole.start, end=rate.end),
                    f"{quoted(part, text)} of {quoted(whole, text)} is {plain(round(computed, 2))}%, "
                    f"stated {quoted(rate, text)}; see which figure is wrong or what the rate counts",
                )


def _counts(whole: Quantity, part: Quantity) -> bool:
    return (
        whole.unit == part.unit
        and whole.kind is part.kind is Kind.ACTUAL
        and not (whole.qualifier or part.qualifier or whole.bound or part.bound)
        and 0 < part.value <= whole.value
    )


def _another_pair(earlier: Numbered, whole: Quantity) -> bool:
    # 收到人大建议20件、政协提案30件，办结30件: which whole the part belongs to cannot be told.
    return any(q.unit == whole.unit for _, q in earlier)


def short_of_all(case: Case) -> Iterator[Finding]:
    """A remark where fewer were finished than there were (366 of 370), a warning where the text says all were."""
    text = case.text
    for sentence, inside in case.sentences:
        for (_, whole), (n, part) in pairwise(inside):
            if not _counts(whole, part) or part.value == whole.value:
                continue
            done = _DONE_COUNT.match(text, whole.end, part.start)
            if not done:
                continue
            where = Where(metric=f"m{n + 1}", start=whole.start, end=part.end)
            figures = f"{quoted(part, text)} of {quoted(whole, text)}"
            if done["all"] or done["all2"] or _says_all(text, sentence, part):
                yield Finding(
                    Severity.WARNING,
                    "all_but_fewer",
                    where,
                    f"the report says that all were finished, but its figures are {figures}; read the sentence",
                )
            else:
                yield Finding(
                    Severity.INFO, "not_all_done", where, f"{figures} finished ({done['verb']}); the rest is open"
                )


def _says_all(text: str, sentence: Span, part: Quantity) -> bool:
    claim = _ALL.search(text, part.end, sentence.end)
    return claim is not None and not _NUMBER.search(text, part.end, claim.start())
