"""Answers to prompts by rule, from nothing but the request: what the measuring endpoint says in place of a model.

To the project's own prompts (labels, titles and summaries by reference, the overview, repairs) the answers keep every
rule the prompts state; to any other prompt the answer is built from the JSON schema sent along. They are as long as
answers written by hand (`Lengths`), and mean little: what is measured here is the conversation, not the reading.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from summarizer.tokens import estimate

Json = dict[str, Any]


def tokens(text: str) -> int:
    """An estimate of tokens; long texts, which come again and again, are remembered."""
    return _remembered(text) if len(text) > 200 else estimate(text)


_remembered = lru_cache(maxsize=256)(estimate)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How much is written: tokens of each text in both languages, whatever form it is asked in, and how many sentences
    a list of the overview names.

    The defaults are about the averages of the replies written by hand to the five seeds (tests/cassettes/replies); a
    summary of a short section is short.
    """

    label: int = 25
    title: int = 11
    summary: int = 170
    text: int = 240
    items: Mapping[str, int] | None = None

    @staticmethod
    def known() -> "dict[str, Lengths]":
        """The presets: `honest`, and `terse` for a model that is brief."""
        return {
            "honest": Lengths(),
            "terse": Lengths(
                label=20,
                title=8,
                summary=125,
                text=140,
                items={"achievements": 3, "problems": 2, "plans": 2},
            ),
        }

    def summary_of(self, characters: int) -> int:
        """Tokens of a summary of so long a section."""
        return min(self.summary, int(0.4 * self.summary + 0.3 * characters))

    def many(self, field: str) -> int:
        """Items in a list of the overview."""
        return (self.items or {"achievements": 6, "problems": 2, "plans": 3, "highlights": 2}).get(field, 2)


