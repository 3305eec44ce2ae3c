"""What is shipped: the wheel holds code, report types and prompts, and works without the checkout."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import summarizer

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built by the build backend itself, so that nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_version_has_one_source(wheel: Path) -> None:
    """Package, wheel and version file say the same."""
    assert wheel.name == f"summarizer-{summarizer.__version__}-py3-none-any.whl"
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:\.?(?:dev|a|b|rc)\d+)?", summarizer.__version__)


def test_the_wheel_holds_every_file(wheel: Path) -> None:
    """Each Python file, schema, glossary and prompt of the checkout, the type marker, and no test."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tracked = [p for folder in ("prompts", "schemas") for p in (ROOT / folder).rglob("*") if p.is_file()]
    assert {f"summarizer/_data/{p.relative_to(ROOT).as_posix()}" for p in tracked} <= names
    code = [p for ending in ("py", "css", "js") for p in (ROOT / "summarizer").rglob(f"*.{ending}")]
    assert {p.relative_to(ROOT).as_posix() for p in code} <= names
    assert "summarizer/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests", "seeds"))]


def test_the_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else it briefs a report with its own schemas."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import summarizer, summarizer.resources as r; from pathlib import Path\n"
        "assert 'site' in summarizer.__file__, summarizer.__file__\n"
        "assert '_data' in str(r.find('schemas', 'rule_of_law.toml').path)\n"
        "brief = summarizer.summarize_text('2023年,办理案件15件。')\n"
        "assert '<script>' in brief.to_html()\n"
        "print(brief.metrics[0].label.en)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "case" in done.stdout


def test_the_lock_pins_and_hashes_everything_and_names_no_registry() -> None:
    """Every requirement of pyproject.toml is pinned with hashes; no address of an index stands in the file."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for requirement in wanted:
        assert re.split(r"[<>=]", requirement)[0] in pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
    assert "index-url" not in lock


def test_python_versions_agree() -> None:
    """The floor of pyproject.toml is that of the classifiers and of the set-up script."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    floor = project["requires-python"].removeprefix(">=")
    versions = [c.rpartition(" ")[2] for c in project["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert versions[0] == floor
    assert f"sys.version_info < ({floor.replace('.', ', ')})" in (ROOT / "scripts" / "setup").read_text("utf-8")
