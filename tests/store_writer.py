"""A process of its own that puts results into a store and says so; the tests kill it. Run by test_store.py."""

import hashlib
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

from summarizer.errors import StoreError
from summarizer.store import Store, file


def key(name: object) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


def value(name: object) -> dict[str, str]:
    return {"name": str(name), "text": "罚" * 700}


def put(path: Path, writer: str, count: int) -> None:
    """Put `count` results; a line on standard output for each that is done."""
    with Store.open(path) as store:
        print("open", flush=True)
        for n in range(count):
            name = f"{writer}-{n}"
            store.put(key(name), value(name), name)
            print(name, flush=True)
    print("closed", flush=True)


def killed_at_every_step(path: Path, step: int) -> int:
    """Fork a writer that kills itself at its Nth step inside sqlite, N growing until one gets through.

    After each, everything acknowledged must be there and whole. Returns: how many were killed.
    """
    for turn in range(100_000):
        folder = path / str(turn)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(writing, 1)
            counted = iter(range(turn * step))

            def tick(counted=counted) -> int:  # type: ignore[no-untyped-def]
                if next(counted, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                return 0

            def connect(place: str, tick=tick) -> sqlite3.Connection:  # type: ignore[no-untyped-def]
                connection = file.connect(place)
                connection.set_progress_handler(tick, 1)
                return connection

            store = Store(folder / "s.sqlite3", connect=connect)
            for n in range(3):
                store.put(key(n), value(n), "")
                os.write(1, f"{n}\n".encode())
            store.close()
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            done = [int(line) for line in pipe]
        killed = os.waitpid(child, 0)[1] != 0
        warnings: list[str] = []
        with Store.open(folder / "s.sqlite3", warn=warnings.append) as store:
            for n in done:
                assert store.get(key(n)) == value(n), (turn, n)
            found = store.verify()
            assert found.ok, (turn, found)
            assert found.sound - len(done) in (0, 1), (turn, found)
        assert not warnings, (turn, warnings)
        if not killed:
            assert done == [0, 1, 2]
            return turn
    raise AssertionError("never got through")


def until_no_room(path: Path, limit: int) -> None:
    """Put until files may not grow any more; every failure must be a StoreError."""
    import resource

    store = Store.open(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for n in range(1000):
        try:
            store.put(key(n), value(n), "")
        except StoreError as error:
            print(f"refused {error}", flush=True)
            return
        print(n, flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["put", path, writer, count]:
            put(Path(path), writer, int(count))
        case ["race", path, writer, count, start]:
            time.sleep(max(0.0, float(start) - time.time()))
            put(Path(path), writer, int(count))
        case ["steps", path, step]:
            print(killed_at_every_step(Path(path), int(step)))
        case ["room", path, limit]:
            until_no_room(Path(path), int(limit))
