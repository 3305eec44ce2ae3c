"""A report to its sections: marks, then the tree, then spans and titles."""

from collections.abc import Sequence

from summarizer.document import Document, Section, Span
from summarizer.sections import bare, marks, titles, tree
from summarizer.sections.marks import Mark


def split(document: Document) -> tuple[Section, ...]:
    """Cut the body of a report into its heading tree.

    Returns: sections in pre-order. `0`, the text before the first heading, comes first and is left out when it holds
        no letter or digit. Top-level sections and `0` together cover `document.body`; a body without headings is
        one `0`.
    """
    text, body = document.text, document.body
    found = _with_bare(marks.find(text, body), list(bare.find(text, body)))
    removed = [Span(r.start, r.end) for r in document.removed if body.start <= r.start < body.end]
    return _sections(text, body, tree.grow(marks.outside(found, removed)))


def heading_spans(sections: Sequence[Section]) -> tuple[Span, ...]:
    """Give marker and title of every section that has a heading, closing punctuation included."""
    return tuple(Span(s.start, s.content) for s in sections if s.content > s.start)


def _with_bare(numbered: list[Mark], unnumbered: list[Mark]) -> list[Mark]:
    """Join both kinds of mark in order of place; a heading with a marker is not counted twice."""
    if not unnumbered:
        return numbered
    starts = {mark.start for mark in numbered}
    return sorted([*numbered, *(m for m in unnumbered if m.start not in starts)], key=lambda mark: mark.start)


def _sections(text: str, body: Span, nodes: list[tuple[Mark, int]]) -> tuple[Section, ...]:
    sections = []
    first = nodes[0][0].start if nodes else body.end
    if any(char.isalnum() for char in text[body.start : first]):
        sections.append(Section("0", 1, "", "", body.start, body.start, first))
    ends = _ends(body, nodes)
    path: list[int] = []  # positions in the tree of the section at hand
    for at, (mark, level) in enumerate(nodes):
        count = path[level - 1] + 1 if len(path) >= level else 1
        path = [*path[: level - 1], count]
        heading = titles.read(text, mark, nodes[at + 1][0].start if at + 1 < len(nodes) else body.end)
        name = ".".join(map(str, path))
        sections.append(Section(name, level, heading.number, heading.title, mark.start, heading.content, ends[at]))
    return tuple(sections)


def _ends(body: Span, nodes: list[tuple[Mark, int]]) -> list[int]:
    """End of every section: the start of the next heading of its level or above."""
    ends = [body.end] * len(nodes)
    waiting: list[int] = []
    for at, (mark, level) in enumerate(nodes):
        while waiting and nodes[waiting[-1]][1] >= level:
            ends[waiting.pop()] = mark.start
        waiting.append(at)
    return ends
