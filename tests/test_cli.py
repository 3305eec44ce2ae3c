"""The command line as users and scripts meet it: outputs, messages, exit codes."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarizer import pipeline
from summarizer.cli.exits import Exit, gravest
from summarizer.cli.main import cli, main
from summarizer.rendering.layout import cells

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SEED = str(SEEDS[3])
REPORT = "某某市生态环境局2023年法治政府建设工作报告\n2023年,我局办理行政处罚案件15件,罚款138.75625万元。\n"
# 708 of 728 are 97.3%.
DOUBTFUL = "某某市生态环境局2023年法治政府建设工作报告\n2023年,我局发现问题728个,已整改708个,整改率98.3%。\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Result]:
    """Run one command line in an empty folder with an empty environment."""
    for name in ("OPENAI_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_API_BASE", "SUMMARIZER_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*args: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(arg) for arg in args])
        out, err = capsysbinary.readouterr()
        code = stopped.value.code
        assert isinstance(code, int)
        return Result(code, out.decode(), err.decode())

    return call


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


Run = Callable[..., Result]


def test_help_names_every_exit_code_and_command(run: Run) -> None:
    """`--help` documents all exit codes and lists all commands."""
    result = run("--help")
    assert result.code == 0
    for code in Exit:
        assert f" {int(code)}  " in result.out
    for name in cli.commands:
        assert f"  {name} " in result.out


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help(run: Run, name: str) -> None:
    """`-h` and `--help` both work, and say more than the usage line."""
    assert run(name, "-h") == run(name, "--help")
    assert run(name, "-h").code == 0
    assert len(run(name, "-h").out.splitlines()) > 5


def test_no_command_shows_help_and_is_a_usage_error(run: Run) -> None:
    """Nothing on standard output, so that a pipe gets nothing."""
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "Usage: summarizer" in result.err


def test_version(run: Run) -> None:
    """`--version` is one line: name and version."""
    from summarizer import __version__

    assert run("--version") == Result(0, f"summarizer {__version__}\n", "")


def test_a_report_instead_of_a_command_gets_a_hint(run: Run, report: Path) -> None:
    """`summarizer report.txt` is told what to type."""
    result = run("report.txt")
    assert result.code == 2
    assert "did you mean `summarizer summarize report.txt`?" in result.err


def test_json_of_one_report_is_one_object(run: Run, report: Path) -> None:
    """Standard output is the published object and nothing else."""
    result = run("summarize", report, "--format", "json")
    brief = json.loads(result.out)
    assert result.code == 0
    assert brief["schema_version"] == "1"
    assert [m["value"] for m in brief["metrics"]] == ["15", "1387562.5"]


def test_several_reports_give_json_lines_in_input_order(run: Run) -> None:
    """One line a report, as given, whatever their names."""
    given = [SEEDS[2], SEEDS[0], SEEDS[1]]
    result = run("summarize", *given, "-f", "json")
    lines = result.out.splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == [path.name for path in given]
    assert "3 of 3 reports" in result.err


def test_csv_of_several_reports_is_one_table(run: Run) -> None:
    """One header, one byte order mark, the same number of columns in every row."""
    result = run("summarize", *SEEDS[:2], "--format", "csv")
    assert result.out.count("\ufeff") == 1
    rows = list(csv.reader(io.StringIO(result.out.removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert sum(row == rows[0] for row in rows) == 1


@pytest.mark.parametrize("format", ["md", "html"])
def test_markdown_and_html_hold_one_report(run: Run, format: str) -> None:
    """Several reports in one such file are refused before anything is read."""
    result = run("summarize", *SEEDS[:2], "-f", format)
    assert (result.code, result.out) == (2, "")
    assert "summarizer brief" in result.err
    assert run("summarize", SEED, "-f", format).out


def test_the_default_is_a_view_for_reading(run: Run) -> None:
    """Figures of the report appear; without a terminal there is no escape sequence."""
    result = run("summarize", SEED)
    assert result.code == 0
    assert "1813.4469" in result.out
    assert "\x1b" not in result.out


def test_standard_input(run: Run) -> None:
    """`-` reads standard input, once."""
    result = run("summarize", "-", "-f", "json", stdin=REPORT.encode("gb18030"))
    source = json.loads(result.out)["source"]
    assert (source["name"], source["encoding"]) == ("-", "gb18030")
    assert run("summarize", "-", "-").code == 2
    assert run("check", "-", "-").code == 2


def test_output_file(run: Run, report: Path, tmp_path: Path) -> None:
    """`-o` writes a file whose suffix chooses the format; nothing else appears in the folder or on standard output."""
    for name, start in (("b.json", "{"), ("b.csv", "\ufeff"), ("b.md", "#"), ("b.html", "<!"), ("b.txt", "")):
        result = run("summarize", report, "-o", name)
        assert (result.code, result.out) == (0, "")
        assert (tmp_path / name).read_bytes().decode().lower().startswith(start)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.csv", "b.html", "b.json", "b.md", "b.txt", "report.txt"]


def test_a_failed_run_leaves_the_old_output(run: Run, tmp_path: Path) -> None:
    """An output file is replaced only by something."""
    target = tmp_path / "out.json"
    target.write_text("old")
    assert run("summarize", "missing.txt", "-o", target).code == 3
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.txt", b"", "no text"),
        ("bom.txt", b"\xef\xbb\xbf", "no text"),
        ("space.txt", " \n\u3000".encode(), "no text"),
        ("x.pdf", b"%PDF-1.7\n", "PDF"),
        ("x.docx", b"PK\x03\x04word/", "DOCX"),
        ("x.bin", bytes(range(256)), "NUL"),
    ],
)
def test_unreadable_reports(run: Run, tmp_path: Path, name: str, content: bytes, word: str) -> None:
    """The only report: 3. One line says which file and why."""
    (tmp_path / name).write_bytes(content)
    result = run("summarize", name, "-q")
    assert (result.code, result.out) == (3, "")
    assert result.err.count("\n") == 1
    assert name in result.err
    assert word in result.err


@pytest.mark.parametrize("command", [["outline"], ["summarize", "-q"], ["brief", "-q"], ["check", "missing.json"]])
def test_a_missing_report_is_named(run: Run, command: list[str]) -> None:
    """Each command that reads a report tells the same way that there is none."""
    result = run(*command, "missing.txt")
    assert (result.code, result.out) == (3, "")
    assert "missing." in result.err
    assert result.err.count("\n") == 1


@posix
def test_odd_paths(run: Run, tmp_path: Path) -> None:
    """A folder, a pipe and a loop of links are refused on one line; odd names are read."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("folder", "pipe", "loop"):
        result = run("summarize", name, "-q")
        assert result.code == 3
        assert result.err.count("\n") == 1
    for name in ("a\nb\x1b[2J.txt", "-rf", "报告 (1).txt", "n" * 255, os.fsdecode(b"\xff.txt")):
        (tmp_path / name).write_text(REPORT, "utf-8")
        result = run("brief", "-o", "out", "-v", "--", name)
        assert result.code == 0, result.err
        assert "\x1b" not in result.out + result.err
        assert result.out.count("\n") == 1
    made = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert len(made) == 5
    assert all(name.endswith(".md") and not name.startswith("-") and name.isprintable() for name in made)


