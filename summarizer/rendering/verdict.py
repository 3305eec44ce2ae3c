"""The first lines of every view: what the report is, how much was found and checked, what to be careful about."""

from collections import Counter

from summarizer.brief import BriefData, Finding, MetricStatus, Overview, Prose, SectionStatus, Severity
from summarizer.records import record

_REASONS = {
    "date": "dates",
    "docno": "document numbers",
    "name": "parts of names",
    "marker": "list markers",
    "page": "page furniture",
    "vague": "figures of speech",
}
_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@record
class Line:
    """One line of the verdict: a keyword and a sentence in plain text."""

    name: str
    text: str


def verdict(brief: BriefData) -> tuple[Line, ...]:
    """Four plain lines; nothing of `run` but the engine and the model."""
    return (
        Line("Report", _report(brief)),
        Line("Figures", _figures(brief)),
        Line("Checked", _checked(brief)),
        Line("Careful", _careful(brief)),
    )


_HEADINGS = {"highlights": "Highlights · 亮点"}


def overview_groups(overview: Overview) -> tuple[tuple[str, tuple[Prose, ...]], ...]:
    """Heading and texts of each part of the overview after its text, parts without texts left out.

    A field that a report type adds is headed by its name: `main_risks` -> Main risks.
    """
    groups = (
        ("Achievements · 成效", overview.achievements),
        ("Problems · 问题", overview.problems),
        ("Plans · 计划", overview.plans),
        *((_HEADINGS.get(name, name.replace("_", " ").capitalize()), (p,)) for name, p in overview.fields.items()),
    )
    return tuple((heading, texts) for heading, texts in groups if texts)


def graver_first(findings: tuple[Finding, ...]) -> list[Finding]:
    """Errors, then warnings, then remarks; within each the order of the brief."""
    return sorted(findings, key=lambda f: _SEVERITIES.index(f.severity))


def title(brief: BriefData) -> tuple[str, str]:
    """Title in English and Chinese; the file name stands in for a missing one."""
    known = brief.report.title
    return known.en or "", known.zh or ("" if known.en else brief.source.name)


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


def _figures(brief: BriefData) -> str:
    reasons = Counter(d.reason.value for d in brief.numbers.dismissed)
    set_aside = ", ".join(f"{reasons[key]} {name}" for key, name in _REASONS.items() if reasons[key])
    text = f"{count(len(brief.metrics), 'figure')} found, each with its sentence"
    if set_aside:
        text += f"; {count(len(brief.numbers.dismissed), 'other number')} set aside ({set_aside})"
    missed = len(brief.numbers.unaccounted)
    return text + (f"; {count(missed, 'number')} NOT accounted for" if missed else "; none left over")


def _checked(brief: BriefData) -> str:
    states = Counter(m.status for m in brief.metrics)
    run = brief.run
    by = f"{run.engine} engine" + (f" ({run.model})" if run.model else "")
    parts = [f"{states[MetricStatus.VERIFIED]} of {count(len(brief.metrics), 'label')} by the {by} passed every check"]
    if states[MetricStatus.UNVERIFIED]:
        parts.append(f"{states[MetricStatus.UNVERIFIED]} unverified")
    if states[MetricStatus.DISPUTED]:
        parts.append(f"{states[MetricStatus.DISPUTED]} disputed")
    failed = [s.id for s in brief.sections if s.status is SectionStatus.FAILED]
    if failed:
        parts.append(f"INCOMPLETE: section {', '.join(failed)} failed")
    return "; ".join(parts) + ". Every figure itself was copied by code."


def _careful(brief: BriefData) -> str:
    severities = Counter(f.severity for f in brief.findings)
    if not brief.findings:
        return "no findings"
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
    counted = [count(severities[s], names[s]) for s in _SEVERITIES if severities[s]]
    untranslated = sum(f.code == "untranslated" for f in brief.findings)
    text = ", ".join(counted)
    if untranslated:
        text += f" ({untranslated} on labels not wholly in English)"
    return text + "; see the findings"
