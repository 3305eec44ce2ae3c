"""Report text made safe for where it is shown: it can name things, never format, link, move or run anything."""

import re

from summarizer.patterns import pattern

# Control characters, bidirectional overrides, zero-width and tag characters, line separators, lone surrogates.
_UNSAFE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*[]<>|~$&{}^#@"})
# An underscore inside a word (002_488.txt) is plain in every dialect.
_UNDERSCORE = pattern(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_LINK = pattern(r"(?<=[a-zA-Z]):(?=//)|(?<=[wW]{3})\.")
# What begins a list, a rule or a division: in CommonMark -, + and 1. or 1); in Pandoc also a., iv), (1) and :::
_AT_START = pattern(r"([+=:\-]|\((?=[0-9a-zA-Z]{1,9}\)))|([0-9]{1,9}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,9})([.)])(?=\s|$)")
# GitHub links an address even when it is escaped, but not inside code.
_ADDRESS = pattern(r"([\w.+-]+@[\w-]+(?:\.[\w-]+)*)", re.ASCII)


def visible(text: str) -> str:
    r"""The text with what cannot be seen written out (`\x1b`, `\u202e`); line ends and tabs are left."""
    return _UNSAFE.sub(_written_out, text) if _UNSAFE.search(text) else text


def one_line(text: str) -> str:
    """`visible` on one line, runs of white space as one space."""
    if text.isalnum():
        return text
    return " ".join(visible(text).split())


def markdown(text: str) -> str:
    """Inline Markdown that shows exactly this text: no emphasis, code, link, image, HTML, table or list comes of it."""
    if text.isalnum():
        return text
    return line_start(inline_markdown(one_line(text)))


def inline_markdown(text: str) -> str:
    """Like `markdown`, for a piece in the middle of a line: white space at its ends is kept, as one space."""
    if not text:
        return ""
    line = one_line(text)
    if "@" in line:
        parts = _ADDRESS.split(line)
        core = "".join(f"`{part}`" if n % 2 else _escaped(part) for n, part in enumerate(parts))
    else:
        core = _escaped(line)
    if not core:
        return " "
    return (" " if text[0].isspace() else "") + core + (" " if text[-1].isspace() else "")


def _escaped(line: str) -> str:
    line = line.translate(_MARKDOWN)
    if "_" in line:
        line = _UNDERSCORE.sub(r"\\_", line)
    return _LINK.sub(r"\\\g<0>", line) if "://" in line or "w." in line or "W." in line else line


def line_start(text: str) -> str:
    """Inline Markdown with a first character that opens no list, heading or rule."""
    text = text.lstrip()
    start = _AT_START.match(text)
    if not start:
        return text
    return "\\" + text if start[1] else f"{start[2]}\\{start[3]}{text[start.end() :]}"


def html(text: str) -> str:
    """Text for an HTML element or a quoted attribute."""
    if text.isalnum():  # letters and digits of any script: the most frequent case, and the fastest
        return text
    from html import escape  # brings a table of 2,000 names, of which it uses five

    return escape(visible(text), quote=True)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
