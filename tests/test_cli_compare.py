"""`summarizer compare`, and tables of `summarizer summarize`, as users and scripts meet them."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from comparisons import brief, metric

from summarizer.brief import BriefData
from summarizer.cli.main import main
from summarizer.rendering.json import to_json, to_json_lines

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@dataclass(frozen=True)
class Result:
    code: int
    out: bytes
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    for name in ("OPENAI_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY", "SUMMARIZER_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*args: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(arg) for arg in args])
        out, err = capsysbinary.readouterr()
        assert isinstance(stopped.value.code, int)
        return Result(stopped.value.code, out, err.decode())

    return call


def year(number: int, meetings: int) -> BriefData:
    sentence = f"召开党组会议⟦{meetings}⟧次。"
    told = metric("m1", "party_group_meetings", sentence, str(meetings), "次", period=str(number))
    return brief("甲市生态环境局", number, told)


@pytest.fixture
def saved(tmp_path: Path) -> list[Path]:
    paths = []
    for number, meetings in ((2021, 10), (2022, 12)):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(to_json(year(number, meetings)), "utf-8")
    return paths


def test_saved_briefs_are_compared(run: Run, saved: list[Path]) -> None:
    """Markdown on standard output, one line on standard error."""
    result = run("compare", *reversed(saved))
    assert result.code == 0
    assert "| 10[^1] | 12[^2]; calc. +20% |" in result.out.decode()
    assert result.err == "summarizer: 2 reports, 1 rows\n"


@pytest.mark.parametrize("suffix", ["md", "html", "csv", "xlsx", "parquet"])
def test_the_suffix_chooses_the_format(run: Run, saved: list[Path], suffix: str, tmp_path: Path) -> None:
    """And --format wins."""
    target = tmp_path / f"table.{suffix}"
    assert run("compare", "-q", *saved, "-o", target).code == 0
    content = target.read_bytes()
    begins = {"md": b"# Comp", "html": b"<!DOCTYPE", "csv": b"\xef\xbb\xbfkey,", "xlsx": b"PK", "parquet": b"PAR1"}
    assert content.startswith(begins[suffix])
    assert run("compare", "-q", *saved, "-f", suffix).out == content
    other = tmp_path / "table.txt"
    assert run("compare", *saved, "-o", other).code == 2
    assert run("compare", "-q", *saved, "-o", other, "-f", suffix).code == 0
    assert other.read_bytes() == content


def test_json_lines_reports_and_standard_input_may_be_mixed(run: Run, saved: list[Path], tmp_path: Path) -> None:
    """A file of several briefs, a report, and `-`."""
    lines = tmp_path / "all.jsonl"
    lines.write_text(to_json_lines([year(2021, 10), year(2022, 12)]), "utf-8")
    stdin = to_json(year(2023, 14)).encode()
    result = run("compare", "--engine", "offline", "-f", "csv", lines, "-", SEEDS[0], stdin=stdin)
    assert result.code == 0
    rows = list(csv.DictReader(io.StringIO(result.out.decode("utf-8-sig"))))
    told = [(r["report_year"], r["value"]) for r in rows if r["key"] == "party_group_meetings" and "甲市" in r["body"]]
    assert told == [("2021", "10"), ("2022", "12"), ("2023", "14")]
    assert SEEDS[0].name in {r["report"] for r in rows}


def test_what_cannot_be_compared_is_refused(run: Run, saved: list[Path], tmp_path: Path) -> None:
    """One report, the same twice: one line, exit code 2; nothing is written."""
    target = tmp_path / "t.md"
    for inputs, told in (
        ([saved[0]], "two reports or more"),
        ([saved[0], saved[1], saved[0]], "same report"),
    ):
        result = run("compare", *inputs, "-o", target)
        assert result.code == 2
        assert told in result.err
        assert result.err.count("\n") == 1
    assert run("compare", *saved, "-o", saved[0]).code == 2
    assert not target.exists()


def test_an_input_that_cannot_be_read_does_not_sink_the_rest(run: Run, saved: list[Path], tmp_path: Path) -> None:
    """It is named with its reason; the code is 5."""
    broken = tmp_path / "broken.json"
    broken.write_text('{"schema_version": "1"}', "utf-8")
    result = run("compare", *saved, broken, "no_such.txt")
    assert result.code == 5
    assert "12[^2]" in result.out.decode()
    assert "broken.json: not a brief: source" in result.err
    assert "no_such.txt: no such file" in result.err
    lines = tmp_path / "bad.jsonl"
    lines.write_text(to_json_lines([year(2021, 10)]) + "{}\n", "utf-8")
    assert "bad.jsonl, line 2: not a brief" in run("compare", *saved, lines).err


def test_several_reports_give_one_workbook_and_one_parquet_file(run: Run, tmp_path: Path) -> None:
    """A row for each figure of every report, as in the CSV."""
    for suffix in ("xlsx", "parquet", "csv"):
        assert run("summarize", "--engine", "offline", "-q", *SEEDS[:2], "-o", tmp_path / f"t.{suffix}").code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"))))
    told = [(r["report"], r["metric"]) for r in rows]
    head, *found = openpyxl.load_workbook(tmp_path / "t.xlsx")["Figures"].iter_rows(values_only=True)
    at = head.index("report"), head.index("metric")
    assert [(row[at[0]], row[at[1]]) for row in found] == told
    stored = pyarrow.parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert [(r["report"], r["metric"]) for r in stored] == told


def test_a_terminal_is_no_place_for_a_workbook(run: Run, saved: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Say where to put it."""
    monkeypatch.setattr("summarizer.cli.output._on_terminal", lambda: True)
    for args in (["compare", *saved], ["summarize", SEEDS[0]]):
        result = run(*args, "--format", "xlsx")
        assert result.code == 2
        assert "use -o FILE.xlsx" in result.err


@pytest.mark.parametrize("codepage", ["cp1252", "gbk", "ascii"])
def test_no_code_page_stops_a_comparison(codepage: str, saved: list[Path]) -> None:
    """UTF-8 comes out, whatever the console says."""
    command = [sys.executable, "-m", "summarizer", "compare", *map(str, saved)]
    environment = {**os.environ, "PYTHONIOENCODING": codepage, "PYTHONUTF8": "0", "SUMMARIZER_STORE": "off"}
    done = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, check=True)
    assert "甲市生态环境局" in done.stdout.decode()


def test_making_json_loads_nothing_of_tables_and_comparisons() -> None:
    """`--format json` starts as fast as ever."""
    code = (
        "import sys\n"
        "from summarizer.cli.main import main\n"
        f"try: main(['summarize', '-q', '--engine', 'offline', '--format', 'json', {str(SEEDS[0])!r}])\n"
        "except SystemExit: print(sorted(sys.modules), file=sys.stderr)\n"
    )
    environment = {**os.environ, "SUMMARIZER_STORE": "off"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert json.loads(done.stdout)["metrics"]
    loaded = set(done.stderr.replace("'", "").strip("[]\n").split(", "))
    assert "summarizer.rendering.json" in loaded
    heavy = (
        "summarizer.notebook",
        "xlsxwriter",
        "pyarrow",
        "pandas",
        "summarizer.comparing",
        "summarizer.compared",
        "summarizer.comparison",
    )
    assert not [name for name in loaded if name.startswith((*heavy, "summarizer.rendering.workbook"))]
