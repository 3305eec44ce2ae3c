"""When a Han numeral with a measure word counts something: 四名律师 does, 一项工作, 二级医院, 七个方面 do not."""

from typing import Final

from summarizer.document import DismissalReason
from summarizer.patterns import pattern
from summarizer.quantities import bare, names
from summarizer.quantities.alphabet import CLOSERS, DIGITS, NUMERALS, words
from summarizer.quantities.measures import Unit
from summarizer.quantities.numbers import Number

_UNITS: Final = words(
    """
    件 宗 起 例 项 个 份 条 次 场 家 户 人 名 位 批 台 辆 套 处 座 所 栋 幢 间 篇 本 册 幅 块 支 队 班 轮 稿 部 款 枚
    张 只 头 羽 株 棵 对 组 种 艘 架 趟 节 堂 门 亩 公顷 平方公里 公里 米 吨 公斤 天 小时 分钟 个月 个工作日 工作日
    个小时 人次 家次 户次 件次 车次 批次 场次 轮次 倍 成 番 期 类 届 百分点 元 美元 单 笔 大类 大项 层 周 片 枝 把 首
    集 讲 票 课时 学时
    """
)
_ONE_LEAD: Final = pattern(
    "(?:处罚|立案|查处|办理|审结|受理|新增|共|仅|各|获|发生|移送|结案|办结|签订|出台|制定|死亡|完成|开展|召开"
    "|举办|新建|累计|其中)"
    "(?:了|案件)?[ \u3000]?$"
)
# 移交公安机关行政拘留一起, 败诉一起: at the end of what was done; not 查处一起、震慑一批 and not 干在一起.
_ONE_DONE: Final = pattern(
    "(?:移交|移送|查处|立案|侦办|侦破|破获|发生|处理|应诉|复议|抓获|拘留|受理|办理|审理|审结|调解|判决|败诉|胜诉|纠错|撤销|曝光|通报|查获|起诉|追究|问责|销毁|处罚|结案|办结)"
    "[^，,。；;：:、\n一]{0,12}(?<![在同和与跟])$|(?:案件|事故|事件|纠纷|案)$"
)
_ONE_UNITS: Final = words("件 宗 起 例 家 名 人")
_ONE_CLOSED: Final = _ONE_UNITS | words("次 份 项 个 处 部 座 所 条 场")
_NOT_ONE: Final = pattern("(?:未|无|没|不)[^，,。；;]{0,4}$")
_HELD: Final = pattern("(?:举办|开办|组织|开展|培训|刊发|编发|印发|出刊|编印|共|累计)[^，,。；;]{0,4}$")
_MEETING: Final = pattern("届[^，,。；;]{0,12}$")
_MEETING_AFTER: Final = pattern("中(?:全会|、|和|$)|次|全会|届")


def no_count(text: str, number: Number, unit: Unit, run: int, left: str) -> DismissalReason | None:
    """Why the Han numeral that ends at `run`, with `unit` after it, is no quantity; None if it is one."""
    name, start = unit.name, number.start
    if name not in _UNITS:
        return DismissalReason.NAME
    written = text[start:run]
    if written == "一" and name in {"期", "层", "类", "级"}:
        return DismissalReason.NAME
    if written == "一":
        return None if _one_counts(text, start, unit) else DismissalReason.VAGUE
    if names.scale_only(written) and (
        (not number.more and left not in "近超逾约过") or (name in {"元", "亩"} and _of_a_class(text, unit))
    ):
        return DismissalReason.VAGUE  # 百人会, 超亿元项目; 近百家 counts
    if name in {"个", "项", "类", "种", "大类", "条", "件", "组"} and names.list_announced(text, start, run):
        return DismissalReason.VAGUE
    if name == "类" and names.fixed_class(text, start, run):
        return DismissalReason.NAME
    if name in {"个", "项", "类", "种", "大类"}:
        if names.structure_after(text, run):
            return DismissalReason.VAGUE
        if (
            name == "类"
            and (written in {"二", "三"} or text.startswith("水", unit.end))
            and not names.classes_counted(text, start)
        ):
            return DismissalReason.NAME
    if name == "个" and bare.of_hundreds(text, unit.end):
        return DismissalReason.NAME
    if name == "届":
        return DismissalReason.DOCNO
    if name == "次" and (
        text.startswith("全会", unit.end)
        or (text.startswith("会议", unit.end) and left in "届、")
        or meeting(text, start)
    ):
        return DismissalReason.DOCNO
    if written == "二":
        return DismissalReason.NAME  # 二次审核: 两 counts, 二 numbers
    return _by_unit(text, unit, left, start)


def _by_unit(text: str, unit: Unit, left: str, start: int) -> DismissalReason | None:
    name = unit.name
    if name in {"期", "层"} and not _HELD.search(text[max(0, start - 10) : start]):
        return DismissalReason.NAME  # 七期工程
    if name == "个月":
        return DismissalReason.DATE if bare.months_of(text, start, unit.end, left) else None
    if name == "周":
        return DismissalReason.DATE
    if name == "位" and text.startswith(("数", "一体"), unit.end):
        return DismissalReason.VAGUE if text[unit.end] == "数" else DismissalReason.NAME
    if name in {"小时", "天", "分钟"} and bare.clock_name(text, unit.end, left):
        return DismissalReason.NAME
    if name == "条" and left == "新":
        return DismissalReason.NAME  # 新十条
    return None


def one_event(text: str, start: int) -> bool:
    """Whether 一起 at `start` is one case (移送公安机关一起。), not together (干在一起)."""
    after = text[start + 2 : start + 3]
    if after and after not in CLOSERS and after not in NUMERALS and after not in DIGITS:
        return False
    around = text[max(0, start - 7) : start] + text[start + 2 : start + (8 if after == "、" else 6)]
    return "一" not in around and _ONE_DONE.search(text, max(0, start - 20), start) is not None


def _of_a_class(text: str, unit: Unit) -> bool:
    """超亿元项目: a class of projects."""
    return text.startswith(
        ("级", "项目", "企业", "以上项目", "以上企业", "产业", "园区", "楼", "村", "镇", "俱乐部"), unit.end
    )


def _one_counts(text: str, start: int, unit: Unit) -> bool:
    """处罚一件。 counts; 每一件, 一件事, 未发生一起事故 do not."""
    if unit.name in {"倍", "成", "番"}:
        return True
    if unit.name in {"起", "件", "宗", "例"} and one_event(text, start):
        return True
    left = text[max(0, start - 8) : start]
    if _NOT_ONE.search(left) or not _ONE_LEAD.search(left):
        return False
    closed = unit.end >= len(text) or text[unit.end] in CLOSERS
    return unit.name in _ONE_UNITS or (closed and unit.name in _ONE_CLOSED)


def meeting(text: str, start: int) -> bool:
    """十九届二中、三中全会, 七届七次、八次全会: part of the number of a meeting."""
    return _MEETING.search(text[max(0, start - 14) : start]) is not None


def uncounted_reason(text: str, start: int, run: int) -> DismissalReason:
    """Why a Han numeral without a measure word is dismissed."""
    if text[start] == "一" or text.startswith("万元", start) or text.startswith(("余", "多"), run):
        return DismissalReason.VAGUE
    if _MEETING_AFTER.match(text, run) and meeting(text, start):
        return DismissalReason.DOCNO
    return DismissalReason.NAME
