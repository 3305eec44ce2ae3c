"""Numbers whose surroundings decide what they are: no measure word, or one that also makes names."""

from typing import Final

from summarizer.document import DismissalReason
from summarizer.patterns import pattern
from summarizer.quantities import names
from summarizer.quantities.alphabet import CLOSERS, DIGIT, HAN, OPENERS, skip_spaces, words
from summarizer.quantities.measures import Unit
from summarizer.quantities.numbers import Number

_DURATION: Final = pattern(
    "(?:连续|提前|为期|工龄|年限|期限?|有效期|期满|缩短|延长|推迟|提早|平均)(?:至|到|了|为|满|达|近|约"
    "|超过?)?[ \u3000]?$"
)
# 法定时限由30日压缩至20日, 审批时限15日: a stretch of time, not a day of the month.
_LIMIT_LEAD: Final = pattern(
    "(?:时限|法定|期限|限期|用时|耗时|历时|时长|(?:办理|审批|审查|办结|审核|审限|处理|等待|平均)时间|周期|为期|缩短|压缩|压减|缩减|减少|提前(?![到至])"
    "|提速|延长(?![到至])|平均|公示期|有效期|审限)(?:(?!截至|截止|于|月|推迟|时间为|会议)[^，,。；;\n]){0,18}$"
)
_CALENDAR: Final = pattern(
    "日[ \u3000]?(?:上午|下午|晚|前(?!办)|起|开始|召开|举行|结束|施行|实施|发布|印发|正式|、?[0-9]{1,2}月)"
)
_LIMIT_AFTER: Final = pattern(
    f"{DIGIT}{{0,3}}[{HAN}]{{0,4}}日(?:[、和及与][0-9一二三四五六七八九十]{{1,3}}日){{0,4}}"
    "(?:分别)?(?:再)?(?:进一步)?(?:压缩|压减|缩短|缩减|减少|减|降|提速|精简|调整)[至到为成了]"
)
_MONTHS_IN: Final = pattern("[ \u3000]?(?:内|里|来|间|之内|以来|左右的时间里)")


def of_hundreds(text: str, end: int) -> bool:
    """六个100%: the 六."""
    return _HUNDRED.match(text, end) is not None


_HUNDRED: Final = pattern(f"[ \u3000]?{DIGIT}{{2,3}}[%％]")


def limit(text: str, start: int, run: int) -> bool:
    """Whether N日 with its numeral in `text[start:run]` is a length of time."""
    if text[run : run + 1] != "日" or text[start - 1 : start] in ("月", "第"):
        return False
    if _CALENDAR.match(text, run):
        return False
    if _LIMIT_AFTER.match(text, start):
        return True
    return _LIMIT_LEAD.search(text, max(0, start - 26), start) is not None


def months_of(text: str, start: int, end: int, left: str) -> bool:
    """Whether N个月 places something in time (近三个月, 两个月内); not 提前两个月, 工期6个月."""
    if duration(text, start):
        return False
    return left in "前近每第头这" or (not text[start].isdigit() and _MONTHS_IN.match(text, end) is not None)


_AGE: Final = pattern("(?:年龄|寿命|均龄)[^，,。；;]{0,6}$")
_CLOCK: Final = pattern(
    "(?:内)?(?:[^，。；、]{0,6}(?:值班|值守|应急值)|值班|值守|服务|不打烊|自助|在线|开放|热线|监控|监测|全天|应急|畅通|客服|人工|不间断|工作制|运行"
    "|营业|受理|巡|待命|轮值|"
    "响应|双休|一公里|[^，。；、]{0,10}(?:圈|走廊))"
)
# 年主营业务收入2000万元及以上的工业企业: a class of things, not an amount reached.
_THRESHOLD: Final = pattern(
    "(?:及|\\(含\\)|（含）)?以[上下](?:的|级|(?:工业)?企业|项目(?!投资)|房屋|建筑|锅炉|工程|单位|客户|产业)"
)
_THRESHOLD_UNITS: Final = words("元 吨 千瓦 平方米 蒸吨 兆瓦 千伏 米 公里 年 吨/小时 吨/天 吨/日 平方公里 亩")

_HUNDREDS: Final = pattern("(?<![率度均])[0-9一二两三四五六七八九十]个[ \u3000]?$")
_LISTED: Final = words("个 项 类 种 件 大 条 点 大类 组")


def duration(text: str, at: int) -> bool:
    """Whether N年 at `at` says how long: 连续3年, 提前2年; not 近3年, 5年来."""
    return _DURATION.search(text[max(0, at - 8) : at]) is not None


def age(text: str, at: int) -> bool:
    """Whether N岁 states an age measured (平均年龄48.5岁), not a class of people (65岁以上老人)."""
    return _AGE.search(text[max(0, at - 14) : at]) is not None


def clock_name(text: str, end: int, left: str) -> bool:
    """24小时值班, 7×24小时, 15分钟生活圈: a way of working or a name, not a duration measured."""
    return left in "×xX*" or _CLOCK.match(text, end) is not None


