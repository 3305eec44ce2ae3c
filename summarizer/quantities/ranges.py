"""Ranges, durations, and numbers whose surroundings decide what they are."""

import re
from typing import Final

from summarizer.document import DismissalReason
from summarizer.quantities import measures, names
from summarizer.quantities.alphabet import CLOSERS, OPENERS, SPACE, SPACES, skip_spaces
from summarizer.quantities.measures import Unit
from summarizer.quantities.numbers import Number, arabic_at

_TO: Final = re.compile(f"{SPACE}(?:至|到|-|—{{1,2}}|–|－|−|~|～|―){SPACE}(?=[0-9０-９])")


def range_at(text: str, low: Number, stop: int, unit: Unit | None = None) -> tuple[Number, Unit] | None:
    """The upper end and the common unit of 3至5次, 10%-15%, 500至800万元; None when `low` begins no range.

    由A到B is no range: there A is the earlier figure.
    """
    at = unit.end if unit else low.after
    match = _TO.match(text, at, stop)
    if match is None:
        return None
    if match[0].strip(" \u3000") in {"到", "至"} and _from_before(text, low.start):
        return None
    high = arabic_at(text, match.end(), stop)
    if high is None:
        return None
    last = measures.unit_at(text, skip_spaces(text, high.after, stop), stop)
    if last is None:
        if not high.scaled or unit is not None:
            return None
        last = Unit(high.after, "")
    if unit is not None and unit.name != last.name:
        return None
    if last.name in {"级", "届"}:
        return None
    if high.value <= low.value:
        return None
    return high, last


def scaled_low(low: Number, high: Number) -> Number:
    """500至800万元: the scale word stands once and holds for both."""
    if low.scaled or not high.scaled:
        return low
    return low._replace(value=low.value * (10**4 if "万" in high.scale else 1) * (10**8 if "亿" in high.scale else 1))


def _from_before(text: str, at: int) -> bool:
    left = text[max(0, at - 8) : at]
    return "由" in left or "从" in left


_DURATION: Final = re.compile("(?:连续|提前|为期|工龄|年限|期限?|有效期|期满|缩短|延长|推迟|提早|已连续)(?:至|到|了|为|满|达|近|约|超过?)?[ \u3000]?$")


def duration(text: str, at: int) -> bool:
    """Whether N年 at `at` says how long: 连续3年, 提前2年; not 近3年, 5年来."""
    return _DURATION.search(text[max(0, at - 8) : at]) is not None


_CLOCK: Final = re.compile(
    "(?:值班|值守|服务|不打烊|自助|在线|开放|热线|监控|监测|全天|应急|畅通|客服|人工|不间断|工作制|运行|营业|受理|巡|待命|轮值|响应|办|[^，。；、]{0,10}(?:圈|走廊)|双休|一公里)"
)


def clock_name(text: str, end: int, left: str) -> bool:
    """24小时值班, 7×24小时, 15分钟生活圈: a way of working or a name, not a duration measured."""
    return left in "×xX*" or _CLOCK.match(text, end) is not None


# Words after which a number without a measure word states something: 综合指数4.73, 阅读量超过4000.
_LEAD: Final = frozenset("达为至到超过破约近共计数率量值分额比得占逾于是:：|有第均高数长")
_UNNUMBERED: Final = re.compile(r"\d\.0")


def stands_alone(text: str, number: Number, left: str, start: int, stop: int) -> bool:
    """Whether a number without scale or measure word states a value, judged by its neighbours."""
    after = skip_spaces(text, number.after, stop)
    char = text[after] if after < stop else "\n"
    closed = char in CLOSERS
    if left in _LEAD:
        return closed or text.startswith(("以", "左右", "和", "及"), after)
    if left in OPENERS:
        # A cell of a table, or a line of its own.
        return closed and left in "\n|\t" and char in "\n|\r\t"
    if not closed:
        return False
    if _UNNUMBERED.fullmatch(text[number.start : number.end]):
        return False  # 赣服通3.0
    return not left.isascii() and char not in "、）)”" and left not in "年月号期版第届代"


def bare_reason(text: str, number: Number, left: str) -> DismissalReason:
    """Why a number that stands for nothing is dismissed."""
    digits = text[number.start : number.end]
    if len(digits) == 4 and digits.isdigit() and 1949 <= int(digits) <= 2060 and (left in "（(" or left in CLOSERS):
        return DismissalReason.DATE
    if number.end - number.start > 8:
        return DismissalReason.PAGE
    if text.startswith(("号", " 号"), number.after):
        return DismissalReason.DOCNO
    return DismissalReason.NAME