HONEST: Final = Lengths()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, what kind of prompt it is to (`section`, `overview`, `repair`, `other`) and of which report."""

    value: Any
    kind: str
    report: str


# -- the words

# Han characters that may state an amount, name a date or doubt one; none of them enters an answer.
_UNSAFE: Final = frozenset(
    "〇零一二三四五六七八九十百千万亿兆两半倍双几数翻成第首每单全多余近约超逾无未没不均仅达至较比同增减升降涨跌长高低少"
    "年月日号将拟计划标争保应须已了被其个件起次家户人名项条份场期批元名位级届轮审区分以上下内外左右前后初末天时周岁个"
)
_ZH_PLAN: Final = re.compile(
    "将|计划|拟|目标|力争|确保|争取|预计|推进|努力|打算|安排|下一?步|明年|来年|今后|致力|力求|规划|要"
)
_ZH_CHANGE: Final = re.compile("增|减|升|降|涨|跌|同比|环比|改善|提高|下滑|回落|持平|百分点|倍|由|从|第|名|排|前")

# What labels are about; longest first.
_SUBJECTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("行政处罚", "行政处罚", "administrative penalties"),
    ("行政复议", "行政复议", "administrative reconsideration"),
    ("行政许可", "行政许可", "administrative licensing"),
    ("规范性文件", "规范性文件", "normative documents"),
    ("执法人员", "执法人员", "law enforcement officers"),
    ("排污许可", "排污许可", "pollutant discharge permits"),
    ("优良天数", "优良天气", "good air quality"),
    ("罚款", "罚款", "fines"),
    ("处罚", "处罚", "penalties"),
    ("企业", "企业", "enterprises"),
    ("案件", "案件", "cases"),
    ("信访", "信访", "petitions"),
    ("投诉", "投诉", "complaints"),
    ("检查", "检查", "inspections"),
    ("培训", "培训", "training"),
    ("宣传", "宣传", "publicity"),
    ("普法", "普法", "legal education"),
    ("水质", "水质", "water quality"),
    ("断面", "断面", "river sections"),
    ("空气", "空气", "air quality"),
    ("浓度", "浓度", "pollutant concentration"),
    ("环评", "环评", "environmental impact assessment"),
    ("审批", "审批", "approvals"),
    ("会议", "会议", "meetings"),
    ("建议", "建议", "proposals"),
    ("提案", "提案", "motions"),
    ("诉讼", "诉讼", "litigation"),
    ("文件", "文件", "documents"),
    ("整改", "整改", "rectification"),
    ("监测", "监测", "monitoring"),
    ("执法", "执法", "law enforcement"),
    ("公开", "信息公开", "information disclosure"),
    ("土壤", "土壤", "soil"),
    ("污染", "污染防治", "pollution control"),
    ("法治", "法治建设", "law-based governance"),
    ("制度", "制度建设", "institutional development"),
    ("服务", "服务", "services"),
    ("监督", "监督", "oversight"),
    ("队伍", "队伍建设", "team building"),
    ("学习", "学习", "study"),
)
_RATE: Final = re.compile("[%％‰]|百分")
_MONEY: Final = re.compile("元|款")

# Sentences that hold no figure, in both languages; they fill a text to its length.
_FILLERS: Final[tuple[tuple[str, str], ...]] = (
    (
        "有关工作按照既定职责有序开展，责任落实到具体岗位",
        "The work concerned was carried out in an orderly way, with responsibility assigned to specific posts",
    ),
    (
        "相关部门加强协作配合，注重工作实效",
        "The departments involved cooperated closely and paid attention to practical results",
    ),
    (
        "日常监管与指导服务相结合，管理更加规范",
        "Routine supervision was combined with guidance and service, and management became better regulated",
    ),
    (
        "通过现场指导和集中学习，干部的业务素养得到巩固",
        "Through guidance on site and organised study, the professional skills of officials were consolidated",
    ),
    (
        "对发现的薄弱之处及时督促改正，并持续跟踪",
        "Weaknesses that came to light were corrected promptly and followed up",
    ),
    ("社会公众的参与渠道保持畅通", "Channels for public participation were kept open"),
    ("工作记录完整，便于查阅和监督", "Records were kept complete so that they can be consulted and reviewed"),
)
_TITLE_WORDS: Final = (
    "Carrying out the work on",
    "according to law and strengthening day-to-day management, supervision and guidance in this field",
)


def _subject(zh: str) -> tuple[str, str]:
    """What some Chinese words are about, in both languages; the last subject they name counts."""
    found = max(((zh.rfind(key), len(key), a, b) for key, a, b in _SUBJECTS), default=(-1, 0, "", ""))
    return (found[2], found[3]) if found[0] >= 0 else ("相关工作", "the work concerned")


def _safe(zh: str) -> str:
    return "".join(c for c in zh if "\u3400" <= c <= "\u9fff" and c not in _UNSAFE)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a passage: its id, as written, the words of its clause before and after it, and its sentence."""

    id: int
    raw: str
    before: str
    after: str
    sentence: str
    number: int  # of the sentence, 0 when there is none
    heading: int  # of the heading it stands under, 0 for none

    @property
    def tellable(self) -> bool:
        """A plain figure of what was done, with words of its own, which any sentence may refer to."""
        return len(_safe(self.before)) >= 4 and not (
            _ZH_PLAN.search(self.sentence) or _ZH_CHANGE.search(self.before[-14:]) or _ZH_CHANGE.search(self.raw)
        )


_MARK: Final = re.compile(r"(?<!\\)\[(\d+)\|([^\]]*)\]")
_CUT: Final = re.compile("[，,。；;：:！？!?、\n（）()]")
_PLACE: Final = re.compile(r"(?<!\\)(?:§(?P<sentence>\d+) |(?m:^)?#(?P<heading>\d+) )")


def _figures(passage: str) -> list[_Figure]:
    places = list(_PLACE.finditer(passage))
    found: list[_Figure] = []
    k, sentence, heading, start = 0, 0, 0, 0
    for match in _MARK.finditer(passage):
        while k < len(places) and places[k].start() < match.start():
            if places[k]["sentence"]:
                sentence, start = int(places[k]["sentence"]), places[k].end()
            else:
                heading = int(places[k]["heading"])
            k += 1
        end = places[k].start() if k < len(places) else len(passage)
        lead = _MARK.sub("，", passage[max(start, match.start() - 80) : match.start()])
        before = _CUT.split(lead)[-1] or _CUT.sub("", lead)[-12:]
        after = re.split(r"[\[，,。；;：:！？!?、\n（）()和及与的]", passage[match.end() : match.end() + 16])[0]
        found.append(_Figure(int(match[1]), match[2], before, after, passage[start:end], sentence, heading))
    return found


