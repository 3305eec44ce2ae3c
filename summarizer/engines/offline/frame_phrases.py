"""A frame as an English noun phrase: the thing counted, what was done to it, by whom, where, in what respect."""

import re
from dataclasses import replace

from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.verb_phrases import SUBMITS
from summarizer.engines.offline.wording import CAUSATIVE, LIGHT, NOMINAL, SILENT, Tokens, gerund, joined, past, zh_of
from summarizer.english import was_or_were
from summarizer.glossary import Token
from summarizer.patterns import pattern

SAYS_AMOUNT = pattern(r"(?:amount|number|total amount|total number|share|proportion|value|fines|funds|bonus)\b", re.I)
_SCOPE = {
    "全市": "in the city", "全省": "in the province", "全区": "in the district", "全县": "in the county",
    "全国": "in the country", "全州": "in the prefecture", "全球": "in the world", "全系统": "in the system",
    "全旗": "in the banner", "全镇": "in the town",
}  # fmt: skip
_DIGITS = dict(zip("一二三四五六七八九十", "one two three four five six seven eight nine ten".split(), strict=True))
_GROUPS = {"区": "districts", "县": "counties", "市": "cities", "省": "provinces"}
_MEASURED = pattern(
    r"(?:率|比例|比重|占比|指数|浓度|面积|能力|总量|规模|里程|均值|额|值|产量|收入|支出|时间|时限|满意度|成本|量)$"
)
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
_CARRIES = frozenset("开展 实施 组织 举办 召开 进行 完成 出动 接待 办理".split())
_PEOPLE = ("人员", "干部", "人", "员", "企业", "代表", "群众", "机构", "部门", "单位", "警")
_REPORTS = frozenset("反馈 交办 转办 移交 移送 发现 检查发现 提出 通报 指出 转交 下达".split())


def by_action(frame: Frame) -> Frame:
    """检查企业家次 is told by the action: enterprise inspections."""
    if frame.means and frame.means[0].zh in _HOLDS:
        return frame
    if frame.verb and frame.verb[-1].noun and frame.noun and not frame.tail and frame.verb[-1].zh not in _CARRIES:
        action = replace(frame.verb[-1], pos="vn")
        return replace(frame, verb=(), noun=(*frame.noun, action), noun_first=False)
    return frame


def is_many(frame: Frame) -> bool:
    """Does the noun of its label stand in the plural?"""
    if frame.aspect:
        return not is_measure(frame)
    return frame.suffix not in ("", "率", "量", "排名", "金额")


def is_measure(frame: Frame) -> bool:
    """Is it measured (浓度, 收入), not counted?"""
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


def base_of(frame: Frame, translator: Translator, many: bool) -> str:
    """The whole phrase: `administrative penalty cases handled`; `many` puts the noun into the plural."""
    noun = translator.noun_phrase(frame.noun, many)
    of_people = frame.suffix in ("人数", "人次") or (frame.aspect == "change" and bool(frame.topic))
    if not frame.noun and of_people and (frame.verb or frame.topic):
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
        out.append(done_to(frame, translator))
    elif frame.verb:
        out.append(
            translator.verb_phrase(frame.verb) if len(frame.verb) > 1 else frame.verb[0].noun or gerund(frame.verb[0])
        )
    if frame.tail:
        out.append(tail_of(frame, translator))
    out.append(what_after(frame, translator))
    return joined(*out)


def what_after(frame: Frame, translator: Translator) -> str:
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


def done_to(frame: Frame, translator: Translator) -> str:
    """What was done to the thing counted: `filed and penalized in accordance with the law`."""
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


def tail_of(frame: Frame, translator: Translator) -> str:
    """What the things counted do or undergo: `completing rectification`, `not yet completed`."""
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
        more = tail_of(replace(frame, tail=rest[joint_at + 1 :]), translator) if joint_at < len(rest) else ""
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
