"""Text laid out in the cells of a terminal, where a Chinese character takes two: lines, hanging lines, a table.

Does what the brief needs of rich's layout, which takes 0.08 s to load and draw it, a third of the run.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from unicodedata import category, east_asian_width

from summarizer.patterns import pattern
from summarizer.records import record

Piece = tuple[str, str]
"""A text and its style: words of bold, dim, red, yellow, cyan; "" for none."""
Line = list[Piece]

# 39万元, 7654.8万元, PM2.5: broken only where it is wider than a line.
_FIGURE = pattern(
    r"[0-9A-Za-z]+(?:[.,/][0-9A-Za-z]+)*"
    r"(?:[%‰]|[十百千万亿]*[余多]?(?:人次|家次|百分点|[元件个家次人名项天起宗份吨年月日倍])?)"
)
_CLOSES = frozenset("，。、；：！？）》”’】,.;:!?)]%‰")
_WORD = pattern(r"\s*\S+\s*")
_GAP = "   "  # between two columns of a table


class _Cells(dict[str, int]):
    """Cells that a character takes, worked out when first asked for."""

    def __missing__(self, char: str) -> int:
        wide = east_asian_width(char) in ("W", "F")
        found = self[char] = 0 if category(char) in ("Mn", "Me") else 2 if wide else 1
        return found


_CELLS = _Cells()


def cells(text: str) -> int:
    """How many cells a text takes on one line.

    >>> cells("PM2.5浓度")
    9
    """
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


def wrap(pieces: Sequence[Piece], width: int) -> list[Line]:
    """Lines no wider than `width`, broken between words where possible; a line end in a piece ends the line.

    White space at the end of a line is dropped; what is left of an empty text is one empty line.
    """
    lines: list[Line] = []
    for line in _split(pieces):
        text = "".join(piece[0] for piece in line)
        if cells(text) <= width:
            lines.append(_stripped(line))
        else:
            lines += (_stripped(part) for part in _cut(line, _breaks(text, max(width, 2))))
    return lines


def hanging(first: Piece, pieces: Sequence[Piece], indent: int, width: int) -> Iterator[Line]:
    """Wrapped lines beside `first`, all of them `indent` cells to the right."""
    for line in wrap(pieces, width - indent):
        yield [_filled(first, indent), *line]
        first = ("", "")


@record
class Column:
    """A column of a table.

    Attributes:
        title: its heading.
        right: True when figures end at the right edge.
        wraps: False for a column that is never made narrower.
        most: cells that it takes at most.
    """

    title: str
    right: bool = False
    wraps: bool = True
    most: int | None = None


def table(columns: Sequence[Column], rows: Sequence[Sequence[Sequence[Piece]]], width: int) -> Iterator[Line]:
    """The lines of a table: bold titles, a rule, the rows. A cell is as `wrap` takes it."""
    titles = [[(column.title, "bold")] for column in columns]
    natural = [
        min(
            max(cells("".join(p[0] for p in line)) for row in (titles, *rows) for line in _split(row[n])),
            c.most or width,
        )
        for n, c in enumerate(columns)
    ]
    widths = _narrowed(natural, [column.wraps for column in columns], width - len(_GAP) * (len(columns) - 1))
    yield from _row(columns, titles, widths)
    yield [("─" * (sum(widths) + len(_GAP) * (len(columns) - 1)), "")]
    for row in rows:
        yield from _row(columns, row, widths)


def _row(columns: Sequence[Column], row: Sequence[Sequence[Piece]], widths: Sequence[int]) -> Iterator[Line]:
    wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*wrapped):
        line: Line = []
        for column, part, width in zip(columns, parts, widths, strict=True):
            found = part or []
            room = " " * (width - sum(cells(text) for text, _ in found))
            line += [(room, ""), *found] if column.right else [*found, (room, "")]
            line.append((_GAP, ""))
        yield _stripped(line)


def _narrowed(widths: Sequence[int], may: Sequence[bool], room: int) -> list[int]:
    """Widths that fit into the room: the widest columns give first, down to the next widest."""
    found = list(widths)
    while (excess := sum(found) - room) > 0:
        giving = sorted({width for width, gives in zip(found, may, strict=True) if gives and width > 1}, reverse=True)
        if not giving:
            break
        widest = [n for n, width in enumerate(found) if width == giving[0] and may[n]]
        step = giving[0] - (giving[1] if len(giving) > 1 else 1)
        for left, n in zip(range(len(widest), 0, -1), widest, strict=True):
            given = min(step, -(-excess // left))
            found[n] -= given
            excess -= given
    return found


def _breaks(text: str, width: int) -> list[int]:
    """Where a text of one line is broken: before a word that does not fit, and within one wider than a line."""
    found: list[int] = []
    taken = 0
    for match in _WORD.finditer(text):
        word = match[0]
        length = cells(word.rstrip())
        if taken + length <= width:
            taken += cells(word)
            continue
        found.append(match.start())
        taken = cells(word)
        if length > width:
            found += _folds(text, match.start(), match.end(), width)
            taken = cells(text[found[-1] : match.end()])
    return [at for at in found if at]


def _folds(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Where a word wider than a line is broken: not in a figure, nor before a stop or a closing bracket."""
    whole = {at for match in _FIGURE.finditer(text, start, end) for at in range(match.start() + 1, match.end())}
    taken = 0
    for at in range(start, end):
        taken += _CELLS[text[at]]
        if taken <= width:
            continue
        cut = at
        while cut > start and (cut in whole or text[cut] in _CLOSES):
            cut -= 1
        cut = cut if cut > start else at
        yield cut
        start = cut
        taken = cells(text[cut : at + 1])


def _split(pieces: Sequence[Piece]) -> list[Line]:
    lines: list[Line] = [[]]
    for text, style in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, style))
        lines += ([(other, style)] for other in others)
    return lines


def _cut(line: Line, breaks: Sequence[int]) -> Iterator[Line]:
    ends = iter([*breaks, sum(len(text) for text, _ in line)])
    end = next(ends)
    part: Line = []
    here = 0
    for text, style in line:
        while here + len(text) > end:
            part.append((text[: end - here], style))
            yield part
            part, text, here = [], text[end - here :], end
            end = next(ends)
        part.append((text, style))
        here += len(text)
    yield part


def _stripped(line: Line) -> Line:
    """The line without white space at its end and without empty pieces."""
    kept = [piece for piece in line if piece[0]]
    while kept and not (text := kept[-1][0].rstrip()):
        kept.pop()
    return [*kept[:-1], (text, kept[-1][1])] if kept else []


def _filled(piece: Piece, width: int) -> Piece:
    return piece[0] + " " * (width - cells(piece[0])), piece[1]
