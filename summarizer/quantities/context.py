"""What the words around a number make of it: qualifier, kind, direction, and whether it is planned."""

from typing import Final

from summarizer.document import Direction, Qualifier
from summarizer.patterns import pattern
from summarizer.quantities.alphabet import clause_start, skip_spaces, words

_LEFT: Final[tuple[tuple[str, Qualifier], ...]] = (
    ("不超过", Qualifier.AT_MOST),
    ("不高于", Qualifier.AT_MOST),
    ("不多于", Qualifier.AT_MOST),
    ("不大于", Qualifier.AT_MOST),
    ("最多", Qualifier.AT_MOST),
    ("至多", Qualifier.AT_MOST),
    ("低于", Qualifier.AT_MOST),
    ("少于", Qualifier.AT_MOST),
    ("小于", Qualifier.AT_MOST),
    ("不足", Qualifier.AT_MOST),
    ("不到", Qualifier.AT_MOST),
    ("≤", Qualifier.AT_MOST),
    ("<", Qualifier.AT_MOST),
    ("＜", Qualifier.AT_MOST),
    ("超过", Qualifier.OVER),
    ("超出", Qualifier.OVER),
    ("突破", Qualifier.OVER),
    ("大于", Qualifier.OVER),
    ("高于", Qualifier.OVER),
    ("多于", Qualifier.OVER),
    ("超", Qualifier.OVER),
    ("逾", Qualifier.OVER),
    (">", Qualifier.OVER),
    ("＞", Qualifier.OVER),
    ("接近", Qualifier.NEARLY),
    ("近", Qualifier.NEARLY),
    ("大约", Qualifier.ABOUT),
    ("约", Qualifier.ABOUT),
    ("至少", Qualifier.AT_LEAST),
    ("≥", Qualifier.AT_LEAST),
)
_NEGATED: Final[dict[str, Qualifier]] = {
    "不低于": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "不小于": Qualifier.AT_LEAST,
    "不得低于": Qualifier.AT_LEAST,
    "不得少于": Qualifier.AT_LEAST,
    "不得超过": Qualifier.AT_MOST,
}
_LEFT_LAST: Final = frozenset(word[-1] for word, _ in _LEFT)
_NO_QUALIFIER: Final = (
    "最近",
    "附近",
    "临近",
    "预约",
    "公约",
    "节约",
    "合约",
    "条约",
    "履约",
    "违约",
    "签约",
    "契约",
    "增长高于",
    "增速高于",
    "看不到",
    "找不到",
)
_RIGHT: Final[tuple[tuple[str, Qualifier], ...]] = (
    ("及以上", Qualifier.AT_LEAST),
    ("(含)以上", Qualifier.AT_LEAST),
    ("（含）以上", Qualifier.AT_LEAST),
    ("以上", Qualifier.AT_LEAST),
    ("左右", Qualifier.ABOUT),
    ("上下", Qualifier.ABOUT),
    ("及以下", Qualifier.AT_MOST),
    ("以下", Qualifier.AT_MOST),
    ("以内", Qualifier.AT_MOST),
    ("之内", Qualifier.AT_MOST),
    ("内", Qualifier.AT_MOST),
    ("余", Qualifier.OVER),
    ("多", Qualifier.OVER),
    ("强", Qualifier.OVER),
)
_RIGHT_FIRST: Final = frozenset(word[0] for word, _ in _RIGHT)


def qualifier(text: str, start: int, end: int, *, more: str, unit: str) -> Qualifier | None:
    """How exactly the number in `text[start:end]` is stated; `more` is an inner 余, 多 or 来."""
    stop = min(len(text), end + 6)
    if more:
        return Qualifier.ABOUT if more == "来" else Qualifier.OVER
    at = skip_spaces(text, end, stop)
    if at < stop and text[at] in _RIGHT_FIRST:
        for word, found in _RIGHT:
            if text.startswith(word, at):
                if word == "内" and unit not in _DURATIONS:
                    continue
                if word in "多余强" and text[at + 1 : at + 2] not in "，,。；;、）)" and word != "余":
                    continue
                return found
    left = text[max(0, start - 6) : start].rstrip()
    if left and left[-1] in _LEFT_LAST:
        if left.endswith(_NO_QUALIFIER):
            return None
        for size in (4, 3):
            if left[-size:] in _NEGATED:
                return _NEGATED[left[-size:]]
        for word, found in _LEFT:
            if left.endswith(word):
                return found
    return None


_DURATIONS: Final = words("天 日 小时 分钟 个工作日 工作日 个月 年 个小时 秒 周")

