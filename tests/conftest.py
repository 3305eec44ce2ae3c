"""No test reaches the network; a scripted engine; readings made by hand or from the gold, without the scanner."""

import hashlib
import json
import re
import socket
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summarizer.accounting import uncovered
from summarizer.brief import Run, Tokens
from summarizer.document import (
    Direction,
    DismissalReason,
    Dismissed,
    Document,
    Kind,
    Masthead,
    Numbers,
    Qualifier,
    Quantity,
    Section,
    Span,
)
from summarizer.engines.protocol import Draft, DraftLabel, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.report_type import ReportType
from summarizer.resources import load_report_type
from summarizer.text import sentences

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to connect fails the test; loopback servers of a test's own are allowed by its `loopback` mark."""

    def refuse(self: socket.socket, address: object, *rest: object) -> None:
        raise AssertionError(f"a test tried to connect to {address!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


@pytest.fixture(autouse=True)
def _no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own store; those about it name a file of their own."""
    monkeypatch.setenv("SUMMARIZER_STORE", "off")


class ScriptedEngine:
    """An engine that says what it was told to say."""

    name = "scripted"

    def __init__(self, draft: Draft | Callable[[Reading], Draft]) -> None:
        self._draft = draft

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        return self._draft if isinstance(self._draft, Draft) else self._draft(reading)


def make_run() -> Run:
    return Run("scripted", None, None, None, "0" * 64, 0, 0, Tokens(), None, 0.5, 0)


@cache
def make_type() -> ReportType:
    return load_report_type()


_NUMBER = re.compile(r"\[(?P<raw>[^\[\]|]+)(?:\|(?P<spec>[^\[\]]*))?\]")


def read_marked(marked: str, *, year: int | None = 2023, title: str | None = None) -> Reading:
    """A reading from text with its quantities in brackets: `罚款[138.75625万元|value=1387562.5 unit=元]`.

    Without a spec the number is the leading digits and the unit the rest. `!` before the bracket content
    (`[!2023年|date]`) dismisses it instead.
    """
    text, quantities, dismissed, here = "", [], [], 0
    for match in _NUMBER.finditer(marked):
        text += marked[here : match.start()]
        here = match.end()
        raw = match["raw"]
        start = len(text)
        if raw.startswith("!"):
            text += raw[1:]
            dismissed.append(Dismissed(start, len(text), DismissalReason(match["spec"] or "date")))
            continue
        text += raw
        spec = dict(pair.split("=") for pair in (match["spec"] or "").split())
        digits = re.search(r"\d[\d,.]*\d|\d", raw)
        number = digits.span() if digits else (0, len(raw))
        value = Decimal(spec.get("value") or (digits[0].replace(",", "") if digits else "0"))
        unit = spec.get("unit", raw[number[1] :] if digits else "")
        quantities.append(
            Quantity(
                start,
                len(text),
                Span(start + number[0], start + number[1]),
                value,
                unit,
                Kind(spec.get("kind", "actual")),
                Direction(spec["direction"]) if "direction" in spec else None,
                Qualifier(spec["qualifier"]) if "qualifier" in spec else None,
                None,
                spec.get("period", str(year) if year else None),
                "words" in spec,
            )
        )
    text += marked[here:]
    return make_reading(text, Numbers(tuple(quantities), tuple(dismissed)), year=year, title=title)


def make_reading(
    text: str,
    numbers: Numbers,
    sections: tuple[Section, ...] | None = None,
    body: Span | None = None,
    *,
    year: int | None = 2023,
    title: str | None = None,
    name: str = "report.txt",
) -> Reading:
    body = body or Span(0, len(text))
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", body)
    return Reading(
        document=document,
        sections=sections or (Section("0", 1, "", "", *([body.start] * 2), body.end),),
        masthead=Masthead(title, None, year, None),
        numbers=numbers,
        sentences=tuple(sentences(text, *body)),
        plans=(),
        problems=(),
    )


def gold_reading(name: str) -> Reading:
    """A seed as the gold annotators read it: their numbers, sections, body and masthead."""
    text = (ROOT / "seeds" / f"{name}.txt").read_bytes().decode("utf-8-sig")
    told: dict[str, Any] = json.loads((GOLD / f"{name}.sections.json").read_text("utf-8"))
    body = Span(told["body_start"], told["body_end"])
    quantities, dismissed = [], []
    for row in gold_rows(name):
        span = Span(row["start"], row["end"])
        if row["verdict"] == "none":
            if body.start <= span.start and span.end <= body.end:
                dismissed.append(Dismissed(*span, DismissalReason(row["reason"])))
            continue
        raw = row.get("raw", row["number"])
        start = text.rfind(raw, 0, span.end + len(raw))
        if not start <= span.start < start + len(raw):
            start, raw = span.start, row["number"]
        quantities.append(
            Quantity(
                start,
                start + len(raw),
                span,
                Decimal(row["value"]),
                row.get("unit") or "",
                Kind(row["kind"]),
                Direction(row["direction"]) if row.get("direction") else None,
                Qualifier.OVER if row.get("approx") else None,
                None,
                row.get("period"),
                row["verdict"] == "words",
            )
        )
    quantities.sort(key=lambda q: q.number.start)
    # The annotators passed over Han numerals that stand before no measure word (统一, 进一步).
    taken = [(q.start, q.end) for q in quantities] + [(d.start, d.end) for d in dismissed]
    dismissed += [Dismissed(*span, DismissalReason.VAGUE) for span in uncovered(text, body, taken)]
    dismissed.sort(key=lambda d: d.start)
    reading = make_reading(
        text, Numbers(tuple(quantities), tuple(dismissed)), gold_sections(told), body, name=name + ".txt"
    )
    masthead = Masthead(None, told["issuer_zh"], told["report_year"], told["issued_date"])
    return Reading(reading.document, reading.sections, masthead, reading.numbers, reading.sentences, (), ())


def gold_rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (GOLD / f"{name}.numbers.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def gold_sections(told: dict[str, Any]) -> tuple[Section, ...]:
    nodes = told["sections"]
    found = []
    counts: list[int] = []
    if nodes[0]["start"] > told["body_start"]:
        found.append(Section("0", 1, "", "", told["body_start"], told["body_start"], nodes[0]["start"]))
    for i, node in enumerate(nodes):
        level = node["level"]
        counts = counts[:level] + [0] * (level - len(counts))
        counts[level - 1] += 1
        later = [n["start"] for n in nodes[i + 1 :] if n["level"] <= level]
        start = node["start"]
        content = start + len(node["number"]) + len(node["title_zh"])
        found.append(
            Section(
                ".".join(map(str, counts)), level, node["number"], node["title_zh"], start, content,
                later[0] if later else told["body_end"],
            )
        )  # fmt: skip
    return tuple(found)


def gold_draft(name: str, reading: Reading) -> Draft:
    """What a good engine would say: the first annotator's labels, a summary per section that tells its figures."""
    told = json.loads((GOLD / f"{name}.sections.json").read_text("utf-8"))
    rows = {(r["start"], r["end"]): r for r in gold_rows(name)}
    labels = {}
    for n, q in enumerate(reading.numbers.quantities):
        row = rows[tuple(q.number)]
        labels[n] = DraftLabel(row["label_zh"][0], (row.get("label_en") or ["No such cases"])[0])
    sections = {}
    titles = {node["start"]: node["title_en"] for node in told["sections"]}
    for section in reading.sections:
        places = [q.number.start for q in reading.numbers.quantities]
        inside = [n for n, place in enumerate(places) if section.start <= place < section.end][:6]
        summary = None
        if section.level == 2 and inside:
            summary = tell(labels, inside, reading)
        sections[section.id] = DraftSection(section.id, titles.get(section.start, ""), summary)
    overview = DraftOverview(tell(labels, [0, 1, 2], reading), (tell(labels, [3], reading),), (), ())
    return Draft(labels, sections, overview, "Report on building a law-based government", told["issuer_en"])


def tell(labels: dict[int, DraftLabel], positions: list[int], reading: Reading) -> DraftProse:
    zh = "，".join(f"{labels[n].zh}⟦{n}⟧" for n in positions) + "。"
    en = "; ".join(f"{labels[n].en}: ⟦{n}⟧" for n in positions) + "."
    places = [reading.numbers.quantities[n].number.start for n in positions]
    return DraftProse(zh, en, tuple(s for s in reading.sentences if any(s.start <= p < s.end for p in places)))
