"""A clause without its number, read as means, subject, verb and noun."""

from collections.abc import Sequence
from dataclasses import replace

from summarizer.engines.offline.edges import strip
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.wording import NOMINAL, Tokens
from summarizer.glossary import Token

_STRONG = tuple(
    (
        "企业 单位 机构 人员 案件 项目 问题 干部 群众 学生 教师 家庭 用户 镇街 乡镇 街道 社区 部门 个人 车辆 医院 "
        "学校 隐患 线索 合同 文件 公司 市场主体 经营主体 人 户 场 厂 站 所 点 村 地块 断面 水源地 行业 领域 机关 "
        "组织 园区 房屋 当事人 居民 农户 职工 党员 农民工 劳动者 患者 消费者 会员 学员 驾驶员 市民 村民 法官 检察官"
    ).split()
)
# After an action noun these make a compound (治理率, 检查组), never verb and object.
_COMPOUND_HEADS = frozenset(
    (
        "率 量 数 额 度 类 费 款 金 员 级 面 点 期 证 书 表 人员 活动 机制 制度 平台 中心 系统 体系 方案 计划 工作 "
        "行为 事项 任务 情况 结果 成果 措施 业务 服务 机构 委员会 小组 专班 办法 条例 文书 决定 意见 报告 通知 人数 "
        "次数 面积 能力 水平 时间 时限 金额 数量 比例 比率 队伍 力度 案卷 规范 标准 程序 范围 重点 行动 站点 基地 "
        "项目"
    ).split()
)
_LIGHT = frozenset("完成 实现 得到 进行 予以 给予 获得 开展 实施 提交 通过".split())
_ON = Token("对", "p", "for")


def leading_nominal(tokens: Sequence[Token]) -> int:
    """How many tokens from the start form the noun phrase a number before them counts; 0 when they do not start one."""
    i, n = 0, len(tokens)
    head = -1
    while i < n:
        token = tokens[i]
        if token.pos in NOMINAL or token.pos == "np":
            head = i
        elif token.pos == "?" and head >= 0 and tokens[head].zh.endswith(_STRONG):
            break  # 3户企业少计收入: a word not known is more likely what they did
        elif token.pos == "a" or token.zh == "的":
            if head >= 0 and token.pos == "a" and tokens[head].zh.endswith(_STRONG):
                break
        elif token.pos == "vn":
            following = i + 1 < n and tokens[i + 1].pos in (*NOMINAL, "vn", "a")
            if head >= 0 and tokens[head].zh.endswith(_STRONG):
                break
            if not following and head >= 0 and i + 1 < n:
                break
            head = i
        elif token.pos == "c" or token.zh in "、（）()":
            if i + 1 >= n or tokens[i + 1].pos not in (*NOMINAL, "a", "vn"):
                break
        elif token.pos == "s" and head < 0:
            pass
        else:
            break
        i += 1
    return head + 1


def _is_verb_at(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.pos == "v":
        # 职能|优化|工作: a verb between a noun and the head of a compound is a noun.
        inside = bool(token.noun) and 0 < i == len(tokens) - 2 and tokens[i - 1].pos in NOMINAL
        return not (inside and tokens[i + 1].zh in _COMPOUND_HEADS)
    if token.pos != "vn" or i + 1 >= len(tokens):
        return False
    # 检查企业 is verb and object, 环境检查 is not; 检查 leads or follows an adverb.
    if i + 2 == len(tokens) and tokens[i + 1].zh in _COMPOUND_HEADS:
        return False
    leads = i == 0 or tokens[i - 1].pos in ("d", "s", "x", "c", "v") or _is_verb_at(tokens, i - 1)
    if not leads and i + 2 == len(tokens) and tokens[i + 1].zh.endswith(_STRONG):
        # 使用量化监管平台|抽查|企业: a second verb right before its object.
        leads = any(t.pos == "v" or (t.pos == "vn" and k == 0) for k, t in enumerate(tokens[:i]))
    return leads and tokens[i + 1].pos in (*NOMINAL, "a", "s", "vn") and len(token.zh) <= 4


def parse(tokens: Tokens) -> Frame:
    """Read a clause without its number as [means] [subject] verb noun."""
    if len(tokens) > 1 and tokens[0].zh in ("对", "将", "把", "就"):
        frame = _read(tokens[1:])
        if frame.subject:
            # 对清单内企业|开展|非现场执法: done to them, not by them.
            return replace(frame, subject=(), means=(_ON, *frame.subject))
        return _settled(frame)
    return _settled(_read(tokens))


def _settled(frame: Frame) -> Frame:
    """个性问题|完成|整改 is a thing and what was done to it, not rectifications completed by problems."""
    if frame.subject and frame.noun and frame.verb[-1].zh in _LIGHT and all(t.pos in ("vn", "a") for t in frame.noun):
        return replace(frame, subject=(), noun=frame.subject, verb=(*frame.verb, *frame.noun), noun_first=True)
    return frame


def _read(tokens: Tokens) -> Frame:
    scope = tuple(t for t in tokens if t.pos == "s")
    words = tuple(t for t in tokens if t.pos != "s" or t.zh == "辖区")
    n = len(words)
    if not n:
        return Frame(scope=scope)
    last = -1
    for i in range(n - 1, -1, -1):
        if words[i].zh == "的":
            # Verbs before 的 modify the noun after it: 现行有效的以区政府名义印发的规范性文件.
            last = -1 if i > 0 else last
            break
        if _is_verb_at(words, i) and i + 1 < n:
            last = i
            break
    if last < 0:
        if words[-1].pos == "v" or (words[-1].pos == "vn" and all(t.pos == "d" for t in words[:-1])):
            first = n - 1
            while first > 0 and words[first - 1].pos in ("v", "d"):
                first -= 1
            return Frame(verb=words[first:], noun=strip(words[:first]), noun_first=first > 0, scope=scope)
        # 在污染防治考核中: where it was measured is what was measured.
        return Frame(noun=strip(words[1:]) if words[0].zh == "在" else words, scope=scope)
    first = last
    while first > 0 and (words[first - 1].pos in ("v", "d", "c") or (words[first - 1].pos == "vn" and first - 1 == 0)):
        first -= 1
    verb, noun, lead = strip(words[first : last + 1]), strip(words[last + 1 :]), strip(words[:first])
    if not verb:
        return Frame(noun=noun, scope=scope)
    if lead and (lead[0].pos == "p" or any(t.pos == "v" for t in lead)):
        return Frame(means=lead, verb=verb, noun=noun, scope=scope)
    return Frame(subject=lead, verb=verb, noun=noun, scope=scope)
