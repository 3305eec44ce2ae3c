"""Well-known headings that stand alone on a line without a marker: 2015年工作回顾, 下一步工作打算, 附件1, 名词解释.

A closed list of forms: a short line that merely lacks a full stop is too often a caption or a broken line.
"""

import re
from collections.abc import Iterator

from summarizer.document import Span
from summarizer.patterns import pattern
from summarizer.sections.marks import BLANK, ORNAMENT, Family, Mark, Place

_ANNEX = (
    r"附件?[ \u3000]?[0-9０-９一二三四五六七八九十]{0,2}[：:]?|附录|注释[：:]?"
    r"|(?:《?政府工作报告》?)?(?:中的?)?(?:有关|相关|部分)?(?:的)?(?:名词|术语)(?:解释|注释)[：:]?"
)
_PERIOD = (
    r"(?:[0-9]{4} ?年(?:度|以来)?|过去.{1,3}年的?|今后.{1,3}年的?|“?十[一二三四五六]五”?(?:时期|期间)?"
    r"|[本上]届政府|今年|来年|明年)"
)
_TOPIC = (
    r"(?:回顾|安排|任务|打算|计划|思路|要求|目标|主要工作|重点工作|工作重点|工作情况|工作总结|工作展望)"
    r"(?:和主要目标|和总体要求)?"
)
_PLAIN = (
    r"(?:法治政府建设|政府信息公开|总体|基本|工作|主要)(?:工作)?情况|工作(?:回顾|总结)|主要(?:成效|做法|工作)(?:及成效)?"
    r"|(?:工作)?存在的?(?:主要|突出)?(?:问题|不足|困难)(?:[和与及](?:不足|问题|困难|原因|差距))?"
    r"|下一?步(?:工作)?(?:打算|计划|安排|思路|重点|措施|工作)|总体要求|加强政府自身建设"
)
_IN_TITLE = r"[^\r\n。；，：！？,;:!?|]"
_BARE = pattern(
    rf"^[{BLANK}{re.escape(ORNAMENT)}]*(?P<title>(?P<annex>{_ANNEX})|{_PERIOD}{_IN_TITLE}{{0,16}}{_TOPIC}|{_PLAIN})"
    rf"[{BLANK}*#]*$",
    re.MULTILINE,
)
# 附件2 / 2018年龙岗区政府民生实事: the title of an annex stands on the next line.
_NEXT_LINE = pattern(rf"\s+(?P<title>(?!\s){_IN_TITLE}{{2,40}}?)[{BLANK}]*(?=[\r\n]|$)")


def find(text: str, body: Span) -> Iterator[Mark]:
    """Find headings without a marker; `value` is 0 for an annex, 1 otherwise."""
    taken = 0
    for match in _BARE.finditer(text, body.start, body.end):
        start = match.start("title")
        if start < taken:
            continue
        numbered = match["annex"] is not None and match["annex"].startswith("附")
        below = _NEXT_LINE.match(text, match.end(), body.end) if numbered else None
        title = Span(*below.span("title")) if below else None
        taken = below.end() if below else 0
        yield Mark(start, start, Family.BARE, 0 if match["annex"] else 1, Place.LINE, title=title)
