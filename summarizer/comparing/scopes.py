"""Which time a figure covers: the year of its report, a part of it, or several years.

A period is mostly the report's own year, also where the sentence says 五年累计 or 年均, or stands below the heading
过去五年工作回顾; so the words before the figure and the headings above it are read as well.
"""

from summarizer.brief import BriefData, Metric
from summarizer.comparison import Scope
from summarizer.document import Kind
from summarizer.patterns import pattern
from summarizer.units import family

_N = "(?!一个?年|1个?年)(?:[0-9０-９]{1,2}|[一二三四五六七八九十两几多]+)"  # 一年来 is one
_SEVERAL = pattern(
    f"(?:过去|近|这|今后|未来|前|本届政府(?:任期)?的?){_N}个?年"
    f"|(?<!连续)(?<![0-9０-９第一二三四五六七八九十]){_N}个?(?:多|余)?年(?:来|间|内|里|中|多来|共|累计|总|投资|完成|新增|实现|期间|引进|未)"
    '|[“"]?[一二三四五六七八九十]+五[”"]?(?:规划)?(?:时期|期间|以来|期)'
    "|年均(?!浓度|值|水平|质量|气温)|以来|历年|本届政府|任期|[0-9]{4}年?(?:至|到|-|－|—|–|~)[0-9]{4}年"
)
_ONE = pattern("(?:19|20)[0-9]{2}年|去年|今年|上年|当年|本年|全年|年末|年底|明年")
_SINCE = pattern("(?:比|较|以|在)[^，。；]{0,4}((?:19|20)[0-9]{2})年")
# What is added up over the years; what is not (GDP, 就业率) is told of their end.
_ADDED_UP = pattern("累计|共|新增|新建|新引进|新开工|完成|建成(?!区)|引进|投入|办理|查处|开展|利用")
_NEVER_ADDED = frozenset({"percent", "points", "concentration", "ratio", "index"})
_WHOLE = pattern("(?:19|20)[0-9]{2}")
_LOOK_BACK = 120


def year_of(period: str | None, year: int | None) -> int | None:
    """The one year a period lies in, `year` being the report's own; None for several years and for none."""
    if period is None:
        return year
    if period == "previous":
        return None if year is None else year - 1
    first, _, last = period.partition("..")
    if last and last[:4] != first[:4]:
        return None
    return int(first[:4]) if first[:4].isdigit() else None


def clause_before(metric: Metric) -> str:
    """The words of a figure's clause that stand before its number."""
    return sentence_before(metric).rpartition("，")[2]


def sentence_before(metric: Metric) -> str:
    """The words of a figure's sentence that stand before its number, the last 120 characters of them."""
    return metric.evidence.quote[: metric.number.start - metric.evidence.start][-_LOOK_BACK:]


class Scopes:
    """The time each figure of one brief covers."""

    def __init__(self, brief: BriefData) -> None:
        self._year = brief.report.year
        titles = {section.id: section.title.zh or "" for section in brief.sections}
        self._long = {id for id, title in titles.items() if _SEVERAL.search(title) and not _ONE.search(title)}

    def of(self, metric: Metric) -> Scope:
        """By the figure's period, by the words of its sentence before it, and by the headings above it."""
        period = metric.period
        if period is not None and period != "previous":
            first, _, last = period.partition("..")
            if last and last[:4] != first[:4]:
                return Scope.SEVERAL_YEARS
            if not _WHOLE.fullmatch(period) and not _whole_year(first, last):
                return Scope.PART_OF_YEAR
        if metric.kind is Kind.RANK or metric.period == "previous":
            return Scope.YEAR
        return Scope.SEVERAL_YEARS if self._covers_several(metric) else Scope.YEAR

    def _covers_several(self, metric: Metric) -> bool:
        before, clause = sentence_before(metric), clause_before(metric)
        if metric.kind is Kind.CHANGE and any(
            # 比2015年增长 is no change from the year before, unless that was 2015.
            self._year is not None and int(match[1]) != self._year - 1
            for match in _SINCE.finditer(clause)
        ):
            return True
        rate = family(metric.unit.zh or "") in _NEVER_ADDED
        adds_up = metric.kind is not Kind.ACTUAL or (not rate and bool(_ADDED_UP.search(clause)))
        # 五年共帮助7万人再就业，登记失业率2.6%: the rate is that of the last year.
        told = before if adds_up else clause
        several = max((match.end() for match in _SEVERAL.finditer(told)), default=-1)
        one = max((match.end() for match in _ONE.finditer(told)), default=-1)
        if max(several, one) >= 0:
            return several >= one
        if not adds_up:
            return False
        parts = metric.section.split(".")
        return any(".".join(parts[:depth]) in self._long for depth in range(1, len(parts) + 1))


def _whole_year(first: str, last: str) -> bool:
    return bool(last) and first[4:] in ("", "-01", "-01-01") and last[4:] in ("", "-12", "-12-31")
