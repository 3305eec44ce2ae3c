"""The first lines of every view: what the report says, how much was found and checked, what to be careful about."""

from collections import Counter

from summarizer.brief import Bilingual, BriefData, Finding, MetricStatus, Overview, Prose, SectionStatus, Severity
from summarizer.document import Kind
from summarizer.records import record
from summarizer.rendering.wording import FINDINGS, KINDS

_REASONS = {
    "date": ("date", "日期"),
    "docno": ("document number", "文号"),
    "name": ("part of a name|parts of names", "名称用数"),
    "marker": ("list marker", "序号"),
    "page": ("piece of page furniture|pieces of page furniture", "页面元素"),
    "vague": ("figure of speech|figures of speech", "虚数"),
}
_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_SEVERITY_NAMES = {
    Severity.ERROR: ("error", "错误"),
    Severity.WARNING: ("warning", "警告"),
    Severity.INFO: ("remark", "提示"),
}
_COUNTED_KINDS = (Kind.CHANGE, Kind.TARGET, Kind.RANK)
_MOST_CODES = 3


@record
class Line:
    """One line of the verdict, a keyword and a sentence in plain text, in English and in Chinese."""

    name: str
    text: str
    name_zh: str
    text_zh: str


@record
class Group:
    """A part of the overview after its text: its name and what stands in it."""

    id: str
    name: Bilingual
    texts: tuple[Prose, ...]


def verdict(brief: BriefData) -> tuple[Line, ...]:
    """Five plain lines; nothing of `run` but the engine and the model."""
    return (
        Line("Report", _report(brief), "报告", _report_zh(brief)),
        Line("Says", _says(brief), "内容", _says_zh(brief)),
        Line("Figures", _figures(brief), "数字", _figures_zh(brief)),
        Line("Checked", _checked(brief), "核对", _checked_zh(brief)),
        Line("Careful", _careful(brief), "注意", _careful_zh(brief)),
    )


_GROUPS = {
    "achievements": Bilingual("成效", "Achievements"),
    "problems": Bilingual("问题", "What went wrong"),
    "plans": Bilingual("计划", "Plans"),
    "highlights": Bilingual("亮点", "Highlights"),
}


def groups(overview: Overview) -> tuple[Group, ...]:
    """The parts of the overview after its text, parts without texts left out.

    A field that a report type adds is headed by its name: `main_risks` -> Main risks.
    """
    parts = (
        ("achievements", overview.achievements),
        ("problems", overview.problems),
        ("plans", overview.plans),
        *((name, (prose,)) for name, prose in overview.fields.items()),
    )
    return tuple(
        Group(name, _GROUPS.get(name) or Bilingual(None, name.replace("_", " ").capitalize()), texts)
        for name, texts in parts
        if texts
    )


def overview_groups(overview: Overview) -> tuple[tuple[str, tuple[Prose, ...]], ...]:
    """Heading in both languages and texts of each of the `groups`."""
    return tuple((" · ".join(filter(None, (g.name.en, g.name.zh))), g.texts) for g in groups(overview))


def graver_first(findings: tuple[Finding, ...]) -> list[Finding]:
    """Errors, then warnings, then remarks; within each the order of the brief."""
    return sorted(findings, key=lambda f: _SEVERITIES.index(f.severity))


def title(brief: BriefData) -> tuple[str, str]:
    """Title in English and Chinese; issuer and year stand in for a missing one, or else the name of the file."""
    known, issuer, year = brief.report.title, brief.report.issuer, brief.report.year
    if known.en or known.zh:
        return known.en or "", known.zh or ""
    if issuer.en or issuer.zh:
        english = f"{issuer.en}, {year}" if year and issuer.en else issuer.en
        chinese = f"{issuer.zh}，{year}年" if year and issuer.zh else issuer.zh
        return english or "", chinese or ""
    return "", brief.source.name


