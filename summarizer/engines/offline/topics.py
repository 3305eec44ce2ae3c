"""What a figure is about when its own clause does not say: found in the clauses before it, or not at all.

Precision first: a topic is carried only where one of these readings fits.
"""

from summarizer.document import Quantity
from summarizer.engines.offline.clause_reading import parse
from summarizer.engines.offline.counts import MEASURE_END
from summarizer.engines.offline.edges import clean_edges, strip
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.engines.offline.wording import Cut, Tokens, split_at, zh_of
from summarizer.patterns import pattern

# What is counted so often that it needs to be said of what (发现问题47个), and the actions that leave it behind.
GENERIC = pattern("(?:问题|隐患|案件|线索|意见|企业|违法行为|单位|项目|点位|人员|犯罪嫌疑人|信访件?|举报)$")
RESULT = pattern(
    "(?:发现|整改|查处|查办|立案|罚|移送|排查|责令|约谈|反馈|解决|整治|办结|立行立改|交办|受理|处置|抓获|纠正|督促"
    "|接待|发放|参与|参加|覆盖|服务|惠及|走访|检查)$"
)
BARE_RATE = pattern("(?:率|比例|比重|占比|比)$")
_ACTIVITY = pattern(
    "(?:检查|排查|整治|行动|治理|督查|督察|巡查|抽查|监测|评查|审计|暗访|演练|执法|稽查|核查|清查|普查|自查|帮扶|调研"
    "|评估|活动)$"
)
_INSPECTION = pattern(
    "(?:第[一二三四]轮)?(?:中央|国家|省级?|自治区)第?(?:[一二三四]轮)?"
    "(?:生态环境保护|生态环保|生态环境|环境保护|环保)督察"
)
OF_AN_INSPECTION = ("问题", "信访", "信访件", "整改任务", "任务", "转办件", "交办件", "信访案件")
_PROCEEDINGS = pattern("行政诉讼|行政复议|诉讼|复议")
_OUTCOMES_OF_PROCEEDINGS = frozenset(
    "败诉 败诉案件 被撤销 被纠错 纠错 撤销 确认违法 被确认违法 败诉情况 被撤销案件".split()
)
_NO_TOPIC = tuple("措施 手段 方式 工作 要求 方案 通知 意见 办法 原则 目标 作用 优势 精神".split())
_FIRST_CLAUSE = pattern("[，,；;：:。]")
_LISTED = ("、", "和", "及", "与")
_LONGEST_TOPIC = 9
_LONGEST_ACTIVITY = 7


def activity(noun: Tokens) -> Tokens:
    """The noun when it names an activity (联合执法检查), else nothing."""
    return noun if noun and _ACTIVITY.search(noun[-1].zh) else ()


def activity_before(cut: Cut, place: Surroundings) -> Tokens:
    """开展交叉执法检查，发现问题47个: the activity of a clause shortly before."""
    for clause in reversed(place.earlier[-3:]):
        noun = activity(_noun_of(cut, clause))
        if noun and len(noun) <= _LONGEST_ACTIVITY:
            return noun
    return ()


def noun_before(cut: Cut, place: Surroundings) -> Tokens:
    """组织普法考试，参考率100%: what the clause before speaks of."""
    for clause in reversed(place.earlier[-2:]):
        noun = _noun_of(cut, clause)
        if noun and len(noun) <= _LONGEST_TOPIC and not noun[-1].zh.endswith(_NO_TOPIC):
            return noun
    return ()


def inspection_before(cut: Cut, place: Surroundings) -> Tokens:
    """《…第三轮中央生态环境保护督察…整改方案》，9个个性问题: of that inspection."""
    for clause in reversed(place.earlier):
        match = _INSPECTION.search(clause)
        if match:
            return cut(match[0])
    return ()


def proceedings_before(cut: Cut, outcome: Frame, counted: list[Frame]) -> Tokens:
    """无败诉 after 行政诉讼案件7起: lost administrative lawsuits."""
    if zh_of(outcome.noun) in _OUTCOMES_OF_PROCEEDINGS:
        for before in counted:
            match = _PROCEEDINGS.search(zh_of(before.noun))
            if match:
                return cut(match[0])
    return ()


def is_bare(frame: Frame, quantity: Quantity) -> bool:
    """A rate or an amount that does not say of what: 按期办结率, 罚款, 总投资."""
    if frame.verb or frame.tail or frame.topic or not frame.noun:
        return False
    words = zh_of(frame.noun)
    if quantity.unit in ("%", "‰"):
        items = [zh_of(item) for item in split_list(frame.noun)]
        return all(len(item) <= 5 and BARE_RATE.search(item) for item in items)
    if quantity.unit == "元":
        return len(words) <= 5
    return len(words) <= 4 and bool(MEASURE_END.search(words))


def split_list(noun: Tokens) -> list[Tokens]:
    """参考率|、|优秀率 -> 参考率 | 优秀率."""
    return [tuple(item) for item in split_at(noun, _LISTED)]


def noun_of_heading(cut: Cut, title: str) -> Tokens:
    """加强机动车污染防治 -> 机动车污染防治; nothing of a long heading."""
    noun = _noun_of(cut, _FIRST_CLAUSE.split(title, maxsplit=1)[0])
    return noun if len(noun) <= _LONGEST_TOPIC else ()


def _noun_of(cut: Cut, clause: str) -> Tokens:
    return parse(strip(cut(clean_edges(clause.replace("#", ""))))).noun
