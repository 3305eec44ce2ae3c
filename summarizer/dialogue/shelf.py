"""Finished answers by what determines them, so that nothing finished is asked for again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

VERSION = 2  # of what is kept: another version's answers are not found


class Shelf(Protocol):
    """Where finished answers are kept; may be used from several threads at once."""

    def get(self, key: str) -> dict[str, Any] | None:
        """The answer under a key, None when there is none that can be trusted."""
        ...

    def put(self, key: str, value: Mapping[str, Any], about: str) -> None:
        """Keep an answer, durably, before returning. Raises: StoreError."""
        ...


class NoShelf:
    """Keeps nothing."""

    def get(self, key: str) -> dict[str, Any] | None:
        """Always None."""
        return None

    def put(self, key: str, value: Mapping[str, Any], about: str) -> None:
        """Drop the answer."""


def key_of(kind: str, **determinants: object) -> str:
    """sha256 of everything that determines an answer, as canonical JSON."""
    told = json.dumps(
        {"version": VERSION, "kind": kind, **determinants}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
