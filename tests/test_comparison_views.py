"""Every view of a comparison: the same figures, each with its sentence, true charts, and no report breaks it."""

import csv
import io
import re
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pytest
from comparisons import CATALOGUE, brief, gdp, growth, metric
from test_rendering import HOSTILE, kinds, parse

from summarizer.brief import BriefData
from summarizer.compared import Comparison
from summarizer.comparing import compare
from summarizer.document import Kind, Qualifier
from summarizer.rendering.comparison_view import COLUMNS
from summarizer.rendering.trends import pictures

CITY = "某市人民政府"
OTHER = "乙市人民政府"


def made(*briefs: BriefData, at_least: int = 1) -> Comparison:
    return Comparison.of(compare(briefs, CATALOGUE, at_least=at_least))


def city(text: str) -> Comparison:
    """Four years of a city with a gap, every kind of cell, and `text` wherever a report can put one."""
    said = f"{text}地区生产总值"
    return made(
        brief(f"{text}{CITY}", 2015, gdp("m1", "100.0", 2015, f"{said}⟦100.0⟧亿元{text}。"), name=f"a{text}"),
        brief(
            f"{text}{CITY}",
            2016,
            gdp("m1", "106.2", 2016, f"{said}⟦106.2⟧亿元。"),
            growth("m2", "7.9", 2016, at=80),
            metric("m3", "gdp", f"{said}⟦110⟧亿元。", "11000000000", "元", Kind.TARGET, period="2017", at=160),
            name=f"b{text}",
        ),
        brief(
            f"{text}{CITY}",
            2018,
            gdp("m1", "120", 2018, f"{said}超过⟦120⟧亿元。", qualifier=Qualifier.OVER),
            metric("m2", None, f"{text}行政诉讼案件⟦2⟧件。", "2", "件", period="2018", at=80),
            name=f"c{text}",
        ),
        brief(
            f"{text}{CITY}",
            2019,
            gdp("m1", "131", 2019, f"{said}⟦131⟧亿元。"),
            gdp("m2", "140", 2019, f"{said}⟦140⟧亿元。", at=80),
            metric("m3", "lawsuits", f"{text}⟦未发生⟧行政诉讼案件。", "0", "", period="2019", at=160, in_words=True),
            name=f"d{text}",
        ),
    )


PLAIN = city("文字")
BODY = f"文字{CITY}"


def points(svg: str) -> list[tuple[int, str, str]]:
    """Year, mark and tooltip of each point of a chart."""
    root = ElementTree.fromstring(svg)
    return [
        (int(g.attrib["data-year"]), g.attrib["data-mark"], g[0].text or "")
        for g in root.iter("{http://www.w3.org/2000/svg}g")
    ]


def lines(svg: str) -> list[tuple[float, float, float, float]]:
    """Both ends of each stretch of a trend line."""
    return [
        tuple(float(n) for n in match.groups())  # type: ignore[misc]
        for match in re.finditer(r'd="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', svg)
    ]


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {s.title: [list(row) for row in s.iter_rows(values_only=True)] for s in book}


# -- what the cells say


def test_markdown_tells_every_kind_of_cell() -> None:
    """Stated, rough, several, computed, target, zero, not matched, absent."""
    text = re.sub(r"\[\^\d+\]", "^", PLAIN.to_markdown())
    assert (
        "| GDP | 地区生产总值 | 亿元 · CNY 100 million | 100^ | 106.2^; calc. +6.2%, stated +7.9% ≠^ | \\> 120^ "
        "| 131^ / 140^ |" in text
    )
    assert "| GDP, target | 地区生产总值，目标 | 亿元 · CNY 100 million | – | 110^ (for 2017) | – | – |" in text
    assert "| lawsuits | 行政诉讼案件 | count | – | – | ?^ | 0^ (stated in words) |" in text
    assert f"# Comparison: EN {BODY}, 2015–2019 · 对比：{BODY}，2015–2019" in text


def test_every_figure_of_the_markdown_has_its_sentence() -> None:
    """Footnotes used are there once, and quote the report."""
    text = PLAIN.to_markdown()
    defined = re.findall(r"^\[\^(\d+)\]: “(.+)” — ", text, re.MULTILINE)
    assert {n for n, _ in defined} == set(re.findall(r"\[\^(\d+)\](?!:)", text))
    quotes = {f.metric.evidence.quote for row in PLAIN.rows for c in row.cells for f in (*c.figures, *c.others)}
    assert {quote for _, quote in defined} <= quotes


