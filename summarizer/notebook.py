"""How far a run is, in a notebook: a line that is renewed in place. Without a notebook nothing of this is loaded."""

import sys
import threading
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from summarizer.dialogue import Estimate
    from summarizer.dialogue.model import Spent

_Item = TypeVar("_Item")


def running() -> bool:
    """Whether this is a notebook: a kernel of IPython, not a terminal."""
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell is not None else None
    return found is not None and hasattr(found, "kernel")


class Line:
    """A line of the notebook's output that can be rewritten."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._lock = threading.Lock()

    def write(self, text: str) -> None:
        """Show a text in place of the one before; called from any thread."""
        content = {"text/plain": text}
        with self._lock:
            if self._handle is None:
                self._handle = import_module("IPython.display").display(content, raw=True, display_id=True)
            else:
                self._handle.update(content, raw=True)


class Progress:
    """Shows sections answered, tokens and waits of a run with a model."""

    def __init__(self) -> None:
        self._line = Line()
        self._lock = threading.Lock()
        self._calls = self._done = self._tokens = 0

    def planned(self, estimate: "Estimate") -> None:
        """Add the calls of one report."""
        with self._lock:
            self._calls += estimate.calls
        if estimate.calls:
            self._show()

    def done(self, name: str, spent: "Spent") -> None:
        """Count one answer."""
        with self._lock:
            self._done += 1
            self._tokens += (spent.prompt or 0) + (spent.completion or 0)
        self._show()

    def waiting(self, seconds: float, why: str) -> None:
        """Tell that the endpoint asked to wait."""
        self._show(f"; {why}, waiting {seconds:.0f} s")

    def _show(self, more: str = "") -> None:
        self._line.write(f"{self._done} of {self._calls} sections, {self._tokens:,} tokens{more}")


def counted(items: Iterable[_Item], total: int, what: str) -> Iterator[_Item]:
    """Pass items on and count them below the cell: `3 of 44 reports`."""
    line = Line()
    line.write(f"0 of {total} {what}")
    for count, item in enumerate(items, 1):
        line.write(f"{count} of {total} {what}")
        yield item
