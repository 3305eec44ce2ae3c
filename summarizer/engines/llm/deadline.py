"""A total time for work that blocks.

The time-outs of an HTTP client start again with every byte (a server that sends one byte each 0.4 s held a call with
`timeout=1` for 31 s), so the work runs in a thread of its own and the caller stops waiting for it.
"""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class DeadlineError(Exception):
    """The work was not done in time."""


def within(seconds: float, work: Callable[[threading.Event], T]) -> T:
    """Do the work, for at most so many seconds. The event it receives is set once nobody waits for it any more.

    Raises: DeadlineError; whatever the work raises.
    """
    done: queue.SimpleQueue[tuple[T, None] | tuple[None, BaseException]] = queue.SimpleQueue()
    abandoned = threading.Event()

    def run() -> None:
        try:
            done.put((work(abandoned), None))
        except BaseException as error:  # handed to the caller
            done.put((None, error))

    # A daemon: work that hangs must not keep the process from ending.
    threading.Thread(target=run, name="summarizer-request", daemon=True).start()
    try:
        value, error = done.get(timeout=seconds)
    except queue.Empty:
        raise DeadlineError from None
    finally:
        abandoned.set()
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # the two halves of the tuple go together
