"""What `import summarizer` offers: names, laziness, one call for one report and one for many."""

import io
import json
import subprocess
import sys
import types
from pathlib import Path

import pytest

import summarizer
from summarizer import (
    Brief,
    EmptyDocumentError,
    EngineOptions,
    EngineUnavailableError,
    InputError,
    OptionError,
    ReportTypeError,
    StoreError,
    SummarizerError,
    load_report_type,
    summarize,
    summarize_many,
    summarize_text,
)
from summarizer.brief import BriefData
from summarizer.rendering.csv import COLUMNS

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
REPORT = "某某市生态环境局2023年法治政府建设工作报告\n2023年,我局办理行政处罚案件15件,罚款138.75625万元。\n"


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPENAI_MODEL", "OPENAI_API_KEY", "SUMMARIZER_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def brief() -> Brief:
    return summarize(SEEDS[3])


def test_public_names_are_sorted_and_exist() -> None:
    """`__all__` is sorted, every name in it can be had, `dir` lists them, and nothing else is served."""
    assert summarizer.__all__ == sorted(summarizer.__all__, key=str)
    for name in summarizer.__all__:
        assert getattr(summarizer, name) is not None
        assert name in dir(summarizer)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = summarizer.no_such_name


def test_importing_the_package_costs_nothing() -> None:
    """`import summarizer` loads no module but its own version; the first use loads what it needs."""
    code = "import sys; before = set(sys.modules); import summarizer; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = [name for name in eval(done.stdout) if not name.startswith(("typing", "collections", "re", "functools"))]
    assert {name for name in loaded if name.startswith("summarizer")} == {"summarizer", "summarizer.version"}


def test_a_string_is_a_path_or_with_a_line_break_the_text() -> None:
    """The documented rule: a path, unless it holds a line break or more than 1000 characters."""
    assert summarize(str(SEEDS[3])).source.name == SEEDS[3].name
    assert summarize(REPORT).source.name == "text"
    assert summarize(REPORT.replace("\n", " ") * 30).source.name == "text"
    with pytest.raises(InputError):
        summarize("罚款15万元")
    assert [m.raw for m in summarize_text("罚款15万元").metrics] == ["15万元"]


def test_a_path_object_is_always_a_file(tmp_path: Path) -> None:
    """A `Path` is never taken for text, whatever it looks like."""
    odd = tmp_path / "a\nb.txt"
    odd.write_text(REPORT, "utf-8")
    assert summarize(odd).text == REPORT
    with pytest.raises(InputError):
        summarize(Path("罚款15万元\n"))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    assert summarize("-").source.name == "-"


def test_text_and_file_give_the_same_brief(tmp_path: Path) -> None:
    """Where the text comes from changes the source record only."""
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT.encode())
    assert summarize(path).metrics == summarize_text(REPORT).metrics


def test_a_saved_brief_is_no_report(tmp_path: Path, brief: Brief) -> None:
    saved = tmp_path / "b.json"
    saved.write_text(brief.to_json(), "utf-8")
    with pytest.raises(InputError, match=r"^b\.json: a saved brief, not a report; name the report"):
        summarize(saved)


def test_many_keeps_order_and_goes_on_after_a_failure(tmp_path: Path) -> None:
    """Each outcome holds a brief or an error, in the order given."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    given = [SEEDS[1], empty, str(SEEDS[0]), "missing.txt"]
    outcomes = list(summarize_many(given))
    assert [outcome.source for outcome in outcomes] == given
    assert [outcome.brief.source.name if outcome.brief else None for outcome in outcomes] == [
        SEEDS[1].name,
        None,
        SEEDS[0].name,
        None,
    ]
    assert isinstance(outcomes[1].error, EmptyDocumentError)
    assert isinstance(outcomes[3].error, InputError)
    assert outcomes[0].error is None


def test_many_is_lazy() -> None:
    """A report is read when its turn comes, so a thousand of them need no memory."""

    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield SEEDS[4]

    outcomes = summarize_many(endless())
    assert isinstance(outcomes, types.GeneratorType)
    assert next(outcomes).brief is not None


def test_a_cassette_that_is_not_there(tmp_path: Path) -> None:
    """With no model named it can be neither replayed nor recorded."""
    with pytest.raises(OptionError, match=r"no cassette .*gone\.yaml; check the path, or name a model"):
        summarize(SEEDS[3], engine=EngineOptions(engine="llm", cassette=tmp_path / "gone.yaml"))


def test_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine object can be passed in; an unknown one, or llm without a model, is an error that says what to do."""
    from summarizer.engines.offline import OfflineEngine

    class Named(OfflineEngine):
        name = "mine"

    assert summarize_text(REPORT, engine=Named()).run.engine == "mine"
    with pytest.raises(OptionError, match="offline"):
        summarize_text(REPORT, engine="other")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="OPENAI_MODEL"):
        summarize_text(REPORT, engine="llm")
    monkeypatch.setenv("OPENAI_MODEL", "qwen")
    with pytest.raises(EngineUnavailableError, match="OPENAI_API_KEY"):
        summarize_text(REPORT)


