"""A brief as JSON, key by key as DESIGN.md publishes it, and back.

One record a line, so that two briefs can be compared with ordinary tools; figures are strings, never floats.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from summarizer.brief import (
    Bilingual,
    BriefData,
    Finding,
    Metric,
    NumbersAccount,
    Overview,
    Prose,
    Report,
    Run,
    SectionBrief,
    Source,
)
from summarizer.display import plain
from summarizer.errors import InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode
_encode_tight = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_NEXT = "\x1e"
_LAST = f", {_encode(_NEXT)}]"
_BETWEEN = f", {_encode(_NEXT)}, "

Json = dict[str, Any]


def to_dict(brief: BriefData) -> Json:
    """The published object as plain dicts, lists and strings, in the published key order."""
    return {
        "schema_version": brief.schema_version,
        "source": _source(brief.source),
        "report": _report(brief.report),
        "overview": _overview(brief.overview),
        "sections": [_section(s) for s in brief.sections],
        "metrics": [_metric(m) for m in brief.metrics],
        "numbers": _numbers(brief.numbers),
        "findings": [_finding(f) for f in brief.findings],
        "run": _run(brief.run),
    }


def to_json(brief: BriefData) -> str:
    """One JSON object over several lines, ending in a line feed."""
    lines = []
    for key, value in to_dict(brief).items():
        if isinstance(value, list) and value:
            # In one call, since the encoder takes longer to set up than a record to write. The mark between two records
            # cannot be taken for anything else: no list of the format holds bare strings.
            listed = _encode([part for item in value for part in (item, _NEXT)])
            body = "[\n    " + listed[1 : -len(_LAST)].replace(_BETWEEN, ",\n    ") + "\n  ]"
        else:
            body = _encode(value)
        lines.append(f'  "{key}": {body}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def to_json_lines(briefs: Iterable[BriefData]) -> str:
    """One brief a line (JSON Lines)."""
    return "".join([_encode_tight(to_dict(brief)) + "\n" for brief in briefs])


def from_json(text: str) -> BriefData:
    """Read a saved brief. Raises: InputError naming the first key that is wrong."""
    from pydantic import ValidationError

    try:
        (brief,) = _adapter().validate_json(f"[{text}]")
    except ValidationError as error:
        raise InputError(f"not a brief: {_first_fault(error)}") from error
    except ValueError as error:
        raise InputError(f"not a brief: it holds {error}") from error
    if brief.schema_version != "1":
        raise InputError(f"brief of schema version {brief.schema_version!r}; this program reads version '1'")
    return brief


def _adapter() -> "TypeAdapter[tuple[BriefData]]":
    # Imported late: pydantic takes longer to load than a whole report takes to read.
    from summarizer.rendering.schema import adapter

    return adapter()


def _first_fault(error: "ValidationError") -> str:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in fault["loc"][1:]).lstrip(".")
    count = error.error_count()
    more = f" (and {count - 1} more)" if count > 1 else ""
    return f"{where or 'the file'}: {fault['msg'][:200]}{more}"


def _bilingual(text: Bilingual) -> Json:
    return {"zh": text.zh, "en": text.en}


def _source(source: Source) -> Json:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "characters": source.characters,
        "body": {"start": source.body.start, "end": source.body.end},
        "removed": [{"start": r.start, "end": r.end, "reason": r.reason} for r in source.removed],
    }


def _report(report: Report) -> Json:
    return {
        "type": report.type,
        "title": _bilingual(report.title),
        "issuer": _bilingual(report.issuer),
        "year": report.year,
        "issued": report.issued,
    }


def _prose(prose: Prose) -> Json:
    return {
        "zh": prose.zh,
        "en": prose.en,
        "figures": [{"metric": f.metric, "zh": f.zh, "en": f.en} for f in prose.figures],
        "marks": [{"lang": m.lang, "start": m.start, "end": m.end, "code": m.code} for m in prose.marks],
        "evidence": [{"quote": e.quote, "start": e.start, "end": e.end} for e in prose.evidence],
    }


def _fields(fields: dict[str, Prose]) -> Json:
    return {name: _prose(prose) for name, prose in fields.items()}


def _overview(overview: Overview) -> Json:
    return {
        "text": _prose(overview.text),
        "achievements": [_prose(p) for p in overview.achievements],
        "problems": [_prose(p) for p in overview.problems],
        "plans": [_prose(p) for p in overview.plans],
        "fields": _fields(overview.fields),
    }


def _section(section: SectionBrief) -> Json:
    return {
        "id": section.id,
        "level": section.level,
        "number": section.number,
        "title": _bilingual(section.title),
        "start": section.start,
        "end": section.end,
        "summary": _prose(section.summary) if section.summary else None,
        "key_points": [_prose(p) for p in section.key_points],
        "fields": _fields(section.fields),
        "status": section.status,
    }


def _metric(m: Metric) -> Json:
    label, unit, display, number, evidence = m.label, m.unit, m.display, m.number, m.evidence
    return {
        "id": m.id,
        "key": m.key,
        "label": {"zh": label.zh, "en": label.en},
        "value": plain(m.value),
        "unit": {"zh": unit.zh, "en": unit.en},
        "raw": m.raw,
        "display": {"zh": display.zh, "en": display.en},
        "kind": m.kind,
        "direction": m.direction,
        "qualifier": m.qualifier,
        "bound": m.bound,
        "period": m.period,
        "stated_in_words": m.stated_in_words,
        "section": m.section,
        "number": {"start": number.start, "end": number.end},
        "evidence": {"quote": evidence.quote, "start": evidence.start, "end": evidence.end},
        "status": m.status,
        "second_reader": m.second_reader,
    }


def _numbers(numbers: NumbersAccount) -> Json:
    return {
        "total": numbers.total,
        "dismissed": [{"start": d.start, "end": d.end, "raw": d.raw, "reason": d.reason} for d in numbers.dismissed],
        "unaccounted": [{"start": r.start, "end": r.end} for r in numbers.unaccounted],
    }


def _finding(finding: Finding) -> Json:
    where = finding.where
    return {
        "severity": finding.severity,
        "code": finding.code,
        "where": {"section": where.section, "metric": where.metric, "start": where.start, "end": where.end},
        "message": finding.message,
    }


def _run(run: Run) -> Json:
    return {
        "engine": run.engine,
        "model": run.model,
        "endpoint_host": run.endpoint_host,
        "prompt_sha256": run.prompt_sha256,
        "schema_sha256": run.schema_sha256,
        "requests": run.requests,
        "retries": run.retries,
        "tokens": {"prompt": run.tokens.prompt, "cached": run.tokens.cached, "completion": run.tokens.completion},
        "cost": run.cost,
        "seconds": run.seconds,
        "reused_sections": run.reused_sections,
    }