def test_html_links_meet_and_lead_to_the_sentence() -> None:
    """Every link has its target; the figure is marked in its sentence."""
    html = PLAIN.to_html()
    page = parse(html)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    number = re.search(r'<a href="#(s\d+)"[^>]*>106\.2</a>', html)
    assert number
    assert f'<li id="{number[1]}"' in html
    assert "<mark>106.2</mark>" in html


# -- tables


def test_tables_hold_the_figures_of_the_comparison() -> None:
    """CSV, Parquet, XLSX and frames, digit by digit, with sentence and place."""
    expected = Counter(
        (row.key, row.part.value, f.metric.id, f.value, f.metric.evidence.quote, f.metric.evidence.start)
        for row in PLAIN.rows
        for cell in row.cells
        for f in (*cell.figures, *cell.others)
    )
    parts = ("key", "part", "metric", "value", "evidence", "evidence_start")
    from_csv = list(csv.DictReader(io.StringIO(PLAIN.encoded("csv").decode("utf-8-sig"), newline="")))
    head, *rows = sheets(PLAIN.to_xlsx())["Figures"]
    from_xlsx = [dict(zip(head, row, strict=True)) for row in rows]
    from_parquet = pyarrow.parquet.read_table(io.BytesIO(PLAIN.to_parquet())).to_pylist()
    from_frame = PLAIN.to_frame("polars").to_dicts()
    for table in (from_csv, from_xlsx, from_parquet, from_frame):
        assert tuple(table[0])[: len(COLUMNS)] == COLUMNS
        found = Counter(
            (
                *(line[p] for p in parts[:3]),
                Decimal(str(line.get("exact", line["value"]))),
                line["evidence"],
                int(line["evidence_start"]),
            )
            for line in table
            if line["metric"]
        )
        assert found == expected
    cells = len(PLAIN.rows) * len(PLAIN.columns)
    assert len(from_csv) == len(from_parquet) == len(from_frame) >= cells
    assert {line["state"] for line in from_csv if not line["metric"]} == {"absent"}


