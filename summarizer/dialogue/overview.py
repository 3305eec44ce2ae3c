"""The overview, from the section summaries: one text by local ids of its own, and sentences that are pointed at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.checking import Context, Fault, FaultCode
from summarizer.dialogue.asking import Outcome, ask
from summarizer.dialogue.items import Item, Text
from summarizer.dialogue.model import Model, Spent
from summarizer.dialogue.references import marks_of, referred, to_local
from summarizer.dialogue.sections import told_sections, year_of
from summarizer.dialogue.shelf import Shelf, key_of
from summarizer.dialogue.statements import joined, statements
from summarizer.display import display
from summarizer.document import Section, Span
from summarizer.engines.protocol import Draft, DraftFault, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.prompting import Prompts, overview_messages
from summarizer.records import record
from summarizer.replies import items, overview_reply
from summarizer.report_type import ReportType


@record
class OverviewResult:
    """The overview and what stayed wrong with it."""

    overview: DraftOverview
    faults: tuple[DraftFault, ...]
    spent: Spent


def read_overview(
    reading: Reading,
    report_type: ReportType,
    prompts: Prompts,
    model: Model,
    sections: Mapping[str, DraftSection],
    offline: Draft,
    shelf: Shelf,
    identity: str,
) -> OverviewResult:
    """Have the whole report told from its section summaries. Raises: EngineUnavailableError."""
    told = [(s, sections[s.id].summary) for s in told_sections(reading.sections)]
    parts = [(s, statements(summary, reading.numbers.quantities)) for s, summary in told if summary]
    if not parts:
        return OverviewResult(offline.overview, (), Spent())
    sayings = [one for _, several in parts for one in several]
    ids: dict[int, int] = {}
    summaries = "\n".join(_shown(reading, parts, ids))
    context = Context(
        text=reading.document.text,
        stretch=(Span(*reading.document.body),),
        quantities={n: reading.numbers.quantities[i] for i, n in ids.items()},
        foreign=frozenset(),
        dismissed=reading.numbers.dismissed + year_of(reading),
        glossary=report_type.glossary,
    )
    fields = report_type.overview
    wanted = {
        f.name: Item(
            f.name,
            "prose" if f.is_written else "choice",
            context,
            fewest=1 if f.kind == "excerpt" else 0,
            most=len(sayings),
        )
        for f in fields
    }
    messages = overview_messages(prompts, reading.masthead, fields, summaries)
    known_as = report_type.asked_sha256
    key = key_of("overview", identity=identity, prompts=prompts.sha256, report_type=known_as, asked=messages)
    outcome = _known(shelf, key)
    if outcome is None:
        outcome = ask(
            model,
            prompts,
            messages,
            overview_reply(fields),
            overview_reply(fields),
            wanted,
            lambda reply: {
                name: Text(said.zh.strip(), said.en.strip(), said.sentences)
                for name, said in items(reply, fields).items()
            },
            name="overview",
        )
        if not outcome.failure:
            shelf.put(key, _kept(outcome), f"{reading.document.name} overview")
    return _result(outcome, sayings, {n: i for i, n in ids.items()}, report_type, offline)


def _kept(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON; its ids are those of the call, which the key determines."""
    return {
        "answers": {name: [t.zh, t.en, list(t.places)] for name, t in outcome.answers.items()},
        "faults": {
            name: [
                f if isinstance(f, str) else [str(f.code), f.lang, f.start, f.end, f.message, f.finding] for f in wrong
            ]
            for name, wrong in outcome.faults.items()
        },
    }


def _known(shelf: Shelf, key: str) -> Outcome | None:
    value = shelf.get(key)
    if value is None:
        return None
    try:
        return Outcome(
            {name: Text(str(zh), str(en), tuple(places)) for name, (zh, en, places) in value["answers"].items()},
            {
                name: tuple(f if isinstance(f, str) else Fault(FaultCode(f[0]), *f[1:]) for f in wrong)
                for name, wrong in value["faults"].items()
            },
            Spent(),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # kept by another version: asked for again


def _shown(
    reading: Reading, told: Sequence[tuple[Section, Sequence[DraftProse]]], ids: dict[int, int]
) -> Iterator[str]:
    """What the overview call sees: the headings of the first level, and the sentences below them, numbered.

    Figures get their ids, from 1 on, as they come.
    """
    shown = [display(q, reading.document.text).zh or "" for q in reading.numbers.quantities]
    titles = {s.id: s.title for s in reading.sections}
    number, top = 0, ""
    for section, several in told:
        if section.id.partition(".")[0] != top:
            top = section.id.partition(".")[0]
            yield f"# {titles[top]}"
        for one in several:
            number += 1
            for position in referred(one.zh):
                ids.setdefault(position, len(ids) + 1)
            yield f"{number}. {to_local(one.zh, ids, dict(enumerate(shown)))}"


def _result(
    outcome: Outcome,
    sayings: Sequence[DraftProse],
    ids: Mapping[int, int],
    report_type: ReportType,
    offline: Draft,
) -> OverviewResult:
    if outcome.failure:
        fault = DraftFault("no_answer", f"no usable overview: {outcome.failure}; the offline one is kept", failed=True)
        return OverviewResult(offline.overview, (fault,), outcome.spent)
    faults = [_fault(name, wrong[0]) for name, wrong in outcome.faults.items()]
    written: dict[str, DraftProse] = {}
    chosen: dict[str, tuple[DraftProse, ...]] = {}
    for f in report_type.overview:
        said = outcome.answers.get(f.name)
        if said is None:
            continue
        picked = [sayings[n - 1] for n in dict.fromkeys(said.places) if 1 <= n <= len(sayings)]
        if f.is_written:
            marked = [fault for fault in outcome.faults.get(f.name, ()) if isinstance(fault, Fault)]
            zh, en, marks = marks_of(said.zh, said.en, marked, ids)
            written[f.name] = DraftProse(zh, en, joined(picked).sentences, marks)
        elif f.kind == "list":
            chosen[f.name] = tuple(picked)
        elif picked:
            written[f.name] = joined(picked)
    overview = DraftOverview(
        text=written.pop("text", offline.overview.text),
        achievements=chosen.get("achievements", ()),
        problems=chosen.get("problems", ()),
        plans=chosen.get("plans", ()),
        fields=written,
    )
    return OverviewResult(overview, tuple(faults), outcome.spent)


def _fault(name: str, first: str | Fault) -> DraftFault:
    if isinstance(first, str):
        kept = "the offline one is kept" if name == "text" else "it stays empty"
        return DraftFault("missing_item", f"overview {name}: is missing; {kept}")
    kept = "left out" if first.lang is None and first.code is FaultCode.UNKNOWN_REFERENCE else "kept and marked"
    return DraftFault(str(first.code), f"overview {name}: {first.finding}; {kept}")
