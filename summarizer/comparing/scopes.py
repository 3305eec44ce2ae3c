"""Which time a figure covers: the year of its report, a part of it, or several years.

A period is mostly the report's own year, also where the sentence says 五年累计 or 年均; so the words before the figure
are read as well.
"""

from summarizer.brief import BriefData, Metric
from summarizer.comparison import Scope
from summarizer.document import Kind
from summarizer.patterns import pattern

_N = "[0-9０-９一二三四五六七八九十两几多]+"
_SEVERAL = pattern(
    f"(?:过去|近|这|前|后|今后|未来|接下来|下来|本届政府(?:任期)?的?)?(?:的?{_N}个?(?:多|余)?年)(?:来|间|内|里|中|多来|共|累计|总|投资|完成|新增|实现|期间|引进|的?努力)"
    f"|(?:过去|近|这|今后|未来|前){_N}个?年"
    '|[“"]?[一二三四五六七八九十]+五[”"]?(?:规划)?(?:时期|期间|以来|期)'
    "|年均|以来|历年|本届政府|任期|[0-9]{4}(?:年)?(?:至|到|-|－|—|–|~)[0-9]{4}年"
)
_ONE = pattern("(?:19|20)[0-9]{2}年|[12][0-9]{3}[，,]|去年|今年|上年|当年|本年|全年|年末|年底|本年度|明年")
_SINCE = pattern("(?:比|较|以|在)[^，。；]{0,4}((?:19|20)[0-9]{2})年")
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


def scope_of(brief: BriefData, metric: Metric) -> Scope:
    """The time a figure covers, by its period and by the words of its sentence before it."""
    period = metric.period
    if period is not None and period != "previous":
        first, _, last = period.partition("..")
        if last and last[:4] != first[:4]:
            return Scope.SEVERAL_YEARS
        if not _WHOLE.fullmatch(period) and not _to_year_end(first, last):
            return Scope.PART_OF_YEAR
    if metric.kind is Kind.RANK:
        return Scope.YEAR
    if metric.kind is Kind.CHANGE and _since_long_ago(metric, brief.report.year):
        return Scope.SEVERAL_YEARS
    return Scope.SEVERAL_YEARS if _covers_several(metric) else Scope.YEAR


def _to_year_end(first: str, last: str) -> bool:
    return bool(last) and first[4:] in ("", "-01", "-01-01") and last[4:] in ("", "-12", "-12-31")


def _covers_several(metric: Metric) -> bool:
    before = _before(metric)
    several = max((match.end() for match in _SEVERAL.finditer(before)), default=-1)
    return several >= 0 and several >= max((match.end() for match in _ONE.finditer(before)), default=-1)


def _since_long_ago(metric: Metric, year: int | None) -> bool:
    # 比2015年增长: not a change from the year before, unless that was 2015.
    clause = _before(metric).rpartition("，")[2]
    return any(year is not None and int(match[1]) != year - 1 for match in _SINCE.finditer(clause))


def _before(metric: Metric) -> str:
    return metric.evidence.quote[: metric.number.start - metric.evidence.start][-_LOOK_BACK:]