def count(n: int, one: str, many: str | None = None) -> str:
    """`1 warning`, `2 warnings`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _report(brief: BriefData) -> str:
    report, source = brief.report, brief.source
    issuer = report.issuer.en or report.issuer.zh or "issuer not stated"
    if report.issuer.en and report.issuer.zh:
        issuer = f"{report.issuer.en} ({report.issuer.zh})"
    year = f"about {report.year}" if report.year is not None else "year not stated"
    issued = f"dated {report.issued}" if report.issued else "undated"
    return f"{issuer}; {year}, {issued}; {source.name}, {count(source.characters, 'character')}"


def _report_zh(brief: BriefData) -> str:
    report, source = brief.report, brief.source
    issuer = report.issuer.zh or report.issuer.en or "未写明发文机关"
    year = f"{report.year}年" if report.year is not None else "未写明年份"
    issued = f"落款日期{report.issued}" if report.issued else "未署日期"
    return f"{issuer}；{year}，{issued}；{source.name}，{source.characters:,}字"


def _says(brief: BriefData) -> str:
    overview = brief.overview
    kinds = Counter(m.kind for m in brief.metrics)
    among = ", ".join(count(kinds[kind], KINDS[kind].en or "") for kind in _COUNTED_KINDS if kinds[kind])
    told = f"{count(len(overview.achievements), 'achievement')}, "
    told += f"{count(len(overview.problems), 'problem')} it admits" if overview.problems else "no problem it admits"
    told += f", {count(len(overview.plans), 'plan')}" if overview.plans else ", no plan"
    return f"{told}; {count(len(brief.metrics), 'figure')}" + (f", among them {among}" if among else "")


def _says_zh(brief: BriefData) -> str:
    overview = brief.overview
    kinds = Counter(m.kind for m in brief.metrics)
    among = "、".join(f"{KINDS[kind].zh}{kinds[kind]}个" for kind in _COUNTED_KINDS if kinds[kind])
    told = f"成效{len(overview.achievements)}条，"
    told += f"自陈问题{len(overview.problems)}条，" if overview.problems else "未自陈问题，"
    told += f"计划{len(overview.plans)}条" if overview.plans else "未列计划"
    return f"{told}；数字{len(brief.metrics)}个" + (f"，其中{among}" if among else "")


def _figures(brief: BriefData) -> str:
    reasons = Counter(d.reason.value for d in brief.numbers.dismissed)
    set_aside = ", ".join(count(reasons[key], *name.split("|")) for key, (name, _) in _REASONS.items() if reasons[key])
    text = f"{count(len(brief.metrics), 'figure')} found, each with its sentence"
    if set_aside:
        text += f"; {count(len(brief.numbers.dismissed), 'other number')} set aside ({set_aside})"
    missed = len(brief.numbers.unaccounted)
    return text + (f"; {count(missed, 'number')} NOT accounted for" if missed else "; none left over")


def _figures_zh(brief: BriefData) -> str:
    reasons = Counter(d.reason.value for d in brief.numbers.dismissed)
    set_aside = "、".join(f"{name}{reasons[key]}处" for key, (_, name) in _REASONS.items() if reasons[key])
    text = f"找出数字{len(brief.metrics)}个，每个都附原句"
    if set_aside:
        text += f"；另有{len(brief.numbers.dismissed)}处不作指标（{set_aside}）"
    missed = len(brief.numbers.unaccounted)
    return text + (f"；{missed}处未能归类" if missed else "；无一遗漏")


def _checked(brief: BriefData) -> str:
    states = Counter(m.status for m in brief.metrics)
    run = brief.run
    by = f"{run.engine} engine" + (f" ({run.model})" if run.model else "")
    parts = [f"{states[MetricStatus.VERIFIED]} of {count(len(brief.metrics), 'label')} by the {by} passed every check"]
    if states[MetricStatus.UNVERIFIED]:
        parts.append(f"{states[MetricStatus.UNVERIFIED]} unverified")
    if states[MetricStatus.DISPUTED]:
        parts.append(f"{states[MetricStatus.DISPUTED]} disputed")
    failed = _failed(brief)
    if failed:
        parts.append(f"INCOMPLETE: section {failed} failed")
    return "; ".join(parts) + ". Every figure itself was copied by code."


def _checked_zh(brief: BriefData) -> str:
    states = Counter(m.status for m in brief.metrics)
    run = brief.run
    by = ("离线规则引擎" if run.engine == "offline" else f"{run.engine}引擎") + (
        f"（{run.model}）" if run.model else ""
    )
    passed = states[MetricStatus.VERIFIED]
    parts = [f"{by}所写的{len(brief.metrics)}个指标名称中，{passed}个通过全部核对"]
    if states[MetricStatus.UNVERIFIED]:
        parts.append(f"{states[MetricStatus.UNVERIFIED]}个未核实")
    if states[MetricStatus.DISPUTED]:
        parts.append(f"{states[MetricStatus.DISPUTED]}个有争议")
    failed = _failed(brief)
    if failed:
        parts.append(f"不完整：第{failed}节失败")
    return "；".join(parts) + "。数字本身均由程序照抄原文。"


def _failed(brief: BriefData) -> str:
    return ", ".join(s.id for s in brief.sections if s.status is SectionStatus.FAILED)


def _careful(brief: BriefData) -> str:
    told = [
        count(len(some), _SEVERITY_NAMES[severity][0]) + _codes(some, "en")
        for severity in _SEVERITIES
        if (some := [f for f in brief.findings if f.severity is severity])
    ]
    return ", ".join(told) + "; see the findings" if told else "no findings"


def _careful_zh(brief: BriefData) -> str:
    told = [
        f"{_SEVERITY_NAMES[severity][1]}{len(some)}条" + _codes(some, "zh")
        for severity in _SEVERITIES
        if (some := [f for f in brief.findings if f.severity is severity])
    ]
    return "，".join(told) + "；详见核对提示" if told else "没有需要提示之处"


def _codes(findings: list[Finding], lang: str) -> str:
    """What the findings are about, the most frequent first: ` (label not wholly in English, not all done)`."""
    codes = [code for code, _ in Counter(f.code for f in findings).most_common()]
    names = [finding_name(code) for code in codes[:_MOST_CODES]]
    if lang == "zh":
        return f"（{'、'.join(name.zh or name.en or '' for name in names)}{'等' if codes[_MOST_CODES:] else ''}）"
    return f" ({', '.join((name.en or '').lower() for name in names)}{' and others' if codes[_MOST_CODES:] else ''})"


def finding_name(code: str) -> Bilingual:
    """What a kind of finding is called; one that has no name goes by its code."""
    return FINDINGS.get(code) or Bilingual(None, code.replace("_", " ").capitalize())


def limits(brief: BriefData) -> tuple[Bilingual, ...]:
    """What no brief verifies; with the offline engine, what its English is."""
    always = (
        Bilingual(
            "不含数字的语句未与报告逐句核对，请看其后所附原句。",
            "Statements without a figure are not held against the report; read the sentences named behind them.",
        ),
        Bilingual(
            "摘要是否漏掉要点无法核实；但数字一个不漏，都在表中。",
            "Whether a summary leaves out what matters; every figure is in the table all the same.",
        ),
        Bilingual(
            "报告所说是否属实不在核实之列，本简报只说报告说了什么。",
            "Whether what the report says is true: a brief tells what the report says.",
        ),
    )
    rough = Bilingual(
        "英文由规则生成，可能生硬，请以中文为准。",
        "The English is composed by rule and may be rough; where it matters, the Chinese holds.",
    )
    return (*always, rough) if brief.run.engine == "offline" else always
