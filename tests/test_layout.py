"""Text in the cells of a terminal: lines break where rich breaks them, and none is too wide."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from summarizer.rendering.layout import Column, Line, cells, hanging, table, wrap

WORDS = st.text(st.sampled_from(" 办案件罚款\n"), max_size=60)
FIGURES = st.lists(
    st.sampled_from(["办理", "案件", "，", "。", "罚款", "39万元", "7654.8万元", "16.2%", "15件"]), max_size=20
)


def plain(line: Line) -> str:
    return "".join(text for text, _ in line)


# What reports are printed with. Of other blocks, rich and Python carry tables of different years of Unicode.
PRINTED = (
    (0x0020, 0x024F),  # Latin
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x2027),  # dashes, quotation marks, leaders
    (0x2030, 0x203B),  # per mille, primes, reference marks
    (0x2103, 0x2109),  # degrees
    (0x2150, 0x217F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2460, 0x25FF),  # numbers in rings and brackets, boxes, shapes
    (0x3000, 0x301F),  # Chinese punctuation
    (0x3220, 0x33FF),  # Han numbers in brackets, units in a square
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han characters
    (0xFF01, 0xFF9F),  # full-width and half-width forms
    (0xFFE0, 0xFFE6),  # full-width signs of money
)


@pytest.mark.parametrize(("first", "last"), PRINTED)
def test_characters_take_what_rich_says(first: int, last: int) -> None:
    chars = [char for char in map(chr, range(first, last + 1)) if unicodedata.category(char) not in ("Cc", "Cf", "Cn")]
    assert {char: cells(char) for char in chars} == {char: cell_len(char) for char in chars}


@given(WORDS, st.integers(4, 30), st.integers(0, 60))
def test_lines_break_where_rich_breaks_them(text: str, width: int, cut: int) -> None:
    """Whatever pieces the text is in, and without the white space that rich leaves at the ends of lines."""
    theirs = Text(text, overflow="fold").wrap(Console(width=width), width)
    lines = wrap([(text[:cut], "bold"), (text[cut:], "")], width)
    assert [plain(line) for line in lines] == [line.plain.rstrip() for line in theirs]
    assert all(cells(plain(line)) <= width for line in lines)
    styled = [style for line in lines for piece, style in line for char in piece if not char.isspace()]
    assert styled == ["bold" if n < cut else "" for n, char in enumerate(text) if not char.isspace()]


@given(FIGURES, st.integers(12, 30))
def test_no_figure_is_broken_and_no_line_begins_with_a_stop(parts: list[str], width: int) -> None:
    text = "".join(parts)
    lines = [plain(line) for line in wrap([(text, "")], width)]
    assert "".join(lines) == text
    assert max(map(cells, lines)) <= width
    doubled = any(a in "，。" and b in "，。" for a, b in pairwise(parts))
    assert doubled or not any(line[0] in "，。" for line in lines[1:])
    bounds = {sum(map(len, lines[:n])) for n in range(1, len(lines))}
    inside = {m.start() + k for m in re.finditer(r"[\d.]+(?:万元|件|%)", text) for k in range(1, len(m[0]))}
    assert not bounds & inside


def test_hanging_lines_stand_beside_their_first_word() -> None:
    lines = [plain(line) for line in hanging(("Report", "cyan"), [("办理行政处罚案件15件", "")], 8, 20)]
    assert lines == ["Report  办理行政处罚", "        案件15件"]


COLUMNS = (Column("#", wraps=False), Column("What"), Column("Figure", right=True))


def test_a_table_that_fits_is_as_wide_as_its_cells() -> None:
    rows = [[[("m1", "dim")], [("fines", ""), ("\n罚款", "dim")], [("CNY 1.2 million", "")]]]
    assert [plain(line) for line in table(COLUMNS, rows, 80)] == [
        "#    What             Figure",
        "─" * 28,
        "m1   fines   CNY 1.2 million",
        "     罚款",
    ]


@pytest.mark.parametrize("width", range(16, 60))
def test_a_narrow_table_takes_from_the_widest_columns(width: int) -> None:
    """No line is too wide, no text is lost, and a column that may not wrap stays whole."""
    rows = [[[("m100", "")], [("administrative penalty cases 行政处罚案件", "")], [("CNY 18.134469 million", "")]]]
    lines = [plain(line) for line in table(COLUMNS, rows, width)]
    assert max(map(cells, lines)) == width
    assert sum(line.startswith("m100 ") for line in lines) == 1
    letters = "".join(lines[2:])
    for cell in rows[0]:
        assert all(letters.count(char) >= cell[0][0].count(char) for char in set(cell[0][0]) - {" "})
