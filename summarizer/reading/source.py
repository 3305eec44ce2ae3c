"""Where a report comes from: a path, standard input, bytes or a ready string.

The only module of `reading` that touches files. Every failure is an `InputError` that names the report on one line.
"""

import hashlib
import os
import stat
import sys
import unicodedata
from pathlib import Path

from summarizer.document import Document
from summarizer.errors import EmptyDocumentError, UnreadableDocumentError
from summarizer.reading import plain_text
from summarizer.reading.formats import refuse_other_formats
from summarizer.reading.furniture import strip

STDIN = "-"


def read(source: Path | str | bytes, name: str = STDIN) -> Document:
    """Read one report from a path, from `-` (standard input), or from bytes.

    Args:
        source: a `Path` or `str` is a path, `-` standard input, `bytes` the content of a file.
        name: what to call the report when `source` is bytes.

    Raises: see `read_path` and `read_bytes`.
    """
    if isinstance(source, bytes):
        return read_bytes(source, name)
    return read_bytes(*given(source))


def given(source: Path | str) -> tuple[bytes, str]:
    """The bytes of a path or of `-`, and the name they go by. Raises: UnreadableDocumentError."""
    if str(source) == STDIN:
        return sys.stdin.buffer.read(), STDIN
    return bytes_of(Path(source)), Path(source).name


def read_path(path: Path) -> Document:
    """Read a report file.

    Raises: see `bytes_of` and `read_bytes`.
    """
    return read_bytes(bytes_of(path), path.name)


def bytes_of(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises: UnreadableDocumentError: missing, a folder or other special file, or not permitted.
    """
    shown = one_line(os.fspath(path))
    try:
        # Looked at first: opening a pipe would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "no regular file"
            raise UnreadableDocumentError(f"{shown}: is {kind}; name the report file itself")
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise UnreadableDocumentError(f"{shown}: no such file; check the path") from exc
    except PermissionError as exc:
        raise UnreadableDocumentError(f"{shown}: no permission to read it; change its access rights") from exc
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the name
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise UnreadableDocumentError(f"{shown}: cannot be read ({one_line(reason)}); check the path") from exc


def read_bytes(data: bytes, name: str) -> Document:
    """Read a report from the bytes of its file; `name` is the file name, for messages and the record.

    Raises:
        UnsupportedFormatError: a format that is not read yet (PDF, DOCX, images ...), told by content.
        UnreadableDocumentError: not decodable.
        EmptyDocumentError: no text.
    """
    shown = one_line(name)
    refuse_other_formats(data, shown)
    decoded = plain_text.decode(data, shown)
    return _document(decoded.text, name, hashlib.sha256(data).hexdigest(), decoded.encoding, decoded.warnings)


def read_text(text: str, name: str) -> Document:
    """Take a report that is a string already; a leading byte order mark is left out.

    Raises:
        UnreadableDocumentError: the string holds a lone surrogate or NUL and is no text.
        EmptyDocumentError: only white space.
    """
    shown = one_line(name)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as exc:
        raise UnreadableDocumentError(
            f"{shown}: lone surrogate at character {exc.start}; decode the report again"
        ) from exc
    plain_text.refuse_binary(text, shown)
    return _document(text.removeprefix("\ufeff"), name, hashlib.sha256(data).hexdigest(), "utf-8", ())


def _document(text: str, name: str, digest: str, encoding: str, warnings: tuple[str, ...]) -> Document:
    if not text or text.isspace() or not any(char.isalnum() for char in text):
        raise EmptyDocumentError(f"{one_line(name)}: no text; check that this is the right file")
    page = strip(text)
    if not page.prose:
        warnings = (*warnings, "no running text found; this may be a menu or a list, not a report")
    return Document(_storable(name), text, digest, "text/plain", encoding, page.body, page.removed, warnings)


def one_line(name: str) -> str:
    r"""Make a file name safe to print: control, format and line-end characters and stray bytes become `\x0a`.

    >>> one_line("a\nb.txt")
    'a\\x0ab.txt'
    """
    return "".join(_escaped(char) for char in name)


def _escaped(char: str) -> str:
    if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return char
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of the name that is no UTF-8, as os.fsdecode gives it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _storable(name: str) -> str:
    """A name that any output can hold: bytes that are no UTF-8 are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isascii() else name
