"""The text of the report as a part of the page: every figure and every quoted sentence is a place that links lead to.

With the report's text the whole body is shown; a brief that was loaded from JSON has its quoted sentences only.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from summarizer.brief import BriefData, Evidence, Metric, Prose
from summarizer.patterns import pattern
from summarizer.records import record
from summarizer.rendering.bilingual import said
from summarizer.rendering.safe import html as safe

_LINE = pattern(r"[^\n]*\n?")
_DISMISSED = {
    "date": "a date 日期",
    "docno": "a document number 文号",
    "name": "part of a name 名称用数",
    "marker": "a list marker 序号",
    "page": "page furniture 页面元素",
    "vague": "a figure of speech 虚数",
}


@record
class _Piece:
    """A stretch of the report; `quoted` when a link leads to it as a whole."""

    start: int
    text: str
    quoted: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@record
class _Spot:
    """What is marked inside the text: `before` and `after` go around `[start, end)`."""

    start: int
    end: int
    before: str
    after: str


class _Line:
    """A line of the report while it is put together, plain and as HTML."""

    def __init__(self) -> None:
        self.start = -1
        self.plain = ""
        self.html = ""

    def add(self, piece: _Piece, marked: str) -> None:
        if self.start < 0:
            self.start = piece.start
        self.plain += piece.text
        self.html += f'<span class="sentence" id="e{piece.start}">{marked}</span>' if piece.quoted else marked


class SourceText:
    """The report's text with its places.

    Attributes:
        whole: True when the text itself is there, False when only the quoted sentences are.
    """

    def __init__(self, brief: BriefData, text: str | None) -> None:
        self.whole = text is not None
        self._brief = brief
        quoted = _merged([*(m.evidence for m in brief.metrics), *(e for p in proses(brief) for e in p.evidence)])
        if text is None:
            self._pieces = quoted
        else:
            self._pieces = list(_whole(text, brief.source.body.start, brief.source.body.end, quoted))
        self._starts = [p.start for p in quoted]
        self._sections = {s.start: s for s in brief.sections} if self.whole else {}
        self._removed = [(r.start, r.end) for r in brief.source.removed]

    def sentence(self, evidence: Evidence) -> str:
        """The id of the place that holds a quote."""
        return f"e{self._starts[bisect_right(self._starts, evidence.start) - 1]}"

    def section(self, id: str) -> str | None:
        """The id of the place where a section begins; None when the text is not there."""
        return f"s-{id}-source" if self.whole else None

    def html(self) -> str:
        """The text, a paragraph for each of its lines; without the text, one for each quoted sentence."""
        spots = self._spots()
        at = 0
        out: list[str] = []
        line = _Line()
        for n, piece in enumerate(self._pieces):
            if not self.whole and n:
                out.append(self._paragraph(line))
                line = _Line()
                if self._pieces[n - 1].end < piece.start:
                    out.append('<p class="gap">…</p>')
            until = at
            while until < len(spots) and spots[until].start < piece.end:
                until += 1
            line.add(piece, _marked(piece, spots[at:until]))
            at = until
            if piece.text.endswith("\n"):
                out.append(self._paragraph(line))
                line = _Line()
        out.append(self._paragraph(line))
        # Nothing is left in a brief of ours; in a file of someone else's a place may lie outside the text.
        out += [spot.before + spot.after for spot in spots[at:]]
        return "\n".join(part for part in out if part)

    def _paragraph(self, line: "_Line") -> str:
        plain = line.plain.strip()
        if not plain:
            return line.html.strip()  # a place at the end of an empty line
        start = line.start + line.plain.index(plain[0])
        section = self._sections.get(start)
        kind = ""
        if any(a <= start < b for a, b in self._removed):
            kind = ' class="removed"'
        elif section is not None and plain.rstrip("。：:") == f"{section.number}{section.title.zh or ''}":
            kind = ' class="heading"'
        return f"<p{kind}>{line.html.strip()}</p>"

    def _spots(self) -> list[_Spot]:
        spots = [
            _Spot(*_written(m), f'<mark id="{safe(m.id)}-source"><a href="#{safe(m.id)}">', "</a></mark>")
            for m in self._brief.metrics
        ]
        if self.whole:
            numbers = self._brief.numbers
            spots += [
                _Spot(d.start, d.end, f'<i class="not" title="Not a metric: {_DISMISSED[d.reason]}">', "</i>")
                for d in numbers.dismissed
            ]
            spots += [_Spot(u.start, u.end, '<b class="lost">', "</b>") for u in numbers.unaccounted]
            spots += [
                _Spot(s.start, s.start, f'<span class="start" id="s-{safe(s.id)}-source">', "</span>")
                for s in self._brief.sections
            ]
        return sorted(spots, key=lambda spot: (spot.start, spot.end))


def proses(brief: BriefData) -> Iterator[Prose]:
    """Every text of a brief."""
    overview = brief.overview
    yield from (overview.text, *overview.achievements, *overview.problems, *overview.plans, *overview.fields.values())
    for s in brief.sections:
        yield from (p for p in (s.summary, *s.key_points, *s.fields.values()) if p is not None)


def title(whole: bool) -> str:
    """What the pane is called."""
    if whole:
        return f"<h2>{said('Source text', '原文')}</h2>"
    return f"<h2>{said('Source sentences', '原句')}</h2>"


def _written(m: Metric) -> tuple[int, int]:
    """Where a figure stands with its unit (7654.8万元), or its number alone where that is shared (3至5次)."""
    quote, at = m.evidence.quote, m.number.start - m.evidence.start
    lead = m.raw.find(quote[at : m.number.end - m.evidence.start])
    if m.bound is None and lead >= 0 and at >= lead and quote.startswith(m.raw, at - lead):
        return m.number.start - lead, m.number.start - lead + len(m.raw)
    return m.number.start, m.number.end


def _marked(piece: _Piece, spots: list[_Spot]) -> str:
    """A piece with what is marked inside it, escaped."""
    if not spots:
        return safe(piece.text)
    out: list[str] = []
    here = 0
    for spot in spots:
        start = max(spot.start - piece.start, here)
        end = max(start, min(spot.end - piece.start, len(piece.text)))
        out += (safe(piece.text[here:start]), spot.before, safe(piece.text[start:end]), spot.after)
        here = end
    return "".join(out) + safe(piece.text[here:])


def _merged(quotes: Iterable[Evidence]) -> list[_Piece]:
    """The quotes in order of place, each once, overlapping ones as one."""
    found: list[_Piece] = []
    for start, quote in sorted({(e.start, e.quote) for e in quotes}):
        last = found[-1] if found else None
        if last is None or start >= last.end:
            found.append(_Piece(start, quote, True))
        elif start + len(quote) > last.end:
            found[-1] = _Piece(last.start, last.text + quote[last.end - start :], True)
    return found


def _whole(text: str, start: int, end: int, quoted: list[_Piece]) -> Iterator[_Piece]:
    """The body cut into quoted sentences and the lines between them."""
    here = start
    for piece in quoted:
        yield from _lines(text, here, piece.start)
        yield piece
        here = max(here, piece.end)
    yield from _lines(text, here, end)


def _lines(text: str, start: int, end: int) -> Iterator[_Piece]:
    while start < end:
        line = _LINE.match(text, start, end)
        assert line is not None
        yield _Piece(start, line[0], False)
        start = line.end()
