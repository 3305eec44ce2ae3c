"""Briefs one report after the other, tells what went wrong, and keeps count."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.cli import output
from summarizer.cli.errors import tell
from summarizer.cli.exits import Exit, gravest
from summarizer.cli.options import Means, debugging, source

if TYPE_CHECKING:
    from summarizer.result import Brief


class Tally:
    """A run over reports: what became of each, and the exit code that follows.

    Attributes:
        interrupted: True when the user stopped the run; the briefs made so far are kept.
    """

    def __init__(self, reports: Sequence[str], means: Means, *, quiet: bool, verbose: bool, strict: bool) -> None:
        self._reports = reports
        self._means = means
        self._quiet, self._verbose, self._strict = quiet, verbose, strict
        self._debug = debugging()
        self._exits: list[Exit] = []
        self._counts = {"ok": 0, "with findings": 0, "failed": 0}
        self.interrupted = False

    def briefs(self) -> "Iterator[tuple[int, Brief]]":
        """Yield each brief with the position of its report; failures are told and counted. Ctrl-C ends the run."""
        from summarizer.api import summarize_many

        given = [source(report) for report in self._reports]
        try:
            for position, outcome in enumerate(
                summarize_many(
                    given,
                    engine=self._means.engine,
                    report_type=self._means.report_type,
                    home=self._means.home,
                )
            ):
                if outcome.brief is None:
                    self._failed(outcome.error or RuntimeError("no brief"), self._reports[position])
                else:
                    self._finished(outcome.brief)
                    yield position, outcome.brief
        except KeyboardInterrupt:
            self.interrupted = True

    @property
    def kept(self) -> int:
        """How many briefs were made."""
        return self._counts["ok"] + self._counts["with findings"]

    def end(self) -> Exit:
        """Tell the counts of a run over several reports. Returns: the exit code."""
        done = sum(self._counts.values())
        if len(self._reports) > 1 and not self._quiet:
            counts = ", ".join(f"{count} {name}" for name, count in self._counts.items() if count)
            output.say(f"{done} of {len(self._reports)} reports: {counts or 'none finished'}")
        if self.interrupted:
            kept = f"interrupted; {self.kept} of {len(self._reports)} reports are kept, finished sections too"
            output.say(f"{kept}; the same command goes on from there")
            self._exits.append(Exit.INTERRUPTED)
        return gravest(self._exits)

    def _failed(self, error: Exception, report: str) -> None:
        self._counts["failed"] += 1
        code = tell(error, debug=self._debug, about=report)
        self._exits.append(Exit.PARTIAL if code is Exit.UNREADABLE and len(self._reports) > 1 else code)

    def _finished(self, brief: "Brief") -> None:
        if self._means.notice and not self._quiet and self.kept == 0:
            output.say(self._means.notice)
        failed = sum(section.status == "failed" for section in brief.sections)
        if failed:
            output.say(f"{brief.source.name}: {failed} of {len(brief.sections)} sections failed")
            self._exits.append(Exit.PARTIAL)
        doubts = len(brief.doubts)
        self._counts["with findings" if doubts else "ok"] += 1
        if doubts and self._strict:
            self._exits.append(Exit.FINDINGS)
        if doubts and not self._quiet:
            things = "finding deserves" if doubts == 1 else "findings deserve"
            output.say(f"{brief.source.name}: {doubts} {things} a careful look")
        if self._verbose and not self._quiet:
            run = brief.run
            output.say(
                f"{brief.source.name}: {brief.source.characters} characters ({brief.source.encoding}), "
                f"{len(brief.sections)} sections, {len(brief.metrics)} figures, "
                f"{run.engine} engine, {run.seconds:.2f} s"
            )
