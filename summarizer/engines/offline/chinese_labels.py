"""Chinese labels: a frame written as a noun phrase that names the quantity on its own, without a number."""

from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.wording import Tokens


def label(frame: Frame) -> str:
    """`办理行政处罚案件数量`, `完成环境信用修复的企业数量`, `PM2.5浓度同比变化率`."""
    base = _base(frame)
    if frame.aspect == "change":
        return f"{base}{'同比' if frame.yearly else ''}变化{frame.suffix}"
    if frame.aspect == "rank":
        return f"{base}{text(frame.scope)}排名"
    if frame.aspect == "change rank":
        return f"{base}同比改善幅度{text(frame.scope)}排名"
    return base + frame.suffix


def _base(frame: Frame) -> str:
    lead = text(frame.topic) + text(frame.means) + text(frame.subject)
    if frame.tail:
        return f"{lead}{text(frame.verb)}{text(frame.tail)}的{text(frame.noun)}"
    if frame.noun_first:
        return f"{lead}{text(frame.noun)}{text(frame.verb)}"
    return f"{lead}{text(frame.verb)}{text(frame.noun)}"


def text(tokens: Tokens) -> str:
    """The tokens as Chinese text."""
    return "".join(t.zh for t in tokens)
