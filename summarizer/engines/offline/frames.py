"""From the words around each quantity to its frame, clause by clause."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from summarizer.document import Quantity, Section
from summarizer.engines.offline import topics
from summarizer.engines.offline.carrying import Context
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.engines.offline.wording import Cut


def frame_quantities(cut: Cut, places: Sequence[Surroundings], quantities: Sequence[Quantity]) -> dict[int, Frame]:
    """A frame for every quantity of `places` (in order of place), by position of the quantity."""
    out: dict[int, Frame] = {}
    context = Context(cut)
    for _, group in groupby(places, key=lambda p: p.sentence):
        found = list(group)
        context.start(found[0].continues)
        for clause in _clauses(found):
            for place, frame in zip(clause, context.clause(clause, quantities), strict=True):
                out[place.index] = frame
    return out


def _clauses(places: list[Surroundings]) -> list[list[Surroundings]]:
    clauses: list[list[Surroundings]] = []
    for place in places:
        if place.opens and not (clauses and clauses[-1][-1].before == place.before and clauses[-1][-1].opens):
            clauses.append([place])
        elif clauses:
            clauses[-1].append(place)
        else:
            clauses.append([place])
    return clauses


def with_headings(
    cut: Cut, frames: Mapping[int, Frame], quantities: Sequence[Quantity], sections: Sequence[Section]
) -> dict[int, Frame]:
    """Frames whose sentence names nothing that is counted get the heading above them."""
    starts = [section.start for section in sections]
    out = dict(frames)
    for i, frame in frames.items():
        if frame.noun or frame.verb or frame.tail or frame.topic:
            continue
        at = bisect_right(starts, quantities[i].start) - 1
        if at >= 0:
            out[i] = replace(frame, noun=topics.noun_of_heading(cut, sections[at].title))
    return out
