"""A change is told the way it went, and no change is told that the report does not state.

`同比下降[21]` for a rise, `rose by [6]` for a count of which the report says nothing of the kind, are faults.
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.clauses import Cuts, Stretch
from summarizer.checking.context import Context, clause_of, lead_of
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.references import Marked, Reference, cited, without_ids
from summarizer.document import Direction, Kind, Quantity

# Words of direction; the nearest one in the clause of a change must not contradict it.
_ZH: Final = re.compile(
    "(?P<down>负增长|下降|减少|降低|下滑|回落|缩减|压缩|压减|精简|缩短|下调|降幅|收窄|缩小|跌幅|下跌|减幅|下浮|减低|削减|递减|调减|骤降|锐减|走低|降至|降到"
    "|[降减跌](?=了?\\s*\ue000))"
    "|(?P<up>增长|增加|上升|提高|提升|上涨|攀升|跃升|扩大|增速|增幅|涨幅|升幅|高出|多出|上调|递增|增产|增收|净增|上浮|回升|反弹|激增|猛增|走高"
    "|[增升涨](?=了?\\s*\ue000))"
    "|(?P<flat>持平|不变|无变化)"
    "|(?P<better>改善|好转|优化|向好)"
    "|(?P<worse>恶化|变差|转差|退步)"
)
_EN: Final = re.compile(
    r"\b(?:(?P<down>f[ae]ll(?:en|s|ing)?|dropp?(?:ed|s|ing)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|reduc(?:e"
    r"|es|ed|ing|tion)"
    r"|lower(?:ed|ing)?|shr[aiu]nk|shrinking|slipped|slid|cuts?|cutting|plunged|plummeted|dipped|sank|fewer|less"
    r"|down|downward|eased|shortened|tumbled|slumped)"
    r"|(?P<up>r[io]se|risen|rises|rising|increas(?:e|es|ed|ing)|gr[eo]w(?:n|s|ing|th)?|climb(?:ed|s|ing)?|jump(?:ed"
    r"|s|ing)?|surg(?:e|es|ed|ing)|soar(?:ed|ing)?"
    r"|gain(?:ed|s|ing)?|higher|more|up|upward|expand(?:ed|ing)|rais(?:e|es|ed|ing)|leap(?:t|ed)|spiked?|mounted)"
    r"|(?P<flat>unchanged|flat|level with|no change)"
    r"|(?P<better>improv(?:e|es|ed|ing|ement|ements)|better)"
    r"|(?P<worse>worsen(?:ed|ing|s)?|deteriorat(?:ed|ing|ion|es)|worse))\b"
)
_PHRASAL: Final = re.compile(
    r"(?:set|sum|summed|follow(?:ed|ing)?|took|take|taken|make|made|build|built|speed|sped|back(?:ed)?|clean(?:ed)?"
    r"|open(?:ed)?"
    r"|draw|drew|drawn|team(?:ed)?|scal(?:e|ed)|step(?:ped)?|clear(?:ed)?|sign(?:ed)?|put|bring|brought|give|gave"
    r"|end(?:ed)?"
    r"|use[d]?|call(?:ed)?|shut|close[d]?|track(?:ed)?|narrow(?:ed)?|broke|break|broken|laid|lay|hand(?:ed)?"
    r"|crack(?:ed|ing)?"
    r"|slow(?:ed)?|shake|stepping|setting|following|opening|closing|handing|wrote|written|wind|went) $"
)
_NOT: Final = re.compile(
    r"\b(?:not|never|n't|no|without|failed to|hardly|nor)\s+(?:\w+\s+){0,2}$"
    r"|(?:未|没有?|并未|不|未能|并没有|无)[^，。；]{0,2}$"
)
# Words that are about a figure only when they stand beside it: a higher level, more efficient.
_NEAR_ONLY: Final = frozenset("up down more less fewer higher lower better worse cut cuts growth 优化".split())

# A word of direction applied to the figure itself.
_ZH_APPLIED: Final = re.compile(
    "(?:增长|增加|上升|提高|提升|上涨|攀升|扩大|下降|减少|降低|下滑|回落|缩减|压减|压缩|削减|改善|增幅|降幅|(?<!新)[增降减升涨])"
    "(?:率|幅度|速度|比例)?(?:了|约|近|达到|达|为|至|到|成)?(?:了|为)?\\s*$"
)
_ZH_AFTER: Final = re.compile("\\s*的?(?:增长|增幅|涨幅|降幅|增速|跌幅|升幅|减幅)")
_EN_APPLIED: Final = re.compile(
    r"\b(?:rose|risen|rises|rise|rising|increas(?:e|es|ed|ing)|grew|grown|grow|growing|growth|climb(?:ed|ing)?"
    r"|jump(?:ed)?|surg(?:e|ed)|soar(?:ed)?|fell|fallen|fall|falling"
    r"|dropp?(?:ed|ing)?|declin(?:e|ed|ing)|decreas(?:e|es|ed|ing)|reduc(?:ed|ing|tion)|shrank|shrunk|slipped"
    r"|plunged|plummeted|gain(?:ed)?|"
    r"improved|improvement|worsened|lowered|raised|cut|(?:dipp|tumbl|slump)ed)\s+(?:\w+ly\s+)?(?:by|to|of|from)\s+$"
    r"|\b(?:rose|increased|grew|climbed|jumped|surged|soared|fell|dropped|declined|decreased|shrank|plunged)\s+$"
    r"|(?:^|[,;(\ue000]|\b(?:was|were|is|are|been|on[- ]year|cases|numbers?|complaints|fines|petitions"
    r"|and))\s*(?:up|down)\s+(?:(?:by|to)\s+)?$"
    r"|(?<!(?<!ha[sd] )(?<!have )set )(?<!(?<!ha[sd] )(?<!have )drawn )\bup by\s+$|(?<!broken )\bdown by\s+$"
)
_EN_AFTER: Final = re.compile(
    r"\s+(?:(?:\w+[- ]on[- ]\w+|year-over-year|annual)\s+)?(?:higher|lower|increase|decrease|rise|drop|fall|decline"
    r"|reduction|growth|jump|surge|gain)\b"
    r"(?! (?:in|of|under|within|into|short|on) )|\s+(?:more|fewer|less)\b(?=\s+(?:than|cases|complaints|petitions"
    r"|year)|[,.;]|$)"
)
_GOES_ON: Final = re.compile("[^，。；0-9]{0,10}(?:增|降|升|减|提高|扩大|改善)[^，。；0-9]{0,4}(?:到|至)")
_SOURCE: Final = re.compile(
    "(?:增长|增加|上升|提高|提升|上涨|攀升|扩大|下降|减少|降低|下滑|回落|缩减|压减|压缩|精简|缩短|削减|改善|增幅|降幅|(?<!新)[增降升涨减])"
    "(?P<level>[^，。；0-9]{0,4}?[到至])?"
)
_LEVEL: Final = re.compile("[到至为达成](?:了|约|近)*\\s*$|\\bto\\s+$")
_START: Final = re.compile("\\bfrom\\s+$")
_FOLLOWED: Final = re.compile("[、,，（(]?(?:同比|环比|[比较](?:上年|去年))[^，。；,;0-9]{0,6}(?=[0-9])")
_ZH_WAY: Final = re.compile("(?P<up>[增升涨扩]|提高|攀升)|(?P<down>[降减缩削跌]|下滑|回落)")
_PERIOD: Final = re.compile("同比|环比|[比较]上|去年")


def direction_faults(lang: Lang, marked: Marked, cuts: Cuts, context: Context) -> Iterator[Fault]:
    """Words of direction that contradict a change, or that make a change of what is none."""
    for text, reference, quantity in cited(lang, marked, context):
        clause = cuts.clause(reference.start)
        clause = Stretch(clause.start, clause.end, text[clause.start : clause.end])
        if quantity.kind is Kind.CHANGE:
            yield from _contradiction(lang, marked, reference, quantity, clause, context)
        else:
            yield from _invention(lang, marked, reference, text, quantity, context)


def _is_start(context: Context, quantity: Quantity) -> bool:
    """Whether the report tells what the figure went to: 由A提升到B."""
    return quantity.period == "previous" or _GOES_ON.match(context.text, quantity.end) is not None


def _contradiction(
    lang: Lang, marked: Marked, reference: Reference, quantity: Quantity, clause: Stretch, context: Context
) -> Iterator[Fault]:
    found = _nearest(lang, clause, reference)
    if found is None or found.lastgroup is None:
        return
    word, way = found[0], found.lastgroup
    negated = _NOT.search(clause.text[max(0, found.start() - 20) : found.start()]) is not None
    told: Direction | None = {"up": Direction.UP, "down": Direction.DOWN, "flat": Direction.FLAT}.get(way)
    actual = quantity.direction
    if way == "better":
        wrong = actual is Direction.FLAT or negated
    elif way == "worse":
        wrong = actual is Direction.FLAT or "改善" in lead_of(context, quantity)[-24:]
    else:
        wrong = told is not actual or negated
    if actual is Direction.FLAT and context.text.startswith(word, quantity.end):
        return  # 零增长
    if wrong and actual is not None:
        start, end = sorted((clause.start + found.start(), reference.start))
        end = max(clause.start + found.end(), reference.end)
        yield Fault(
            FaultCode.WRONG_DIRECTION,
            lang,
            start,
            end,
            f"{marked.text[start:end]!r}: {word!r} contradicts the report, where [{reference.id}] is a change "
            f"{_WAYS[actual]}",
            f"{word!r} contradicts the report, where it is a change {_WAYS[actual]}",
        )


_WAYS: Final = {Direction.UP: "upwards", Direction.DOWN: "downwards", Direction.FLAT: "of nothing (unchanged)"}


def _nearest(lang: Lang, clause: Stretch, reference: Reference) -> re.Match[str] | None:
    """The word of direction nearest before a reference within its clause, past no other reference; else after it."""
    at = reference.start - clause.start
    before: re.Match[str] | None = None
    after: re.Match[str] | None = None
    for match in (_ZH if lang == "zh" else _EN).finditer(clause.text):
        if match[0] in ("up", "down") and _PHRASAL.search(clause.text[max(0, match.start() - 12) : match.start()]):
            continue
        far = at - match.end() if match.end() <= at else match.start() - (at + reference.end - reference.start)
        if match[0] in _NEAR_ONLY and far > 16:
            continue
        if match.end() <= at:
            before = match
        elif after is None:
            after = match
    if after is not None and "\ue000" in clause.text[at + reference.end - reference.start : after.start()]:
        after = None
    if before is not None and "\ue000" in clause.text[before.end() : at]:
        # 下降[21]和[23]: the verb of the first figure may govern the second, unless a word of its own follows.
        return after if after is not None else before
    if before is not None and after is not None and lang == "en":
        # "a [21] decrease", "were [21] lower": an adjacent word behind outdoes a far one before.
        gap = after.start() - (at + reference.end - reference.start)
        return after if gap <= 1 and at - before.end() > 4 else before
    return before or after


def _is_stated(context: Context, quantity: Quantity, told: str) -> bool:
    """Whether the report's own clause has the change that is told, a level as a level and an amount as an amount.

    由79.5吨提升到113.5吨 permits `raised from [12]`, `提升到[13]` and no `提升[13]`; 减少排放20吨 permits `减少[5]`.
    """
    if _is_start(context, quantity):
        return _START.search(told) is not None
    followed = _FOLLOWED.match(context.text, quantity.end)
    if followed and _LEVEL.search(told):  # 查办案件88起、同比增长144.44%: rose to [40]
        return _way(told) == _way(followed[0])
    own = clause_of(context, quantity)
    found = next(reversed([*_SOURCE.finditer(own)]), None)
    if found is None or (_PERIOD.search(told) and not _PERIOD.search(own)):
        return False
    if {_way(own), _way(told)} == {"up", "down"}:
        return False
    return found["level"] is None or _LEVEL.search(told) is not None


def _way(words: str) -> str | None:
    """Where the last word of direction goes, in either language."""
    way = None
    for match in (*_ZH_WAY.finditer(words), *_EN.finditer(words)):
        way = match.lastgroup
    return way


def _invention(
    lang: Lang, marked: Marked, reference: Reference, text: str, quantity: Quantity, context: Context
) -> Iterator[Fault]:
    before = text[max(0, reference.start - 40) : reference.start]
    after = text[reference.end : reference.end + 40]
    match = (_ZH_APPLIED if lang == "zh" else _EN_APPLIED).search(before)
    start, end = reference.start, reference.end
    if match and not _NAMES_OF_CHANGE.search(before):
        if _is_stated(context, quantity, before[max(0, match.start() - 6) :]):
            return
        start = reference.start - len(before) + match.start()
    else:
        match = (_ZH_AFTER if lang == "zh" else _EN_AFTER).match(after)
        if match is None or _is_start(context, quantity) or _is_stated(context, quantity, match[0]):
            return
        end = reference.end + match.end()
    yield Fault(
        FaultCode.INVENTED_CHANGE,
        lang,
        start,
        end,
        f"{marked.text[start:end]!r}: the report states no change there; tell [{reference.id}] as the plain figure "
        "it is",
        f"{without_ids(marked.text[start:end]).strip()!r} is a change that the report does not state there",
    )


_NAMES_OF_CHANGE: Final = re.compile("(?:有所|能力|水平)(?:提升|提高)$")
