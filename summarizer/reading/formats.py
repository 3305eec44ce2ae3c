"""Formats that are no plain text, told by their first bytes, whatever the file is called."""

import re

from summarizer.errors import UnsupportedFormatError
from summarizer.patterns import byte_pattern, pattern

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF reports are"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office documents (.doc, .xls, .ppt, .wps) are"),
    (b"{\\rtf", "RTF documents are"),
    (b"\x89PNG\r\n\x1a\n", "images are"),
    (b"\xff\xd8\xff", "images are"),
    (b"GIF87a", "images are"),
    (b"GIF89a", "images are"),
    (b"II*\x00", "images are"),
    (b"MM\x00*", "images are"),
    (b"\x1f\x8b", "gzip archives are"),
    (b"7z\xbc\xaf\x27\x1c", "7z archives are"),
    (b"Rar!\x1a\x07", "RAR archives are"),
    (b"BZh", "bzip2 archives are"),
    (b"\xfd7zXZ\x00", "xz archives are"),
    (b"SQLite format 3\x00", "databases are"),
)
_OFFICE = ((b"word/", "DOCX documents are"), (b"xl/", "XLSX workbooks are"), (b"ppt/", "PPTX slides are"))
_HTML = byte_pattern(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_SAVED_BRIEF = pattern(r'\s*\{\s*"schema_version":\s*"')


def refuse_saved_brief(text: str, shown: str) -> None:
    """Raise UnsupportedFormatError when what should be briefed is a brief already; `shown` names the file."""
    if _SAVED_BRIEF.match(text):
        raise UnsupportedFormatError(
            f"{shown}: a saved brief, not a report; name the report, or give saved briefs to `summarizer compare`"
        )


def refuse_other_formats(data: bytes, shown: str) -> None:
    """Raise UnsupportedFormatError when the content is of a format that is not read; `shown` names the file."""
    kind = _kind(data)
    if kind:
        raise UnsupportedFormatError(f"{shown}: {kind} not read yet; save the report as plain text (.txt, UTF-8) first")


def _kind(data: bytes) -> str | None:
    head = data[:1024].removeprefix(b"\xef\xbb\xbf")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if b"%PDF-" in head and b"\x00" in data[:4096]:  # the PDF reference allows up to 1024 bytes before it
        return "PDF reports are"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return next((kind for folder, kind in _OFFICE if folder in data), "zip archives are")
    if head.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "images are"
    if _HTML.match(head):
        return "HTML pages are"
    return None
