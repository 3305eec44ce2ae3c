"""The sqlite file of the store: made, opened, held against what it should be, set aside when it is damaged."""

import os
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from summarizer.durability import sync_folder
from summarizer.errors import StoreError
from summarizer.store import rows
from summarizer.store.place import is_default

Connect = Callable[[str], sqlite3.Connection]
_Result = TypeVar("_Result")

VERSION = 1
APPLICATION = 0x53554D5A
ADVICE = "use --no-store or SUMMARIZER_STORE=PATH"
_MARKS = (APPLICATION.to_bytes(4, "big"), b"summarizer_results")
# Beside the file itself: what sqlite keeps next to it.
_COMPANIONS = ("", "-wal", "-shm", "-journal")
_ASIDE = ".damaged-"
_PATIENCE = 30.0  # seconds for another process to finish its write
_TABLES = (
    "CREATE TABLE summarizer_results (key TEXT PRIMARY KEY, value BLOB NOT NULL, about TEXT NOT NULL, "
    "stored INTEGER NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE summarizer_damaged (key, value, about, stored, sum, found INTEGER)",
    "CREATE TABLE summarizer_facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
)
_SCHEMA = (
    *_TABLES,
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
_PRAGMAS = (
    "synchronous = FULL",
    "fullfsync = ON",  # macOS: fsync alone does not reach the disk
    "checkpoint_fullfsync = ON",
    "cell_size_check = ON",
    "trusted_schema = OFF",
    # sqlite before 3.51.3 may lose a commit that meets a checkpoint; `checkpoint` below keeps the two apart.
    "wal_autocheckpoint = 0",
)
# Closing any descriptor of a file drops every lock the process has on it, so a store is made and opened one at a time.
_one_at_a_time = threading.Lock()


# What reading a broken file raises; the messages of sqlite quote its bytes, which may be no UTF-8.
READING_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)


class DamagedError(sqlite3.DatabaseError):
    """The file is ours and cannot be read as it should."""


class OtherVersionError(Exception):
    """The file was made by a version of this program that stores otherwise."""


def connect(path: str) -> sqlite3.Connection:
    """Connect as the store wants it: each statement commits by itself, waits are short and repeated by `patiently`."""
    return sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False)


def open_file(path: Path, connector: Connect = connect, *, locked: bool = False) -> sqlite3.Connection:
    """Open the store at `path`, made when it is missing, and prove that it can be written.

    `locked` says that the caller holds the folder already.
    Raises: StoreError; DamagedError; OtherVersionError.
    """
    with telling(path), ExitStack() as stack:
        _make_folder(path.parent)
        if not locked:  # always the folder first, then this: two threads would else wait for each other
            stack.enter_context(folder_locked(path, alone=False))
        stack.enter_context(_one_at_a_time)
        _make(path)
        connection = connector(str(path))
        try:
            patiently(lambda: _prepare(connection))
        except BaseException as error:
            connection.close()
            if isinstance(error, READING_ERRORS) and (is_damage(error) or _is_suspect(error, path)):
                raise _damaged_or_foreign(path, error) from error
            raise
        return connection


def patiently(work: Callable[[], _Result]) -> _Result:
    """Repeat while another process holds the file. In short waits, so that Ctrl-C comes through."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn errors of sqlite and of the system, damage excepted, into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        if is_damage(error):
            raise
        raise StoreError(f"{path}: the store {_reason(error)}; {ADVICE}") from error
    except (OSError, ValueError) as error:
        if is_damage(error):
            raise
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise StoreError(f"{path}: the store cannot be opened ({reason}); {ADVICE}") from error


def is_damage(error: BaseException) -> bool:
    """Tell whether an error means that the file's content is broken."""
    return isinstance(error, DamagedError | UnicodeDecodeError) or _code(error) in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None when there is none. Changes when it is replaced, not when it is written."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move the log into the file, while no other process writes; put off when one does.

    Source: sqlite.org/wal.html#walresetbug; modes other than PASSIVE hold the writer's lock.
    """
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def set_aside(path: Path) -> Path:
    """Rename a damaged store with all that belongs to it. Returns: its new name. Raises: OSError."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    aside = path.with_name(f"{path.name}{_ASIDE}{stamp}-{os.urandom(3).hex()}")
    # The file itself first: a log without its file is thrown away by sqlite, a file without its log has lost results.
    for companion in _COMPANIONS:
        with suppress(FileNotFoundError):
            Path(f"{path}{companion}").rename(f"{aside}{companion}")
    return aside


