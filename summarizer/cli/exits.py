"""How a run ends: the exit codes and which of several wins."""

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; `EXPLANATION` tells users what they mean."""

    DONE = 0
    DEFECT = 1
    USAGE = 2
    UNREADABLE = 3
    ENDPOINT = 4
    PARTIAL = 5
    FINDINGS = 6
    LIMIT = 7
    INTERRUPTED = 130


EXPLANATION = """\
\b
Exit codes:
    0  done
    1  a defect of this program
    2  wrong usage, or a faulty report type of your own
    3  the report cannot be read (one of several: 5)
    4  endpoint, key or storage out of reach for good
    5  partial: some reports or sections failed and are named, the rest is kept
    6  done, with warnings or errors among the findings under --strict,
       or `check` found a mismatch, or `cache verify` found damage
    7  refused by a limit before spending anything
  130  interrupted; finished work is kept
"""

_GRAVEST_FIRST = (
    Exit.INTERRUPTED,
    Exit.DEFECT,
    Exit.ENDPOINT,
    Exit.LIMIT,
    Exit.PARTIAL,
    Exit.UNREADABLE,
    Exit.FINDINGS,
)


def gravest(exits: Iterable[Exit]) -> Exit:
    """The one exit code of a run in which several apply."""
    present = set(exits)
    return next((code for code in _GRAVEST_FIRST if code in present), Exit.DONE)