_UP: Final = (
    "翻|(?<![稳促保])增长|增加|上升|提高|提升|上涨|攀升|跃升|扩大|增速|增幅|涨幅|升幅|高出|多出|新高|前移|上调|递增"
    "|增产|增收|净增|上浮|回升|前进|晋升|升高|反弹|加快|跃居"
)
_DOWN: Final = (
    "下降|减少|降低|下滑|回落|缩减|压缩|压减|精简|缩短|下调|降幅|收窄|缩小|跌幅|下跌|减幅|后移|下浮"
    "|减低|削减|递减|调减|负增长|提速"
)
_SHORT_UP: Final = "(?<!新)增|升|涨|(?<!最)[高多快]"
_SHORT_DOWN: Final = "降|减|跌|(?<!最)[少低慢]|缩"
_FILL: Final = (
    "(?:增长率?|速度|幅度)?(?:了|约|近|超过|超|逾|达到|达|高达|分别|各|为|超出|接近|大约|不低于|不少于|不超过"
    "|低于|至少|均|就|近乎|仅|只|整整|也|在|是)?"
    "(?:约|近|超过|超|逾|为|达)?[ \u3000:：]{0,2}[-－−+＋]?$"
)
_CHANGE: Final = pattern(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<better>改善)){_FILL}")
# A verb with 为 gives the level reached (缩短为3天), a noun the change (降幅分别为8.2%).
_REACHES: Final = pattern(
    "(?:提高|提升|扩大|上调|缩减|压缩|压减|精简|缩短|下调|收窄|缩小|降低|减少|削减|调减)(?:了|分别|均|各|仅|已)?为"
)
# 较下达任务多出5.2万亩, 比法定时限少3个工作日: a distance from what was asked, not a change in time.
_FROM_NORM: Final = pattern(
    "(?:较|比|与)[^，,。；;]{0,14}(?:任务|任务数|目标|目标值|计划|指标|要求|标准|法定|法定时限|规定|时限|限值|承诺|上限|下限)"
    "[^，,。；;同去上年月]{0,4}(?:(?:多|高|超|少|低)(?:出|了|于)?|提前了?|节约|节省|结余)(?:约|近)?[ \u3000]?$"
)
_CHANGE_SHORT: Final = pattern(
    rf"(?:(?P<up>{_SHORT_UP})|(?P<down>{_SHORT_DOWN}))(?:了|约|近|超过|超|逾|达|出)?(?:约|近)?[ \u3000]?$"
)
# 压缩审批时限50%: a verb, its object, and a share; not 提高到, 占, 为: those give the level reached.
_CHANGE_FAR: Final = pattern(
    "(?:(?P<up>提高|提升|增加|增长|上升|高于|快于|领先|超出|高出)|(?P<down>压缩|压减|减少|降低|缩短|下降|精简"
    "|削减|低于|慢于|节约|节省)|(?P<better>改善))"
    "(?![率值速幅后])[^，,。；;：:、0-9０-９率占达为至到是]{1,14}$"
)
_BESIDE: Final = pattern("高于|低于|快于|慢于|领先|超出|高出")
_BEFORE: Final = pattern("[上去前]年|同期|年初|上[月季届]|此前|原来|期初|预期")
_DONE: Final = ("提升", "改善", "加快", "精简", "调减")
_MEASURED: Final = words("% ‰ 百分点 倍 成 番 名 位 位次 天 小时 分钟 个工作日 元 岁")
_LEVEL: Final = pattern("(?:增加值|增长值|增长点|增长极|高于|低于)$")
_SHORT_LEAD: Final = frozenset("%‰") | {"百分点", "倍", "位", "个点"}
_SHARES: Final = frozenset({"%", "‰", "百分点", "倍", "成", "番", "个点"})
_COMPARED: Final = pattern("(?:同比|环比|较|比|年均|平均)[^，,。；;]{0,12}$")
_GROWTH: Final = pattern("(?:增长率?|增速|增幅|增减率?)[^，,。；;]{0,4}$")
_GOOD_UP: Final = ("率", "优良", "达标", "天数", "满意", "得分", "评分", "排名", "效率", "水平", "能力")
_GOOD_DOWN: Final = (
    "浓度",
    "指数",
    "PM",
    "臭氧",
    "SO",
    "NO",
    "CO",
    "O3",
    "能耗",
    "强度",
    "噪声",
    "时长",
    "污染物",
    "均值",
    "含量",
    "降尘",
    "负荷",
)


def change_direction(text: str, low: int, start: int, unit: str) -> Direction | None:
    """The direction of a change whose number starts at `start`, or None if it is no change."""
    left = text[clause_start(text, max(low, start - 30), start) : start]
    if not left:
        return None
    if _FROM_NORM.search(left) and unit not in {"百分点", "个点"}:
        return None
    match = _CHANGE.search(left)
    if match and _REACHES.match(match[0]):
        return None  # 由7个工作日缩短为3个工作日: the level reached
    if match and unit not in _MEASURED and match[0].startswith(_DONE) and not _COMPARED.search(left):
        return None  # 改造提升1200座公厕, 改善30所学校: things worked on, not a change
    if match is None and unit in _SHORT_LEAD:
        match = _CHANGE_SHORT.search(left)
        if match and _LEVEL.search(left):
            match = None
    if match is None and unit in _SHARES:
        match = _CHANGE_FAR.search(left)
        if match and _BESIDE.match(match[0]) and (unit not in {"百分点", "个点"} or not _BEFORE.search(match[0])):
            match = None  # 高于全省平均水平0.3个百分点: how far from another body, no change in time
    if match is None and _COMPARED.search(left):
        match = _CHANGE_SHORT.search(left)
    if match is None:
        # 自然增长率-1.75‰: the sign of a rate of growth
        return Direction.DOWN if left[-1] in "-－−" and _GROWTH.search(left) else None
    kind = match.lastgroup
    direction = better(text, low, start) if kind == "better" else Direction.UP if kind == "up" else Direction.DOWN
    if left.rstrip()[-1:] in "-－−":  # 增长-3.2%
        return Direction.DOWN if direction is Direction.UP else Direction.UP
    return direction


