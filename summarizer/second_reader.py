"""Where the two engines name a quantity so differently that a careful reader should know."""

from collections import Counter

from summarizer.engines.protocol import DraftLabel
from summarizer.patterns import pattern

_SAYS_NOTHING = pattern(r"数量|总数|次数|金额|[的\W_]")
_ALIKE = 0.3


def disagreement(first: DraftLabel | None, second: DraftLabel | None) -> dict[str, str] | None:
    """The second reader's label where it shares too few characters with the first, else None.

    Example: 行政处罚罚款金额 against 处罚金额 share most of theirs; 办结信访件数量 against 罚款金额 share none.
    """
    if first is None or second is None or not first.zh or not second.zh:
        return None
    if likeness(first.zh, second.zh) >= _ALIKE:
        return None
    return {"label_zh": second.zh, "label_en": second.en}


def likeness(a: str, b: str) -> float:
    """Share of characters two Chinese labels have in common, 0 to 1 (F1 over characters)."""
    left, right = Counter(_SAYS_NOTHING.sub("", a)), Counter(_SAYS_NOTHING.sub("", b))
    common = sum((left & right).values())
    return 2 * common / (sum(left.values()) + sum(right.values())) if common else 0.0
