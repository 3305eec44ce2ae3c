"""The edges of a clause: words that lead into it or out to its number and say nothing of what is counted."""

from collections.abc import Sequence

from summarizer.engines.offline.wording import Tokens
from summarizer.glossary import Token
from summarizer.patterns import pattern

_LOOSE = frozenset({"x", "c", "d", "t"})
_DATE = pattern(
    r"(?:截至|截止到?|自|从|到|至|在)?\s*(?:\d{2,4}\s*年?\s*[-—–~至到]\s*)?\d{2,4}\s*年(?:度|底|末|初|以来|来|内)?"
    r"(?:\s*\d{1,2}\s*(?:[-—–~至到]\s*\d{1,2}\s*)?月(?:份)?(?:底|末|初)?)?(?:\s*\d{1,2}\s*日)?(?:以来|来|起|开始|止)?"
    r"|\d{1,2}\s*[-—–~至到]?\s*\d{0,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日)?(?:以来|起|底)?|(?:前|第)[一二三四]季度|上半年|下半年"
    r"|[一二两三四五六七八九十半]+(?:个月|年)多?(?:以来|来|内|间|(?=累计|共))|[两三四五六七八九十]个月(?=[\u4e00-\u9fff])"
)
_BRACKET = pattern(r"[（(][^（）()\d]{1,14}[)）]")
# Words between what is counted and the number: 金额达, 总数为, 上升至 ... They say nothing of what is counted.
_LEAD_OUT = pattern(
    r"(?:每人每[月年天]|(?<=[至到为])每[人月年天]|相当于|力争|争取|确保|努力|力争实现|最[高低多少长]|共计|总计|合计|累计|共有|共|计|已?达到?了?|多达|高达|(?<!行)(?<!作)为|是|约为|约|大约|近|超过?|突破|逾|不少于|不低于|不超过|至少"
    r"|仅有?|只有|各|分别|稳定在|保持在|控制在|维持在|(?<=率)(?:稳定)?保持|提高到|提升到|提升至|提高至|增加到|增加至|上升到|上升至|下降到|下降至"
    r"|降低到|降低至|降到|降至|增至|升至|减少到|减少至|扩大到|增长到|增长至|压缩至|压缩到|压减至|压减到|缩短至|缩短到|升到|达至|(?<=[\u4e00-\u9fff])由\d[\d.]*|由?(?:原来|上年|去年|原先|此前|法定|年初|期初)的?|由[^，,；;、]{1,8}[前后]的?|由|从|等|了|有|的|上限|第|：|:|（|\(|、|“|\s)+$"
)
# Cheap tests: what a date holds, and the last characters of what leads out.
_MAY_DATE = pattern(r"\d|季度|半年|年多?[以来内间累共]|个月")
_LEAD_OUT_ENDS = frozenset(
    "月天人于计有到了达为是约近超过破逾于少仅只各别在至来年先前定初的后由从等限第：:（(、“争取保力现高低多长持0123456789"
)
_LEAD_IN = pattern(
    r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|[\s、（(）)，,：:；;。]|其中|包括|分别为|分别是|以及|并且|同时|另外|此外|另有|另|以及|和|与|及|并|且|含|即)+"
)


def clean_edges(text: str) -> str:
    """The clause without its dates, short brackets, lead-in and lead-out: `2023年，共受理投诉` -> `受理投诉`."""
    if _MAY_DATE.search(text):
        text = _DATE.sub("", text)
    if "（" in text or "(" in text:
        text = _BRACKET.sub("", text)
    while True:
        lead = _LEAD_IN.match(text)
        shorter = text[lead.end() :] if lead else text
        if shorter and (shorter[-1] in _LEAD_OUT_ENDS or shorter[-1].isspace()):
            shorter = _LEAD_OUT.sub("", shorter)
        if shorter == text:
            return text
        text = shorter


def strip(tokens: Sequence[Token]) -> Tokens:
    """Drop particles, conjunctions, adverbs without English and time words from both ends."""
    a, b = 0, len(tokens)
    while a < b and (tokens[a].pos in ("x", "c", "t") or (tokens[a].pos == "d" and not tokens[a].en)):
        a += 1
    while b > a and tokens[b - 1].pos in _LOOSE:
        b -= 1
    return tuple(tokens[a:b])


def strip_left(tokens: Sequence[Token]) -> Tokens:
    """Like `strip`, but leaves a coverb or 的 at the right end, where it says how the number is attached."""
    a, b = 0, len(tokens)
    while a < b and (tokens[a].pos in ("x", "c", "t") or (tokens[a].pos == "d" and not tokens[a].en)):
        a += 1
    while b > a and tokens[b - 1].pos in ("d", "t"):
        b -= 1
    return tuple(tokens[a:b])
