"""Contexts from the seeds and the pairs of tests/cases/checking_*.txt, for tests of summarizer.checking."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from summarizer.checking import Context
from summarizer.document import Span
from summarizer.engines.protocol import Reading
from summarizer.glossary import Glossary
from summarizer.pipeline import read_report
from summarizer.reading import read_path
from summarizer.resources import load_report_type

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"


class Pair(NamedTuple):
    """One case: where it belongs, both texts with the ids of the report, the fault codes expected."""

    place: str
    zh: str
    en: str
    codes: tuple[str, ...] = ()


@cache
def seed(name: str) -> Reading:
    (path,) = (ROOT / "seeds").glob(f"{name}_*.txt")
    return read_report(read_path(path))


@cache
def glossary() -> Glossary:
    return load_report_type().glossary


@cache
def context(name: str, section: str) -> Context:
    """What a text about a section may draw from; ids are the report's positions plus one."""
    reading = seed(name)
    span = Span(*reading.document.body)
    if section != "*":
        span = next(Span(s.start, s.end) for s in reading.sections if s.id == section)
    inside = {n: q for n, q in enumerate(reading.numbers.quantities, 1) if span.start <= q.start < span.end}
    return Context(
        text=reading.document.text,
        stretch=(span,),
        quantities=inside,
        foreign=frozenset(range(1, len(reading.numbers.quantities) + 1)) - frozenset(inside),
        dismissed=tuple([d for d in reading.numbers.dismissed if span.start <= d.start < span.end]),
        glossary=glossary(),
    )


def ground(place: str) -> Context:
    """The context of a place: `000 1.5.2`."""
    name, _, section = place.partition(" ")
    return context(name, section)


def pairs(name: str) -> list[Pair]:
    """The cases of a file: blocks of place, zh, en; a place may be followed by ` : ` and the codes expected."""
    found = []
    for block in (CASES / name).read_text("utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        while lines and lines[0].startswith("# "):
            lines = lines[1:]
        if not lines:
            continue
        head, zh, en = ("" if line == "-" else _ids(line) for line in lines)
        place, _, codes = head.partition(" : ")
        found.append(Pair(place, zh, en, tuple(codes.split())))
    return found


def _ids(line: str) -> str:
    """Positions of the report, from 0, to ids, from 1: `<14>` -> `[15]`."""
    return re.sub(r"<(\d+)>", lambda m: f"[{int(m[1]) + 1}]", line)
