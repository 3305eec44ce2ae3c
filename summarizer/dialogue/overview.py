"""The overview, from the section summaries, by local ids of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from summarizer.checking import Context, Fault, FaultCode
from summarizer.dialogue.asking import Outcome, ask
from summarizer.dialogue.items import Item, Text
from summarizer.dialogue.model import Model, Spent
from summarizer.dialogue.references import marks_of, referred, to_local
from summarizer.dialogue.sections import told_sections, year_of
from summarizer.dialogue.shelf import Shelf, key_of
from summarizer.display import display
from summarizer.document import Section, Span
from summarizer.engines.protocol import Draft, DraftFault, DraftLabel, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.prompting import Prompts, overview_messages
from summarizer.records import record
from summarizer.replies import OverviewRepair, overview_reply, texts
from summarizer.report_type import ReportType

_OWN_PLACES = ("text", "achievements", "problems", "plans")


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
    labels: Mapping[int, DraftLabel],
    offline: Draft,
    shelf: Shelf,
    identity: str,
) -> OverviewResult:
    """Have the whole report told from its section summaries. Raises: EngineUnavailableError."""
    told = [(s, sections[s.id]) for s in told_sections(reading.sections) if sections[s.id].summary]
    if not told:
        return OverviewResult(offline.overview, (), Spent())
    shown = [display(q, reading.document.text).zh or "" for q in reading.numbers.quantities]
    ids: dict[int, int] = {}
    summaries = "\n".join(
        _shown(n, section, draft, ids, shown, labels, _of(reading, section))
        for n, (section, draft) in enumerate(told, 1)
    )
    context = Context(
        text=reading.document.text,
        stretch=(Span(*reading.document.body),),
        quantities={n: reading.numbers.quantities[i] for i, n in ids.items()},
        foreign=frozenset(),
        dismissed=reading.numbers.dismissed + year_of(reading),
        glossary=report_type.glossary,
    )
    fields = report_type.overview
    items: dict[str, Item] = {}

    def read(reply: BaseModel) -> dict[str, Text]:
        if isinstance(reply, OverviewRepair):
            return {t.item: Text(t.zh.strip(), t.en.strip(), t.sections) for t in reply.texts}
        found = {name: Text(t.zh.strip(), t.en.strip(), t.sections) for name, t in texts(reply, fields).items()}
        # Which items there are is for the model to say: a list may hold any number of texts.
        items.update({name: Item(name, "prose", context) for name in found})
        return found

    items.update({f.name: Item(f.name, "prose", context) for f in fields if f.kind == "prose"})
    messages = overview_messages(prompts, reading.masthead, fields, summaries)
    known_as = report_type.asked_sha256
    key = key_of("overview", identity=identity, prompts=prompts.sha256, report_type=known_as, asked=messages)
    known = _known(shelf, key)
    if known is not None:
        return _result(known, told, {n: i for i, n in ids.items()}, report_type, offline)
    outcome = ask(
        model,
        prompts,
        messages,
        overview_reply(fields),
        OverviewRepair,
        items,
        read,
        name="overview",
    )
    if not outcome.failure:
        shelf.put(key, _kept(outcome), f"{reading.document.name} overview")
    return _result(outcome, told, {n: i for i, n in ids.items()}, report_type, offline)


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
    n: int,
    section: Section,
    draft: DraftSection,
    ids: dict[int, int],
    shown: Sequence[str],
    labels: Mapping[int, DraftLabel],
    quantities: Sequence[int],
) -> str:
    """One section as the overview call sees it: number, title, summary, and the figures the summary leaves out."""
    assert draft.summary is not None
    for position in (*referred(draft.summary.zh), *quantities):
        ids.setdefault(position, len(ids) + 1)
    lines = [f"{n}. {section.title} / {draft.title_en}", to_local(draft.summary.zh, ids, dict(enumerate(shown)))]
    left_out = [i for i in quantities if i not in referred(draft.summary.zh) and i in labels]
    if left_out:
        lines.append("also: " + "；".join(f"{labels[i].zh}[{ids[i]}|{shown[i]}]" for i in left_out))
    return "\n".join(lines)


def _of(reading: Reading, section: Section) -> list[int]:
    return [i for i, q in enumerate(reading.numbers.quantities) if section.start <= q.number.start < section.end]


def _result(
    outcome: Outcome,
    told: Sequence[tuple[Section, DraftSection]],
    ids: Mapping[int, int],
    report_type: ReportType,
    offline: Draft,
) -> OverviewResult:
    if outcome.failure:
        fault = DraftFault("no_answer", f"no usable overview: {outcome.failure}; the offline one is kept", failed=True)
        return OverviewResult(offline.overview, (fault,), outcome.spent)
    proses: dict[str, DraftProse] = {}
    faults: list[DraftFault] = []
    for name, wrong in outcome.faults.items():
        first = wrong[0]
        message = (
            "is missing; the offline one is kept" if isinstance(first, str) else f"{first.finding}; kept and marked"
        )
        faults.append(
            DraftFault("missing_item" if isinstance(first, str) else str(first.code), f"overview {name}: {message}")
        )
    for name, said in outcome.answers.items():
        marked = [f for f in outcome.faults.get(name, ()) if isinstance(f, Fault)]
        zh, en, marks = marks_of(said.zh, said.en, marked, ids)
        proses[name] = DraftProse(zh, en, _evidence(said, told), marks)

    def many(field: str) -> tuple[DraftProse, ...]:
        return tuple(p for name, p in proses.items() if name.partition(" ")[0] == field and name != field)

    overview = DraftOverview(
        text=proses.get("text", offline.overview.text),
        achievements=many("achievements"),
        problems=many("problems"),
        plans=many("plans"),
        fields={f.name: proses[f.name] for f in report_type.overview if f.name not in _OWN_PLACES and f.name in proses},
    )
    return OverviewResult(overview, tuple(faults), outcome.spent)


def _evidence(said: Text, told: Sequence[tuple[Section, DraftSection]]) -> tuple[Span, ...]:
    found: list[Span] = []
    for n in dict.fromkeys(said.places):
        if 1 <= n <= len(told) and (summary := told[n - 1][1].summary):
            found += summary.sentences
    return tuple(sorted(set(found)))