def better(text: str, low: int, start: int) -> Direction:
    """改善8.2%: down for a concentration or an index, up for a rate of good days; the nearest such word decides."""
    left = text[max(low, start - 60) : start]
    good = max(left.rfind(word) for word in _GOOD_UP)
    bad = max(left.rfind(word) for word in _GOOD_DOWN)
    return Direction.UP if good > bad else Direction.DOWN


_PLANNED: Final = pattern(
    "(?:力争|争取(?:在|到|实现|达到|年内|全年|完成|使)|预期目标|主要目标|目标(?:是|为|值)|拟(?=[新建投于在安引开])"
    "|(?<![动划度学])计划(?=总?投|新|建|于|到|完(?!成率)|实施|用|在|今|明|年|每)|将(?=达|新增|新建|建成|完成"
    "|力争|投入|实现|于|在)|要达到|应达到|要求达到)[^。；;\n！？]{0,60}$"
    "|(?:确保|保证(?!金)|到20[0-9]{2}年)[^，,。；;：:\n]{0,40}$"
)
_PLAN_HINT: Final = pattern("力争|争取|目标|拟|计划|将|达到|确保|保证|到20")
_PAST: Final = pattern(
    "已(?!经?知)|截至|截止|现有|(?<![较比同与])(?:去年|上年)(?!的?基础|同期)|以来|累计|目前[^将]|过去|达到了|完成了"
)


def planned(text: str, low: int, start: int) -> bool:
    """Whether the words before a number outside a plan section say it is still to come (力争, 确保)."""
    left = text[max(low, start - 64) : start]
    if _PLAN_HINT.search(left) is None:
        return False
    return _PLANNED.search(left) is not None and not left.endswith("目标任务的")


def next_step(text: str, low: int, start: int) -> bool:
    """Whether a number outside a plan section follows a 下一步， of the same paragraph."""
    at = max(text.rfind("下一步", max(low, start - 300), start), text.rfind("下步", max(low, start - 300), start))
    return at >= 0 and text.find("\n", at, start) < 0 and _NEXT.match(text, at) is not None


_NEXT: Final = pattern("下一?步(?:工作)?(?:[，,：:]|我|将)")


def past(text: str, low: int, start: int) -> bool:
    """Whether a number inside a plan section tells what is already there (已, 截至, 去年)."""
    left = text[clause_start(text, max(low, start - 40), start) : start]
    return _PAST.search(left) is not None


_MONEY: Final = pattern(
    "(?:奖励|奖补|罚款|罚没|罚金|资金|金额|补助|补贴|投资|投入|经费|贷款|产值|收入|营收|税收|债券|赔偿|捐款"
    "|拨付|损失)[^，,。；;：:]{0,6}$"
)


def money(text: str, low: int, start: int) -> bool:
    """Whether a number with a scale and no unit is an amount of money (奖励100万)."""
    return _MONEY.search(text[max(low, start - 14) : start]) is not None


# 由60日、30日压缩为20日和10日: the former figures may be a list.
_SERIES: Final = "(?:[0-9]{1,6}(?:[.][0-9]{1,3})?[^0-9、，,。；;：:\n]{1,5}[、和及与]){0,3}"
_LIST: Final = "(?:[、和及与][0-9]{1,6}(?:[.][0-9]{1,3})?[^0-9、，,。；;：:\n到至为成]{1,5}){0,3}"
_FROM: Final = pattern(f"(?:由|从)[^，,。；;：:、0-9０-９]{{0,14}}{_SERIES}$")
_RISES_TO: Final = pattern(
    f"{_LIST}"
    "[^。；;：:\n0-9０-９]{0,18}?(?:到|至|为|成|→)(?:了|平均|近|约|超过?|目前的|现在的|今年的"
    "|[0-9]{4}年的)?[ \u3000]{0,2}第?[0-9０-９一二两三四五六七八九十百零]"
)


def rises(text: str, low: int, start: int, end: int) -> bool:
    """由A提升到B: whether the number in `text[start:end]` is the A."""
    left = text[max(low, start - 36) : start]
    return (
        ("由" in left or "从" in left)
        and _FROM.search(left) is not None
        and _RISES_TO.match(text, end, end + 40) is not None
    )
