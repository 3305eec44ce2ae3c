"""Facts and clauses put together as English sentences.

Chinese strings a level, its rank and its change together with commas; English says the subject once and hangs the
rest on it: PM10 concentration was ⟦5⟧, ranking ⟦6⟧ among the five districts, down ⟦7⟧ year on year.
"""

from collections.abc import Sequence
from dataclasses import replace

from summarizer.document import Direction, Quantity
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.wording import listed
from summarizer.engines.protocol import REF_OPEN
from summarizer.english import capitalize
from summarizer.patterns import pattern
from summarizer.records import record

_FEWEST_WORDS = 3  # `for example`, `steadily handling` say nothing alone
_SHORT = 8  # words of a sentence that may be joined to another
# What a clause must hold to stand alone; any other names something done.
_FINITE = pattern(
    r"\b(?:is|are|was|were|has|have|lacks?|needs?|cannot|does|do|did|made|won|rose|fell|reached|continued|remains?"
    r"|existed|ranked|amounted|there)\b"
)
_LEADS_IN = pattern(
    "(?:guided by|in accordance with|with|building on|focusing on|under|taking|through|in response to) "
)


@record
class Fact:
    """One figure told in a clause of its own.

    Attributes:
        text: the clause, lower case, no stop.
        frame: how the figure was read; None where a larger phrase holds it.
    """

    text: str
    frame: Frame | None


def attachment(before: Fact, frame: Frame, quantity: Quantity, told: str, scope: str) -> str:
    """What a change or a rank adds to the clause before it that told of the same thing; "" when it stands alone.

    `scope` says among whom a rank is (`among the five districts`).
    """
    if before.frame is None or not frame.aspect or _subject(before.frame) != _subject(frame):
        return ""
    if frame.aspect in ("above", "below"):
        return f", {told}"
    if frame.aspect == "change" and before.frame.aspect in ("", "rank"):
        when = " year on year" if frame.yearly else ""
        if quantity.direction is Direction.FLAT:
            return f", {told}{when}"
        if quantity.direction is None:
            return ""
        return f", {'up' if quantity.direction is Direction.UP else 'down'} {told}{when}"
    if frame.aspect == "rank" and not before.frame.aspect:
        return f", ranking {told} {scope}".rstrip()
    if frame.aspect == "change rank" and before.frame.aspect == "change":
        return f", with the improvement ranking {told} {scope}".rstrip()
    return ""


def _subject(frame: Frame) -> Frame:
    return replace(frame, aspect="", scope=(), suffix="", yearly=False)


def told(parts: Sequence[str], doing: str) -> str:
    """Clauses as sentences: finite ones each their own, two short ones joined; the rest as what was or will be done.

    `doing` opens a sentence of things done (`Work included`); with "" they are listed as they stand.
    """
    sentences: list[str] = []
    acts: list[str] = []
    for part in parts:
        if _is_finite(part):
            sentences += _of_acts(acts, doing)
            acts = []
            if sentences and _joins(sentences[-1], part):
                sentences[-1] += f", and {part}"
            else:
                sentences.append(part)
        elif REF_OPEN in part or len(part.split()) >= _FEWEST_WORDS:
            acts.append(part)
    sentences += _of_acts(acts, doing)
    return " ".join(f"{capitalize(s)}." for s in sentences)


def _is_finite(part: str) -> bool:
    return ": " in part or bool(_FINITE.search(part)) or part.startswith("all ")


def _joins(before: str, part: str) -> bool:
    """Are both short enough for one sentence, and neither a list already?"""
    if part.startswith("all "):
        return False  # all of what several sentences told
    return all(len(s.split()) <= _SHORT and not {",", ":"} & set(s) and " and " not in s for s in (before, part))


def _of_acts(acts: Sequence[str], doing: str) -> list[str]:
    if not acts:
        return []
    leads = [a for a in acts if _LEADS_IN.match(a)]
    done = [a for a in acts if a not in leads]
    if not doing or not done:
        return [", ".join(acts)]
    # Items with commas of their own are only told apart by a second `and`.
    return [", ".join([*leads, f"{doing} {listed(done)}"])]
