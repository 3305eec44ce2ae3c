"""A zero or no-change stated in words: 未发生行政复议案件, 均无败诉情况, 同比持平, 零投诉.

A careful reader takes 未发生X as a count of zero when X is an event one can count, the clause reports (no condition,
no plan, no wish) and the phrase is a statement of its own, not a modifier (对未发现问题的企业 states nothing).
"""

from typing import Final, NamedTuple

from summarizer.document import Direction, Qualifier
from summarizer.patterns import pattern
from summarizer.quantities.alphabet import CLOSERS, clause_start

# What one can count; the phrase must end in it: 因处理不当引发的群众集访事件.
_EVENT: Final = (
    "(?:事件|事故|案件|案例|情况|情形|问题|舆情|异常|败诉|复议|应诉|诉讼|投诉|举报|违法|违规|违纪|现象|行为"
    "|纠纷|信访|上访|集访|"
    "病例|疫情|感染|死亡|伤亡|火灾|灾害|灾情|污染|超标|反应|隐患|矛盾|申请|决策|差错|失误|缺陷|过错|损失|泄露"
    "|泄密|中毒|传播|"
    "纠错|撤销|违法案|命案|警情|事项|收费|线索|缺口|停电|中断|伤害|断流|水体|断面|点位|拖欠|欠薪|逾期|积案|漏洞"
    "|死灰复燃|返贫|新增|"
    "文件|处罚|许可|强制|听证|应诉案|重复访|越级访|进京访|个案|溢油|暴露|滞留|脱管|漏管|失控|病人|患者|超载"
    "|聚集|外溢|输入|险情)"
)
_OBJECT: Final = pattern(
    rf"[^，,。；;：:！？\n（(]{{0,48}}?{_EVENT}(?:[的之]?发生|出现|存在|产生|件|数量)?(?=[，,。；;：:！？\n）)"
    rf"|（(.．]|$| )"
)
_PASSIVE: Final = pattern(
    "(?:一[起件宗例](?:案件|行政行为|决定|处罚决定|复议|诉讼)?)?被(?:撤销|纠正|纠错|变更|确认违法|追责|问责|投诉|查处)"
)
_LIST_OBJECT: Final = pattern(rf"[^，,。；;：:！？\n（(的、]{{0,16}}{_EVENT}(?=[、])")
_WISH: Final = pattern("确保|力争|努力|力求|防止|避免|杜绝|如果|若|凡|要求|坚决|争取|目标|对于?[^，,]{0,6}$|的$")
# 无 counts only where a clause begins or after these: 2023年无重大行政决策, 均无败诉情况.
_LEAD: Final = pattern(
    "(?:^|年度?|均|皆|全年|我[局区市县厅委办镇街]|机关|单位|[0-9]月|期间|目前|今年|至今|暂|尚|也|本年|局"
    "|全[区市县省]|内|并|，|,|前)[ \u3000]{0,2}$"
)
_NO_WORD: Final = pattern(
    "无(?:人(?!员)|事不|缝|关|论|法|形|偿|害|障碍|不|证|照|效|异于|锡|线|纸|废|主|序|独|微|疑|需|须|限|意|从|几|毒|菌"
    "|尘|堂|故|耻|私|一|理|差别|感|犯罪前科|接触|机|业|籍|依|力|望|产权|还建|物业|房|直接|明确)"
)
_FLAT_LEAD: Final = pattern("(?:同比|环比|较|比|与|同期|去年|上年|上一?年度?|基本|总体|大体)[^，,。；;]{0,12}$")
_NIL: Final = pattern(
    "零(?:事故|死亡|伤亡|感染|投诉|复议|败诉|差错|违规|上访|发案|事件|增长|案件|失误|扩散|命案|伤害|输入|火灾"
    "|信访|纠错|举报|非访|溢出|缺陷|污染|欠薪|中断|发生|泄漏|泄露|违纪|警情|确诊|病例|传播|外溢|关联|报告(?!制)"
    "|逾期|积压|超期|拖欠|舆情|诉讼|隐患|疫情|漏报|误判|误报|延误|瞒报|溃决|漏检|漏诊|误诊|溃坝|决口|垮坝|失联|断供|退件|走失|漏管|失控|滞留)"
)
# What is reached or wished by its neighbours, so that 零X is none of what happened: 以零事故为目标.
_NIL_WISH: Final = pattern(
    "确保(?!了)|力争|争取|努力|力求|防止|避免|如果|若|要求|目标|追求|承诺|坚持|倡导|口号|理念|以零|[个大项]零$|的零$|力保"
)
_NIL_AIM: Final = pattern(
    "(?:、零[一-龥]{2}){0,8}[”’]?(?:的?(?:目标|要求|标准|承诺|理念|口号|行动|管理|社区|企业|单位|制度)|为)"
)
_REACHED: Final = pattern("(?:实现|保持|做到|为|达到|持续|连续|年)[^，,。；;]{0,14}$")
_NONE_LEFT: Final = pattern("一[个件起例宗名人份项次家][也都]$")