def test_one_failure_among_several_is_partial(run: Run, report: Path, tmp_path: Path) -> None:
    """The others are written, the failed one is named, exit 5."""
    result = run("summarize", report, "missing.txt", SEED, "-f", "json", "-o", "all.jsonl")
    assert result.code == 5
    assert "missing.txt" in result.err
    assert "3 of 3 reports" in result.err
    assert "1 failed" in result.err
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 2


def test_brief_writes_one_file_a_report_and_prints_its_path(run: Run, report: Path, tmp_path: Path) -> None:
    """Each format of each report, in order."""
    result = run("brief", report, SEED, "-f", "md", "-f", "html", "-f", "json", "-f", "md", "-o", "out/deep")
    stems = ["report", Path(SEED).stem]
    paths = [str(Path("out", "deep", f"{s}.{f}")) for s in stems for f in ("md", "html", "json")]
    assert (result.code, result.out.splitlines()) == (0, paths)
    assert all((tmp_path / path).stat().st_size for path in paths)


def test_briefs_of_the_same_name_do_not_meet(run: Run, tmp_path: Path) -> None:
    """Equal stems and the report itself stay apart; standard input is called `report`."""
    for name in ("a/r.txt", "b/r.txt", "b/R.txt", "r.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT, "utf-8")
    result = run("brief", "a/r.txt", "b/r.txt", "b/R.txt", "r.md", "-", "-o", ".", stdin=REPORT.encode())
    assert result.code == 0
    assert result.out.split() == ["r-2.md", "r-3.md", "R-4.md", "r-5.md", "report.md"]
    assert (tmp_path / "r.md").read_text("utf-8") == REPORT


def test_strict(run: Run, tmp_path: Path) -> None:
    """Findings that are warnings or errors give 6 under --strict and 0 without; the brief is the same."""
    (tmp_path / "d.txt").write_text(DOUBTFUL, "utf-8")
    loose, strict = (run("summarize", "d.txt", "-f", "json", *flag) for flag in ([], ["--strict"]))
    assert any(f["severity"] != "info" for f in json.loads(loose.out)["findings"])
    assert (loose.code, strict.code) == (0, 6)
    assert "careful look" in loose.err


def test_a_file_that_cannot_be_written(run: Run, report: Path, tmp_path: Path) -> None:
    """Storage out of reach is 4 and names the path; a folder that is missing or no folder is told before any work."""
    assert run("summarize", report, "-o", "n" * 300 + ".json").code == 4
    assert run("brief", report, "-o", report / "x").code == 4
    assert run("summarize", report, "-o", "no/such/x.json").code == 2
    assert run("brief", report, "-o", report).code == 2
    assert run("summarize", report, "-o", tmp_path).code == 2
    assert run("summarize", report, "-o", report).code == 2
    assert report.read_text("utf-8") == REPORT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk(run: Run, report: Path) -> None:
    """No space is 4 with one line."""
    result = run("summarize", report, "-q", "-o", "/dev/full", "-f", "json")
    assert result.code == 4
    assert result.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_standard_output_on_a_full_disk(report: Path) -> None:
    """The shell opened the file; the program still says what went wrong."""
    command = [sys.executable, "-m", "summarizer", "summarize", "--engine", "offline", "-q", str(report)]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 4
    assert result.stderr.count("\n") == 1
    assert "standard output" in result.stderr


def test_an_unreadable_report_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    result = run("summarize", tmp_path / "none.txt")
    assert result.code == 3
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ["summarize"],
        ["summarize", "--format", "docx", SEED],
        ["summarize", "-o", "brief.docx", SEED],
        ["summarize", "--engine", "llm", SEED],
        ["summarize", "--param", "temperature", SEED],
        ["brief", "--format", "csv", SEED],
        ["summarize", "--no-such-option", SEED],
        ["nonsense"],
        ["outline"],
        ["completion", "tcsh"],
        ["types", "show", "no_such_type"],
        ["summarize", "--type", "../x", SEED],
        ["summarize", "--home", "no/such/folder", SEED],
    ],
)
def test_usage_errors(run: Run, args: list[str]) -> None:
    """2, nothing on standard output, one line that says what is wrong."""
    result = run(*args)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1


