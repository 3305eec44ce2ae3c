"""Measures the store: python benchmarks/store.py [--results N] [--bytes N] [--folder DIR] [--json]

Puts and gets a second by one thread, by eight threads of one process and by four processes; the time to open; the time
to verify. A put counts when it is on disk, so the disk of --folder decides.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarizer.store import Store  # noqa: E402


def key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def put(path: Path, writer: str, count: int, size: int) -> None:
    """Put `count` results of about `size` bytes."""
    value = {"text": "罚" * (size // 3)}
    with Store.open(path) as store:
        for n in range(count):
            store.put(key(f"{writer}-{n}"), value, "benchmark")


def in_threads(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def in_processes(path: Path, count: int, results: int, size: int) -> None:
    command = [sys.executable, __file__, "--results", str(results), "--bytes", str(size), "--writer"]
    writers = [subprocess.Popen([*command, str(path), str(n)]) for n in range(count)]
    if any(writer.wait() for writer in writers):
        raise SystemExit("a writer failed")


def measure(folder: Path, results: int, size: int) -> dict[str, float]:
    """Rates by name, a second unless the name says otherwise."""
    path = folder / "store.sqlite3"
    found = {"milliseconds to open, new": seconds(Store.open(path).close) * 1e3}
    found["puts, one thread"] = results / seconds(lambda: put(path, "one", results, size))
    found["milliseconds to open"] = seconds(lambda: Store.open(path).close()) * 1e3
    with Store.open(path) as store:
        found["gets, hits"] = results / seconds(lambda: [store.get(key(f"one-{n}")) for n in range(results)])
        found["gets, misses"] = results / seconds(lambda: [store.get(key(f"none-{n}")) for n in range(results)])
        value = {"text": "罚" * (size // 3)}

        def work(thread: int) -> None:
            for n in range(results // 8):
                store.put(key(f"thread{thread}-{n}"), value, "benchmark")

        found["puts, eight threads"] = results / seconds(lambda: in_threads(8, work))
        found["rows verified"] = len(store.entries()) / seconds(store.verify)
    found["puts, four processes (start included)"] = results / seconds(
        lambda: in_processes(path, 4, results // 4, size)
    )
    return {name: round(value, 2) for name, value in found.items()}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=int, default=4000)
    parser.add_argument("--bytes", type=int, default=2400)
    parser.add_argument("--folder", type=Path, help="where to measure; the temporary folder by default")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--writer", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.writer:
        put(Path(args.writer[0]), args.writer[1], args.results, args.bytes)
        return 0
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        found = measure(Path(folder), args.results, args.bytes)
    print(json.dumps(found, indent=1) if args.json else "\n".join(f"{v:>12,.1f}  {k}" for k, v in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
