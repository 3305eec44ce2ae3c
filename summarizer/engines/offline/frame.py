"""The frame: what a quantity counts or measures, as pieces of Chinese with their English.

`查处12起环境违法案件` and `查处环境违法案件12起` give the same frame (verb 查处, noun 环境违法案件). Chinese and
English labels are both written from the frame, so they say the same thing.
"""

from summarizer.engines.offline.wording import Tokens
from summarizer.records import record


@record
class Frame:
    """What a quantity counts or measures.

    Attributes:
        topic: what the statement is about, carried over from an earlier clause.
        means: the coverb phrase or first verb before the main verb (通过…, 会同…).
        subject: who did it.
        verb: what was done.
        noun: what is counted or measured.
        tail: what the counted things do (23名执法人员|通过考试).
        passive: the counted things undergo the tail (对63个行政合同|开展合法性审查).
        noun_first: the verb follows its noun (信访件|办结).
        scope: the group a rank is taken in, what a margin is against, or the area.
        suffix: the Chinese word that says what kind of number it is (数量, 金额, 次数 ...), "" when the noun says it.
        aspect: "" | "change" | "rank" | "change rank" | "above" | "below" (how far from the figure of `scope`).
        yearly: the change is against the year before.
    """

    topic: Tokens = ()
    means: Tokens = ()
    subject: Tokens = ()
    verb: Tokens = ()
    noun: Tokens = ()
    tail: Tokens = ()
    passive: bool = False
    noun_first: bool = False
    scope: Tokens = ()
    suffix: str = ""
    aspect: str = ""
    yearly: bool = False
