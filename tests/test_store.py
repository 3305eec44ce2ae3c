"""The store keeps what it acknowledged through kills, full disks and races, and damage is a miss, never an answer."""

import json
import logging
import os
import random
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli.main import main
from summarizer.errors import StoreError
from summarizer.store import Fresh, Store, file, opened, place
from tests.store_writer import key, value

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "s.sqlite3"


@pytest.fixture
def full(path: Path) -> Path:
    """A closed store of 40 results."""
    with Store.open(path) as store:
        for n in range(40):
            store.put(key(n), value(n), f"report {n}")
    return path


def writer(*args: object, **kwargs: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store_writer", *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, **kwargs)


def finished(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate(timeout=120)
    return out.split()


def acknowledged(lines: list[str]) -> list[str]:
    return [line for line in lines if re.fullmatch(r"\w+-\d+", line)]


# --- What it does on a good day ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"zh": "罚款138.75625万元", "n": [1, 2.5, None, True], "deep": {"a": {"b": []}}},
        {"lone": "\ud800", "nul": "\x00", "tag": "\U000e0041", "digits": "9" * 5000},
        {"long": "字" * 300_000},
    ],
)
def test_what_is_put_is_got(path: Path, stored: dict[str, Any]) -> None:
    """Also by another connection, before the first is closed, and after a second put."""
    with Store.open(path) as store:
        assert store.get(key(1)) is None
        store.put(key(1), {"earlier": 1}, "about")
        store.put(key(1), stored, "about")
        store.put(key(1), stored, "about")
        with Store.open(path) as other:
            assert store.get(key(1)) == other.get(key(1)) == stored
        assert len(store.entries()) == 1


@pytest.mark.parametrize("wrong", ["", "sk-secret", "A" * 64, "a" * 63, "a" * 65, f"{'a' * 63}\n"])
def test_only_a_hash_is_a_key(path: Path, wrong: str) -> None:
    """So nothing that means something can become one."""
    with Store.open(path) as store:
        with pytest.raises(ValueError, match="SHA-256"):
            store.put(wrong, {}, "")
        with pytest.raises(ValueError, match="SHA-256"):
            store.get(wrong)


@pytest.mark.parametrize("wrong", [{"a": float("nan")}, {"a": object()}, {"a": {1, 2}}])
def test_only_json_is_a_value(path: Path, wrong: dict[str, Any]) -> None:
    """And nothing is stored of what is not."""
    with Store.open(path) as store:
        with pytest.raises((ValueError, TypeError)):
            store.put(key(1), wrong, "")
        assert store.get(key(1)) is None


def test_entries_are_listed_the_oldest_first(path: Path) -> None:
    """With time and size; a long or unprintable description is kept printable and short."""
    times = iter([200.0, 100.0, 300.5])
    with Store(path, clock=lambda: next(times)) as store:
        for n in range(3):
            store.put(key(n), {"a": 1}, f"{n}\ud800" + "长" * 1000)
        found = store.entries()
    assert [e.about[0] for e in found] == ["1", "0", "2"]
    assert [e.stored.timestamp() for e in found] == [100.0, 200.0, 300.5]
    assert {e.size for e in found} == {7}
    assert all(len(e.about.encode()) < 1000 for e in found)


def test_clear_by_age_and_whole(path: Path) -> None:
    """What is old goes, then everything, and the file shrinks."""
    now = [0.0]
    with Store(path, clock=lambda: now[0]) as store:
        for n in range(200):
            now[0] = n * 86_400.0
            store.put(key(n), value(n), "")
        large = store.size
        assert store.clear(timedelta(days=100)) == 99
        assert len(store.entries()) == 101
        assert store.get(key(98)) is None
        assert store.get(key(99)) == value(99)
        assert store.clear() == 101
        assert store.entries() == ()
        assert store.size < large / 5


def test_a_fresh_shelf_finds_nothing_and_keeps_everything(path: Path) -> None:
    """`--fresh` makes everything again, for later runs to find."""
    with Store.open(path) as store:
        store.put(key(1), {"old": 1}, "")
        shelf = Fresh(store)
        assert shelf.get(key(1)) is None
        shelf.put(key(1), {"new": 1}, "")
        assert shelf.get(key(1)) is None
        assert store.get(key(1)) == {"new": 1}


