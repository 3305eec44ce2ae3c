"""Rows of the store: what one holds, and how it is known to be whole."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from summarizer.patterns import pattern

COLUMNS = "key, value, about, stored, sum"
_KEY = pattern(r"[0-9a-f]{64}")
_LONGEST_ABOUT = 300
_DIGITS = "0123456789abcdef"


class Row(NamedTuple):
    """One finished result.

    Attributes:
        key: SHA-256 in hex of everything that determines the result.
        value: a JSON object in UTF-8.
        about: what it is, for people.
        stored: milliseconds since 1970 in UTC.
        sum: SHA-256 of the other four.
    """

    key: str
    value: bytes
    about: str
    stored: int
    sum: bytes


def check_key(key: str) -> str:
    """Give the key back. Raises: ValueError when it is no SHA-256 in hex (so that no plain text becomes a key)."""
    if not _KEY.fullmatch(key):
        raise ValueError("a key of the store is a SHA-256 in lower-case hex")
    return key


def made(key: str, value: Mapping[str, Any], about: str, stored: int) -> Row:
    """Make a row. Raises: ValueError for a wrong key or a NaN, TypeError for what JSON does not know."""
    content = json.dumps(dict(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    data = content.encode("utf-8", "surrogatepass")
    about = about[:_LONGEST_ABOUT].encode("utf-8", "backslashreplace").decode()
    return Row(check_key(key), data, about, stored, _sum(key, data, about, stored))


def is_sound(row: tuple[Any, ...]) -> bool:
    """Tell whether a row is as it was stored. Damage may have changed values and types alike."""
    key, value, about, stored, kept = row
    if not (isinstance(key, str) and isinstance(value, bytes) and isinstance(about, str) and isinstance(stored, int)):
        return False
    return bool(kept == _sum(key, value, about, stored))


def value_of(row: tuple[Any, ...]) -> dict[str, Any] | None:
    """The value of a row, None when it is damaged."""
    if not is_sound(row):
        return None
    try:
        value = json.loads(row[1].decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def text(data: bytes) -> str:
    """Read a text column; damaged bytes must not stop a whole listing."""
    return data.decode("utf-8", "surrogateescape")


def readable(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield whatever rows of a damaged file can still be read, some twice.

    Keys are hashes, so cutting them by their first two digits confines a bad page to a few of 256 ranges.
    """
    for prefix in (a + b for a in _DIGITS for b in _DIGITS):
        for condition, order in (("key > :at AND key < :end", "ASC"), ("key < :at AND key > :end", "DESC")):
            query = f"SELECT {COLUMNS} FROM summarizer_results WHERE {condition} ORDER BY key {order} LIMIT 1"
            ends = (prefix, f"{prefix}g")
            at, end = ends if order == "ASC" else ends[::-1]
            try:
                # One by one: a cursor over several rows raises for the next row and loses the one before it.
                while (row := connection.execute(query, {"at": at, "end": end}).fetchone()) is not None:
                    yield row
                    if not isinstance(row[0], str) or (row[0] <= at if order == "ASC" else row[0] >= at):
                        break  # out of order: it would go round in circles
                    at = row[0]
                else:
                    break  # the whole range was read, the other way round would find no more
            except (sqlite3.DatabaseError, UnicodeError):
                continue


def _sum(key: str, value: bytes, about: str, stored: int) -> bytes:
    digest = hashlib.sha256(b"summarizer store 1")
    for part in (
        key.encode("utf-8", "surrogateescape"),
        value,
        about.encode("utf-8", "surrogateescape"),
        str(stored).encode(),
    ):
        # Lengths keep the border between parts: ("ab", "c") is not ("a", "bc").
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
