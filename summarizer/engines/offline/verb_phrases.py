"""Chinese verb phrases to English: 依法开展联合检查 -> carrying out joint inspections in accordance with the law.

A phrase is cut into steps (印发方案|推进整治), a step into adverbs, coverb phrase, verbs and object.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.engines.offline.noun_phrases import NounPhrases
from summarizer.engines.offline.wording import (
    CAUSATIVE,
    JOINTS,
    NOMINAL,
    Tokens,
    gerund,
    joined,
    last_index,
    listed,
    split_at,
    trim,
)
from summarizer.glossary import Token
from summarizer.records import record

# With these an action follows: 推动落实制度 -> promoting the implementation of systems.
_PROMOTES = frozenset("推动 促进 引导 鼓励 推进 助推 督促 保障 确保 加快 加强 加快推进 强化 深化".split())
_PREPOSES = frozenset("将 把".split())
_STEPS_UP = frozenset("加大 加强 强化".split())
SUBMITS = frozenset("提交 提请 报送 上报 报请 报 送".split())
_STEP_UP = Token("加大", "v", "step up")
_HEADS_OF_COMPOUNDS = frozenset(
    (
        "工作 机制 制度 体系 平台 活动 行动 能力 水平 质量 效率 情况 方式 方案 措施 力度 率 中心 队伍 意识 作用 "
        "程序 标准 业务 事项 行为 系统 清单 服务 人员 机构 条例 办法 意见 计划 项目 成果 成效 环境 模式 效能 格局 "
        "要求 基础 责任 任务 结果 氛围 功能 职能 职责 权限 网络 手段"
    ).split()
)
# Before these a second action noun is no verb: 拓宽|宣传渠道.
_ENDS_A_COMPOUND = _HEADS_OF_COMPOUNDS | frozenset(
    "渠道 途径 载体 阵地 形式 方法 内容 效果 范围 频次 强度 品牌 矩阵 经费 基地 专栏".split()
)


@record
class _Step:
    manner: Tokens
    coverb: Tokens
    verbs: Tokens
    object: Tokens


class VerbPhrases(NounPhrases):
    """Composes verb phrases, noun phrases included."""

    def verb_phrase(self, tokens: Sequence[Token], form: str = "gerund") -> str:
        """English of a verb phrase, its first verb as gerund or base form; a noun phrase stays one."""
        key = (tuple(trim(tokens)), form)
        told = self._verb_phrases.get(key)
        if told is None:
            told = self._verb_phrases[key] = listed([self._told(part, form) for part in _steps(key[0])])
        return told

    def _told(self, tokens: Tokens, form: str) -> str:
        step = _read(tokens)
        if step is None:
            return self.noun_phrase(tokens)
        words = [gerund(v) if form == "gerund" else v.en or "do" for v in step.verbs]
        manner = [t.en for t in step.manner if t.en]
        first = [m for m in manner if _stands_before(m)]
        after = [m for m in manner if m not in first]
        if step.coverb and step.coverb[0].zh in _PREPOSES:
            # 将经费|列入|预算: the object stands before the verb.
            where = f"in {self.noun_phrase(step.object, True)}" if step.object else ""
            told = listed(words).replace("included in", "including").replace("be including", "include")
            return joined(*first, told, self.noun_phrase(step.coverb[1:], True), where, *after)
        coverb = self.coverb_phrase(step.coverb)
        step = _stepped_up(step)
        words = [gerund(v) if form == "gerund" else v.en or "do" for v in step.verbs]
        if len(step.verbs) > 1 and step.verbs[0].zh in _PROMOTES:
            told = f"{words[0]} {self._action(step.verbs[1:], step.object)}"
        elif step.verbs[-1].zh in CAUSATIVE and (at := _action_at(step.object)):
            # 帮助|企业|完成修复: whom, and to do what.
            whom, what = step.object[:at], step.object[at:]
            told = f"{listed(words)} {self.noun_phrase(whom, True)} to {self.verb_phrase(what, 'base')}"
        elif step.verbs[-1].zh in SUBMITS and len(step.object) > 1 and step.object[-1].pos == "vn":
            told = f"{listed(words)} {self.submitted(step.object)}"
        else:
            heads = [part[-1] for part in split_at(step.object, JOINTS) if part]
            many = any(h.pos == "n" for h in heads) and not any(h.pos == "vn" for h in heads)
            told = f"{listed(words)} {self.noun_phrase(step.object, many)}"
        return joined(*first, told, *after, coverb)

    def submitted(self, object_: Tokens) -> str:
        """提交|局长办公会议|审议: to whom, and for what."""
        whom = self.noun_phrase(object_[:-1]) if object_[-2].pos in NOMINAL else ""
        return f"to {whom} for {object_[-1].noun}" if whom else f"for {self.noun_phrase(object_)}"

    def _action(self, verbs: Tokens, object_: Tokens) -> str:
        """落实|制度 after 推动: implementation of systems, or efforts to implement systems."""
        told = self.noun_phrase(object_, True)
        if all(v.noun for v in verbs):
            return f"{listed(v.noun for v in verbs)} of {told}" if told else listed(v.noun for v in verbs)
        return f"efforts to {listed(v.en for v in verbs)} {told}"


def _stepped_up(step: _Step) -> _Step:
    """加大|执法力度 is stepping up law enforcement."""
    last = step.object[-1] if step.object else None
    if (
        last is None
        or step.verbs[-1].zh not in _STEPS_UP
        or not last.zh.endswith("力度")
        or len(step.object) == 1 == len(last.zh) // 2
    ):
        return step
    if last.zh == "力度":
        return replace(step, verbs=(*step.verbs[:-1], _STEP_UP), object=step.object[:-1])
    english = re.sub(r"^intensity of | intensity$", "", last.en)
    return replace(step, verbs=(*step.verbs[:-1], _STEP_UP), object=(*step.object[:-1], replace(last, en=english)))


def _stands_before(adverb: str) -> bool:
    return " " not in adverb and (adverb.endswith("ly") or adverb in ("not", "further", "still", "also", "well"))


def _steps(tokens: Sequence[Token]) -> list[Tokens]:
    """Cut at a conjunction or 、 before another verb (完成整治并|通过验收), and before a new verb after an object."""
    parts: list[Tokens] = []
    start = 0
    for i, token in enumerate(tokens):
        if start < i < len(tokens) - 1 and (token.pos == "c" or token.zh == "、") and _begins(tokens, i + 1):
            parts.append(tuple(trim(tokens[start:i])))
            start = i + 1
    parts.append(tuple(trim(tokens[start:])))
    out: list[Tokens] = []
    for part in parts:
        out.extend(_serial(part))
    return [p for p in out if p]


def _begins(tokens: Sequence[Token], i: int) -> bool:
    while i < len(tokens) - 1 and tokens[i].pos == "d":
        i += 1
    acts = tokens[i].pos == "v" or (tokens[i].pos == "vn" and tokens[i - 1].pos == "d" and _leads(tokens, i))
    return acts and not any(t.zh == "的" for t in tokens[i:])


def _serial(tokens: Tokens) -> list[Tokens]:
    """印发方案|推进整治: a second verb after an object begins a step, unless in a 的 phrase or after a causative."""
    step = _read(tokens)
    if step is None or not step.object or step.verbs[-1].zh in CAUSATIVE | _PROMOTES:
        return [tokens]
    at = _action_at(step.object, plain=True)
    if not at:
        return [tokens]
    cut = len(tokens) - len(step.object) + at
    return [tokens[:cut], *_serial(tokens[cut:])]


def _action_at(object_: Tokens, plain: bool = False) -> int:
    """Where the action after a noun begins (企业|完成修复); 0 when there is none or it modifies a later noun."""
    last = last_index(object_, "的")
    for i, token in enumerate(object_):
        if i == 0 or i <= last:
            continue
        if token.pos == "v" or (
            not plain and token.pos == "vn" and i + 1 < len(object_) and object_[i - 1].pos in ("n", "np", "d")
            and (object_[i + 1].pos in (*NOMINAL, "a") or (object_[i + 1].pos == "vn" and i + 2 < len(object_)))
            and (object_[i - 1].pos == "d" or object_[-1].zh not in _HEADS_OF_COMPOUNDS)
        ):  # fmt: skip
            if i + 1 == len(object_) and object_[i - 1].pos != "d":
                return 0
            while i > 1 and (
                object_[i - 1].pos == "d"
                or (not plain and object_[i - 1].pos == "vn" and object_[i - 2].pos in NOMINAL)
            ):
                i -= 1  # 检察机关|监督支持|环保工作: verbs in a row
            return i
    return 0


def _read(tokens: Tokens) -> _Step | None:
    """Adverbs, coverb phrase, verbs, object; None for a noun phrase."""
    manner: list[Token] = []
    i, n = 0, len(tokens)
    coverb: Tokens = ()
    while i < n:
        token = tokens[i]
        if token.pos == "d" or (token.pos == "t" and token.en):
            manner.append(token)
        elif token.pos in ("x", "t", "c") and token.zh != "的":
            pass
        elif token.pos == "p" and not coverb:
            acts = range(i + 1, n)
            end = next((k for k in acts if tokens[k].pos in ("v", "d") and tokens[k - 1].zh != "的"), 0)
            if not end or tokens[i].zh not in _PREPOSES:
                end = next((k for k in acts if tokens[k].pos in ("v", "d") or _leads(tokens, k)), 0)
            if not end:
                return None
            coverb = tokens[i:end]
            i = end
            continue
        else:
            break
        i += 1
    if i < n - 1 and tokens[i].pos == "v" and tokens[i + 1].zh == "的":
        return None
    if i >= n or not (tokens[i].pos == "v" or (_leads(tokens, i) and not _modifies(tokens, i))):
        return None
    first = i
    i += 1
    while i < n - 1 and (tokens[i].pos == "v" or _second_verb(tokens, i, first)):
        i += 1
    verbs = tuple(t for t in tokens[first:i] if t.pos in ("v", "vn"))
    if i == n - 1 and tokens[i].pos == "v" and tokens[first].zh in _PROMOTES:
        verbs, i = (*verbs, tokens[i]), n
    return _Step(tuple(manner), coverb, verbs, tuple(trim(tokens[i:])))


def _leads(tokens: Sequence[Token], i: int) -> bool:
    """An action noun used as verb: it stands before its object, no head of a compound (规范行为, not 监管机制)."""
    if tokens[i].pos != "vn" or i + 1 >= len(tokens):
        return False
    rest = tokens[i + 1 :]
    if rest[0].pos == "v" and len(rest) > 1 and not i:
        return True  # 统筹|开展立法调研
    if not any(t.pos in NOMINAL for t in rest):
        return False
    if i and tokens[i - 1].pos == "d" and tokens[i - 1].en:
        return rest[0].zh != "的"  # 主动|保护环境: an adverb stands before a verb
    if len(rest) == 1 and rest[0].zh in _HEADS_OF_COMPOUNDS:
        return False
    if all(t.pos == "vn" for t in rest[:-1]) and rest[-1].zh in _HEADS_OF_COMPOUNDS and len(rest) <= 2:
        return False
    return rest[0].zh != "的" and (rest[0].pos in (*NOMINAL, "a", "vn", "d", "x") or bool(rest[0].noun))


def _modifies(tokens: Sequence[Token], i: int) -> bool:
    """检查的结果, 审批的项目: the action noun belongs to a 的 phrase that is the whole rest."""
    return i + 1 < len(tokens) and tokens[i + 1].zh == "的"


def _second_verb(tokens: Sequence[Token], i: int, first: int) -> bool:
    """预防|处置|重大事件: a second action noun before an object is a verb as well, once."""
    if tokens[i].pos != "vn" or i - first > 1 or tokens[i + 1].pos not in (*NOMINAL, "a"):
        return False
    return tokens[-1].zh not in _ENDS_A_COMPOUND and tokens[first].pos == "vn" and len(tokens[i].zh) <= 2