def test_a_model_without_a_key_is_told_before_anything_is_sent(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by a flag or the environment, a model means the llm engine; without a key it is out of reach: 4."""
    for args in (["summarize", "--model", "qwen-plus", SEED], ["summarize", "--engine", "llm", SEED]):
        monkeypatch.setenv("OPENAI_MODEL", "qwen-plus")
        result = run(*args)
        assert (result.code, result.out) == (4, "")
        assert "OPENAI_API_KEY" in result.err
        assert "--engine offline" in result.err


def test_the_offline_engine_runs_when_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """--engine offline wins over OPENAI_MODEL, and says nothing."""
    monkeypatch.setenv("OPENAI_MODEL", "qwen-plus")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-secret")
    result = run("summarize", "--engine", "offline", SEED, "-f", "json")
    assert result.code == 0
    run_record = json.loads(result.out)["run"]
    assert (run_record["engine"], run_record["model"], run_record["requests"]) == ("offline", None, 0)
    assert "secret" not in result.out + result.err


def test_a_stray_key_sends_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, report: Path) -> None:
    """A key alone names no model: the offline engine reads, and one line says so."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-secret")
    assert "a key alone sends nothing" in run("summarize", report).err


def test_one_line_says_that_no_model_is_configured(run: Run, report: Path) -> None:
    """Told once, not under --quiet, and not when the engine is named."""
    assert run("summarize", report).err.count("no model configured") == 1
    assert run("summarize", report, "--quiet").err == ""
    assert run("summarize", report, "--engine", "offline").err == ""


