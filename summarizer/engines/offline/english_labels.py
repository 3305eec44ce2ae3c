"""English labels and statements: the same frame as the Chinese label, in the order of English official statistics."""

import re
from dataclasses import replace

from summarizer.document import Direction, Kind, Quantity
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.verb_phrases import SUBMITS
from summarizer.engines.offline.wording import (
    CAUSATIVE,
    LIGHT,
    NOMINAL,
    SILENT,
    Tokens,
    gerund,
    joined,
    past,
    tidy,
    zh_of,
)
from summarizer.english import capitalize, was_or_were
from summarizer.glossary import Token
from summarizer.patterns import pattern

_LEADS = {
    "金额": "Amount of",
    "面积": "Area of",
    "长度": "Length of",
    "轮次": "Number of rounds of",
    "场次": "Number of sessions of",
    "批次": "Number of batches of",
    "比例": "Share of",
    "天数": "Number of days of",
    "年数": "Number of years of",
    "排名": "",
    "率": "",
    "量": "Amount of",
    "": "",
}
_UNIT_NOTE = {
    "家次": "enterprise-visits", "人次": "person-times", "户次": "household-visits", "车次": "vehicle-trips",
}  # fmt: skip
_COUNTED = ("数量", "人数", "次数")
_SCOPE = {
    "全市": "in the city", "全省": "in the province", "全区": "in the district", "全县": "in the county",
    "全国": "in the country", "全州": "in the prefecture", "全球": "in the world", "全系统": "in the system",
    "全旗": "in the banner", "全镇": "in the town",
}  # fmt: skip
_DIGITS = dict(zip("一二三四五六七八九十", "one two three four five six seven eight nine ten".split(), strict=True))
_GROUPS = {"区": "districts", "县": "counties", "市": "cities", "省": "provinces"}
_SAYS_AMOUNT = pattern(r"(?:amount|number|total amount|total number|share|proportion|value|fines|funds|bonus)\b", re.I)
_MEASURED = pattern(
    r"(?:率|比例|比重|占比|指数|浓度|面积|能力|总量|规模|里程|均值|额|值|产量|收入|支出|时间|时限|满意度|成本|量)$"
)
_OF_DAYS = pattern("(?:number of )?days (?=with |of )")
# Verbs that only say the action after them was finished or done (完成整改).
_HOLDS = frozenset("召开 举办 组织召开 举行".split())
_THINGS = (
    "问题",
    "隐患",
    "合同",
    "文件",
    "案件",
    "线索",
    "事项",
    "地块",
    "建筑",
    "房屋",
    "水质",
    "断面",
    "点位",
    "项目",
)
_INCLUDES = frozenset("纳入 列入".split())
_FINISHES = frozenset("完成 进行 予以 给予 得到 实施 开展 提交 通过".split())
_WITHIN = (
    "案件",
    "行动",
    "检查",
    "执法",
    "整治",
    "排查",
    "活动",
    "领域",
    "督察",
    "抽查",
    "监测",
    "巡查",
    "诉讼",
    "复议",
    "事故",
    "火灾",
    "灾害",
)
_GIVES = frozenset("发放 拨付 支付 兑现 追发 补偿 赔付 下达 发出 送达 补发".split())
_COMES_TO = frozenset("涉及 涉".split())
_UNDER = ("决定书", "决定", "合同", "协议", "通知书", "政策", "制度")


def label(frame: Frame, translator: Translator) -> str:
    """`Number of administrative penalty cases handled`, `Year-on-year change in PM2.5 concentration`."""
    return tidy(_label(frame, translator))


def _label(frame: Frame, translator: Translator) -> str:
    known = translator.labels.get(id(frame))
    if known is None:
        # The frame is kept, so that no other can get its id.
        known = translator.labels[id(frame)] = (frame, _composed(frame, translator))
    return known[1]