_OWN: Final = re.compile("其中(.+)为")


def _label(figure: _Figure, longest: int) -> tuple[str, str]:
    subject_zh, subject_en = _subject(figure.before + figure.after)
    words = _safe(figure.before)[-8:] + _safe(figure.after)[:6]
    if _RATE.search(figure.raw):
        kind_zh, kind_en = "比率", "Rate reported for"
    elif _MONEY.search(figure.raw):
        kind_zh, kind_en = "金额", "Amount of money reported for"
    else:
        kind_zh, kind_en = "统计量", "Quantity reported for"
    zh = f"{words}{subject_zh if subject_zh not in words else ''}{kind_zh}"
    own = _OWN.fullmatch(figure.before)
    if own:  # a summary of ours, shown for the overview: the label as it stands there
        zh = own[1]
    en = f"{kind_en} {subject_en}"
    for more in ("in the passage", "on the work described", "by the reporting body"):
        if tokens(zh) + tokens(en) >= longest:
            break
        en = f"{en} {more}"
    return zh, en


def _title(heading: str, longest: int) -> str:
    words = f"{_TITLE_WORDS[0]} {_subject(heading)[1]} {_TITLE_WORDS[1]}".split()
    while len(words) > 4 and 1.15 * (len(words) + 1) > longest:
        words.pop()
    while len(words) > 4 and words[-1] in ("and", "in", "to", "this", "according"):
        words.pop()
    return " ".join(words).rstrip(",")


def _text(about: str, figures: Sequence[_Figure], longest: int, turn: int) -> tuple[str, str]:
    """A text of about so many tokens, with the figures in their order, each once, in both languages."""
    subject_zh, subject_en = _subject(about)
    # 推动 and priorities: whether a figure is a target the passage need not show, and either may stand here.
    zh, en = [f"本部分介绍推动{subject_zh}方面的情况"], [f"This part describes the priorities in {subject_en}"]
    for figure in figures:
        name_zh, name_en = _label(figure, 0)
        zh.append(f"其中{name_zh}为[{figure.id}]")
        en.append(f"the {name_en[0].lower()}{name_en[1:]} stands at [{figure.id}]")
    said_zh, said_en = "，".join(zh) + "。", ", ".join(en) + "."
    added = 0
    for step in range(len(_FILLERS)):
        if tokens(said_zh) + tokens(said_en) >= longest:
            break
        more_zh, more_en = _FILLERS[(turn + step) % len(_FILLERS)]
        if tokens(said_zh) + tokens(said_en) + tokens(more_zh) + tokens(more_en) > 1.15 * longest:
            continue
        # Three sentences at most, as the prompt asks.
        if added < 2:
            said_zh, said_en = f"{said_zh}{more_zh}。", f"{said_en} {more_en}."
        else:
            said_zh, said_en = f"{said_zh[:-1]}；{more_zh}。", f"{said_en[:-1]}; {more_en[0].lower()}{more_en[1:]}."
        added += 1
    return said_zh, said_en


# -- the project's own prompts

_ASKED: Final = re.compile(r"^(Labels|Titles|Summaries): *(.*)$", re.M)
_PASSAGE: Final = re.compile(r"<passage>\n(.*)\n</passage>", re.S)
_SUMMARIES: Final = re.compile(r"<summaries>\n(.*)\n</summaries>", re.S)
_REPORT: Final = re.compile(r"^Report: *(.*)$", re.M)
_FIELD: Final = re.compile(r"^- (\w+) \((text|sentences)\)", re.M)
_FAULTY: Final = re.compile(r"^- (label|title|summary|[a-z_]+)(?: (\d+))?(?: \(|:)", re.M)


def _numbers(told: str) -> list[int]:
    found: list[int] = []
    for part in re.findall(r"\d+(?:-\d+)?", told):
        low, _, high = part.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found


def line(*parts: object) -> str:
    """One item of a reply, as the project's prompts ask for it."""
    return "|".join(",".join(map(str, p)) if isinstance(p, list) else str(p) for p in parts)


