"""Chinese labels: a frame written as a noun phrase that names the quantity on its own, without a number."""

from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.wording import zh_of
from summarizer.patterns import pattern

_AIMS = pattern("^(?:确保|力争|争取)(?=..)")  # that it is an aim is said by its kind


def label(frame: Frame) -> str:
    """`办理行政处罚案件数量`, `完成环境信用修复的企业数量`, `PM2.5浓度同比变化率`."""
    base = _AIMS.sub("", _base(frame))
    if frame.aspect == "change":
        return f"{base}{'同比' if frame.yearly else ''}变化{frame.suffix}"
    if frame.aspect == "rank":
        return f"{base}{zh_of(frame.scope)}排名"
    if frame.aspect == "change rank":
        return f"{base}同比改善幅度{zh_of(frame.scope)}排名"
    if frame.aspect in ("above", "below"):
        return f"{base}与{zh_of(frame.scope)}差距"
    return base + frame.suffix


def _base(frame: Frame) -> str:
    lead = zh_of(frame.topic) + zh_of(frame.means) + zh_of(frame.subject)
    if frame.noun and len(frame.noun[0].zh) > 2 and lead.endswith(frame.noun[0].zh[:2]):
        # 生活污水治理 + 治理率
        lead = lead[:-2]
    if frame.tail:
        return f"{lead}{zh_of(frame.verb)}{zh_of(frame.tail)}的{zh_of(frame.noun)}"
    if frame.noun_first:
        return f"{lead}{zh_of(frame.noun)}{zh_of(frame.verb)}"
    return f"{lead}{zh_of(frame.verb)}{zh_of(frame.noun)}"
