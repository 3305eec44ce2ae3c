"""How a reply in JSON is asked for, and what each endpoint turned out to understand.

The ladder goes from what constrains the model most to what every server takes. A rung is left when the endpoint
rejects the request for its form (HTTP 400 or 422), or when the very first reply of an endpoint cannot be used: some
servers take `response_format` and ignore it, so that the model never sees the schema.
"""

import threading
from collections.abc import Mapping

LADDER = ("json_schema", "json", "md_json")
_PATIENCE = 0.3  # seconds; a request that is rejected for its form is rejected at once

# Words of the messages in which servers reject a form, in small letters.
_FORM_WORDS = (
    "response_format", "response format", "json_schema", "json schema", "json_object", "json mode", "structured output",
    "tool_choice", "tool choice", "tools", "function call", "invalid schema", "guided", "grammar",
    "requested parameters",
)  # fmt: skip


def speaks_of_form(message: str) -> bool:
    """Whether a rejection is about how JSON was asked for, not about what was asked.

    >>> speaks_of_form("This response_format type is unavailable now")
    True
    """
    lowered = message.lower()
    return any(word in lowered for word in _FORM_WORDS)


def below(mode: str) -> str | None:
    """The next rung down, None at the bottom and off the ladder."""
    place = LADDER.index(mode) + 1 if mode in LADDER else len(LADDER)
    return LADDER[place] if place < len(LADDER) else None


class Memory:
    """What each endpoint and model understood, for the life of the process. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._starts: dict[tuple[str, str], str] = {}
        self._proven: set[tuple[str, str]] = set()
        self._probed: set[tuple[str, str]] = set()

    def known(self) -> dict[tuple[str, str], str]:
        """The modes that have led to a usable reply, by address and model."""
        with self._changed:
            return {who: mode for who, mode in self._starts.items() if who in self._proven}

    def seed(self, modes: Mapping[tuple[str, str], str]) -> None:
        """Start with what an earlier process found out. Raises: ValueError for a mode that is not on the ladder."""
        for mode in modes.values():
            if mode not in LADDER:
                raise ValueError(f"mode {mode!r} is none of {', '.join(LADDER)}")
        with self._changed:
            self._starts.update(modes)
            self._proven.update(modes)

    def forget(self) -> None:
        """Know nothing again."""
        with self._changed:
            self._starts.clear()
            self._proven.clear()

    def enter(self, who: tuple[str, str]) -> bool:
        """Before the first request of a call: let one call find out the mode while the others wait a moment for it.

        Returns: whether this call is the one that finds out, and has to `leave`.
        """
        with self._changed:
            if who in self._proven:
                return False
            if who not in self._probed:
                self._probed.add(who)
                return True
            self._changed.wait_for(lambda: who not in self._probed or who in self._proven, _PATIENCE)
            return False

    def leave(self, who: tuple[str, str]) -> None:
        """After the call that found out, however it ended."""
        with self._changed:
            self._probed.discard(who)
            self._changed.notify_all()

    def start(self, who: tuple[str, str]) -> str:
        """The rung to start at."""
        with self._changed:
            return self._starts.get(who, LADDER[0])

    def is_proven(self, who: tuple[str, str]) -> bool:
        """Whether a usable reply has come already."""
        with self._changed:
            return who in self._proven

    def rejected(self, who: tuple[str, str], mode: str) -> None:
        """The endpoint rejected this mode: later calls start lower, and never higher than another call found."""
        lower = below(mode)
        with self._changed:
            if lower and LADDER.index(lower) > LADDER.index(self._starts.get(who, LADDER[0])):
                self._starts[who] = lower
                self._proven.discard(who)

    def proven(self, who: tuple[str, str], mode: str) -> None:
        """A usable reply came in this mode: it is the one from now on, unless there is one already."""
        with self._changed:
            if who not in self._proven:
                self._starts[who] = mode
                self._proven.add(who)
            self._changed.notify_all()
