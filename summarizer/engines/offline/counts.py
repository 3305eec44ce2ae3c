"""Counts and amounts: what stands around a plain number, and what kind of number it is."""

import re
from dataclasses import replace

from summarizer.document import Quantity
from summarizer.engines.offline.clause_reading import leading_nominal, parse
from summarizer.engines.offline.edges import clean_edges, strip, strip_left
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.engines.offline.wording import CAUSATIVE, SILENT, Cut, Tokens, zh_of
from summarizer.patterns import pattern

_MOVES = frozenset("增长 下降 降低 提高 提升 上升 减少 增加 压缩 回落".split())
_PASSIVE_COVERBS = frozenset("对 将 把 向 给 为 与 和 针对 就 在".split())
_SUFFIX = {
    "次": "次数",
    "人次": "人次",
    "家次": "家次",
    "户次": "户次",
    "车次": "车次",
    "批次": "批次",
    "轮次": "轮次",
    "轮": "轮次",
    "批": "批次",
    "场次": "场次",
    "人": "人数",
    "天": "天数",
    "名": "人数",
    "名次": "排名",
    "平方米": "面积",
    "平方公里": "面积",
    "公顷": "面积",
    "亩": "面积",
    "公里": "长度",
    "千米": "长度",
    "米": "长度",
    "延米": "长度",
    "年": "年数",
    "吨": "量",
    "万吨": "量",
    "立方米": "量",
    "千克": "量",
    "公斤": "量",
    "千瓦时": "量",
}
_TASKS = ("任务", "指标", "事项")
_AMOUNT_END = pattern(
    r"(?:金额|总额|款额|额|资金|经费|收入|支出|投资|产值|价值|增加值|总值|余额|损失|费用|费|税|款|成本|价|预算|奖金)$"
)
_RATE_END = pattern(r"(?:率|比例|比重|占比|指数|(?<!制)度|幅|覆盖面|程度|贡献)$")
MEASURE_END = pattern(
    r"(?:量|数|数量|天数|人数|面积|长度|里程|规模|能力|浓度|均值|水平|年限|时限|时间|时长|得分|成绩|分数|总长|户数|件数|次数|家数|指数|产量|储量"
    r"|水位|水深|高度|深度|距离|直径|声级|系数|倍率|气温|库容|雨量)$"
)
_AFTER_CHANGE = pattern(
    r"^(?:提升|提高|增加|增长|上升|下降|降低|降至|降到|减少|压缩|压减|缩短|扩大|调整|上调|下调|升|降|增|减)?(?:至|到|为)"
)

# 143件问题中已完结的案件: what is said of some of those counted is not said of what is counted.
_AMONG_THEM = pattern("(?<=..)(?<![集当其之空目手途])中(?=[已尚未仍具均需被有能可]|符合|属于|涉及|存在)[^，,]*$")
# A share written so may stand before what it is a share of: 三分之一的执法人员, 近四成乡镇.
_IN_WORDS = pattern("成|分之")
_ANY_BRACKET = pattern("[（(）)]")


def absence(cut: Cut, place: Surroundings) -> Frame:
    """What there was none of: named after the words (未发生|群众集访事件, 均无|败诉情况), else before them."""
    after = re.sub(
        r"^(?:过|任何|一[起例件人名]?(?=..)|有|涉)+", lambda m: "涉" if m[0].endswith("涉") else "", place.after
    )
    noun = strip(cut(re.split(r"[，,。；;！]", after)[0]))
    if len(noun) > 1 and noun[-1].zh in ("情况", "现象", "发生"):
        noun = noun[:-1]
    noun = strip(noun)
    if not noun:
        noun = parse(strip(cut(clean_edges(place.before)))).noun
    return Frame(noun=noun, suffix="数量")


