"""The documentation runs: examples print what they show, every command, option and exit code is told."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from summarizer.cli.exits import EXPLANATION, Exit
from summarizer.cli.main import cli, main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCS = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "schemas/README.md", "prompts/README.md")
]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def blocks(language: str) -> list[tuple[str, str]]:
    """Each block of a language with the text block right after it, "" when there is none."""
    found = [(match[1], match[2], match.end(), match.start()) for match in _BLOCK.finditer(README)]
    pairs = []
    for i, (kind, content, end, _) in enumerate(found):
        if kind == language:
            after = found[i + 1] if i + 1 < len(found) else None
            shown = after[1] if after and after[0] == "text" and not README[end : after[3]].strip() else ""
            pairs.append((content, shown))
    return pairs


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_MODEL", "OPENAI_API_KEY", "SUMMARIZER_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(("code", "shown"), blocks("python"))
def test_python_examples_run_and_print_what_they_show(code: str, shown: str) -> None:
    """Each Python block of the README runs; what it prints is the text block after it."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue()
    if shown:
        assert printed.getvalue() == shown


@pytest.mark.parametrize(("session", "_shown"), blocks("console"))
def test_console_examples_print_what_they_show(session: str, _shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each console block shows the beginning of what its command prints; `...` stands for the rest."""
    command, _, expected = session.partition("\n")
    with pytest.raises(SystemExit) as stopped:
        main(shlex.split(command.removeprefix("$ summarizer")))
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(expected.partition("...\n")[0])


def test_there_are_examples() -> None:
    """The patterns above still find the blocks."""
    assert blocks("python")[0][1]
    assert blocks("console")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_documented(name: str) -> None:
    """The README's table names it."""
    assert f"| `summarizer {name}" in README


def test_exit_codes_are_told_alike_in_help_and_readme() -> None:
    """Word for word."""
    rows = dict(re.findall(r"^\| (\d+) \| (.+) \|$", README, re.M))
    told = dict(re.findall(r"^ +(\d+)  (.+?)(?=\n +\d|\Z)", EXPLANATION, re.M | re.S))
    assert {int(code) for code in rows} == {int(code) for code in told} == set(Exit)
    for code, text in told.items():
        assert " ".join(text.split()) == rows[code].replace("`--strict`", "--strict")


def test_every_variable_is_documented() -> None:
    """`.env.example` is the list of variables, and the README says so."""
    assert "`.env.example` lists every variable" in README


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    """Each relative link names a file of the checkout."""
    for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_make_targets_of_the_docs_exist() -> None:
    """Each `make TARGET` of the documentation is a target."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for path in DOCS:
        assert set(re.findall(r"(?:^|`)make (\w+)", path.read_text("utf-8"), re.M)) <= targets
