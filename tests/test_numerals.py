"""Numerals: cases by hand, and a round trip through a writer that shares nothing with the parser."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.numerals import parse

_PARTS = re.split(r"^\.\n", (Path(__file__).parent / "cases" / "numerals.txt").read_text("utf-8"), flags=re.M)
_CASES = [
    (t.strip(), i.strip("\n"), e.strip()) for t, i, e in zip(_PARTS[0::3], _PARTS[1::3], _PARTS[2::3], strict=False)
]


@pytest.mark.parametrize(("written", "expected"), [c[1:] for c in _CASES], ids=[c[0] for c in _CASES])
def test_case(written: str, expected: str) -> None:
    """Each numeral of the cases has the value, or the error, stated beside it."""
    if expected == "ValueError":
        with pytest.raises(ValueError, match=r".+"):
            parse(written)
    else:
        assert str(parse(written)) == expected


_DIGITS = "零一二三四五六七八九"


def _section(n: int) -> str:
    """1 to 9999 in Han numerals, 零 for places left out."""
    out, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out


def _write(n: int) -> str:
    """An integer below 10**16 in formal Han numerals."""
    if n == 0:
        return "零"
    out = ""
    for size, name in ((10**12, "万"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, n = divmod(n, size)
        if part:
            out += ("零" if out and part < 1000 else "") + _section(part) + name
        if name == "亿" and out and not out.endswith("亿"):
            out += "亿"
    return out


@given(st.integers(0, 10**16 - 1))
def test_round_trip_of_integers(n: int) -> None:
    """What a formal writer writes is read back as the same integer."""
    assert parse(_write(n)) == n


@given(st.sampled_from([("廿", 20), ("卅", 30)]), st.integers(1, 9))
def test_old_tens(ten: tuple[str, int], digit: int) -> None:
    """廿三 and 卅五 are 23 and 35."""
    assert parse(ten[0] + _DIGITS[digit]) == ten[1] + digit


@given(st.decimals(min_value=0, max_value=10**12, places=4), st.sampled_from(["", "万", "亿", "万亿", "千"]))
def test_scales_are_exact(value: Decimal, scale: str) -> None:
    """A scale word multiplies without rounding, commas or not."""
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千": 1000}[scale]
    assert parse(f"{value:f}{scale}") == value * factor
    assert parse(f"{value:,f}{scale}") == value * factor


@given(st.integers(0, 10**9))
def test_widths_agree(n: int) -> None:
    """Full-width digits mean what their ASCII twins mean."""
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(n))
    assert parse(wide) == parse(str(n)) == n


@given(st.integers(2, 99), st.integers(1, 98))
def test_fractions_are_percentages(bottom: int, top: int) -> None:
    """N分之M is a percentage to 4 decimals."""
    value = parse(f"{_write(bottom)}分之{_write(top)}")
    assert abs(value - Decimal(100 * top) / Decimal(bottom)) <= Decimal("0.00005")


@given(st.text("0123456789０．.,， 零〇一二三四五六七八九十百千万亿两廿卅点分之余x", max_size=60))
def test_never_anything_but_a_value_or_a_value_error(text: str) -> None:
    """Any text is a finite, unsigned, tidy Decimal or a ValueError."""
    try:
        value = parse(text)
    except ValueError:
        return
    assert value.is_finite()
    assert value >= 0
    assert "E" not in f"{value}" or value == 0 or abs(value) < Decimal("1e-6")


def test_length_limit() -> None:
    """A numeral longer than any figure of a report is refused, however long."""
    with pytest.raises(ValueError, match="longer than"):
        parse("9" * 100_000)
    with pytest.raises(ValueError, match="longer than"):
        parse("一" * 100_000)
