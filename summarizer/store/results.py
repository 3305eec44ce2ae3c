"""The store as the rest of the program sees it: get, put, list, verify, clear."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from summarizer.errors import StoreError
from summarizer.records import record
from summarizer.store import file, rows
from summarizer.store.place import place

if TYPE_CHECKING:
    from summarizer.dialogue.shelf import Shelf

_Result = TypeVar("_Result")
_SELECT = f"SELECT {rows.COLUMNS} FROM summarizer_results"
_INSERT = f"INSERT OR REPLACE INTO summarizer_results ({rows.COLUMNS}) VALUES (?, ?, ?, ?, ?)"
_CARRY = f"INSERT OR IGNORE INTO summarizer_results ({rows.COLUMNS}) VALUES (?, ?, ?, ?, ?)"
_EVERY = 256  # puts between two checkpoints
_TIMES = 3  # how often a file that is replaced again and again is followed


@record
class Entry:
    """One stored result as a listing shows it.

    Attributes:
        about: what it is; text of reports, to be escaped where it is shown.
        stored: when, in UTC.
        size: bytes of its value.
    """

    key: str
    about: str
    stored: datetime
    size: int


@record
class Verification:
    """What a look at every row found.

    Attributes:
        sound: rows whose checksum holds.
        bad: keys of rows that fail it, in order.
        faults: what sqlite says of the file's structure, nothing when it is whole.
        aside_rows: damaged rows that earlier runs moved out of the way.
        aside_files: damaged files that earlier runs renamed.
    """

    sound: int
    bad: tuple[str, ...]
    faults: tuple[str, ...]
    aside_rows: int
    aside_files: tuple[Path, ...]

    @property
    def ok(self) -> bool:
        """True when nothing in use is damaged."""
        return not self.bad and not self.faults


class Store:
    """Finished results in one sqlite file. Safe for threads of one process and for several processes at once.

    Attributes:
        path: the file in use.
        damaged: True when this run met damage, or a file of another version.
    """

    def __init__(
        self,
        path: Path,
        *,
        warn: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.time,
        connect: file.Connect = file.connect,
    ) -> None:
        """Open the store at `path`, made when missing; `warn` gets at most one line a run (by default the log).

        Raises: StoreError when it cannot be written: no permission, a full disk, something else at its place.
        """
        self.path = path.absolute()
        self.damaged = False
        self._warn = warn or _log
        self._clock = clock
        self._connect = connect
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._puts = 0
        self._identity: tuple[int, int] | None = None
        self._connection = self._open()

    @classmethod
    def open(cls, path: Path | None = None, *, warn: Callable[[str], None] | None = None) -> "Store":
        """Open the store at a path, or at its default place. Raises: StoreError before anything was paid for."""
        found = path or place(None)
        assert found is not None
        return cls(found, warn=warn)

    def get(self, key: str) -> dict[str, Any] | None:
        """The value stored under a key, None when there is none or it is damaged. Raises: StoreError."""
        rows.check_key(key)
        with self._lock:
            row = self._do(lambda c: c.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone())
            if row is None:
                return None
            value = rows.value_of(row)
            if value is None:
                self._put_away(key)
        return value

    def put(self, key: str, value: Mapping[str, Any], about: str) -> None:
        """Store a JSON object, in place of an earlier one of that key; on disk when this returns.

        Raises: StoreError; ValueError or TypeError for a wrong key or what is no JSON.
        """
        row = rows.made(key, value, about, self._now())
        with self._lock:
            for _ in range(_TIMES):
                self._do(lambda c: c.execute(_INSERT, row))
                if self._is_current():
                    self._tidy()
                    return
                self._renew()  # the file was removed or replaced meanwhile, and the row with it
        raise StoreError(f"{self.path}: the store is replaced again and again; {file.ADVICE}")

    def entries(self) -> tuple[Entry, ...]:
        """Every sound result, the oldest first. Raises: StoreError."""
        found = self._do(lambda c: [_entry(row) for row in c.execute(_SELECT) if rows.is_sound(row)])
        return tuple(sorted(found, key=lambda entry: (entry.stored, entry.key)))

    def verify(self) -> Verification:
        """Check every row and the structure of the file; nothing is changed. Raises: StoreError."""
        with self._lock, file.telling(self.path):
            connection = self._mine()
            sound, bad = _counted(connection)
            aside = 0
            with suppress(*file.READING_ERRORS):
                aside = connection.execute("SELECT count(*) FROM summarizer_damaged").fetchone()[0]
            return Verification(sound, bad, _faults(connection), aside, file.asides(self.path))

    def mend(self) -> None:
        """Set a file that fails `verify` aside and carry its sound rows over into a new one. Raises: StoreError."""
        with self._lock, file.telling(self.path):
            if not self.verify().ok:
                self._renew()

    def clear(self, older_than: timedelta | None = None) -> int:
        """Remove the results stored longer ago than that; all of them by default, with everything set aside.

        Returns: how many results went. Raises: StoreError.
        """
        if older_than is None:
            count = self._do(lambda c: int(c.execute("DELETE FROM summarizer_results").rowcount))
            self._do(lambda c: c.execute("DELETE FROM summarizer_damaged"))
            for aside in file.asides(self.path):
                with suppress(OSError):
                    aside.unlink()
        else:
            limit = self._now() - older_than // timedelta(milliseconds=1)
            count = self._do(
                lambda c: int(c.execute("DELETE FROM summarizer_results WHERE stored < ?", (limit,)).rowcount)
            )
        with self._lock, suppress(sqlite3.Error):  # another process is at work: the room is reused later
            self._connection.execute("VACUUM")
            file.checkpoint(self._connection)
        return count

    @property
    def size(self) -> int:
        """Bytes on disk, set-aside files left out."""
        return file.occupied(self.path)

    def close(self) -> None:
        """Close the file; what was put is on disk already."""
        if os.getpid() == self._process:
            with self._lock, suppress(sqlite3.Error):
                self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _do(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        with self._lock, file.telling(self.path):
            connection = self._mine()
            try:
                return file.patiently(lambda: work(connection))
            except file.READING_ERRORS as error:
                if not file.is_damage(error) and self._is_current():
                    raise
            self._renew()
            try:
                return file.patiently(lambda: work(self._connection))
            except file.READING_ERRORS as error:
                raise StoreError(f"{self.path}: the store fails again and again ({error}); {file.ADVICE}") from error

    def _now(self) -> int:
        return round(self._clock() * 1000)

    def _tidy(self) -> None:
        self._puts += 1
        if self._puts % _EVERY == 0:
            with suppress(sqlite3.Error):  # the row is safe in the log
                file.checkpoint(self._connection)

    def _mine(self) -> sqlite3.Connection:
        if os.getpid() != self._process:  # sqlite forbids a connection in a forked process
            raise StoreError(f"{self.path}: the store was opened in another process; open one in each")
        return self._connection

    def _is_current(self) -> bool:
        return self._identity is not None and file.identity(self.path) == self._identity

    def _open(self) -> sqlite3.Connection:
        try:
            return self._opened(self.path)
        except file.OtherVersionError as error:
            own = self.path.with_name(f"{self.path.stem}.v{file.VERSION}{self.path.suffix}")
            self._tell(f"{self.path}: holds results of another version ({error}) and is left as it is; {own} is used")
            self.path = own
        except file.DamagedError:
            return self._mended()
        try:
            return self._opened(self.path)
        except file.OtherVersionError as error:
            raise StoreError(f"{self.path}: holds results of another version ({error}); {file.ADVICE}") from error
        except file.DamagedError:
            return self._mended()

    def _opened(self, path: Path, *, locked: bool = False) -> sqlite3.Connection:
        for _ in range(_TIMES):
            before = file.identity(path)
            connection = file.open_file(path, self._connect, locked=locked)
            self._identity = file.identity(path)
            if before in (None, self._identity) and self._identity is not None:
                return connection
            connection.close()
        raise StoreError(f"{path}: the store is replaced again and again; {file.ADVICE}")

    def _renew(self) -> None:
        """Open the file that stands at the path now; a damaged one is set aside first."""
        with suppress(sqlite3.Error):
            self._connection.close()
        self._connection = self._mended() if self._is_current() else self._open()

    def _mended(self) -> sqlite3.Connection:
        """Set a damaged file aside and carry its sound rows over into a new one."""
        damaged = self._identity if self._is_current() else None
        with file.telling(self.path), file.folder_locked(self.path, alone=True):
            if damaged is None:
                # Damage was met on opening: look again, another process may have mended it meanwhile.
                try:
                    return self._opened(self.path, locked=True)
                except file.DamagedError:
                    pass
            elif file.identity(self.path) != damaged:
                return self._opened(self.path, locked=True)
            aside = file.set_aside(self.path)
            connection = self._opened(self.path, locked=True)
            carried = file.patiently(lambda: _carried_over(aside, connection))
        self._tell(f"{self.path}: the store was damaged; it is kept as {aside.name}, {carried} results were saved")
        return connection

    def _put_away(self, key: str) -> None:
        self._tell(f"{self.path}: a stored result is damaged and was set aside; it will be made again")
        with suppress(StoreError):  # what cannot be moved stays a miss
            if self._do(_faults):
                self._renew()
            else:
                self._do(lambda c: _move_away(c, key, self._now()))

    def _tell(self, message: str) -> None:
        if not self.damaged:
            self.damaged = True
            self._warn(message)


class Fresh:
    """A shelf that finds nothing and keeps everything: for `--fresh`."""

    def __init__(self, store: "Shelf") -> None:
        self._store = store

    def get(self, key: str) -> dict[str, Any] | None:
        """Nothing, whatever is stored."""
        return None

    def put(self, key: str, value: Mapping[str, Any], about: str) -> None:
        """Store it, in place of an earlier one. Raises: as the store does."""
        self._store.put(key, value, about)


@contextmanager
def opened(
    setting: str | None, *, fresh: bool = False, warn: Callable[[str], None] | None = None
) -> "Iterator[Shelf | None]":
    """The shelf that SUMMARIZER_STORE means, closed at the end; None when it is `off`. Raises: StoreError."""
    path = place(setting)
    if path is None:
        yield None
        return
    with Store.open(path, warn=warn) as store:
        yield Fresh(store) if fresh else store


def _entry(row: tuple[Any, ...]) -> Entry:
    key, value, about, stored, _ = row
    return Entry(key, about, datetime.fromtimestamp(stored / 1000, UTC), len(value))


def _counted(connection: sqlite3.Connection) -> tuple[int, tuple[str, ...]]:
    try:
        judged = [(row[0], rows.is_sound(row)) for row in connection.execute(f"{_SELECT} ORDER BY key")]
    except file.READING_ERRORS:
        judged = list({row[0]: rows.is_sound(row) for row in rows.readable(connection)}.items())
    bad = tuple(str(key) for key, sound in judged if not sound)
    return len(judged) - len(bad), bad


def _faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    try:
        said = tuple(str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)"))
    except file.READING_ERRORS as error:
        return (str(error),)
    return () if said == ("ok",) else said


def _move_away(connection: sqlite3.Connection, key: str, now: int) -> None:
    with file.transaction(connection):
        row = connection.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone()
        if row is not None and rows.value_of(row) is None:  # else another process has stored it anew
            connection.execute("INSERT INTO summarizer_damaged VALUES (?, ?, ?, ?, ?, ?)", (*row, now))
            connection.execute("DELETE FROM summarizer_results WHERE key = ?", (key,))


def _carried_over(aside: Path, connection: sqlite3.Connection) -> int:
    carried = 0
    file.restore_schema(aside)
    try:
        source = file.connect(str(aside))
    except sqlite3.Error:
        return 0
    source.text_factory = rows.text
    try:
        source.execute("PRAGMA writable_schema = ON")  # a truncated file can then be read as far as it goes
        with file.transaction(connection):
            for row in rows.readable(source):
                if rows.is_sound(row):
                    carried += connection.execute(_CARRY, row).rowcount
    finally:
        with suppress(sqlite3.Error):
            source.close()
    return carried


def _log(message: str) -> None:
    import logging  # seldom needed, and among the slower modules to load

    logging.getLogger("summarizer").warning(message)