def count(cut: Cut, place: Surroundings, quantity: Quantity, same_unit: bool, shares: bool) -> tuple[Frame, int]:
    """What a plain number counts or measures, and how much of the text after it belongs to its own noun.

    `shares`: the text after it is the text before the next number as well; `same_unit`: which has the same unit.
    """
    before_text = clean_edges(place.before)
    after_text = place.after.strip(" \t\u3000，,；;。：:！!|")
    # 养殖场（户）下达: a short bracket with words after it belongs to the noun.
    if _ANY_BRACKET.search(after_text):
        after_text = re.sub(r"[（(][^（()）\d]{1,3}[）)](?=.)", "", after_text)
        after_text = re.split(r"[（(）)]", after_text)[0]
    after_text = after_text.strip()
    if after_text.startswith(("以", "左右", "的")):
        after_text = re.sub(r"^(?:以上|以下|以内|左右|以来)?(?:的)?", "", after_text)
    after_text = _AMONG_THEM.sub("", after_text)
    if _AFTER_CHANGE.match(after_text):
        after_text = ""
    after = cut(after_text) if after_text else []
    before = strip_left(cut(before_text)) if before_text else ()
    share_of = quantity.unit == "%" and (place.after.startswith("的") or bool(_IN_WORDS.search(place.written)))
    size = leading_nominal(after) if quantity.unit not in ("元", "%", "百分点") or share_of else 0
    base = parse(strip(before))
    if size and not (place.shared and base.noun):
        noun = tuple(after[:size])
        rest = strip(after[size:])
        empty = all(t.zh in SILENT or t.pos in ("d", "p") for t in rest)
        tail = () if same_unit or empty else rest
        frame = _noun_after(base, before, noun, tail)
        if frame:
            words = zh_of(noun)
            at = place.after.find(words)
            return frame, at + len(words) if at >= 0 and shares and (same_unit or empty) else 0
    if base.noun and base.noun[0].pos == "p":
        base = replace(base, noun=strip(base.noun[1:]))
    return base, 0


def _noun_after(base: Frame, before: Tokens, noun: Tokens, tail: Tokens) -> Frame | None:
    """`查处|12起|案件`, `对|26家|养殖场|下达处罚决定书`, `帮助|11家|企业|完成修复`; None when the noun is not ours."""
    before = tuple(t for t in before if t.pos != "s")
    coverb = before[-1].zh if before else ""
    if coverb in _PASSIVE_COVERBS:
        rest = parse(strip(before[:-1])) if len(before) > 1 else Frame()
        lead = (*rest.means, *rest.verb, *rest.noun) if rest.verb else ()
        return Frame(means=lead, noun=noun, tail=tail, passive=coverb not in ("与", "和"), scope=rest.scope)
    if before and before[0].zh in _PASSIVE_COVERBS and base.noun and base.verb:
        return Frame(noun=noun, tail=tail or (*base.verb, *base.noun), passive=True, scope=base.scope)
    if base.verb and len(base.noun) > 1 and before[-1].pos == "v" and base.noun[-1] == before[-1]:
        # 新建公墓惠及|12个|乡镇: the verb before the number is the one that counts.
        return Frame(subject=base.noun[:-1], verb=before[-1:], noun=noun, scope=base.scope)
    if base.noun and base.verb and not tail and noun[-1].zh.endswith(_TASKS):
        # 分解落实法治政府建设23项重点任务: the tasks are counted, for what stands before the number.
        return replace(base, noun=noun, topic=base.noun)
    if base.noun and base.verb and before[-1].pos != "v":
        # 出台政策16项创新举措: the object stands before the number already, what follows is another word.
        return None
    if base.noun_first:
        base = replace(base, subject=base.noun, noun=(), noun_first=False)
    if base.verb and tail and base.verb[-1].zh in CAUSATIVE:
        return Frame(means=base.means, subject=base.subject, noun=noun, tail=(*base.verb, *tail), scope=base.scope)
    if tail and base.verb and base.verb[-1].zh in ("发现", "有", "共有"):
        return Frame(noun=noun, tail=tail, scope=base.scope)
    if base.noun and not base.verb:
        return Frame(topic=() if tail else base.noun, noun=noun, tail=tail, scope=base.scope)
    return Frame(
        means=base.means,
        subject=base.subject,
        verb=base.verb,
        noun=noun,
        tail=() if base.verb else tail,
        scope=base.scope,
    )


def suffix(frame: Frame, quantity: Quantity) -> str:
    """The word that says what kind of number it is (数量, 金额, 比例 ...), "" when the noun says it (办结率)."""
    words = zh_of(frame.verb if frame.noun_first else frame.noun)
    if quantity.unit in ("元", "美元", "港元", "欧元", "万元", "亿元"):
        return (
            ""
            if words.endswith(("额", "收入", "支出", "价值", "总值", "投资", "资金", "资本", "余额", "标准"))
            else "金额"
        )
    if quantity.unit in ("%", "‰"):
        if frame.verb and frame.verb[-1].zh in _MOVES:
            return "率"
        return "" if _RATE_END.search(words) else "比例"
    if MEASURE_END.search(words) or _RATE_END.search(words):
        return ""
    if words.endswith(("信访", "投诉举报")) and quantity.unit == "件":
        return "件数量"
    return _SUFFIX.get(quantity.unit, "数量" if quantity.unit else "")
