"""Which canonical metric one figure is, from the words of the report around it. No key is better than a wrong one."""

from collections.abc import Sequence
from functools import lru_cache

from summarizer.canonical.area import Area
from summarizer.canonical.catalogue import CanonicalMetric, Catalogue
from summarizer.canonical.names import Names, is_made_of
from summarizer.document import Kind, Quantity
from summarizer.patterns import pattern
from summarizer.records import record
from summarizer.units import family

_NOISE = pattern(r"[\s“”\"'《》（）()·]")
# How a label says what kind of number it is, after the name of the thing.
_MOVED = pattern(
    r"(?:(?:分别|同比|比上年|较上年|预计)*(?:变化[率量]|增长速度|增速|增幅|涨幅|降幅"
    r"|(?:增长|增加|增|提高|上升|上涨|下降|降低|减少|降|回落)(?:率|比例|幅度)?))$"
)
_RANKED = pattern(
    r"(?:在?(?:全[省市国区县州]|[一二三四五六七八九十\d]+[区县市省州]|[\u4e00-\u9fff]{0,6}中))?(?:排名|位次)$"
)
_COUNTED = pattern(
    r"(?:总数量|数量|总数|(?<!案)件数|次数|人次数?|家次|户次|人数|户数|金额|总额|总量|天数|面积|长度|比例|总计|轮次|批次|数)$"
)
# What stands between a thing and its number, and says nothing of the thing.
_LEADS_OUT = pattern(
    r"(?:共计|总计|合计|累计|共有|共|计|预计|力争|已|将|达到?了?|突破|超过?|多达|高达|仅|为|是|约|近|各|分别"
    r"|(?:稳定|保持|控制|维持)?在|(?:提高|提升|增加|上升|下降|降低|减少|降|增|升)[到至]|实现|完成|由|从|了|有|的|：|:"
    r"|以上|以内|左右|每人每[月年天]|(?<=[至到为])每[人月年天])+$"
)
_COMPARED = pattern(r"(?:[高低快慢优好多少大小]于|领先|落后|超出|高出|低出)[\u4e00-\u9fff]{0,12}$|平均(?:水平|增速)")
_RANK_ALONE = pattern(
    r"(?:继续|连续.{1,4}年|稳?居|排名?|位居|位列|名列|排在|并列|均|在|全[省市国区县]|[一二三四五六七八九十\d]+城?个?[区县市]|各[区县市]|第)*"
)
# 热线交办的370件信访，已办结366件: of those 370, whatever they are.
_OUTCOME = pattern(
    r"(?:已|均|全部|按期|按时|及时|妥善|阶段性|目前)*(?:办结|审结|结案|办理|处理|处置|整改|整治|完成|销号|化解|解决|答复|回复)+(?:完成|到位|完毕)?"
)
_YEARLY_AVERAGE = pattern(r"(?:年均|平均每年)(?:增|下降|递|提|减|上升|实际|同比)")
_RANK_OF_CHANGE = pattern(r"增速|增幅|降幅|增量|改善|增长|下降|上升|占|贡献|规模")
_CHANGED = pattern(
    r"(?:分别|同口径|口径|对比|可比|不可比因素|剔除|下同|同比|环比|[较比](?:上年|去年|前年|上一年|年初)(?:同期|末|底)?|按可比价格?(?:计算)?|平均|预计|大幅|实际|名义|逆势"
    r"|增长速度|增速|增幅|涨幅|降幅|(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|改善|压减|缩短)率?|翻|又|再|均)+$"
)
_LEADS_IN = pattern(
    r"^(?:[，,、；;：:\s]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]是|其中)+"
    r"|(?:截至|截止到?|到)?(?:\d{4}年(?:底|末|度)?|\d{1,2}(?:[—–~至-]\d{1,2})?月(?:份|底|末)?)"
)
# 新增高新技术企业2700家，总量达1.7万家: the second is not of the year.
_STOCK = pattern(r"总量|总数|累计|总计|保有量|存量")
_ADDED = pattern(r"新增|新登记|新设|新建|净增|新认定|新注册|新引进")
_REACHES = pattern(r"(?:达到?|为|超过?|近|约|已|突破|至|到|的|共)+$")
_SPEAKS_FOR_ITSELF = frozenset({"concentration", "duration"})  # PM2.5浓度 is of the area, whatever was said before
_STATES = frozenset({"percent", "concentration", "index"})
# 开展“雷霆”“绿剑”等专项行动，累计实施行政处罚826件: of all campaigns together, which is to say of the year.
_SEVERAL = pattern(
    r"(?:[“\"][^”\"]{1,12}[”\"]、?)*等(?:一?系列|多个|多项|各类)?专项(?:执法|检查|整治)?(?:行动|检查|执法|整治)"
    r"|(?:各类|系列)专项\w{2,4}"
)
_LEVELS = (Kind.ACTUAL, Kind.TARGET)
_WHOLE_YEAR = pattern(r"全年|年内|今年以来|一年来|年度内|20\d\d年(?:以来|来)?(?=[，,]?(?:共|全|我|累计))")