def test_verbose_says_more(run: Run, report: Path) -> None:
    """-v adds a line about each report on standard error."""
    assert "2 figures" in run("summarize", report, "-v").err


def test_outline(run: Run, report: Path) -> None:
    """Sections and counts, as text and as JSON."""
    text = run("outline", SEED)
    told = json.loads(run("outline", SEED, "-f", "json").out)
    assert text.code == 0
    assert sum(section["quantities"] for section in told["sections"]) == told["numbers"]["quantities"]
    for section in told["sections"]:
        assert section["title"] in text.out
    assert run("outline", "-", stdin=REPORT.encode()).code == 0


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_check_accepts_a_brief_of_its_report(run: Run, seed: Path) -> None:
    """What was just saved holds."""
    assert run("summarize", seed, "-o", "b.json").code == 0
    result = run("check", "b.json", seed)
    assert result.code == 0, result.out
    assert "figures hold" in result.out


def test_check_finds_a_mismatch(run: Run, report: Path, tmp_path: Path) -> None:
    """A changed brief, a changed report and a report changed between the figures: 6, with a line each."""
    run("summarize", report, "-o", "b.json")
    saved = (tmp_path / "b.json").read_text("utf-8")
    (tmp_path / "changed.json").write_text(saved.replace('"1387562.5"', '"1387562.6"'), "utf-8")
    (tmp_path / "changed.txt").write_text(REPORT.replace("15件", "16件"), "utf-8")
    (tmp_path / "between.txt").write_text(REPORT.replace("我局", "本局"), "utf-8")
    for brief, source in (("changed.json", "report.txt"), ("b.json", "changed.txt"), ("b.json", "between.txt")):
        result = run("check", brief, source)
        assert result.code == 6
        assert result.out.startswith("error: ")
        assert "mismatch" in result.err


@pytest.mark.parametrize("content", ["", "{}", "[]", "no json", '{"schema_version": "2"}', "{" * 10_000])
def test_check_refuses_what_is_no_brief(run: Run, report: Path, tmp_path: Path, content: str) -> None:
    """3 with one line."""
    (tmp_path / "b.json").write_text(content, "utf-8")
    result = run("check", "b.json", report)
    assert result.code == 3
    assert result.err.count("\n") == 1


def test_types(run: Run, tmp_path: Path) -> None:
    """List, show and check; the user's own are marked."""
    assert "rule_of_law" in run("types", "list").out
    shown = run("types", "show")
    assert 'id = "rule_of_law"' in shown.out
    assert run("types", "check").code == 0
    own = tmp_path / "home" / "schemas" / "glossary" / "names.tsv"
    own.parent.mkdir(parents=True)
    own.write_text("坏\n", "utf-8")
    faulty = run("types", "check", "--home", tmp_path / "home")
    assert faulty.code == 2
    assert "names.tsv:1" in faulty.err
    assert "(yours)" not in shown.out