def test_the_wide_sheet_has_typed_numbers_that_lead_to_their_sentences() -> None:
    """A number in its scale, what it does not say itself beside it, and a link within the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(PLAIN.to_xlsx()))
    sheet = book["Comparison"]
    head = [cell.value for cell in sheet[1]]
    line = dict(zip(head, sheet[2], strict=True))
    cell = line[f"{BODY} 2016 (r2)"]
    assert (cell.value, line["unit"].value) == (106.2, "CNY 100 million")
    assert line["r2 says"].value == "calc. +6.2%, stated +7.9% ≠"
    assert line["r3 says"].value == "over"
    assert line[f"{BODY} 2019 (r4)"].value == "131 / 140"
    target = book["Figures"][cell.hyperlink.location.split("!")[1]]
    evidence = book["Figures"].cell(target.row, COLUMNS.index("evidence") + 1).value
    assert "106.2亿元" in evidence
    assert sheet.freeze_panes == "C2"
    last = {row[0].value: row for row in sheet.iter_rows(min_row=2)}["lawsuits"]
    said = dict(zip(head, (c.value for c in last), strict=True))
    assert [said[f"r{n} says"] for n in (1, 3, 4)] == ["absent", "not matched", "stated zero; stated in words"]


# -- charts


def test_charts_are_true() -> None:
    """Time to scale, gaps for absent years, rough and planned figures apart, several figures not drawn."""
    svg = str(PLAIN.chart("gdp"))
    assert [(year, mark) for year, mark, _ in points(svg)] == [
        (2015, "exact"),
        (2016, "exact"),
        (2017, "target"),
        (2018, "more"),
    ]
    assert [told for _, _, told in points(svg)][1] == (
        f"{BODY}, 2016: 106.2 亿元 · CNY 100 million (report about 2016)"
    )
    (line,) = lines(svg)
    marks = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    assert [line[0], line[2]] == marks
    assert line[1] > line[3]
    x = {int(year): float(at) for at, year in re.findall(r'<text x="([\d.]+)" y="250"[^>]*>(\d+)</text>', svg)}
    assert x[2018] - x[2016] == pytest.approx(2 * (x[2016] - x[2015]), abs=0.2)


def test_heights_are_to_scale() -> None:
    """A value half as large stands half as high; a cut axis says where it starts."""
    half = made(brief(CITY, 2018, gdp("m1", "50", 2018)), brief(CITY, 2019, gdp("m1", "100", 2019)))
    (line,) = lines(str(half.chart("gdp")))
    base, top = 230.0, 14.0
    assert (base - line[1]) / (base - line[3]) == pytest.approx(0.5, abs=0.002)
    assert line[3] >= top
    assert "axis starts" not in str(half.chart("gdp"))
    close = made(brief(CITY, 2018, gdp("m1", "98", 2018)), brief(CITY, 2019, gdp("m1", "100", 2019)))
    assert "axis starts at 98" in str(close.chart("gdp"))


def test_each_body_has_a_line_of_its_own() -> None:
    """Two bodies, two colours, a legend; no line between them."""
    data = made(
        *(
            brief(body, year, gdp("m1", str(year - n * 1000), year))
            for n, body in enumerate((CITY, OTHER))
            for year in (2018, 2019)
        )
    )
    svg = str(data.chart("gdp"))
    assert len(lines(svg)) == 2
    assert len(set(re.findall(r'stroke="(#\w+)" stroke-width="2"', svg))) == 2
    assert {CITY, OTHER} <= set(re.findall(r"<text[^>]*>([^<]+)</text>", svg))


def test_bodies_of_different_size_have_pictures_of_their_own() -> None:
    """A district is no flat line below a province; a body keeps its colour; one year alone is no trend."""
    sizes = {"甲区人民政府": 5, "乙区人民政府": 9, "丙省人民政府": 900, "丁县人民政府": 7}
    data = made(
        *(
            brief(body, year, gdp("m1", str(size), year))
            for body, size in sizes.items()
            for year in ((2018,) if body.startswith("丁") else (2018, 2019))
        )
    )
    assert [[s.name for s in group] for group in pictures(data.row("gdp"), data)] == [
        ["丙省人民政府"],
        ["乙区人民政府", "甲区人民政府"],
    ]
    indexes = {s.name: s.index for group in pictures(data.row("gdp"), data) for s in group}
    assert indexes == {name: sorted(sizes).index(name) for name in indexes}
    assert data.to_html().count("<figure>") == 2


def test_an_unknown_trend_is_told() -> None:
    """With the ones there are."""
    with pytest.raises(KeyError, match="gdp"):
        str(PLAIN.chart("no_such"))
    with pytest.raises(KeyError, match="no_such"):
        PLAIN.row("no_such")
    assert PLAIN.row("gdp").key == "gdp"


# -- hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_the_structure(text: str) -> None:
    """Markdown, HTML and SVG keep their structure; tables keep their columns; nothing is a formula or a link out."""
    data = city(text)
    assert kinds(data.to_markdown()) == kinds(PLAIN.to_markdown())
    page = parse(data.to_html())
    assert page.tags == parse(PLAIN.to_html()).tags
    assert page.bad == []
    assert all(link.startswith("#") for link in page.links)
    assert "script" not in page.tags
    assert "default-src 'none'" in data.to_html()
    ElementTree.fromstring(str(data.chart("gdp")))
    rows = list(csv.reader(io.StringIO(data.to_csv())))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not any(cell[:1] in tuple("=+-@＝＋－＠\t\r\n") for row in rows[1:] for cell in row if not _number(cell))
    with zipfile.ZipFile(io.BytesIO(data.to_xlsx())) as files:
        parts = {name: files.read(name).decode() for name in files.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in part or "<f " in part for part in parts.values())
    assert not any("TargetMode" in part for part in parts.values())


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


# -- the object


@pytest.mark.parametrize("suffix", [".md", ".html", ".csv", ".xlsx", ".parquet"])
def test_a_comparison_is_saved_by_its_suffix(suffix: str, tmp_path: Path) -> None:
    """And nothing else."""
    saved = PLAIN.save(tmp_path / f"c{suffix}")
    assert saved.stat().st_size
    with pytest.raises(ValueError, match=r"\.parquet"):
        PLAIN.save(tmp_path / "c.json")


def test_a_comparison_without_common_metrics_is_still_whole() -> None:
    """No row: every view says so."""
    data = made(brief(CITY, 2018), brief(CITY, 2019))
    assert "No metric is stated by two" in data.to_markdown()
    assert "No metric is stated by two" in data.to_html()
    assert data.to_csv().count("\r\n") == 1
    assert sheets(data.to_xlsx())["Comparison"][0][:2] == ["metric", "指标"]