def _composed(frame: Frame, translator: Translator) -> str:
    base = _base(frame, translator, _is_many(frame))
    if frame.aspect == "change":
        return f"{'Year-on-year change' if frame.yearly else 'Change'} in {base}" if base else ""
    if frame.aspect == "rank":
        return f"Rank in {base} {scope_of(frame.scope, translator)}".strip()
    if frame.aspect == "change rank":
        return f"Rank in year-on-year improvement of {base} {scope_of(frame.scope, translator)}".strip()
    if frame.aspect == "margin":
        base = _base(replace(frame, scope=()), translator, _is_many(frame))
        return f"Difference between {base} and {translator.noun_phrase(frame.scope)}" if base else ""
    if frame.suffix in _UNIT_NOTE:
        base = _base(frame if frame.suffix == "人次" else _by_action(frame), translator, True)
        return f"Number of {base} ({_UNIT_NOTE[frame.suffix]})" if base else ""
    if frame.suffix == "次数":
        base = _base(_by_action(frame), translator, True)
    if frame.suffix == "率" and frame.verb and frame.noun:
        # 增长8.5% as a goal.
        what = _base(replace(frame, verb=()), translator, False)
        return f"Rate of {frame.verb[-1].noun or 'change'} in {what}"
    if frame.verb and frame.verb[-1].zh == "占" and frame.noun:
        return capitalize(_share(frame, translator))
    lead = "" if _SAYS_AMOUNT.match(base) else _LEADS.get(frame.suffix, "Number of")
    return capitalize(f"{lead} {base}".strip()) if base else ""


def _share(frame: Frame, translator: Translator) -> str:
    """全社会研发投入|占|GDP|比重: total R&D spending as a share of GDP."""
    noun = frame.noun[:-1] if len(frame.noun) > 1 and frame.noun[-1].zh in ("比重", "比例", "比") else frame.noun
    of = f"share of {translator.noun_phrase(noun, True)}"
    who = translator.noun_phrase(frame.subject or frame.topic, True)
    return f"{who} as a {of}" if who else of