def test_config_hides_the_key(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Values with their origin; neither the key nor a password in the address."""
    (tmp_path / ".env").write_text("OPENAI_MODEL=qwen\nOPENAI_BASE_URL=https://me:password@host/v1?key=1\n", "utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789abcdef")
    out = run("config").out
    assert "qwen  (.env)" in out
    assert "sk-…ef  (environment)" in out
    assert "https://host/v1" in out
    assert "password" not in out
    assert "0123" not in out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    """A script for each shell."""
    assert "_SUMMARIZER_COMPLETE" in run("completion", shell).out


def test_a_defect_is_one_line(run: Run, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1; the traceback appears under --debug alone; the other reports are finished."""

    def fail(*args: object) -> None:
        raise KeyError("odd\nthing")

    genuine = pipeline.run
    monkeypatch.setattr(pipeline, "run", fail)
    result = run("summarize", report, "-q")
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "Traceback" in run("summarize", report, "--debug").err
    calls = iter([fail, genuine])
    monkeypatch.setattr(pipeline, "run", lambda *args: next(calls)(*args))
    both = run("summarize", report, report, "-f", "json")
    assert (both.code, both.out.count("\n")) == (1, 1)


def test_interrupted_work_is_kept(run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the second of three reports: the first is written, exit 130."""
    genuine, calls = pipeline.run, []

    def interrupted(*args: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return genuine(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "run", interrupted)
    result = run("summarize", report, report, report, "-o", "all.jsonl")
    assert result.code == 130
    assert "1 of 3 reports" in result.err
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 1


def test_the_gravest_exit_wins() -> None:
    """130, 1, 4, 7, 5, 3, 6, 0."""
    order = [Exit(code) for code in (130, 1, 4, 7, 5, 3, 6, 0)]
    for position, code in enumerate(order):
        assert gravest(reversed(order[position:])) is code
    assert gravest([]) is Exit.DONE


# Real processes: what the in-process runs above cannot show.


def spawn(*args: str, **more: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **more},
    )


def test_help_loads_nothing_heavy() -> None:
    """Neither --help nor a run by the offline engine imports pydantic, rich, openai or instructor."""
    for args in (["--help"], ["summarize", SEED, "-q", "-f", "json"], ["summarize", SEED, "-q"]):
        code = (
            "import sys\nfrom summarizer.cli import main\ntry:\n"
            f"    main({args!r})\nfinally:\n"
            "    print(sorted({m.split('.')[0] for m in sys.modules} & "
            "{'pydantic', 'rich', 'openai', 'instructor', 'asyncio'}), file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
        assert done.stderr.decode().strip() == "[]"


@pytest.mark.parametrize("codepage", ["gbk", "ascii", "utf-8"])
def test_output_is_utf_8_in_any_code_page(codepage: str) -> None:
    """What Python would write to the terminal does not matter."""
    out, err = spawn("summarize", SEED, PYTHONIOENCODING=codepage, PYTHONUTF8="0").communicate()
    assert "兰山" in out.decode()
    assert "careful look" in err.decode() or "no model" in err.decode()


@pytest.mark.parametrize("args", [["-f", "json"], []])
def test_a_reader_that_leaves_is_no_error(args: list[str]) -> None:
    """`| head`: exit 0, no message, however the output is made."""
    process = spawn("summarize", *([SEED] * 30), "-q", *args)
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@posix
def test_an_output_named_as_a_device() -> None:
    """`-o /dev/stdout` writes there."""
    out, err = spawn("summarize", SEED, "-q", "-f", "json", "-o", "/dev/stdout").communicate()
    assert (json.loads(out)["schema_version"], err) == ("1", b"")


@posix
def test_ctrl_c_ends_a_run_at_once() -> None:
    """130 within two seconds, without a traceback."""
    process = spawn("summarize", *([SEED] * 3000), "-q", "-f", "json", "-o", os.devnull)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, err = process.communicate()
    assert process.returncode == 130
    assert time.monotonic() - began < 2
    assert b"Traceback" not in err


def test_no_color_and_colours() -> None:
    """FORCE_COLOR colours the view, NO_COLOR wins."""
    coloured, _ = spawn("summarize", SEED, "-q", FORCE_COLOR="1", TERM="xterm").communicate()
    plain, _ = spawn("summarize", SEED, "-q", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm").communicate()
    assert b"\x1b[" in coloured
    for code in (b"\x1b[3", b"\x1b[9"):  # foreground colours
        assert code not in plain.replace(b"\x1b[3m", b"")  # italics are no colour


def test_width_of_the_view() -> None:
    """COLUMNS says how wide a line is; a terminal that knows no escape sequence gets none."""
    for width in (60, 90):
        out, _ = spawn("summarize", SEED, "-q", COLUMNS=str(width)).communicate()
        assert max(cells(line) for line in out.decode().splitlines()) == width
    dumb, _ = spawn("summarize", SEED, "-q", FORCE_COLOR="1", TERM="dumb").communicate()
    assert b"\x1b" not in dumb


def test_a_brief_goes_into_a_folder_not_a_file(run: Run, tmp_path: Path) -> None:
    result = run("brief", SEED, "-o", tmp_path / "x.html")
    assert result.code == 2
    assert "x.html: looks like a file; name a folder, or use `summarizer summarize -o`." in result.err
    assert not (tmp_path / "x.html").exists()