def test_opened_gives_the_shelf_of_the_setting(path: Path) -> None:
    """A store, a fresh one, none; closed at the end."""
    with opened(str(path)) as store:
        assert isinstance(store, Store)
        store.put(key(1), {}, "")
    with pytest.raises(StoreError):
        store.get(key(1))
    with opened(str(path), fresh=True) as shelf:
        assert isinstance(shelf, Fresh)
    with opened(" OFF ") as nothing:
        assert nothing is None


@pytest.mark.parametrize(
    ("setting", "environment", "platform", "expected"),
    [
        (None, {"XDG_CACHE_HOME": "/x"}, "linux", "/x/summarizer/store.sqlite3"),
        (None, {"XDG_CACHE_HOME": "relative"}, "linux", "/home/me/.cache/summarizer/store.sqlite3"),
        ("  ", {}, "linux", "/home/me/.cache/summarizer/store.sqlite3"),
        (None, {"XDG_CACHE_HOME": "/x"}, "darwin", "/home/me/Library/Caches/summarizer/store.sqlite3"),
        (None, {"LOCALAPPDATA": "/local"}, "win32", "/local/summarizer/store.sqlite3"),
        (None, {}, "win32", "/home/me/AppData/Local/summarizer/store.sqlite3"),
        ("~/mine", {}, "linux", "/home/me/mine"),
        ("off", {}, "linux", None),
    ],
)
@posix
def test_where_the_store_stands(
    setting: str | None,
    environment: dict[str, str],
    platform: str,
    expected: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cache folder of each system, unless SUMMARIZER_STORE says otherwise."""
    monkeypatch.setenv("HOME", "/home/me")
    found = place(setting, environment, platform)
    assert found == (Path(expected) if expected else None)


# --- Killed, cut off, out of room -------------------------------------------------------------------------------------


@posix
def test_killed_at_every_step_inside_sqlite(tmp_path: Path) -> None:
    """A writer killed at its Nth step, N = 1... until one gets through: what was acknowledged is there and whole."""
    killed = finished(writer("steps", tmp_path, 7))
    assert killed
    assert int(killed[0]) > 20


@posix
@pytest.mark.parametrize("seed", range(4))
def test_three_writers_killed_at_any_moment(path: Path, seed: int) -> None:
    """kill -9 of all: every acknowledged put is there, nothing is damaged, and the next run goes on."""
    writers = [writer("put", path, f"w{n}", 100_000) for n in range(3)]
    time.sleep(0.5 + random.Random(seed).random())
    for process in writers:
        process.kill()
    done = [name for process in writers for name in acknowledged(finished(process))]
    assert done
    warnings: list[str] = []
    with Store.open(path, warn=warnings.append) as store:
        assert [name for name in done if store.get(key(name)) != value(name)] == []
        assert store.verify().ok
        assert 0 <= store.verify().sound - len(done) <= len(writers)
        store.put(key("next"), {}, "")
    assert not warnings


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("fault", ["signal=SIGKILL", "error=ENOSPC", "error=EIO"])
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "openat"])
def test_killed_or_failing_at_the_nth_system_call(tmp_path: Path, call: str, fault: str) -> None:
    """Each write, sync, cut, removal and opening of the store's files: acknowledged results outlast it."""
    for nth in (1, 2, 3, 5, 8, 13):
        path = tmp_path / str(nth) / "s.sqlite3"
        path.parent.mkdir()
        log = tmp_path / "log"
        which = [f"{path}{end}" for end in ("", "-wal", "-shm", "-journal")]
        traced = [part for one in which for part in ("-P", one)]
        command = ["strace", "-f", "-o", str(log), *traced, "-e", f"trace={call}"]
        command += ["-e", f"inject={call}:{fault}:when={nth}", sys.executable, "-m", "tests.store_writer"]
        done = subprocess.run(
            [*command, "put", str(path), "w", "6"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if "ptrace" in done.stderr:
            pytest.skip("no tracing here")
        struck = "INJECTED" in log.read_text() or "killed by SIGKILL" in log.read_text()
        if done.returncode and fault != "signal=SIGKILL":
            assert "StoreError" in done.stderr.splitlines()[-1]
        with Store.open(path) as store:
            for name in acknowledged(done.stdout.split()):
                assert store.get(key(name)) == value(name), (nth, name)
            assert store.verify().ok
            assert not store.damaged
        if not struck:
            return


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_put_is_synced_before_it_returns(path: Path, tmp_path: Path) -> None:
    """Between two acknowledgements the system has been asked to bring the log to the disk."""
    log = tmp_path / "log"
    command = [
        "strace",
        "-o",
        str(log),
        "-e",
        "trace=write,fsync,fdatasync",
        sys.executable,
        "-m",
        "tests.store_writer",
    ]
    done = subprocess.run(
        [*command, "put", str(path), "w", "20"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "ptrace" in done.stderr:
        pytest.skip("no tracing here")
    calls = re.findall(r'^(f(?:data)?sync)\(\d+\) += 0$|^write\(1, "(w-\d+)', log.read_text(), re.M)
    before = {name: calls[at - 1][0] for at, (_, name) in enumerate(calls) if name}
    assert len(before) == 20
    assert all(before.values())


def test_a_log_cut_anywhere_leaves_a_beginning_of_the_puts(path: Path, tmp_path: Path) -> None:
    """A power cut that loses the end of the log: the first puts are there, none is damaged, none is out of order."""
    with Store.open(path) as store:
        for n in range(8):
            store.put(key(n), value(n), "")
        shutil.copytree(path.parent, tmp_path / "copy")
    log = (tmp_path / "copy" / f"{path.name}-wal").read_bytes()
    kept = []
    for cut in sorted({*range(32, len(log), 4096 + 24), *range(0, len(log), 997), len(log)}):
        folder = tmp_path / str(cut)
        shutil.copytree(tmp_path / "copy", folder)
        (folder / f"{path.name}-wal").write_bytes(log[:cut])
        with Store.open(folder / path.name) as store:
            there = [store.get(key(n)) == value(n) for n in range(8)]
            assert there == sorted(there, reverse=True)
            assert store.verify().ok
            assert not store.damaged
        kept.append(sum(there))
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (0, 8)


class _Failing(sqlite3.Connection):
    """Fails at one statement, counted over all connections, as a full disk would."""

    left = 0

    def execute(self, *args: Any) -> sqlite3.Cursor:
        type(self).left -= 1
        if type(self).left == 0:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return super().execute(*args)


def test_failing_at_the_nth_statement(tmp_path: Path) -> None:
    """N = 1... until a clean run: a StoreError that names path and remedy, and what was acknowledged is there."""
    for nth in range(1, 200):
        path = tmp_path / str(nth) / "s.sqlite3"
        _Failing.left = nth
        done, error = until_refused(path, _connector(_Failing), 3)
        assert error in (None, f"{path}: the store cannot be written: the disk is full; {file.ADVICE}")
        with Store.open(path) as store:
            assert all(store.get(key(n)) == value(n) for n in done)
            assert store.verify().ok
        if len(done) == 3:
            return
    pytest.fail("never got through")


def until_refused(path: Path, connect: Callable[[str], sqlite3.Connection], count: int) -> tuple[list[int], str | None]:
    """Put until a StoreError. Returns: what was acknowledged, and the error's message."""
    done: list[int] = []
    try:
        with Store(path, connect=connect) as store:
            for n in range(count):
                store.put(key(n), value(n), "")
                done.append(n)
    except StoreError as error:
        return done, str(error)
    return done, None


def _connector(kind: type[sqlite3.Connection], *pragmas: str) -> Callable[[str], sqlite3.Connection]:
    def connect(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False, factory=kind)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect


def test_a_full_disk_in_mid_run(path: Path) -> None:
    """sqlite's own limit of pages: the put is refused, all before it stay, and there is room again after clearing."""
    connect = _connector(sqlite3.Connection, "max_page_count = 60")
    done, error = until_refused(path, connect, 1000)
    assert done
    assert error
    assert "the disk is full" in error
    with Store(path, connect=connect) as store:
        assert all(store.get(key(n)) == value(n) for n in done)
        store.clear()
        store.put(key("again"), {}, "")


@posix
@pytest.mark.parametrize("limit", [40_000, 65_536, 200_001])
def test_files_that_may_not_grow(path: Path, limit: int) -> None:
    """A real write that fails half-way (limit of the file size): a StoreError, and what was acknowledged is there."""
    process = writer("room", path, limit)
    out, _ = process.communicate(timeout=60)
    lines = out.splitlines()
    assert process.returncode == 0
    assert lines[-1].startswith(f"refused {path}: the store ")
    with Store.open(path) as store:
        assert all(store.get(key(n)) == value(n) for n in lines[:-1])
        assert store.verify().ok


def test_only_reading_is_told_at_once(full: Path) -> None:
    """Before the first call is paid for, not after it."""

    def connect(path: str) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)

    with pytest.raises(StoreError, match=re.escape(f"{full}: the store can only be read")):
        Store(full, connect=connect)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission_is_told_at_once(tmp_path: Path) -> None:
    """A folder in which nothing can be made."""
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Permission denied"):
        Store.open(tmp_path / "new" / "s.sqlite3")


@posix
@pytest.mark.parametrize("kind", ["file for a folder", "folder", "pipe", "dangling link", "device", "nul", "too long"])
def test_what_is_no_file_is_told_at_once(tmp_path: Path, kind: str) -> None:
    """And never waited for, replaced or removed."""
    path = tmp_path / "s.sqlite3"
    match kind:
        case "file for a folder":
            path.write_text("mine")
            path = path / "s.sqlite3"
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere" / "s.sqlite3")
        case "device":
            path = Path(os.devnull)
        case "nul":
            path = tmp_path / "a\0b"
        case "too long":
            path = tmp_path / ("n" * 300)
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(StoreError, match="use --no-store or SUMMARIZER_STORE=PATH"):
        Store.open(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before


# --- Damage -----------------------------------------------------------------------------------------------------------


def usable(path: Path, count: int = 40) -> tuple[int, list[str]]:
    """Open, get everything, put again what is missing. Returns: how many were hits, and the warnings."""
    warnings: list[str] = []
    with Store.open(path, warn=warnings.append) as store:

        def got() -> list[int]:
            found = [store.get(key(n)) for n in range(count)]
            assert all(one in (None, value(n)) for n, one in enumerate(found))
            return [n for n, one in enumerate(found) if one is not None]

        first = got()
        for _ in range(2):
            for n in {*range(count)} - {*got()} | {0}:
                store.put(key(n), value(n), f"report {n}")
            if not store.verify().ok:  # a fault that no get or put need meet
                store.mend()
        assert len(got()) == count
        assert store.verify().ok, store.verify()
        assert store.verify().sound == count
    return len(first), warnings


def test_a_flipped_bit_anywhere_is_a_miss_at_worst(full: Path, tmp_path: Path) -> None:
    """One bit of each byte of its head and of 100 others: no wrong answer, no crash, at most one warning."""
    content = full.read_bytes()
    rng = random.Random(7)
    total = 0
    places = [*range(100), *rng.sample(range(100, len(content)), 100)]
    for at in places:
        copy = tmp_path / f"{at}" / "s.sqlite3"
        copy.parent.mkdir()
        flipped = bytearray(content)
        flipped[at] ^= 1 << rng.randrange(8)
        copy.write_bytes(flipped)
        hits, warnings = usable(copy)
        assert len(warnings) <= 1, (at, warnings)
        total += hits if at >= 100 else 0  # of its head, the first bytes may cost the whole file
        shutil.rmtree(copy.parent)
    assert total > 0.95 * 40 * 100


def test_a_damaged_row_is_set_aside_and_the_rest_used(full: Path) -> None:
    """One row's text changed on disk: a miss with one warning, the row kept for a look, everything else a hit."""
    content = full.read_bytes()
    at = content.index(json.dumps("name")[1:-1].encode(), len(content) // 2)
    full.write_bytes(content[:at] + b"NAME" + content[at + 4 :])
    warnings: list[str] = []
    with Store.open(full, warn=warnings.append) as store:
        found = store.verify()
        assert (found.sound, len(found.bad), found.ok) == (39, 1, False)
        hits = [store.get(key(n)) == value(n) for n in range(40)]
        assert hits.count(False) == 1
        assert store.get(found.bad[0]) is None
        after = store.verify()
        assert (after.sound, after.bad, after.aside_rows, after.ok) == (39, (), 1, True)
        assert store.damaged
    assert len(warnings) == 1
    assert "damaged" in warnings[0]
    assert not file.asides(full)


@pytest.mark.parametrize("share", [0.001, 0.05, 0.3, 0.7, 0.97])
def test_a_truncated_file_keeps_what_can_be_read(full: Path, share: float) -> None:
    """The damaged file stays beside the new one, with its old content."""
    content = full.read_bytes()
    full.write_bytes(content[: int(len(content) * share)])
    _, warnings = usable(full)
    assert len(warnings) == 1
    aside = re.search(r"kept as (\S+),", warnings[0])
    assert aside
    assert (full.parent / aside[1]).exists()


def test_a_damaged_schema_costs_nothing(full: Path) -> None:
    """The name of a column or a table changed on disk: the file is set aside, and every result carried over."""
    content = full.read_bytes()
    for word, wrong in (
        (b"about TEXT", b"abou\xcc TEXT"),
        (b"stored INTEGER", b"storeb INTEGER"),
        (b"TABLE summarizer_results", b"TABLE summarizer_qesults"),
    ):
        full.write_bytes(content.replace(word, wrong))
        hits, warnings = usable(full)
        assert (hits, len(warnings)) == (40, 1)


def test_a_page_of_noise_costs_only_its_rows(path: Path) -> None:
    """The rest is carried over into the new file."""
    with Store.open(path) as store:
        for n in range(400):
            store.put(key(n), value(n), "")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = random.Random(1).randbytes(4096)
    path.write_bytes(content)
    hits, warnings = usable(path, 400)
    assert hits > 390
    assert len(warnings) == 1


def test_another_version_is_left_alone(full: Path) -> None:
    """Its results stay for the program that made them; this one uses a file beside it."""
    connection = sqlite3.connect(full)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = full.read_bytes()
    hits, warnings = usable(full)
    assert hits == 0
    assert len(warnings) == 1
    assert "another version (7)" in warnings[0]
    assert full.read_bytes()[100:] == before[100:]
    assert usable(full)[0] == 40
    assert (full.parent / "s.v1.sqlite3").exists()


@pytest.mark.parametrize(
    "content", [b"a report of mine\n" * 50, b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 9000]
)
def test_a_foreign_file(tmp_path: Path, content: bytes) -> None:
    """At the store's own place it is set aside with a warning; anywhere else it is refused and left as it is."""
    mine = tmp_path / "report.txt"
    mine.write_bytes(content)
    with pytest.raises(StoreError, match="is no store of this program"):
        Store.open(mine)
    assert mine.read_bytes() == content
    assert list(tmp_path.iterdir()) == [mine]
    own = tmp_path / "summarizer" / "store.sqlite3"
    own.parent.mkdir()
    own.write_bytes(content)
    hits, warnings = usable(own)
    assert (hits, len(warnings)) == (0, 1)
    assert [a.read_bytes() for a in file.asides(own)] == [content]


def test_the_database_of_another_program(tmp_path: Path) -> None:
    """Is not written to."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is no store of this program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_damage_met_by_several_threads_is_mended_once(full: Path) -> None:
    """Each gets its results, one file is set aside, one line is said."""
    content = bytearray(full.read_bytes())
    for page in range(2, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    full.write_bytes(content)
    warnings: list[str] = []
    with Store.open(full, warn=warnings.append) as store:
        in_threads(8, lambda _: [store.get(key(n)) or store.put(key(n), value(n), "") for n in range(40)])
        assert all(store.get(key(n)) == value(n) for n in range(40))
        assert store.verify().ok
    assert len(warnings) == 1
    assert len([a for a in file.asides(full) if not a.name.endswith(("-wal", "-shm"))]) == 1


def test_warnings_go_to_the_log_by_default(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Under the name of the package."""
    own = tmp_path / "summarizer" / "store.sqlite3"
    own.parent.mkdir()
    own.write_bytes(b"junk" * 100)
    with caplog.at_level(logging.WARNING, "summarizer"):
        Store.open(own).close()
    assert [record.name for record in caplog.records] == ["summarizer"]


# --- Several at once --------------------------------------------------------------------------------------------------


def in_threads(count: int, work: Callable[[int], object]) -> None:
    failures: list[BaseException] = []

    def run(n: int) -> None:
        try:
            work(n)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_threads_share_a_store(path: Path) -> None:
    """Eight threads put and get through one store; nothing is lost or mixed up."""
    with Store.open(path) as store:

        def work(thread: int) -> None:
            for n in range(40):
                name = f"{thread % 4}-{n}"  # two threads put the same results
                store.put(key(name), value(name), name)
                assert store.get(key(name)) == value(name)

        in_threads(8, work)
        assert len(store.entries()) == 160
        assert store.verify().ok


def test_threads_open_stores_of_their_own(path: Path) -> None:
    """Several stores on one file in one process, first opening included."""

    def work(thread: int) -> None:
        with Store.open(path) as store:
            for n in range(20):
                store.put(key((thread, n)), value(n), "")

    in_threads(8, work)
    with Store.open(path) as store:
        assert len(store.entries()) == 160
        assert store.verify().ok


@posix
@pytest.mark.parametrize("damage", [False, True], ids=["new", "damaged"])
@pytest.mark.parametrize("turn", range(3))
def test_four_processes_race(path: Path, turn: int, damage: bool) -> None:
    """On the first opening, or on a damaged file, and on puts: each gets through, everything is there."""
    if damage:
        path = path.parent / "summarizer" / "store.sqlite3"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"junk" * 1000)
    start = time.time() + 0.7
    racers = [writer("race", path, f"w{n % 3}", 60, start, stderr=subprocess.PIPE) for n in range(4)]
    results = [(process.communicate(timeout=120), process.returncode) for process in racers]
    for (out, err), code in results:
        assert (code, out.split()[-1:]) == (0, ["closed"]), err
        assert err == "" or damage
    with Store.open(path) as store:
        assert all(store.get(key(f"w{w}-{n}")) == value(f"w{w}-{n}") for w in range(3) for n in range(60))
        assert store.verify().ok
    assert len([a for a in file.asides(path) if not a.name.endswith(("-wal", "-shm"))]) == int(damage)


def test_a_store_that_is_removed_or_replaced_in_mid_run_is_made_anew(path: Path, tmp_path: Path) -> None:
    """A put is never acknowledged for a file that nobody will find again."""
    with Store.open(path) as store:
        store.put(key(1), value(1), "")
        shutil.rmtree(path.parent)
        store.put(key(2), value(2), "")
        with Store.open(path) as other:
            assert other.get(key(2)) == value(2)
        path.rename(tmp_path / "moved")
        with Store.open(path) as other:
            other.put(key(3), value(3), "")
        store.put(key(4), value(4), "")
        assert store.get(key(3)) == value(3)
    with Store.open(path) as store:
        assert (len(store.entries()), store.verify().ok) == (2, True)


def test_a_writer_waits_for_another(path: Path) -> None:
    """And does not fail while the other holds the file for a while."""
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(1.5, lambda: (other.execute("COMMIT"), other.close())).start()
        store.put(key(1), value(1), "")
        assert store.get(key(1)) == value(1)


def test_a_writer_does_not_wait_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that stays locked is told as such."""
    monkeypatch.setattr(file, "_PATIENCE", 0.0)
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="held by another process"):
            store.put(key(1), value(1), "")
        other.close()


def test_a_store_does_not_follow_into_another_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sqlite forbids a connection that was opened before a fork; each process opens its own."""
    with Store.open(path) as store:
        monkeypatch.setattr(os, "getpid", lambda: 1)
        with pytest.raises(StoreError, match="open one in each"):
            store.get(key(1))
        monkeypatch.undo()


# --- Who may read it --------------------------------------------------------------------------------------------------


@posix
def test_nobody_else_can_read_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files 600, folders that were made 700, whatever the umask; a file that others may read is closed to them."""
    earlier = os.umask(0)
    try:
        with Store.open(path) as store:
            store.put(key(1), {}, "")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
            assert modes == {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600}
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        path.chmod(0o644)
        Store.open(path).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        own = path.parent / "summarizer" / "store.sqlite3"
        own.parent.mkdir(0o755)
        own.write_bytes(b"junk" * 100)
        usable(own)
        assert stat.S_IMODE(own.parent.stat().st_mode) == 0o700
        assert {stat.S_IMODE(p.stat().st_mode) & 0o077 for p in own.parent.iterdir()} <= {0}
    finally:
        os.umask(earlier)


# --- The command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    monkeypatch.setenv("SUMMARIZER_STORE", str(path))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-unique-0123456789")
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(["cache", *args])
        out, err = capsysbinary.readouterr()
        assert b"sk-unique" not in out + err
        assert isinstance(stopped.value.code, int)
        return stopped.value.code, out.decode(), err.decode()

    yield call
    for found in tmp_path.rglob("*"):
        assert not found.is_file() or b"sk-unique" not in found.read_bytes()


Run = Callable[..., tuple[int, str, str]]


def test_looking_makes_nothing(run: Run, path: Path) -> None:
    """An empty place is told, an empty list is a list, and no file comes of it."""
    assert run("path") == (0, f"{path}\n", "")
    for command in ("list", "verify", "clear"):
        assert run(command) == (0, "", f"summarizer: nothing is kept yet: {path}\n")
    assert json.loads(run("list", "--format", "json")[1]) == []
    assert not path.parent.exists()


def test_list_verify_and_clear(run: Run, full: Path) -> None:
    """What people see, and what programs see."""
    code, out, err = run("list")
    assert (code, len(out.splitlines())) == (0, 40)
    assert re.search(rf"(?m)^\d{{4}}-\d\d-\d\d \d\d:\d\d +2\.1 kB  report 0  {key(0)[:12]}$", out)
    assert re.fullmatch(rf"summarizer: 40 results in \d+\.\d kB: {full}\n", err)
    rows = json.loads(run("list", "--format", "json")[1])
    assert {row["about"] for row in rows} == {f"report {n}" for n in range(40)}
    assert set(rows[0]) == {"key", "about", "stored", "bytes"}
    assert run("verify") == (0, f"40 results sound, 0 damaged: {full}\n", "")
    assert run("clear", "--older-than", "1")[1].startswith("0 results removed, ")
    assert run("clear")[1].startswith("40 results removed, ")
    assert run("list")[1] == ""
    assert run("clear", "--older-than", "-1")[0] == 2


def test_a_listing_moves_no_cursor(run: Run, path: Path) -> None:
    """Descriptions come from reports; control, bidirectional and tag characters are spelled out."""
    hostile = "a\x1b[2Jb\r\n\x9b\u202ec\U000e0041\u2028d"
    with Store.open(path) as store:
        store.put(key(1), {}, hostile)
    _, out, _ = run("list")
    assert len(out.splitlines()) == 1
    assert r"a\x1b[2Jb\r\n\x9b\u202ec" in out
    shown = run("list", "--format", "json")[1]
    assert shown.isascii()
    assert json.loads(shown)[0]["about"] == hostile
    for text in (out, shown):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_verify_tells_damage_and_exits_with_6(run: Run, full: Path) -> None:
    """And changes nothing; `clear` removes what was set aside."""
    content = full.read_bytes()
    at = content.rindex(b'"name":"')
    full.write_bytes(content[:at] + b'"nAme":"' + content[at + 8 :])
    for _ in range(2):
        code, out, _ = run("verify")
        assert code == 6
        assert re.match(r"damaged result: [0-9a-f]{64}\n39 results sound, 1 damaged: ", out)
    assert run("verify", "--mend")[2].endswith("39 results kept, the rest set aside\n")
    assert run("verify")[0] == 0
    full.write_bytes(content[:-5000])
    code, out, err = run("verify")
    assert code == 6
    assert re.search(r"kept as \S+, 3\d results were saved", err)
    usable(full)
    code, out, err = run("verify")
    assert (code, out) == (0, f"40 results sound, 0 damaged: {full}\n")
    assert "set aside: " in err
    run("clear")
    assert run("verify") == (0, f"0 results sound, 0 damaged: {full}\n", "")
    assert [p.name for p in full.parent.iterdir()] == [full.name]


def test_a_store_out_of_reach_exits_with_4(run: Run, path: Path) -> None:
    """With one line that says what to do."""
    path.mkdir(parents=True)
    for command in ("list", "verify", "clear"):
        code, out, err = run(command)
        assert (code, out) == (4, "")
        assert err == f"summarizer: {path}: the store must be a file, and this is none; {file.ADVICE}\n"


def test_a_store_that_is_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told as such."""
    monkeypatch.setenv("SUMMARIZER_STORE", "off")
    for command in ("path", "list", "verify", "clear"):
        assert run(command) == (0, "", "summarizer: the store is off (SUMMARIZER_STORE)\n")
