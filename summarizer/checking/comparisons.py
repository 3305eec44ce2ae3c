"""Comparisons and rates come from the report or from code, never from the model.

`高于[7]`, `[8]是[7]的`, `compared with [7]`, `accounting for [8]` are refused unless the report's own clause says so;
`[7]中的[8]`, `[8] of [7]` are fine.
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.clauses import Cuts
from summarizer.checking.context import Context, clause_of, tail_of
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.references import Marked, cited, without_ids

_MEAN: Final = "平均|[人户日月年]均|均[值价]"
# (words before a reference, words of the report's own clause that permit them; None: never)
_ZH_BEFORE: Final[tuple[tuple[re.Pattern[str], str | None], ...]] = (
    (
        re.compile(
            "(?:高于|低于|多于|少于|大于|小于|优于|好于|快于|慢于|强于|弱于|不及|不如|相当于|等于|同于|超出|领先|落后)\\s*$"
        ),
        "高于|低于|多于|少于|优于|相当于|快于|慢于",
    ),
    (re.compile("(?:相较于?|(?<![同环对])比|较(?![为大好高多少])|与|跟)\\s*$(?<!与)(?<!跟)"), "较|(?<![同环])比"),
    (
        re.compile(
            "(?:(?<![侵独抢挤])占(?![用地有领据道线])[^，。；：\ue000]{0,12}的|占(?:比|到)?(?:了|约|为|达到?)?"
            "|(?:比例|比重|份额|占比)(?:约|为|达到?|是)?|占[^，。；：\ue000]{0,12}(?:约|为|达到?))\\s*$"
        ),
        "占|比例|比重|份额",
    ),
    (re.compile("(?:平均|人均|户均|日均|月均)[^，。；\ue000]{0,8}$"), _MEAN),
    (re.compile("(?:相差|之差为?|差距为?|多出|高出|少了|多了|净增|净减)\\s*$"), "差|多出|高出|净"),
    (re.compile("\ue000[^，。；：\ue000]{0,8}(?:是|等于|相当于)\\s*$"), None),
)
_ZH_AFTER: Final = re.compile("\\s*(?:[:：/／×÷=＝]\\s*\ue000|的(?:倍|比例|比重|[几多]倍)|之比|比\ue000)")
_ZH_IS_OF: Final = re.compile("是\\s*\ue000+的")
_EN_BEFORE: Final[tuple[tuple[re.Pattern[str], str | None], ...]] = (
    (
        re.compile(
            r"\b(?:higher|lower|greater|larger|smaller|better|worse|faster|slower|bigger|rather|longer|shorter"
            r"|other) than (?:the )?$"
        ),
        "高于|低于|优于|快于|慢于|多于|少于",
    ),
    (re.compile(r"\bas (?:many|much|high|large|low|big|great|few|good) as (?:the )?$"), None),
    (
        re.compile(
            r"\b(?:compared|relative|comparable|equivalent|equal|in comparison|proportional) (?:to|with) (?:the )?$"
            r"|\b(?:equals?|equalled|equaled|equalling|versus|vs\.?|same as|outnumber(?:ed|ing|s)?|outpac(?:ed|ing)"
            r"|overtook|match(?:ed|ing)) (?:the )?$"
        ),
        "较|(?<![同环])比|相当于",
    ),
    (
        re.compile(
            r"\b(?:account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|mak(?:es|ing) up|made up|constitut(?:es|ed"
            r"|ing)) (?:the )?$"
        ),
        "占|比例|比重",
    ),
    (
        re.compile(
            r"\b(?:ratio|share|proportion|fraction|percentage) (?:of|at|was|is|to|:)+ ?$|\ba (?:ratio|share"
            r"|proportion|fraction) of $"
        ),
        "占|比例|比重|比率|份额|之比",
    ),
    (re.compile(r"\b(?:an?|the|at a) (?:\w+ ){0,3}rate of $"), "率|比例|占|速|度"),
    (re.compile(r"\b(?:an? |the |on )?average(?:d|s)? (?:of |was |about )?$|\baveraging $|\bmean of $"), _MEAN),
    (re.compile(r"\b(?:difference|gap) (?:of|between) $|\bsum of $|\bcombined total of $|\bmultiple of $"), "差"),
    (re.compile(r"\b(?:per|every|for each|out of every|in every|divided by|multiplied by|minus|plus|times) $"), "/|每"),
)
_EN_AFTER: Final = re.compile(
    r"\s*(?:[/:×÷=]\s*\ue000|(?:minus|plus|times|divided by|versus|vs\.?)\s+\ue000|(?:times|as many|as much) (?:as"
    r"|that|the)\b|per (?:case|person|enterprise|company|day|month|inspection|head|capita|household)\b|on average\b"
    r"|a (?:piece|head|day|month|week)\b|each\b(?= on average))"
)
_EN_RATIO: Final = re.compile(r"\b(?:ratio|proportion)\b")
_SELF: Final = re.compile("较|比")


def _report_has(context: Context, at: int, words: str) -> bool:
    """Whether the report puts the same sign between the same two figures: 三次产业结构为20.1:34.0:45.9."""
    sign = words.strip("\ue000 ")
    return sign in (":", "：", "∶") and context.text[at : at + 3].strip()[:1] in (":", "：", "∶")


def comparison_faults(lang: Lang, marked: Marked, cuts: Cuts, context: Context) -> Iterator[Fault]:
    """Comparisons, shares and averages that the report does not state in its own clause of the figure."""
    for text, reference, quantity in cited(lang, marked, context):
        clause = cuts.clause(reference.start)
        before = text[max(clause.start, reference.start - 48) : reference.start]
        after = text[reference.end : reference.end + 40]
        own = clause_of(context, quantity) + tail_of(context, quantity)
        start, end = reference.start, reference.end
        found: re.Match[str] | None = None
        for pattern, permit in _ZH_BEFORE if lang == "zh" else _EN_BEFORE:
            match = pattern.search(before)
            if match and not (permit and re.search(permit, own)):
                found = match
                start = reference.start - len(before) + match.start()
                break
        if found is None:
            match = (_ZH_AFTER if lang == "zh" else _EN_AFTER).match(after)
            if match and not _report_has(context, quantity.end, match[0]):
                found = match
                end = reference.end + match.end()
        if found is None and lang == "zh" and before.endswith("是") and after.startswith("的"):
            found = re.match("的", after)
            start, end = reference.start - 1, reference.end + 1
        if found:
            yield Fault(
                FaultCode.INVENTED_COMPARISON,
                lang,
                start,
                end,
                f"{marked.text[start:end]!r}: the report makes no such comparison there; tell the figures side by "
                "side, such as '[7]中的[8]' or '[8] of [7]'",
                f"{without_ids(marked.text[start:end])!r} is a comparison that the report does not make there",
            )