@record
class Figure:
    """One figure among its words.

    Attributes:
        quantity: as scanned.
        label: what it counts or measures, put together from the report's own words.
        before: its clause up to the number, or since the number before it.
        sentence: its sentence up to the number.
        around: the same, and its clause after the number.
        headings: the headings above it, joined.
        orphan: True when the level before it in the sentence has no key.
        next_to: key of the figure right before it in the sentence, None when that has none or is a change.
    """

    quantity: Quantity
    label: str
    before: str
    sentence: str
    around: str
    headings: str
    orphan: bool
    next_to: str | None


@lru_cache(maxsize=8)
def _names_of(catalogue: Catalogue) -> Names:
    return Names(catalogue)  # once for all reports of a type


class Matcher:
    """Matches figures of one report against a catalogue."""

    def __init__(self, catalogue: Catalogue, area: Area) -> None:
        self._catalogue = catalogue
        self._names = _names_of(catalogue)
        self._fillers = catalogue.fillers | area.own
        self._narrowing = catalogue.narrowing
        self._spanning = catalogue.spanning
        self._area = area

    def key_of(self, figure: Figure, previous: str | None) -> str | None:
        """The key of one figure, None when nothing fits surely. `previous` is the key of the sentence's last figure."""
        if self._is_of_something_else(figure):
            return None
        if figure.next_to and self._says_no_more(figure):
            return figure.next_to
        metric = (self._follows(figure, previous) if previous else None) or self._named(figure)
        return metric.key if metric else None

    def _says_no_more(self, figure: Figure) -> bool:
        """`，增长5.2%` and `，居全市第一` right behind a figure are of what that figure is of."""
        if figure.quantity.kind is Kind.RANK:
            return _RANK_ALONE.fullmatch(figure.before.strip("，,、；; ")) is not None
        metric = self._catalogue.get(figure.next_to)
        return (
            figure.quantity.kind is Kind.CHANGE
            and metric is not None
            and _fits(metric, figure.quantity, False)
            and is_made_of(names_of_change(figure.before), self._fillers)
            and not self._is_narrowed(figure, metric)
        )

    def _is_of_something_else(self, figure: Figure) -> bool:
        """Another area's figure, a comparison, the rank of a change, a yearly average, a stock among additions."""
        before = figure.before
        if figure.quantity.kind is Kind.RANK:
            return _RANK_OF_CHANGE.search(before) is not None
        if _COMPARED.search(before) or _YEARLY_AVERAGE.search(before):
            return True
        for word in self._area.other:  # noqa: SIM110 (asked of every figure; a generator takes three times as long)
            if word in before:
                return True
        return False

    def _follows(self, figure: Figure, previous: str) -> CanonicalMetric | None:
        said = _REACHES.sub("", _plain(figure.before).lstrip("，,；;、：:"))
        metric = self._names.after(previous, said.removeprefix("其中").removeprefix("已"))
        return metric if metric and _fits(metric, figure.quantity, False) else None

    def _named(self, figure: Figure) -> CanonicalMetric | None:
        before, label = figure.before, figure.label
        if _STOCK.search(before) and not _ADDED.search(before) and _ADDED.search(label):
            return None
        if figure.orphan and _OUTCOME.fullmatch(_own(before)):
            return None  # of a part, as the figure before it is
        dealt_out = "分别" in before
        if figure.quantity.kind is Kind.CHANGE and not dealt_out:
            # 旅客吞吐量6147.7万人次、货邮吞吐量增长17.6%: a change that names its thing is of that thing.
            named = names_of_change(before)
            if not is_made_of(named, self._fillers) and not _bare(label).endswith(named):
                return self._read(named, figure)[1]
        found, metric = self._read(_plain(label), figure)
        unsure = not found or "（" in before or "(" in before or family(figure.quantity.unit) in _SPEAKS_FOR_ITSELF
        if metric is None and not dealt_out and unsure:
            metric = self._read(_own(before), figure)[1]
        return metric

    def _read(self, phrase: str, figure: Figure) -> tuple[bool, CanonicalMetric | None]:
        """Whether the phrase ends with a canonical name at all, and which metric it is if nothing speaks against it."""
        named = False
        for variant, moved in _variants(phrase, figure.quantity.kind):
            for rest, metrics in self._names.at_end(variant):
                named = True
                for metric in metrics:
                    if _fits(metric, figure.quantity, moved) and self._holds(metric, rest, figure):
                        return True, metric
            clause, of, noun = variant.rpartition("的")
            if of:
                for rest, metric in self._names.whose(clause, noun):
                    if _fits(metric, figure.quantity, moved) and self._holds(metric, rest, figure):
                        return True, metric
        return named, None

    def _holds(self, metric: CanonicalMetric, rest: str, figure: Figure) -> bool:
        return (
            is_made_of(rest, self._fillers, metric.beside)
            and not any(word in figure.around for word in metric.never)
            and not self._is_narrowed(figure, metric)
            and (not metric.nearby or any(word in figure.around or word in figure.headings for word in metric.nearby))
        )

    def _is_narrowed(self, figure: Figure, metric: CanonicalMetric) -> bool:
        """Is the figure of one campaign, one place, one season, several years?"""
        if figure.quantity.kind in _LEVELS and family(figure.quantity.unit) in _STATES:
            return False  # a rate or a concentration is reached, not added up
        if any(word in figure.headings for word in self._spanning):
            return True
        told = _SEVERAL.sub("", figure.sentence)
        whole = -1
        for word in (*self._narrowing, *self._spanning):
            if word in told and word not in metric.despite:
                if whole < 0:
                    whole = max((m.end() for m in _WHOLE_YEAR.finditer(told)), default=0)
                if told.rfind(word) >= whole:
                    return True
        return False