# Measure words that count after a Han numeral; 二级, 三期, 五县 are names.
_HAN_UNITS: Final = frozenset(
    """件 宗 起 例 项 个 份 条 次 场 家 户 人 名 位 批 台 辆 套 处 座 所 栋 幢 间 篇 本 册 幅 块 支 队 班 轮 稿 部 款 枚 张 只 头 羽 株 棵 对 组
    种 艘 架 趟 节 堂 门 亩 公顷 平方公里 公里 米 吨 公斤 天 小时 分钟 个月 个工作日 工作日 个小时 人次 家次 户次 件次 车次 批次 场次 轮次 倍 成 番 期 类 届
    个百分点 百分点 元 美元 单 笔 条线 大类 大项 层 座 期 周 片 枝 把 首 集 讲 票 课时 学时""".split()
)
_ONE_LEAD: Final = re.compile("(?:处罚|立案|查处|办理|审结|受理|新增|共|仅|各|获|发生|移送|结案|办结|签订|出台|制定|死亡|完成|开展|召开|举办|新建|累计|其中)(?:了|案件)?[ \u3000]?$")
_NO_NIL: Final = re.compile("(?:未|无|没|不)[^，,。；;]{0,4}$")
_MEETING: Final = re.compile("届[^，,。；;]{0,12}$")


def han_no_count(text: str, number: Number, unit: Unit, start: int, run: int, left: str) -> DismissalReason | None:
    """Why a Han numeral with a measure word is no quantity: 一项工作, 二级医院, 七个方面; None if it is one."""
    name = unit.name
    if name not in _HAN_UNITS:
        return DismissalReason.NAME
    written = text[start:run]
    if names.scale_only(written) and not number.more and left not in "近超逾约过":
        return DismissalReason.VAGUE if name != "亩" else DismissalReason.NAME
    if written == "一":
        return None if _one_counts(text, start, unit) else DismissalReason.VAGUE
    if name in {"个", "项", "类", "种", "大类"} and names.structure_after(text, run):
        return DismissalReason.VAGUE
    if name == "次" and (text.startswith("全会", unit.end) or text.startswith("会议", unit.end) and left in "届、" or _MEETING.search(text[max(0, start - 14) : start])):
        return DismissalReason.DOCNO
    if name == "届":
        return DismissalReason.DOCNO
    if written == "二" or (written in {"一", "二", "三"} and name in {"类", "期", "层"}):
        return DismissalReason.NAME  # 二次审核, 三类, 二期: 两 counts, 二 numbers
    if name in {"期", "层"} and left in SPACES | OPENERS:
        return DismissalReason.NAME
    if name == "个月" and left in "前近每第头这":
        return DismissalReason.DATE
    if name == "周":
        return DismissalReason.DATE
    if name == "位" and text.startswith(("数", "一体"), unit.end):
        return DismissalReason.VAGUE if text[unit.end] == "数" else DismissalReason.NAME
    if name in {"小时", "天", "分钟"} and clock_name(text, unit.end, left):
        return DismissalReason.NAME
    return None


def _one_counts(text: str, start: int, unit: Unit) -> bool:
    """处罚一件。 counts; 每一件, 一件事, 未发生一起事故 do not."""
    if unit.name in {"倍", "成", "番"}:
        return True
    left = text[max(0, start - 8) : start]
    if _NO_NIL.search(left) or not _ONE_LEAD.search(left):
        return False
    return unit.name in {"件", "宗", "起", "例", "家", "名", "次", "份", "项", "个", "人", "处", "部", "座", "所", "条"} and (
        unit.end >= len(text) or text[unit.end] in CLOSERS or unit.name in {"件", "宗", "起", "例", "家", "名", "人"}
    )


def han_reason(text: str, start: int, run: int) -> DismissalReason:
    """Why a Han numeral without a measure word is dismissed."""
    if text[start] == "一" or text.startswith("万元", start) or text.startswith(("余", "多"), run):
        return DismissalReason.VAGUE
    if names.MEETING_AFTER.match(text, run) and _MEETING.search(text[max(0, start - 14) : start]):
        return DismissalReason.DOCNO
    return DismissalReason.NAME