def restore_schema(path: Path) -> None:
    """Make the results of a damaged file readable by name again, as far as that goes."""
    with suppress(*READING_ERRORS), closing(connect(str(path))) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET type = 'table', name = ?1, tbl_name = ?1, sql = ?2 WHERE rowid = 1 "
            "AND (type, name, tbl_name, sql) IS NOT ('table', ?1, ?1, ?2)",
            ("summarizer_results", _TABLES[0]),
        )


def asides(path: Path) -> tuple[Path, ...]:
    """Every file that was set aside from a store, by name, companions included."""
    start = f"{path.name}{_ASIDE}"
    try:
        return tuple(sorted(found for found in path.parent.iterdir() if found.name.startswith(start)))
    except OSError:
        return ()


def occupied(path: Path) -> int:
    """Bytes that a store takes on disk, set-aside files left out."""
    total = 0
    for companion in _COMPANIONS:
        with suppress(OSError):
            total += Path(f"{path}{companion}").stat().st_size
    return total


@contextmanager
def folder_locked(path: Path, *, alone: bool) -> Iterator[None]:
    """Hold the store's folder: alone to set a file aside, together with others to open one.

    Else a store made in between could lose its log to the renaming. Windows refuses to rename what is open, and a
    folder of a network drive may not be lockable: there it is not held.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def _make(path: Path) -> None:
    if is_default(path):
        _close_to_others(path.parent, 0o700)
    try:
        # sqlite itself would make a file that others may read; what it keeps beside takes the mode of this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        sync_folder(path.parent)
    except FileExistsError:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise StoreError(f"{path}: the store must be a file, and this is none; {ADVICE}") from None
        _close_to_others(path, 0o600)


def _close_to_others(path: Path, mode: int) -> None:
    if os.name == "nt":
        return
    with suppress(OSError):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(mode)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(0o700)
        sync_folder(folder.parent)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.text_factory = rows.text
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if _is_new(connection):
        with transaction(connection):
            if _is_new(connection):  # another process may have been faster
                for statement in _SCHEMA:
                    connection.execute(statement)
    if _number(connection, "application_id") != APPLICATION:
        raise DamagedError("not a store, or its mark is damaged")
    version = _number(connection, "user_version")
    if version != VERSION:
        raise OtherVersionError(version)
    if _tables(connection) != set(_TABLES):
        raise DamagedError("its schema is damaged")
    # Where the file system cannot share memory (some network drives) sqlite stays with its older journal.
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("INSERT OR REPLACE INTO summarizer_facts VALUES ('opened', strftime('%s', 'now'))")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Several statements that hold together: all of them last or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _is_new(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _damaged_or_foreign(path: Path, error: Exception) -> Exception:
    # Only what is surely ours may be moved: SUMMARIZER_STORE may name a report, or another program's database.
    if is_default(path) or any(mark in _head(path) for mark in _MARKS):
        return DamagedError(str(error))
    return StoreError(f"{path}: is no store of this program, and it is left as it is; {ADVICE}")


def _is_suspect(error: Exception, path: Path) -> bool:
    match _code(error):
        case sqlite3.SQLITE_ERROR:  # a damaged schema shows as "no such table", "no such column"
            return True
        case sqlite3.SQLITE_READONLY:  # sqlite takes a file of an unknown format for one that is only to be read
            return _head(path)[18:20] not in (b"\x01\x01", b"\x02\x02")
        case _:
            return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _reason(error: sqlite3.Error) -> str:
    match _code(error):
        case sqlite3.SQLITE_FULL:
            return "cannot be written: the disk is full"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "can only be read, not written"
        case sqlite3.SQLITE_CANTOPEN:
            return "cannot be opened or written"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"has been held by another process for {_PATIENCE:.0f} s"
        case _:
            return f"failed ({error})"
