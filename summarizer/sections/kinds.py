"""Which sections tell of plans and which of shortcomings, by their headings."""

import re
from collections.abc import Iterator, Sequence

from summarizer.document import Section, Span
from summarizer.patterns import pattern

_PLAN = pattern(
    r"下一?步|下一?阶段|下一?年度|明年|来年|未来.{1,3}年|今后(?:工作|的|五年|一段|努力|重点)|打算|主要安排|努力方向|重点任务安排"
    r"|^[0-9]{4} ?年度?(?:重点|主要)工作任务"
    r"|工作(?:计划|安排|思路|设想|展望|重点|部署)|(?:改进|整改)(?:措施|方向|打算|计划)|(?:发展|奋斗)目标|发展思路|目标任务"
    r"|[0-9]{4} ?年[^。]{0,20}(?:安排|打算|计划|思路)"
)
_DONE = pattern(
    r"完成|成就|成效|回顾|总结|履行|^落实|(?:落实|执行|进展|实施)情况|(?:安排|计划|部署).{0,6}(?:情况|落实)$"
)
_REVIEW = pattern(r"回顾|情况|成效|总结|举措|做法|以来的?工作")
_GLOSSARY = pattern(r"名词解释|注释|术语")
_NUMBER_ONE = pattern(r"(?:^|[(（])(?:一|1|首先)(?:[^十0-9]|$)|①|⑴")
_YEARS = pattern(r"((?:19|20)[0-9]{2}) ?年")
_NAMES = pattern(r"《[^》]*》|“[^”]*”")  # 印发《2023年…专项治理工作实施方案》 is no plan of this report
_PROBLEM = pattern(
    r"存在.{0,8}(?:问题|不足|困难|短板|差距|薄弱)|(?:问题|不足|短板|弱项|差距|困难|薄弱环节)(?:[和与及、].{0,8})?$"
    r"|(?:主要|突出|面临).{0,4}(?:问题|不足|困难|短板|差距)(?:[和与及、]|$)"
)
_UPPER = 2
_NOT_PROBLEM = pattern(r"整改|解决|化解|破解|整治|治理|排查|处置|处理|缩小|补|克服")


def plan_sections(sections: Sequence[Section]) -> tuple[Span, ...]:
    """Give the sections about future work (下一步工作打算, 2025年主要安排), each at its outermost heading.

    A section about problems and plans in one (三、存在问题和下一步打算) gives its last list only, which is the plan;
    without such a list it gives nothing, since no heading says where the plan begins.
    """
    spans: list[Span] = []
    for section in _plans(sections):
        span = _last_list(sections, section) if is_problem(section) else Span(section.start, section.end)
        if span and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    return tuple(spans)


def problem_sections(sections: Sequence[Section]) -> tuple[Span, ...]:
    """Give the sections about shortcomings (存在的问题与不足), each at its outermost heading."""
    spans: list[Span] = []
    for section in sections:
        if is_problem(section) and (not spans or section.start >= spans[-1].end):
            spans.append(Span(section.start, section.end))
    return tuple(spans)


def problems_told(text: str, body: Span, sections: Sequence[Section], words: Sequence[str] = ()) -> tuple[Span, ...]:
    """Give the stretches about shortcomings: sections, and with `words` paragraphs too; of two nested the outer one."""
    spans = [*problem_sections(sections), *_problem_paragraphs(text, body, sections, words)]
    outer = {s for s in spans if not any(o.start < s.start < o.end for o in spans)}
    return tuple(sorted(outer))


def _problem_paragraphs(text: str, body: Span, sections: Sequence[Section], words: Sequence[str]) -> list[Span]:
    # From the sentence that holds the word (我们也清醒认识到) to the end of the line or the next upper heading.
    if not words:
        return []
    heads = [s.start for s in sections if s.level <= _UPPER and s.number]
    plans = plan_sections(sections)
    spans: list[Span] = []
    for match in re.finditer("|".join(map(re.escape, words)), text[: body.end]):
        at = match.start()
        if at < body.start or (spans and at < spans[-1].end) or any(a <= at < b for a, b in plans):
            continue
        start = max(body.start, *(text.rfind(mark, 0, at) + 1 for mark in "。；！\n"))
        line = text.find("\n", at, body.end)
        ends = [h for h in heads if h > at][:1]
        end = min([line if line >= 0 else body.end, *ends])
        spans.append(Span(start, end))
    return spans


def is_problem(section: Section) -> bool:
    """Tell whether a heading announces shortcomings."""
    return _PROBLEM.search(section.title) is not None and _NOT_PROBLEM.search(section.title) is None


def _plans(sections: Sequence[Section]) -> Iterator[Section]:
    reviewed: int | None = None  # year the report looks back on, 0 when a heading looks back without naming a year
    glossary_end = 0
    for section in sections:
        title = _NAMES.sub("", section.title)
        if _GLOSSARY.search(title):
            glossary_end = section.end
        if section.start < glossary_end or section.number.endswith("是"):
            continue
        years = [int(year) for year in _YEARS.findall(title)]
        if _DONE.search(title) is None and _PLAN.search(title):
            yield section
        elif section.level > 2:
            continue
        elif reviewed is not None and years and min(years) > reviewed and _REVIEW.search(title) is None:
            yield section  # 三、全面抓好2025年政府工作, after 一、2024年…迈出新的坚实步伐
        elif section.level == 1 and (years or _REVIEW.search(title)):
            reviewed = max(reviewed or 0, *years, 0)


def _last_list(sections: Sequence[Section], section: Section) -> Span | None:
    """The last list under a section: 一是…二是… | 一是…二是… gives the second."""
    children = [s for s in sections if s.level == section.level + 1 and section.start < s.start < section.end]
    firsts = [s for s in children if _NUMBER_ONE.search(s.number)]
    return Span(firsts[-1].start, section.end) if len(firsts) > 1 else None
