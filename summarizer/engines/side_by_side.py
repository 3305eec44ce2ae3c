"""Runs calls side by side in threads that never hold the process back when it ends."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Given = TypeVar("_Given")
_Result = TypeVar("_Result")
_GRACE = 1.5  # seconds that answers in flight are waited for once the user has stopped the run


def side_by_side(
    work: Callable[[_Given], _Result],
    given: Iterable[_Given],
    *,
    most: int,
    grace: float = _GRACE,
    on_stop: Callable[[], None] = lambda: None,
) -> Iterator[_Result]:
    """Like `map`, at most `most` at a time, results in order. The first error ends it; the rest is not waited for.

    On Ctrl-C nothing new is begun, `on_stop` ends what only waits to be sent, and what is in flight has `grace` seconds
    to finish (and to be kept by `work`). The threads are daemons: a pool's would be joined when the interpreter ends,
    however long an endpoint takes.
    """
    items = list(given)
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for n in range(len(items)):
        waiting.put(n)
    done: queue.SimpleQueue[tuple[int, _Result | None, BaseException | None]] = queue.SimpleQueue()
    stopped = threading.Event()

    def worker() -> None:
        while not stopped.is_set():
            try:
                n = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                done.put((n, work(items[n]), None))
            except BaseException as error:  # told in the thread that waits for it
                stopped.set()
                done.put((n, None, error))

    threads = [threading.Thread(target=worker, daemon=True) for _ in range(min(most, len(items)))]
    for thread in threads:
        thread.start()
    results: dict[int, _Result] = {}
    try:
        for n in range(len(items)):
            while n not in results:
                at, result, error = _next(done)
                if error is not None:
                    raise error
                results[at] = result  # type: ignore[assignment]
            yield results.pop(n)
    except KeyboardInterrupt:
        stopped.set()
        on_stop()
        until = time.monotonic() + grace
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        raise
    finally:
        stopped.set()


def _next(
    done: "queue.SimpleQueue[tuple[int, _Result | None, BaseException | None]]",
) -> tuple[int, _Result | None, BaseException | None]:
    # Waiting with a time-out lets Ctrl-C through on every platform.
    while True:
        try:
            return done.get(timeout=0.2)
        except queue.Empty:
            continue