def answer(request: Json, lengths: Lengths) -> Answered:
    """The answer to a request for a chat completion."""
    texts = [str(m.get("content") or "") for m in request["messages"]]
    users = [t for m, t in zip(request["messages"], texts, strict=True) if m.get("role") == "user"]
    whole = "\n".join(users)
    told = _REPORT.search(whole)
    report = told[1].strip() if told else ""
    passage, summaries = _PASSAGE.search(whole), _SUMMARIES.search(whole)
    faulty = _faulty(whole) if passage or summaries else []
    if passage and _ASKED.search(whole):
        asked = {m[1]: _numbers(m[2]) for m in _ASKED.finditer(whole)}
        return _section(passage[1], asked, faulty, report, lengths)
    if summaries:
        fields = [(m[1], m[2] == "text") for m in _FIELD.finditer("\n".join(texts))]
        return _overview(summaries[1], fields, faulty, report, lengths)
    return _by_schema(request, whole, lengths)


def _faulty(whole: str) -> list[tuple[str, int]]:
    """The items a request for repair names; nothing when it is none."""
    begun = max(whole.rfind("</passage>"), whole.rfind("</summaries>"))
    rest = whole[begun:]
    return [(m[1], int(m[2] or 0)) for m in _FAULTY.finditer(rest)] if re.search("[Bb]reak|again", rest) else []


def _section(
    passage: str, asked: Mapping[str, list[int]], faulty: list[tuple[str, int]], report: str, lengths: Lengths
) -> Answered:
    figures = _figures(passage)
    headings = {
        int(m["heading"]): passage[m.end() : m.end() + 60].partition("\n")[0].split("。")[0]
        for m in _PLACE.finditer(passage)
        if m["heading"]
    }
    labels = asked.get("Labels", [])
    titles = asked.get("Titles", [])
    told = asked.get("Summaries", [])
    if faulty:
        labels = [n for kind, n in faulty if kind == "label"]
        titles = [n for kind, n in faulty if kind == "title"]
        told = [n for kind, n in faulty if kind == "summary"]
    by_id = {f.id: f for f in figures}
    borders = sorted(asked.get("Summaries", []))
    first = {int(m["heading"]): m for m in _PLACE.finditer(passage) if m["heading"]}
    reply: list[str] = [
        *(line(n, *_label(by_id.get(n, _Figure(n, "", "", "", "", 0, 0)), lengths.label)) for n in labels),
        *(line(f"#{n}", _title(headings.get(n, ""), lengths.title)) for n in titles),
    ]
    for n in told:
        # What is told is asked for at its first heading: its figures are those up to the next told one, and of no
        # other stretch, which may stand between the two.
        after = next((b for b in borders if b > n), None)
        mine = [f for f in figures if f.heading >= n and (after is None or f.heading < after) and f.tellable]
        mine = [f for f in mine if not _another_begins(headings, n, f.heading)]
        at = first[n].end() if n in first else 0
        length = (first[after].start() if after in first else len(passage)) - at
        zh, en = _text(headings.get(n, ""), mine[:3], lengths.summary_of(length), n)
        place = _PLACE.search(passage, max(0, at))
        number = int(place["sentence"]) if place and place["sentence"] else 1
        places = sorted({number, *(f.number for f in mine[:3] if f.number)})
        reply.append(line(f"#{n}", places, zh, en))
    return Answered({"lines": reply}, "repair" if faulty else "section", report)


_TOP: Final = re.compile(r"^§?\d* ?[一二三四五六七八九十]+、")


def _another_begins(headings: Mapping[int, str], told: int, here: int) -> bool:
    """Whether a heading of the first level (二、) stands between a told one and the heading of a figure."""
    return any(told < n <= here and _TOP.match(h) for n, h in headings.items())


_NUMBERED: Final = re.compile(r"^(\d+)\. (.*)$", re.M)


