"""Tables of figures: CSV, XLSX, Parquet and data frames hold the figures of the JSON, and no report can break them."""

import csv
import io
import json
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pyarrow.parquet
import pytest
from conftest import SEEDS
from test_rendering import HOSTILE, brief_with

from summarizer import Brief, OptionError, summarize, summarize_text
from summarizer.rendering import parquet, xlsx
from summarizer.rendering.table import COLUMNS
from summarizer.rendering.workbook import holds


@pytest.fixture(scope="module", params=SEEDS, ids=lambda path: path.stem[:3])
def brief(request: pytest.FixtureRequest) -> Brief:
    return summarize(request.param, engine="offline")


def figures(brief: Brief) -> list[tuple[str, Decimal, str, str]]:
    """Id, value, unit and sentence of every metric, as the JSON has them."""
    return [
        (m["id"], Decimal(m["value"]), m["unit"]["zh"], m["evidence"]["quote"])
        for m in json.loads(brief.to_json())["metrics"]
    ]


def sheet(content: bytes, name: str) -> list[dict[str, Any]]:
    found = openpyxl.load_workbook(io.BytesIO(content))[name]
    head, *rows = found.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# -- the same figures everywhere


def test_csv_has_the_figures_of_the_json(brief: Brief) -> None:
    """Read back as Excel reads it: by its byte order mark."""
    content = brief.encoded("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [(r["metric"], Decimal(r["value"]), r["unit_zh"], r["evidence"]) for r in rows] == [
        (name, value, unit, " ".join(quote.replace("\u3000", " ").split()))
        for name, value, unit, quote in figures(brief)
    ]


def test_xlsx_has_the_figures_of_the_json(brief: Brief) -> None:
    """Values are numbers, each beside its sentence."""
    rows = sheet(brief.to_xlsx(), "Figures")
    assert all(type(r["value"]) in (int, float) for r in rows)
    assert [(r["metric"], Decimal(repr(r["value"])), r["unit_zh"] or "", r["evidence"]) for r in rows] == figures(brief)
    assert set(rows[0]) == set(COLUMNS)


def test_parquet_and_frames_have_the_figures_of_the_json(brief: Brief) -> None:
    """Floats for computing, exact text beside them, the same in Parquet, pandas and polars."""
    stored = pyarrow.parquet.read_table(io.BytesIO(brief.to_parquet())).to_pylist()
    for rows in (stored, brief.to_frame("pandas").to_dict("records"), brief.to_frame("polars").to_dicts()):
        assert [(r["metric"], Decimal(r["exact"]), r["unit_zh"], r["evidence"]) for r in rows] == figures(brief)
        assert [r["value"] for r in rows] == [float(value) for _, value, _, _ in figures(brief)]
        assert list(rows[0]) == [*COLUMNS, "exact"]


def test_frames_are_of_the_library_that_is_named() -> None:
    """pandas comes first when none is named; another library is refused."""
    brief = summarize_text("办理案件12件。", engine="offline")
    assert isinstance(brief.to_frame(), pandas.DataFrame)
    assert isinstance(brief.to_frame("polars"), polars.DataFrame)
    with pytest.raises(ValueError, match="pandas or polars"):
        brief.to_frame("numpy")  # type: ignore[arg-type]


def test_parquet_has_one_type_for_each_column() -> None:
    """A column without values has the type it always has, so that files of many runs read as one."""
    full = pyarrow.parquet.read_schema(io.BytesIO(summarize(SEEDS[0], engine="offline").to_parquet()))
    empty = pyarrow.parquet.read_schema(io.BytesIO(summarize_text("没有数字。", engine="offline").to_parquet()))
    assert empty == full


# -- Excel


def test_workbook_has_frozen_header_filters_and_findings() -> None:
    """What a reader of a workbook expects."""
    brief = summarize(SEEDS[0], engine="offline")
    book = openpyxl.load_workbook(io.BytesIO(brief.to_xlsx()))
    assert book.sheetnames == ["Figures", "Findings", "Reports"]
    found = book["Figures"]
    assert found.freeze_panes == "C2"
    assert found.auto_filter.ref.startswith("A1:")
    assert found.auto_filter.ref.endswith(str(len(brief.metrics) + 1))
    findings = sheet(brief.to_xlsx(), "Findings")
    assert sorted(r["message"] for r in findings) == sorted(f.message for f in brief.findings)
    assert sheet(brief.to_xlsx(), "Reports")[0]["sha256"] == brief.source.sha256


@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "@SUM(A1)", "+1", "-1", "{=1}", "external:x", "mailto:a@b"])
def test_no_text_of_a_report_is_a_formula_or_a_link_in_a_workbook(text: str) -> None:
    """Text stays text in every sheet, and stays in its column."""
    content = xlsx.to_xlsx(brief_with(text))
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        sheets = [files.read(name).decode() for name in files.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in files.namelist() if "external" in name.lower() or "_rels/sheet" in name]
    assert sheets
    assert not any("<f>" in part or "<f " in part or "hyperlink" in part for part in sheets)
    (row,) = sheet(content, "Figures")
    assert row["value"] == 15
    assert set(row) == set(COLUMNS)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0", True),
        ("1387562.5", True),
        ("123456789012345", True),
        ("123456789012345000000", True),
        ("0.000000000000123", True),
        ("1234567890123456", False),
        ("1234567.890123456", False),
    ],
)
def test_what_excel_cannot_hold_stands_as_text(value: str, number: bool) -> None:
    """15 digits are a number; more would be altered without a word."""
    brief = brief_with("x")
    brief = replace(brief, metrics=(replace(brief.metrics[0], value=Decimal(value)),))
    assert holds(Decimal(value)) is number
    content = xlsx.to_xlsx(brief)
    (row,) = sheet(content, "Figures")
    assert isinstance(row["value"], str) is not number
    assert Decimal(str(row["value"])) == Decimal(value)
    told = [r for r in sheet(content, "Findings") if r["code"] == "value_as_text"]
    assert bool(told) is not number


def test_a_text_longer_than_a_cell_is_cut_visibly() -> None:
    """The library would leave the cell empty."""
    (row,) = sheet(xlsx.to_xlsx(brief_with("长" * 40_000)), "Figures")
    cells = [cell for cell in row.values() if isinstance(cell, str) and len(cell) > 30_000]
    assert cells
    assert all(cell.endswith("cell holds)") and len(cell) < 32_767 for cell in cells)


def test_equal_briefs_give_equal_workbooks() -> None:
    """No clock in the file."""
    brief = brief_with("x")
    assert xlsx.to_xlsx(brief) == xlsx.to_xlsx(brief)


# -- saving


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
def test_tables_are_saved_by_their_suffix(suffix: str, tmp_path: Path) -> None:
    """The suffix says how."""
    brief = summarize_text("办理案件12件。", engine="offline")
    saved = brief.save(tmp_path / f"b{suffix}")
    assert saved.read_bytes() == (brief.to_xlsx() if suffix == ".xlsx" else brief.to_parquet())


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, before anything is read."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OptionError, match=r"pip install 'summarizer\[parquet\]'"):
        parquet.to_parquet(brief_with("x"))