def statement(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    """The figure told in a clause: `⟦5⟧ administrative penalty cases were handled`, `the pass rate was ⟦6⟧`.

    A figure with a qualifier never opens the clause: filled in (`more than 290`) it would lack a capital.
    """
    return tidy(_statement(frame, quantity, reference, translator))


def _statement(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    told = _phrase(_label(frame, translator))
    if not told:
        return ""
    told = re.sub(r" \((?:enterprise-visits|person-times|household-visits|vehicle-trips)\)", "", told)
    if frame.verb and frame.verb[-1].zh == "占" and frame.subject and frame.noun and quantity.kind is Kind.ACTUAL:
        who = translator.noun_phrase(frame.subject, True)
        return f"{_the(who)} made up {reference} of {translator.noun_phrase(frame.noun, True)}"
    if quantity.kind is Kind.TARGET:
        return f"the target for {told} is {reference}"
    if quantity.period == "previous":
        return f"{_the(told)} {was_or_were(told)} {reference} before"
    if frame.aspect == "change":
        return _moved(frame, quantity, reference, translator) or f"{told}: {reference}"
    if frame.aspect == "margin":
        base = _base(replace(frame, scope=()), translator, _is_many(frame))
        return f"{_the(base)} {was_or_were(base)} {beside(frame, quantity, reference, translator)}"
    if frame.aspect:
        what = _base(replace(frame, aspect="", scope=()), translator, False)
        what = f"year-on-year improvement of {what}" if frame.aspect == "change rank" else what
        return f"{_the(what)} ranked {reference} {scope_of(frame.scope, translator)}".strip()
    if quantity.stated_in_words or not quantity.value:
        return f"{told}: {reference}"
    days = _OF_DAYS.match(told)
    if days and quantity.unit == "天":
        # The reference brings its unit: there were 231 days with good air quality.
        return f"there were {reference} {told[days.end() :]}"
    if frame.suffix.endswith(_COUNTED) and not quantity.qualifier:
        counted = _counted(frame, quantity, reference, translator)
        if counted:
            return counted
    if frame.suffix == "金额":
        return f"{_the(told)} amounted to {reference}"
    if _label(frame, translator).startswith("Number of "):
        return f"the number of {told} was {reference}"
    return f"{_the(told)} {was_or_were(told)} {reference}"


def _counted(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    one = quantity.value == 1
    if frame.suffix == "次数":
        frame = _by_action(frame)
    noun = translator.noun_phrase(frame.noun, not one)
    if frame.verb and frame.verb[-1].zh == "维持" and "复议" in zh_of(frame.noun):
        return f"the original act was upheld in {reference} {noun}"
    if not noun or _SAYS_AMOUNT.match(noun):
        return ""
    be = "was" if one else "were"
    done = _done(frame, translator) if frame.verb else ""
    after = _after(frame, translator)
    if not one and noun == translator.noun_phrase(frame.noun) and not noun.endswith("s"):
        # 非现场执法84次: no plural, so the times are counted.
        return f"{noun} was {done} {after} {reference} times" if done and frame.suffix == "次数" else ""
    if frame.tail:
        tail = _tail(frame, translator)
        if frame.tail[0].zh in CAUSATIVE or tail.startswith(("subject to", "not ")):
            return f"{reference} {noun} {be} {tail} {after}"
        return f"there {be} {reference} {noun} {tail} {after}"
    if done:
        return f"{reference} {noun} {be} {done} {after}"
    return f"there {be} {reference} {noun} {after}"


def _moved(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    what = _base(frame, translator, _is_many(frame))
    if not what:
        return ""
    if not _is_measure(frame) and not _SAYS_AMOUNT.match(what):
        what = f"number of {what}"
    when = " year on year" if frame.yearly else ""
    if quantity.direction is Direction.FLAT:
        return f"{_the(what)} {was_or_were(what)} {reference}{when}"
    if quantity.direction is None:
        return ""
    return f"{_the(what)} {'rose' if quantity.direction is Direction.UP else 'fell'} by {reference}{when}"


def beside(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    """A margin: `⟦5⟧ above the average level in the province`."""
    side = "below" if quantity.direction is Direction.DOWN else "above"
    return f"{reference} {side} {_the(translator.noun_phrase(frame.scope))}"


def _the(phrase: str) -> str:
    first = phrase.split(" ", 1)[0]
    return f"the {phrase}" if first.replace("-", "").isalpha() and first.islower() else phrase


def _phrase(text: str) -> str:
    """A label in the run of a sentence: `Number of administrative penalty cases` loses its lead word and capital."""
    text = text.removeprefix("Number of ").strip()
    words = text.split(" ")
    named = words[0] not in _LABEL_WORDS and any(w[:1].isupper() and w[1:].islower() for w in words[1:3])
    keeps = named or words[0] in _NAMES or not words[0][1:].islower()
    return text if keeps else text[:1].lower() + text[1:]


_NAMES = frozenset(("Party", "Internet", "Chinese", "China"))
_LABEL_WORDS = frozenset("Area Length Amount Share Rate Total Average Annual Fines New Newly".split())


def _by_action(frame: Frame) -> Frame:
    """检查企业家次 is told by the action: enterprise inspections."""
    if frame.means and frame.means[0].zh in _HOLDS:
        return frame
    if frame.verb and frame.verb[-1].noun and frame.noun and not frame.tail and frame.verb[-1].zh not in _CARRIES:
        action = replace(frame.verb[-1], pos="vn")
        return replace(frame, verb=(), noun=(*frame.noun, action), noun_first=False)
    return frame


_CARRIES = frozenset("开展 实施 组织 举办 召开 进行 完成 出动 接待 办理".split())


def _is_many(frame: Frame) -> bool:
    if frame.aspect:
        return not _is_measure(frame)
    return frame.suffix not in ("", "率", "量", "排名", "金额")


def _is_measure(frame: Frame) -> bool:
    return bool(frame.noun) and (frame.noun[-1].pos == "nu" or bool(_MEASURED.search(frame.noun[-1].zh)))


def scope_of(scope: Tokens, translator: Translator) -> str:
    """Among whom or where: 五区 -> `among the five districts`; "" for no scope."""
    zh = zh_of(scope)
    if zh in _SCOPE:
        return _SCOPE[zh]
    if not zh:
        return ""
    if zh[0] in _DIGITS and zh[-1] in _GROUPS:
        return f"among the {_DIGITS[zh[0]]} {_GROUPS[zh[-1]]}"
    return f"in {translator.noun_phrase(scope)}"


def _base(frame: Frame, translator: Translator, many: bool) -> str:
    noun = translator.noun_phrase(frame.noun, many)
    if not frame.noun and frame.suffix in ("人数", "人次") and (frame.verb or frame.topic):
        noun = "people"
    elif frame.verb and noun and frame.verb[-1].zh in _INCLUDES and not frame.tail:
        noun, frame = f"entities {past(frame.verb[-1])} {translator.noun_phrase(frame.noun)}", replace(frame, verb=())
    elif frame.verb and frame.means and frame.means[0].zh in _HOLDS and len(frame.means) > 1:
        # 召开党组会|专题研究|法治工作: meetings held to study it.
        held = translator.noun_phrase(frame.means[1:], many)
        noun = f"{held} held to {translator.verb_phrase((*frame.verb, *frame.noun), 'base')}"
        frame = replace(frame, verb=(), means=())
    if frame.verb and noun and frame.verb[-1].zh in _COMES_TO and frame.suffix == "金额":
        return f"money involved in {noun}"
    out = [noun]
    if frame.verb and noun:
        out.append(_done(frame, translator))
    elif frame.verb:
        out.append(
            translator.verb_phrase(frame.verb) if len(frame.verb) > 1 else frame.verb[0].noun or gerund(frame.verb[0])
        )
    if frame.tail:
        out.append(_tail(frame, translator))
    out.append(_after(frame, translator))
    return joined(*out)


def _after(frame: Frame, translator: Translator) -> str:
    """By whom, by what means, in what respect, where."""
    out = []
    if frame.subject:
        out.append(_by(frame.subject, translator))
    if frame.means:
        out.append(_means(frame.means, translator))
    if frame.topic:
        out.append(_topic(frame, translator))
    if frame.scope and not frame.aspect.endswith("rank"):
        out.extend(t.en for t in frame.scope if t.en)
    return joined(*out)


def _by(subject: Tokens, translator: Translator) -> str:
    """By whom; 现场 is where."""
    if all(t.pos == "a" for t in subject):
        return " ".join(t.en for t in subject).replace("-", " ")
    who = _doer(subject, translator)
    return f"by {who}" if who else ""


def _doer(subject: Tokens, translator: Translator) -> str:
    return translator.noun_phrase(subject, subject[-1].zh.endswith(_PEOPLE))


_PEOPLE = ("人员", "干部", "人", "员", "企业", "代表", "群众", "机构", "部门", "单位", "警")
_REPORTS = frozenset("反馈 交办 转办 移交 移送 发现 检查发现 提出 通报 指出 转交 下达".split())


def _topic(frame: Frame, translator: Translator) -> str:
    if frame.topic[-1].zh in _REPORTS and len(frame.topic) > 1:
        # 督察反馈|问题: problems fed back by the inspection.
        return f"{past(frame.topic[-1])} by {translator.noun_phrase(frame.topic[:-1])}"
    about = translator.noun_phrase(frame.topic, True)
    return f"{_about(frame)} {about}" if about else ""


def _about(frame: Frame) -> str:
    """罚款 in cases, 罚款 under decisions, 办结率 of cases."""
    last = frame.topic[-1].zh
    if frame.suffix == "" or frame.suffix == "比例":
        return "of"
    if last.endswith(_UNDER):
        return "under"
    if frame.verb and frame.verb[-1].zh in _GIVES and last.endswith(_PEOPLE):
        return "to"
    within = last.endswith(_WITHIN) or (frame.verb and not last.endswith(_PEOPLE))
    return "in" if within else "for"


def _means(means: Tokens, translator: Translator) -> str:
    """通过平台 -> through platforms; 使用平台 -> using platforms; other words did it."""
    if means[0].pos == "p":
        return translator.coverb_phrase(means)
    if means[0].pos in ("v", "vn") and len(means) > 1:
        return translator.verb_phrase(means)
    at = next((i for i, t in enumerate(means) if t.pos == "v"), 0)
    if at and at + 1 < len(means):
        # 执法人员|使用|平台: by officers using platforms.
        return f"by {_doer(means[:at], translator)} {translator.verb_phrase(means[at:])}"
    who = translator.noun_phrase(means)
    return f"by {who}" if who else ""


def _done(frame: Frame, translator: Translator) -> str:
    verbs: list[Token] = [t for t in frame.verb if t.pos in ("v", "vn") and t.zh not in SILENT]
    if verbs and verbs[0].zh in SUBMITS and len(frame.verb) > 1 and frame.verb[-1].pos == "vn":
        return f"{past(verbs[0])} for {translator.noun_phrase(frame.verb[frame.verb.index(verbs[0]) + 1 :])}"
    if len(verbs) > 1:
        # 完成整改: the action is the second word.
        verbs = [t for t in verbs if t.zh not in _FINISHES] or verbs
    if not verbs:
        return ""
    adverbs = [t.en for t in frame.verb if t.pos == "d" and t.en]
    before = [a for a in adverbs if a.endswith("ly") or a == "not"]
    after = [a for a in adverbs if a not in before]
    extra = translator.noun_phrase([t for t in frame.verb if t.pos in ("n", "nu", "q")])
    either = any(t.zh in ("或", "或者") for t in frame.verb)
    done = (" or " if either else " and ").join(dict.fromkeys(past(t) for t in verbs))
    return " ".join([*before, done, *([f"({extra})"] if extra else []), *after])


def _tail(frame: Frame, translator: Translator) -> str:
    tail = frame.tail
    undone = next((i for i, t in enumerate(tail[:-1]) if t.zh in ("未", "没有") and tail[i + 1].pos in ("v", "vn")), 0)
    if undone and undone + 2 == len(tail) and all(t.pos in NOMINAL for t in tail[:undone]):
        # 年初预算|未|细化: whose budgets were not refined.
        what = translator.noun_phrase(tail[:undone], True)
        return f"whose {what} {was_or_were(what)} not {past(tail[-1])}"
    if tail[0].zh in CAUSATIVE and len(tail) > 1:
        return f"{past(tail[0])} to {translator.verb_phrase(tail[1:], 'base')}"
    undergone = frame.passive or (tail[0].zh in LIGHT and bool(frame.noun) and frame.noun[-1].zh.endswith(_THINGS))
    if not undergone:
        if tail[0].en.startswith("be ") and len(tail) > 1:
            return f"{past(tail[0])} {translator.noun_phrase(tail[1:])}"
        return translator.verb_phrase(tail)
    verbs = [i for i, t in enumerate(tail) if t.pos in ("v", "vn")]
    if not verbs:
        return f"given {translator.noun_phrase(tail)}"
    first = last = verbs[0]
    if tail[first].en.startswith("be ") and first + 1 < len(tail):
        return f"{past(tail[first])} {translator.noun_phrase(tail[first + 1 :])}"
    done = [past(tail[first])]
    # 免除或减少|现场执法检查: verbs in a row share their object.
    while last + 2 < len(tail) and tail[last + 1].pos == "c" and tail[last + 2].pos in ("v", "vn"):
        last += 2
        done.append(past(tail[last]))
    rest = tail[last + 1 :]
    if tail[first].zh in LIGHT and rest:
        joint_at = next((i for i, t in enumerate(rest[:-1]) if t.pos == "c" and rest[i + 1].pos == "v"), len(rest))
        told = f"subject to {translator.noun_phrase(rest[:joint_at])}"
        more = _tail(replace(frame, tail=rest[joint_at + 1 :]), translator) if joint_at < len(rest) else ""
        return f"{told} and {more}" if more else told
    if tail[first].zh in SUBMITS and len(rest) > 1 and rest[-1].pos == "vn":
        return f"{past(tail[first])} {translator.submitted(rest)}"
    before = zh_of(tail[:first])
    negated = "not yet " if before.startswith("尚未") else "not " if before in ("不予", "不", "未") else ""
    if not rest and before.endswith("在"):
        return f"still being {past(tail[-1])}"  # 仍在办理
    joint = " or " if any(t.zh in ("或", "或者") for t in tail[first:last]) else " and "
    if not rest:
        return negated + joint.join(done)
    return f"for which {translator.noun_phrase(rest, True)} were {negated}{joint.join(done)}"