def no_count(text: str, number: Number, unit: Unit, left: str) -> DismissalReason | None:
    """Why a number in digits with a measure word is no quantity all the same; `left` stands before it."""
    name, after = unit.name, text[unit.end : unit.end + 1]
    if name == "点" and number.value <= 24:
        return DismissalReason.DATE  # 下午6点
    if name in {"级", "届"}:
        return DismissalReason.DOCNO if name == "届" else DismissalReason.NAME
    if after == "级" and name in {"元", "人", "米", "吨", "千瓦", "亩"}:
        return DismissalReason.NAME  # 100亿元级企业
    if name in {"个", "项", "类", "种"} and names.structure_after(text, number.after):
        return DismissalReason.VAGUE
    if name == "个" and of_hundreds(text, unit.end):
        return DismissalReason.NAME
    if name in _LISTED and names.list_announced(text, number.start, number.after):
        return DismissalReason.VAGUE
    if name == "类" and names.fixed_class(text, number.start, number.after):
        return DismissalReason.NAME
    if name in {"小时", "分钟", "天", "个小时"} and clock_name(text, unit.end, left):
        return DismissalReason.NAME
    if name == "个月" and months_of(text, number.start, unit.end, left):
        return DismissalReason.DATE
    if name in {"%", "百分点"} and _HUNDREDS.search(text, max(0, number.start - 5), number.start):
        return DismissalReason.NAME  # 六个100%
    if name == "次" and number.value <= 1 and text.startswith("跑", number.start - 1):
        return DismissalReason.NAME  # 最多跑1次
    if name == "期" and number.value <= 9 and text.startswith(("工程", "项目", "建设", "地块"), unit.end):
        return DismissalReason.NAME
    if name in _THRESHOLD_UNITS and _THRESHOLD.match(text, unit.end):
        return DismissalReason.VAGUE
    return None


# Words after which a number without a measure word states something: 综合指数4.73, 阅读量超过4000.
_LEAD: Final = frozenset("达为至到超过破约近共计数率量值分额比得占逾于是:：|有第均高长")
_TO_ONE: Final = pattern("[ ]?[:：∶][ ]?1(?![0-9.])")  # 收入比缩小至2.36∶1
_VERSION: Final = pattern(r"\d\.0")


def stands_alone(text: str, number: Number, left: str, stop: int) -> bool:
    """Whether a number without scale or measure word states a value, judged by its neighbours."""
    after = skip_spaces(text, number.after, stop)
    char = text[after] if after < stop else "\n"
    closed = char in CLOSERS
    if left == "前" or text.startswith(("附件", "附表", "附图"), max(0, number.start - 2)):
        return False
    if left in _LEAD:
        if _TO_ONE.match(text, number.after):
            return True
        return closed or text.startswith(("以", "左右", "和", "及"), after)
    if left in OPENERS:  # a cell of a table, or a line of its own
        return closed and left in "\n|\t" and char in "\n|\r\t"
    if not closed or _VERSION.fullmatch(text[number.start : number.end]):
        return False  # 赣服通3.0
    return not left.isascii() and char not in "、）)”" and left not in "年月号期版第届代"


_FURNITURE: Final = pattern(
    "(?:邮编|邮政编码|电话|传真|手机|标识码|编码|编号|索引号|索号|代码|账号|备案号?|浏览次数|阅读次?数?"
    "|点击[数量率]|访问量)[ ]?[:：]?[ ]?$"
)


def furniture(text: str, at: int) -> bool:
    """邮编：529500, 浏览次数：102: what a page prints beside the report."""
    return _FURNITURE.search(text[max(0, at - 8) : at]) is not None


def glued(text: str, number: Number) -> bool:
    """Whether a bare number is several cells of a flattened table run together: 申请数量1000001（一）予以公开."""
    size = number.end - number.start
    if size < 5 or number.scaled or not text[number.start : number.end].isdigit():
        return False
    after = text[number.end : number.end + 1]
    return size >= 9 or after in {"（", "("} or "一" <= after <= "龥"


_TABLE_UNIT: Final = pattern("单位[:：][ ]?(万|亿|千|百万)?([一-龥]{1,4})")


def table_unit(text: str, at: int, low: int) -> tuple[str, str] | None:
    """Scale and unit that the head of a table names for its cells (单位：万元); `at` is a cell."""
    head = max(text.rfind("单位：", max(low, at - 600), at), text.rfind("单位:", max(low, at - 600), at))
    if head < 0:
        return None
    between = text[head:at]
    match = _TABLE_UNIT.match(between)
    return (match[1] or "", match[2]) if match and "。" not in between and "\n\n" not in between else None


def bare_reason(text: str, number: Number, left: str) -> DismissalReason:
    """Why a number that stands for nothing is dismissed."""
    digits = text[number.start : number.end]
    if len(digits) == 4 and digits.isdigit() and 1949 <= int(digits) <= 2060 and (left in "（(" or left in CLOSERS):
        return DismissalReason.DATE
    if glued(text, number) or number.end - number.start > 8 or furniture(text, number.start):
        return DismissalReason.PAGE
    numbered = text.startswith(("号", " 号"), number.after) or left in "件表图"
    return DismissalReason.DOCNO if numbered else DismissalReason.NAME
