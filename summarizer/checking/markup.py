"""No control characters, addresses, tags, Markdown, templates or JSON in a model's text."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from summarizer.checking.faults import Fault, FaultCode, Lang

_SIGNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("an address of the web", re.compile(r"(?i)\b(?:https?|ftp|file|javascript|data|mailto):|//[\w.-]+\.\w|\bwww\.")),
    ("an address of the web", re.compile(r"(?i)\b[a-z0-9-]{1,60}\.(?:com|cn|org|net|gov|edu|io|top|xyz|info)\b")),
    ("an e-mail address", re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.")),
    ("an HTML tag", re.compile(r"<[A-Za-z/!?][^<>]{0,200}>?")),
    ("an HTML entity", re.compile(r"&(?:[A-Za-z]{2,10}|#x?[0-9A-Fa-f]{1,6});")),
    ("a Markdown link or image", re.compile(r"!\[|\]\s?\(")),
    ("Markdown or code", re.compile(r"`|\*|~~|__|\\|^#{1,6}\s|^\s*[-+>]\s|^\s*(?:---|===)")),
    ("a table bar", re.compile(r"\||｜")),
    ("a template or JSON", re.compile(r"\{[{%#]|[%#}]\}|\$\{|<%|%>|%[sd]\b|^\s*[\[{]\s*\"|\"\s?:\s?[\"\[{]")),
)
_REFERENCE: Final = re.compile(r"\[[0-9]{1,6}\]")
# Emoji and other pictures: a keycap or a domino can state a figure.
_PICTURES: Final = range(0x1F000, 0x1FB00)


def markup_faults(lang: Lang, text: str) -> Iterator[Fault]:
    """Everything of a text that is no plain prose on one line."""
    for at, char in enumerate(text):
        if char.isascii() and char >= " " and char != "\x7f":
            continue
        if _is_hidden(char, lang):
            name = unicodedata.name(char, f"U+{ord(char):04X}")
            yield Fault(
                FaultCode.MARKUP,
                lang,
                at,
                at + 1,
                f"{name} (U+{ord(char):04X}) at {at}: write plain text on one line",
                f"it holds the character {name} (U+{ord(char):04X})",
            )
    masked = _unreferenced(text)
    for what, pattern in _SIGNS:
        for match in pattern.finditer(masked):
            yield Fault(
                FaultCode.MARKUP,
                lang,
                *match.span(),
                f"{text[match.start() : match.end()]!r} looks like {what}: write plain prose",
                f"{text[match.start() : match.end()]!r} looks like {what}",
            )


def _unreferenced(text: str) -> str:
    """References as spaces: `[6](其中...)` is a reference before a bracket, no link."""
    return _REFERENCE.sub(lambda m: " " * len(m[0]), text)


def _is_hidden(char: str, lang: Lang) -> bool:
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") or ord(char) in _PICTURES:
        return True
    return category in ("Mn", "Me", "Mc")
