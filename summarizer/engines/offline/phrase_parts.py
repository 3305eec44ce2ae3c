"""The parts of a Chinese noun phrase: what modifies, what joins, where the verb is, which preposition English takes."""

from collections.abc import Sequence

from summarizer.engines.offline.wording import JOINTS, NOMINAL
from summarizer.glossary import Token
from summarizer.patterns import pattern

PREPOSITION = pattern(
    r" (?:of|for|with|in|on|to|against|from|at|by|under|among|between|into|about|per|during|within)\b"
)
_AFTER_HEAD = {
    "for": (
        "system mechanism measure plan policy fund platform center base requirement condition facility "
        "tool catalogue indicator procedure regulation rule guideline application permit license subsidy "
        "reward budget list program scheme pilot campaign team group committee office hotline site "
        "station zone task responsibility service fee fees funds criterion standard target deadline limit "
        "model agreement contract training"
    ),
    "on": (
        "report opinion survey study research decision notice law statistics data information suggestion "
        "consultation lecture publicity guidance advice statement feedback meeting conference forum "
        "seminar restriction consensus control"
    ),
    "in": (
        "reform problem achievement progress innovation work experience practice shortcoming deficiency "
        "weakness result effectiveness cooperation exchange change increase decrease growth participation "
        "gap violation case investment"
    ),
    "with": ("compliance satisfaction"),
}
_BY_HEAD = {word: behind for behind, words in _AFTER_HEAD.items() for word in words.split()}
# An action upon an action (执法监督, 审批改革) is no pair of actions.
_UPON_ACTIONS = frozenset(
    (
        "监督 检查 培训 考核 评估 改革 建设 管理 服务 宣传 调研 评查 试点 演练 督察 督查 公示 审核 考试 竞赛 统计 "
        "试验 备案 抽查 记录 公开 工作 行动 活动 整治 治理 核查 衔接 协作 合作 联动 保障 支持 创新 应用 指导 教育 "
        "论证 登记 检测 监测"
    ).split()
)
_FIELDS = (
    "领域",
    "行业",
    "地区",
    "区域",
    "流域",
    "园区",
    "学校",
    "医院",
    "市场",
    "场所",
    "环节",
    "系统",
    "River",
    "河",
    "湖",
)
_ACTS = frozenset("inspection enforcement campaign monitoring treatment rectification control".split())


def with_joint_modifiers(tokens: Sequence[Token]) -> Sequence[Token]:
    """国控、省控|断面: modifiers side by side are one modifier."""
    out: list[Token] = []
    for token in tokens:
        if token.pos == "a" and len(out) > 1 and out[-1].zh in JOINTS and out[-2].pos == "a" and token.en:
            between, first = out.pop(), out.pop()
            out.append(
                Token(
                    first.zh + between.zh + token.zh,
                    "a",
                    f"{first.en.replace(' and ', ', ')} and {token.en}".removeprefix(" and "),
                )
            )
        else:
            out.append(token)
    return out


def modifiers_first(tokens: list[Token]) -> list[Token]:
    """公示|不规范|不及时: irregular and untimely publicity."""
    end = len(tokens)
    while end > 0 and tokens[end - 1].pos == "a":
        end -= 1
    if not 0 < end < len(tokens):
        return tokens
    last = tokens[end:]
    merged = Token("".join(t.zh for t in last), "a", " and ".join(t.en for t in last if t.en))
    return [merged, *tokens[:end]]


def noun_of(token: Token) -> str:
    """English of a token as a noun: 检查 `inspection`."""
    return token.noun if token.pos == "vn" else token.en


def preposition(head: Token, before: Token) -> str:
    """What joins a head to the modifiers behind it: shortcomings *in* enforcement, measures *for* it, else *of*."""
    words = PREPOSITION.split(noun_of(head))[0].split(" ")
    if (before.zh.endswith(_FIELDS) and head.pos in ("vn", "v")) or (
        words[-1].lower() in _ACTS and before.zh.endswith(_FIELDS)
    ):
        return "in"
    return _BY_HEAD.get(words[-1].lower(), "of")


def joint(tokens: Sequence[Token], i: int) -> str:
    """What joins an action to the next: 排查|整治 is a pair, 学习|宣传|引领 a list, 执法|监督 neither."""
    if not _is_short_action(tokens, i) or not _is_short_action(tokens, i + 1):
        return ""
    first = i
    while _is_short_action(tokens, first - 1):
        first -= 1
    last = i + 1
    while _is_short_action(tokens, last + 1):
        last += 1
    if last - first >= 2:
        return " and" if i + 1 == last else ","
    return "" if tokens[last].zh in _UPON_ACTIONS else " and"


def _is_short_action(tokens: Sequence[Token], i: int) -> bool:
    return 0 <= i < len(tokens) and tokens[i].pos in ("vn", "v") and bool(tokens[i].noun) and len(tokens[i].zh) == 2


def has_verb(tokens: Sequence[Token]) -> bool:
    """Does one of the words serve as a verb only?"""
    return any(t.pos == "v" for t in tokens)


def verb_at(tokens: Sequence[Token]) -> int:
    """The verb of a 的 phrase: a plain verb, else an action noun that leads or ends it (开展|整治的, 群众|投诉的)."""
    for i, token in enumerate(tokens):
        if token.pos == "v":
            return i
    if tokens[0].pos == "vn" and len(tokens) > 1 and tokens[1].pos in (*NOMINAL, "a"):
        return 0
    if tokens[-1].pos == "vn" and (1 < len(tokens) <= 2 or tokens[0].pos == "p"):
        return len(tokens) - 1
    return -1
