"""A text in plain characters, place by place: `ＰＭ₂.₅` -> `PM2.5`, `𝗍𝗁𝗋𝖾𝖾` -> `three`, `é` -> `e`.

Spelling tricks are read the way a human reads them, and every place stays the place it was.
"""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _char(char: str) -> str:
    wide = unicodedata.normalize("NFKD", char)
    base = "".join(c for c in wide if not unicodedata.combining(c))
    return base if len(base) == 1 else char


def plain(text: str) -> str:
    """The text with every character in its plain form where that is one character; the length stays."""
    return text if text.isascii() else "".join([c if c.isascii() or "一" <= c <= "龥" else _char(c) for c in text])


def lower(text: str) -> str:
    """Lower case, place by place: `İ` stays one character."""
    low = text.lower()
    return low if len(low) == len(text) else "".join([c.lower() if len(c.lower()) == 1 else c for c in text])


def is_digit(char: str) -> bool:
    """Is this a digit or number sign of any script (7, ７, ٧, ⑦, Ⅶ, ½, ²)? Han numerals are letters, not digits."""
    return "0" <= char <= "9" or (not char.isascii() and unicodedata.category(char)[0] == "N")
