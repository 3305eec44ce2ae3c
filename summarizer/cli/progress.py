"""How far a run with a model is: a line on standard error, on a terminal only."""

import sys
import threading
from typing import TYPE_CHECKING

from summarizer.cli import output

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from summarizer.dialogue import Estimate
    from summarizer.dialogue.model import Spent


class Watcher:
    """Tells what is planned (`-v`) and shows sections done, tokens, retries and the time left."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self._show = not quiet and sys.stderr.isatty()
        self._verbose = verbose and not quiet
        self._lock = threading.Lock()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._tokens = self._retries = 0

    def planned(self, estimate: "Estimate") -> None:
        """Begin the bar of one report."""
        if self._verbose:
            cost = f", about {estimate.cost:.4f}" if estimate.cost is not None else ""
            output.say(f"{estimate.calls} calls, about {estimate.prompt + estimate.completion:,} tokens{cost}")
        if not self._show or not estimate.calls:
            return
        with self._lock:
            self._end()
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.fields[told]}"),
                TimeRemainingColumn(),
                console=Console(file=sys.stderr),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("sections", total=estimate.calls, told="")

    def done(self, name: str, spent: "Spent") -> None:
        """Move the bar on; called from any thread."""
        with self._lock:
            self._tokens += (spent.prompt or 0) + (spent.completion or 0)
            self._retries += spent.retries
            if self._bar is not None and self._task is not None:
                retries = f", {self._retries} retries" if self._retries else ""
                self._bar.update(self._task, advance=1, told=f"{self._tokens:,} tokens{retries}")

    def waiting(self, seconds: float, why: str) -> None:
        """Tell that the endpoint asked to wait."""
        if self._show or self._verbose:
            output.say(f"{why}, waiting {seconds:.0f} s")

    def close(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
