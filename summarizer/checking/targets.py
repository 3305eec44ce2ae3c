"""A target is told as a plan, and what is done is not told as one.

`将确保审核率达到[67]` is right for a target, `审核率已达到[67]` is not; `将完成审批[18]` is not for what is done.
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.clauses import Cuts
from summarizer.checking.context import Context, sentence_of
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.references import Marked, Reference, cited
from summarizer.document import Kind, Quantity

_PLAN: Final = {
    "zh": re.compile(
        "将|计划|拟|目标|力争|确保|争取|要求?|预计|推进|推动|努力|打算|安排|下一?步|明年|来年|今后|旨在|致力|力求|预期|规划|有望|保证|实现.{0,8}目标|配[强齐]|任务|保持|应|须"
    ),
    "en": re.compile(
        r"\b(?:will|shall|plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|target(?:s|ed|ing)?|goals?|to be|expect(?:s|ed|ing)?"
        r"|striv(?:e|es|ing)|intend(?:s|ed|ing)?"
        r"|seek(?:s|ing)?|ensur(?:e|es|ing)|objectives?|going to|next|propos(?:e|es|ed)|scheduled|commit(?:s"
        r"|ted)? to|should|must|pledge[sd]?|forthcoming|priorit(?:y|ies)"
        r"|in 20\d\d|due to|projected|anticipat(?:e|es|ed)|work towards?|envisag(?:e|es|ed)|require[sd]?"
        r"|to (?:reach|achieve|attain|build|staff|keep|maintain|set up|strengthen|equip|ensure))\b"
    ),
}
_DONE: Final = {
    "zh": re.compile(
        "已(?!知)|完成了|达到了|实现了|建成了|达成了|做到了|取得了|配[强齐]了|达(?:到)?了|得以|截至目前|均达(?:到)?\\s*\ue000|顺利(?:完成|实现)"
    ),
    "en": re.compile(
        r"\b(?:has|have|had)\s+(?:already\s+|now\s+|all\s+|since\s+"
        r"|successfully\s+)?(?!to\b)(?:been\s+)?[a-z]+(?:ed|en|un|ilt|et|ght|ade|one)\b"
        r"|\b(?:was|were)\s+(?:already\s+|successfully\s+)?(?!set\b|planned\b|expected\b|projected\b|targeted\b"
        r"|required\b|intended\b|proposed\b|scheduled\b|aimed\b|to\b)[a-z]+(?:ed|en|ilt|et|ght|ade|one)\b"
        r"|(?<!be )(?<!been )(?<!being )(?<!is )(?<!are )\b(?:achieved|reached|attained|reali[sz]ed|delivered"
        r"|accomplished|fulfilled|secured|maintained|hit|stood at|came to|amounted to|totalled|totaled)\b"
        r"|\b(?:was|were)\s+\ue000|\b(?:already|to date|so far)\b|\bcompleted\s+\ue000|\bset up\s+\ue000"
    ),
}
# A plan word that governs the reference behind it. What is left to do may be told as a plan: 将整改剩余[5].
_ZH_FUTURE: Final = re.compile(
    "(?:(?:将(?:要|会|再|继续|于[^，。；：\ue000]{0,8})?|争取到?|有望)"
    "(?:完成|达到|达|实现|新建|新增|建成|办理|查处|出动|检查|处罚|投入|开展|增至|超过|审批|罚款|立案|召开|举办|受理|办结|处理|整改|出具|印发|培训|审查|发放|组织|排查"
    "|发布|审结|核查|修复|建设|推广|审核|下达|发现|接待|解决)"
    "|(?<![按照度作查法动划超原])计划(?![生单书任内外中性的])(?=[^，。；：\ue000]{2})|(?<![模虚草比])拟(?![定订合态真人])|力争|预计|打算"
    "|(?<![较比于及])(?:明年|来年|下一年度?))"
    "[^，。；：:\ue000]{0,16}$"
)
_EN_FUTURE: Final = re.compile(
    r"\b(?:will|shall|plan(?:s|ning)? to|planned to|aim(?:s|ing)? to|intend(?:s|ing)? to|hop(?:es|ing) to"
    r"|expect(?:s|ing)? to|seeks? to|striv(?:es|ing) to|(?:is|are|was|were) (?:expected|planned|scheduled|due|set) to"
    r"|going to)\s+(?:[a-z'-]+\s+){1,6}$"
    r"|\b(?:planned|projected|anticipated)\s+(?:total\s+of\s+)?$"
    r"|\ban? (?:planned|projected|anticipated|expected|targeted|intended|scheduled|proposed)\s+(?:total\s+of\s+)?$"
    r"|\bnext year\s+(?:[a-z'-]+\s+){0,4}$"
)
_EN_PASSIVE: Final = re.compile(
    r"(?:\s+[a-z-]+){0,5}\s+(?:will|shall|(?:is|are) (?:planned|scheduled|expected|due|set) to) be (?:handled|fined"
    r"|conducted|completed|issued|inspected|approved|closed|held|imposed|investigated|resolved|carried|trained|reviewed"
    r"|checked|organi[sz]ed|accepted|concluded)\b"
)
_LEFT: Final = {
    "zh": re.compile("(?:剩余|其余|余下|遗留|未完成|未整改|未办结|上述|这|该|现有)[^，。；：\ue000]{0,8}$"),
    "en": re.compile(r"\b(?:the|these|those|its|all|remaining|other|outstanding|existing)\s+(?:[a-z-]+\s+){0,2}$"),
}
_BEHIND: Final = 30  # what stands further behind a figure is said of something else
_SOURCE_PLAN: Final = re.compile(
    "将|计划|(?<![模虚草])拟|目标(?:是|为|值)|力争|确保|争取|(?<![主重需紧摘纪])要(?![求点素件闻])|预计|下一?步|打算|明年|来年|[年期]底前"
)
_PLAN_HEADING: Final = re.compile("计划|打算|安排|思路|展望|下一?步")


def target_faults(lang: Lang, marked: Marked, cuts: Cuts, context: Context) -> Iterator[Fault]:
    """Targets told as done, and figures of what is done told as plans."""
    for text, reference, quantity in cited(lang, marked, context):
        clause, sentence = cuts.clause(reference.start), cuts.sentence(reference.start)
        here = text[clause.start : clause.end]
        if quantity.kind is Kind.TARGET:
            done = _DONE[lang].search(here[: reference.end - clause.start + _BEHIND])
            planned = _PLAN[lang].search(text[sentence.start : clause.end])
            if done or not planned:
                why = f"{done[0].strip()!r} tells it as done" if done else "no word of plan or aim stands before it"
                yield _fault(FaultCode.TARGET_AS_DONE, lang, marked, reference, f"is a target of the report, but {why}")
        elif (
            quantity.kind is Kind.ACTUAL
            and _tells_plan(lang, here, reference, clause.start)
            and not _is_planned(context, quantity)
        ):
            what = "is done in the report, but told here as a plan"
            yield _fault(FaultCode.DONE_AS_TARGET, lang, marked, reference, what)


def _is_planned(context: Context, quantity: Quantity) -> bool:
    """Whether the report's own sentence, or the heading of its section, speaks of plans."""
    if _SOURCE_PLAN.search(sentence_of(context, quantity)):
        return True
    home = next((s for s in context.stretch if s.start <= quantity.start < s.end), None)
    return home is not None and bool(_PLAN_HEADING.search(context.text[home.start : home.end][:60].split("\n")[0]))


def _tells_plan(lang: Lang, clause: str, reference: Reference, start: int) -> bool:
    """Whether a word of plan governs a reference in its clause."""
    before, after = clause[: reference.start - start], clause[reference.end - start :]
    if _LEFT[lang].search(before):
        return False
    if lang == "zh":
        return _ZH_FUTURE.search(before[-60:]) is not None
    return _EN_FUTURE.search(before[-120:]) is not None or _EN_PASSIVE.match(after) is not None


def _fault(code: FaultCode, lang: Lang, marked: Marked, reference: Reference, what: str) -> Fault:
    return Fault(code, lang, reference.start, reference.end, f"[{reference.id}] {what}", f"a figure {what}")