def _overview(
    summaries: str, fields: list[tuple[str, bool]], faulty: list[tuple[str, int]], report: str, lengths: Lengths
) -> Answered:
    sayings = {int(m[1]): m[2] for m in _NUMBERED.finditer(summaries)}
    rich = [(n, told) for n, told in sayings.items() if any(f.tellable for f in _figures(told))] or list(
        sayings.items()
    )

    def text(turn: int, longest: int) -> tuple[list[int], str, str]:
        number, told = rich[turn % len(rich)] if rich else (1, "")
        return [number], *_text(told, [f for f in _figures(told) if f.tellable][:2], longest, turn)

    def chosen(turn: int, many: int) -> list[int]:
        return sorted({rich[(turn + k) % len(rich)][0] for k in range(many)}) if rich else []

    lines = {
        name: line(name, *text(k, lengths.text)) if written else line(name, chosen(k, lengths.many(name)))
        for k, (name, written) in enumerate(fields)
    }
    again = [told for name, told in lines.items() if not faulty or any(item == name for item, _ in faulty)]
    return Answered({"lines": again}, "repair" if faulty else "overview", report)


# -- any other prompt


def _by_schema(request: Json, whole: str, lengths: Lengths) -> Answered:
    """An answer of the shape a schema asks for, with figures of the prompt; plain text without a schema."""
    schema = _schema(request)
    told = re.search(r"《[^》]+》|[\u3400-\u9fff]{6,}", whole)
    report = told[0] if told else ""
    if schema is None:
        zh, en = _text(whole[-400:], [], lengths.summary, len(whole))
        return Answered({"zh": zh, "en": en}, "other", report)
    figures = re.findall(r"\d+(?:\.\d+)?", whole.rpartition("\n\n")[2] or whole)
    has_list = any(_resolved(p, schema).get("type") == "array" for p in schema.get("properties", {}).values())
    longest = lengths.summary_of(len(whole.partition("\n\n")[2] or whole)) if has_list else lengths.text
    value = _shaped(schema, schema, "", iter(figures), lengths, whole[-600:], longest)
    return Answered(value, "other" if has_list else "other_overview", report)


def _schema(request: Json) -> Json | None:
    form = request.get("response_format")
    if isinstance(form, dict) and isinstance(form.get("json_schema"), dict):
        found = form["json_schema"].get("schema")
        return found if isinstance(found, dict) else None
    if request.get("tools"):
        found = request["tools"][0]["function"].get("parameters")
        return found if isinstance(found, dict) else None
    for message in request["messages"]:
        place = str(message.get("content") or "").find('{"')
        start = place if place >= 0 else str(message.get("content") or "").find("{\n")
        if start >= 0:
            try:
                found, _ = json.JSONDecoder().raw_decode(str(message["content"]), start)
            except ValueError:
                continue
            if isinstance(found, dict) and "properties" in found:
                return found
    return None


def _resolved(part: Json, whole: Json) -> Json:
    reference = part.get("$ref")
    if isinstance(reference, str):
        found = whole.get("$defs", {}).get(reference.rpartition("/")[2], {})
        return found if isinstance(found, dict) else {}
    options = part.get("anyOf") or part.get("allOf")
    return _resolved(options[0], whole) if options else part


def _shaped(
    part: Json, whole: Json, name: str, figures: Iterator[str], lengths: Lengths, about: str, longest: int
) -> Any:
    part = _resolved(part, whole)
    kind = part.get("type", "object" if "properties" in part else "string")
    if "enum" in part:
        return part["enum"][0]
    if kind == "object":
        return {
            key: _shaped(inner, whole, key, figures, lengths, about, longest)
            for key, inner in part.get("properties", {}).items()
        }
    if kind == "array":
        count = part.get("minItems") or 3
        return [_shaped(part.get("items", {}), whole, name, figures, lengths, about, 0) for _ in range(count)]
    if kind in ("number", "integer"):
        told = next(figures, "1")
        return float(told) if kind == "number" else int(float(told))
    if kind == "boolean":
        return False
    if "value" in name:
        return next(figures, "1")
    if "unit" in name:
        return "件"
    label = _label(_Figure(0, "", about[-12:], "", "", 0, 0), lengths.label)
    # Within a list: the name of a metric.
    said_zh, said_en = _text(about, [], longest, len(about)) if longest else label
    return said_en if name.endswith("en") else said_zh