def test_report_types(tmp_path: Path) -> None:
    """By id, loaded beforehand, or from a folder of one's own; an unknown id is an error."""
    loaded = load_report_type()
    assert summarize_text(REPORT, report_type=loaded).run.schema_sha256 == loaded.sha256
    with pytest.raises(ReportTypeError, match="no_such"):
        summarize_text(REPORT, report_type="no_such")
    with pytest.raises(SummarizerError, match="no such folder"):
        summarize_text(REPORT, home=tmp_path / "missing")


def test_a_brief_is_the_published_record(brief: Brief) -> None:
    """Attributes, JSON and the way back agree."""
    published = json.loads(brief.to_json())
    assert list(published) == list(BriefData.__dataclass_fields__)
    again = Brief.from_json(brief.to_json())
    assert again == brief
    assert again.to_json() == brief.to_json()
    assert Brief.from_json(brief.to_json_line().encode()) == brief
    assert again.text is None
    assert brief.text == SEEDS[3].read_bytes().decode()


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", b"\xff"])
def test_from_json_refuses_what_is_no_brief(content: str | bytes) -> None:
    """An InputError on one line."""
    with pytest.raises(InputError) as caught:
        Brief.from_json(content)
    assert "\n" not in str(caught.value)


def test_a_brief_shows_itself(brief: Brief) -> None:
    """In notebooks as HTML or Markdown, in terminals by rich, in a prompt on one line."""
    from rich.console import Console

    page = Console(file=io.StringIO(), width=100)
    page.print(brief)
    assert isinstance(page.file, io.StringIO)
    for shown in (brief._repr_html_(), brief._repr_markdown_(), page.file.getvalue()):
        assert "1813.4469" in shown
    assert str(brief) == f"<Brief of {SEEDS[3].name}: {len(brief.metrics)} figures, {len(brief.findings)} findings>"


@pytest.mark.parametrize("suffix", [".json", ".md", ".html", ".csv"])
def test_saving(brief: Brief, tmp_path: Path, suffix: str) -> None:
    """The suffix says how; what is saved is what the method returns."""
    path = brief.save(tmp_path / f"b{suffix}")
    method = {".json": brief.to_json, ".md": brief.to_markdown, ".html": brief.to_html, ".csv": brief.to_csv}[suffix]
    assert path.read_bytes().decode("utf-8-sig" if suffix == ".csv" else "utf-8") == method()


def test_saving_what_cannot_be_saved(brief: Brief, tmp_path: Path) -> None:
    """An unknown suffix, a missing folder, a text that is not there."""
    with pytest.raises(ValueError, match=r"\.md"):
        brief.save(tmp_path / "b.docx")
    with pytest.raises(StoreError):
        brief.save(tmp_path / "missing" / "b.md")
    with pytest.raises(ValueError, match="loaded from JSON"):
        Brief.from_json(brief.to_json()).save_text(tmp_path / "t.txt")
    assert brief.save_text(tmp_path / "t.txt").read_bytes().decode() == brief.text


def test_rows_have_the_columns_of_the_csv(brief: Brief) -> None:
    """One row a metric; numbers are numbers."""
    rows = brief.to_rows()
    assert len(rows) == len(brief.metrics)
    assert tuple(rows[0]) == COLUMNS
    assert brief.text is not None
    for row, metric in zip(rows, brief.metrics, strict=True):
        assert row["value"] == metric.value
        assert brief.text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]


def test_frames_use_whichever_library_is_there(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas, else polars, else an error that names what to install; tried with stand-ins."""

    class Stand(types.ModuleType):
        @staticmethod
        def DataFrame(columns: dict[str, list[object]]) -> dict[str, list[object]]:  # noqa: N802
            return columns

    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match="pip install pandas"):
        brief.to_frame()
    monkeypatch.setitem(sys.modules, "polars", Stand("polars"))
    frame = brief.to_frame()
    assert list(frame) == [*COLUMNS, "exact"]
    assert all(isinstance(value, float) for value in frame["value"])
    assert [float(exact) for exact in frame["exact"]] == frame["value"]
    with pytest.raises(ImportError, match="pip install pandas"):
        brief.to_frame("pandas")
    assert summarize_text("没有数字。", engine="offline").to_frame() == {name: [] for name in [*COLUMNS, "exact"]}


def test_check_and_inspect(brief: Brief) -> None:
    """A brief holds against its own report; a reading knows numbers and sections before any engine."""
    assert summarizer.check(brief, SEEDS[3]) == ()
    assert summarizer.check(brief, SEEDS[2])[0].code == "other_file"
    assert len(summarizer.inspect(SEEDS[3]).numbers.quantities) == len(brief.metrics)
