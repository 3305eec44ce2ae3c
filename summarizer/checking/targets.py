"""A target is told as a plan, and what is done is not told as one.

`将确保审核率达到[67]` is right for a target, `审核率已达到[67]` is not; `将完成审批[18]` is not for what is done.
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.clauses import Cuts
from summarizer.checking.context import Context, lead_of
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.plain import lower, plain
from summarizer.checking.references import Marked, Reference
from summarizer.document import Kind

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
_ZH_FUTURE: Final = re.compile(
    "(?:将(?:要|会|再)?|计划|拟|力争|争取|预计|有望|打算)(?:完成|达到|达|实现|新建|新增|建成|办理|查处|出动|检查|处罚|投入|开展|增至|超过|审批|罚款|立案|召开|举办|受理|办结|处理"
    "|整改|出具|印发)"
    "[^，。；：:]{0,16}?$"
)
_EN_FUTURE: Final = re.compile(
    r"\b(?:will|shall|plans? to|planned to|aims? to|intends? to|hopes? to|expects? to|(?:is|are) (?:expected"
    r"|planned|scheduled|due|set) to|(?:is|are) going to)\s+"
    r"(?:\w+ly\s+)?(?:complete|handle|conduct|carry out|reach|achieve|total|hit|impose|fine|inspect|issue|build"
    r"|close|investigate|resolve|deploy|train|hold"
    r"|approve|receive|be (?:handled|fined|conducted|completed|issued|inspected|approved|closed|held"
    r"|imposed))\s+(?:[a-z-]+\s+){0,2}$"
    r"|\ue000(?:\s+[a-z-]+){0,5}\s+will be (?:handled|fined|conducted|completed|issued|inspected|approved|closed"
    r"|held|imposed|investigated|resolved)\b"
)
_BEHIND: Final = 30  # what stands further behind a figure is said of something else
_SOURCE_PLAN: Final = re.compile("将|计划|拟|目标|力争|确保|争取|要|预计|下一?步|安排")


def target_faults(lang: Lang, marked: Marked, cuts: Cuts, context: Context) -> Iterator[Fault]:
    """Targets told as done, and figures of what is done told as plans."""
    text = plain(marked.masked) if lang == "zh" else lower(plain(marked.masked))
    for reference in marked.references:
        quantity = context.quantities.get(reference.id)
        if quantity is None:
            continue
        clause, sentence = cuts.clause(reference.start), cuts.sentence(reference.start)
        here = text[clause.start : clause.end]
        if quantity.kind is Kind.TARGET:
            done = _DONE[lang].search(here[: reference.end - clause.start + _BEHIND])
            planned = _PLAN[lang].search(text[sentence.start : clause.end])
            if done or not planned:
                why = f"{done[0].strip()!r} tells it as done" if done else "no word of plan or aim stands before it"
                yield _fault(FaultCode.TARGET_AS_DONE, lang, marked, reference, f"is a target of the report, but {why}")
        elif quantity.kind is Kind.ACTUAL and not _SOURCE_PLAN.search(lead_of(context, quantity)):
            before = text[clause.start : reference.start]
            planned = _ZH_FUTURE.search(before) if lang == "zh" else _en_future(here, reference.start - clause.start)
            if planned:
                yield _fault(
                    FaultCode.DONE_AS_TARGET, lang, marked, reference, "is done in the report, but told here as a plan"
                )


def _en_future(clause: str, at: int) -> re.Match[str] | None:
    for match in _EN_FUTURE.finditer(clause[:at]):
        return match
    return _EN_FUTURE.match(
        clause, clause.find("\ue000", at) if clause[at : at + 1] != "\ue000" else _last_mask(clause, at)
    )


def _last_mask(clause: str, at: int) -> int:
    while clause[at + 1 : at + 2] == "\ue000":
        at += 1
    return at


def _fault(code: FaultCode, lang: Lang, marked: Marked, reference: Reference, what: str) -> Fault:
    return Fault(code, lang, reference.start, reference.end, f"[{reference.id}] {what}")
