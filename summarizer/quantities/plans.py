"""Sections about future work, found from their headings when the caller names none."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarizer.document import Span
from summarizer.patterns import pattern

_TOP: Final = pattern(
    "(?:^|(?<=[\n。|]))[ \u3000\t|]{0,20}[一二三四五六七八九十]{1,3}[、,，][ \u3000]?(?P<title>[^\n。；;]{2,44})", re.M
)
_INLINE: Final = pattern("(?<=[ \u3000])[一二三四五六七八九十]{1,3}、(?P<title>[^\n。；;]{2,44})")
_FUTURE: Final = pattern(
    "下一?步|下一?阶段|工作安排|主要安排|工作计划|工作打算|工作思路|思路和打算|努力方向|今后|明年|来年|主要任务"
    "|工作目标|总体要求"
    "|预期目标|工作部署|工作重点|重点工作(?!开展|完成|推进|落实)|打算"
)
_PROBLEMS: Final = pattern("问题|不足|短板|困难|差距")
_TURN: Final = pattern("(?<=[。；.\n 　：）)、是])(?:下一?步|下一?阶段|今后|接下来|20[0-9]{2}[ \u3000]?年)")
_YEAR: Final = pattern("(20[0-9]{2})[ \u3000]?年")


class Plan(NamedTuple):
    """A stretch about future work and the period its figures are planned for."""

    start: int
    end: int
    period: str | None


def plans_of(text: str, body: Span, spans: Sequence[Span], year: int | None) -> list[Plan]:
    """The plan sections in order of place; those of the caller, or those told by their headings."""
    if not spans:
        spans = _find(text, body, year)
    return [Plan(_plan_start(text, a, b), b, _period(text[a : min(b, a + 60)], year)) for a, b in sorted(spans)]


def _plan_start(text: str, start: int, end: int) -> int:
    """三、存在问题及下一步打算: what is planned begins with the first sentence that says so."""
    heading = text[start : min(end, start + 60)].partition("\n")[0].partition("。")[0]
    if not _PROBLEMS.search(heading):
        return start
    turn = _TURN.search(text, start + len(heading), end)
    return turn.start() if turn else start


def _period(heading: str, year: int | None) -> str | None:
    match = _YEAR.search(heading.partition("\n")[0])
    if match and (year is None or int(match[1]) >= year):
        return match[1]
    return None if year is None else str(year + 1)


def _find(text: str, body: Span, year: int | None) -> list[Span]:
    tops = list(_TOP.finditer(text, body.start, body.end)) or list(_INLINE.finditer(text, body.start, body.end))
    found = []
    for at, top in enumerate(tops):
        title = top["title"]
        told = _YEAR.search(title)
        ahead = told is not None and year is not None and int(told[1]) > year
        if ahead or (_FUTURE.search(title) and not re.search("回顾|完成情况|成效|开展情况|及成", title)):
            end = tops[at + 1].start() if at + 1 < len(tops) else body.end
            found.append(Span(top.start(), end))
    return found