def _plain(text: str) -> str:
    return _NOISE.sub("", text) if text else ""


def _own(before: str) -> str:
    """A clause up to its number without what leads in and out: `2022年我区综合指数为` -> `我区综合指数`."""
    return _plain(_LEADS_OUT.sub("", _LEADS_IN.sub("", before.strip())))


def names_of_change(before: str) -> str:
    """What the clause before a change says has changed; "" for 同比分别下降 and the like."""
    return _CHANGED.sub("", _own(before))


def _bare(label: str) -> str:
    """A label without what says that it is of a change."""
    return _MOVED.sub("", _plain(label))


def _variants(phrase: str, kind: Kind) -> Sequence[tuple[str, bool]]:
    """The phrase as it is and without what says what kind of number it is; True where that is a rate of change."""
    if kind is Kind.RANK:
        bare = _RANKED.sub("", phrase)
        return ((bare, False),) if "同比" not in bare else ()
    found = [(phrase, False)]
    moved = _MOVED.sub("", phrase)
    if moved != phrase:
        found.append((moved, True))
    for text, was_moved in tuple(found):
        counted = _COUNTED.sub("", text)
        if counted != text:
            found.append((counted, was_moved))
            if counted.endswith("案件"):
                found.append((counted[:-2], was_moved))  # labels call what is counted in 件 cases: 热线投诉案件
    return found


def _fits(metric: CanonicalMetric, quantity: Quantity, moved: bool) -> bool:
    """May a figure of this kind and unit be of this metric?"""
    if quantity.kind is Kind.RANK:
        return True
    if quantity.stated_in_words:
        return True
    unit = family(quantity.unit)
    if unit == "points":
        return "percent" in metric.units or "growth" in metric.units  # 增速提高1.2个百分点 is no change of the thing
    if unit == "percent" and (quantity.kind is Kind.CHANGE or moved):
        return metric.units != ("percent",)  # 比重达80%，增长10%: of a share only points are told for sure
    if "growth" in metric.units:
        return False
    if "index" in metric.units and not quantity.unit:
        return True
    return unit in metric.units and (unit != "count" or not metric.measures or quantity.unit in metric.measures)