_ENDS: Final = frozenset("，,。；;、！\n.．） ") | {""}


class Nil(NamedTuple):
    """A zero in words.

    Attributes:
        start, end: the words that say so.
        direction: flat for no change, None for a count of zero.
        qualifier: about for 基本持平.
    """

    start: int
    end: int
    direction: Direction | None
    qualifier: Qualifier | None = None


def nil_at(text: str, start: int, end: int, low: int, stop: int) -> Nil | None:
    """The zero stated by the words `text[start:end]` (未发生, 无, 持平); None if they state none."""
    word = text[start:end]
    if word.endswith(("持平", "不变")):
        if text.startswith("的", end):  # 同比持平的有8个市州
            return None
        left = text[clause_start(text, max(low, start - 24), start) : start]
        if (
            not _FLAT_LEAD.search(left)
            or _WISH.search(left)
            or (left.endswith(("基本", "总体", "大体")) and not _compared(left))
        ):
            return None
        about = Qualifier.ABOUT if left.endswith(("基本", "大体", "总体")) else None
        return Nil(start, end, Direction.FLAT, about)
    left = text[clause_start(text, max(low, start - 30), start) : start]
    if _WISH.search(left):
        return None
    if word == "无" and text.startswith("一", end):  # 无一败诉, 无一起事故
        return Nil(start, end, None) if _OBJECT.match(text, end + 1, stop) else None
    if len(word) == 1:
        if word != "无" or _NO_WORD.match(text, start) or not _LEAD.search(left):
            return None
    elif word.startswith("无") and not _LEAD.search(left):
        return None
    if word == "没有":
        if _NONE_LEFT.search(text, max(low, start - 3), start):  # 具有资质的人员一个也没有
            return Nil(start, end, None) if text[end : end + 1] in CLOSERS else None
        return Nil(start, end, None) if _PASSIVE.match(text, end, stop) else None
    obj = _OBJECT.match(text, end, stop) or _LIST_OBJECT.match(text, end, stop)
    if obj is None or obj[0].startswith(("不良影响", "关", "争议")) or _modifies(obj[0]):
        return None
    if len(word) == 1 and _boilerplate(obj[0]):
        return None
    return Nil(start, end, None)


def nil_numeral(text: str, start: int, low: int) -> Nil | None:
    """零投诉, 零事故 said to be reached; `start` is the 零. None in 零售, 零距离 and in wishes."""
    match = _NIL.match(text, start)
    if match is None:
        return None
    left = text[clause_start(text, max(low, start - 30), start) : start]
    if _WISH.search(left) and not left.endswith(("的", "保持", "实现")):
        return None
    if not _REACHED.search(left) and not _predicate(text, start, match.end(), low):
        return None
    growth = match[0] == "零增长"
    return Nil(start, start + 1, Direction.FLAT if growth else None)


def _predicate(text: str, start: int, end: int, low: int) -> bool:
    """较大事故零发生。 and 零感染、零泄漏。 as what a clause says; not 确保零事故, 以零事故为目标, 三个零发生."""
    if text[end : end + 1] not in _ENDS or _NIL_AIM.match(text, end):
        return False
    low = max(low, start - 60)
    sentence = 1 + max(low - 1, *[text.rfind(mark, low, start) for mark in "。；;！？\n"])
    return _NIL_WISH.search(text, sentence, start + 1) is None


def _compared(left: str) -> bool:
    return any(word in left for word in ("同比", "环比", "较", "比", "与", "去年", "上年"))


def _modifies(obj: str) -> bool:
    """未发现问题的，: the sentence goes on to a consequence."""
    return obj.endswith("的")


def _boilerplate(obj: str) -> bool:
    """无其他需要报告的事项 reports nothing that was counted."""
    return obj.startswith(("其他需要", "需要", "应当", "相关问题", "必要"))
