"""Files are written whole or not at all, under names that are safe everywhere and never meet."""

import stat
import sys
from pathlib import Path

import pytest

from summarizer import writing
from summarizer.errors import StoreError


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """An exception while writing leaves the old content and no temporary file."""
    target = tmp_path / "a.json"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), writing.replacing(target) as file:
        file.write(b"new" * (1 // 0))
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_nothing_to_keep_leaves_the_old_file(tmp_path: Path) -> None:
    """`keep` decides at the end whether the file takes its place."""
    target = tmp_path / "a.json"
    with writing.replacing(target, lambda: False) as file:
        file.write(b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes and links")
def test_mode_and_link_stay(tmp_path: Path) -> None:
    """An existing file keeps its mode, and a link still names the same file."""
    target, link = tmp_path / "a.json", tmp_path / "link.json"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    writing.write(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The error names the path and the reason on one line."""
    with pytest.raises(StoreError, match=r"x\.json: cannot be written"):
        writing.write(tmp_path / "missing" / "x.json", b"")
    with pytest.raises(StoreError):
        writing.write(tmp_path / ("n" * 300), b"")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null")
def test_a_device_is_written_directly() -> None:
    """`-o /dev/null` does not try to replace the device."""
    writing.write(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("报告.txt", "报告"),
        ("../../etc/passwd", "passwd"),
        ("a\nb\x1b[2J.txt", "a_b_[2J"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("..", "report"),
        ("", "report"),
        ("a.tar.gz", "a.tar"),
        ("CON.txt", "_CON"),
        ("com1", "_com1"),
        ("a:b*c?.txt", "a_b_c"),
        ("x\udcff.txt", "x"),
        ("a\u202egpj.txt", "a_gpj"),
        ("C:\\dir\\a.txt", "a"),
    ],
)
def test_stems_are_safe(name: str, stem: str) -> None:
    """No separator, control character, leading dash or dot, device name or stray byte is left."""
    assert writing.file_stem(name) == stem


def test_long_names_fit_a_file_system() -> None:
    """A name of 255 bytes and its suffix fit into 255 bytes, no character cut in two."""
    stem = writing.file_stem("报" * 85 + ".txt")
    assert set(stem) == {"报"}
    assert len(f"{stem}-12.html".encode()) <= 255


def test_outputs_never_meet(tmp_path: Path) -> None:
    """Equal stems, stems that differ in case only, and the reports themselves are kept apart, in input order."""
    report = tmp_path / "a.md"
    report.write_text("报告")
    stems = writing.file_names(["a.txt", "a.md", "A.txt", "a-2.txt"], [".md", ".html"], tmp_path, [report])
    assert stems == ["a-2", "a-3", "A-4", "a-2-2"]
