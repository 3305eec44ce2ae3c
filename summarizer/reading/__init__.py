"""Reports from files, bytes or ready text to a `Document`: decoded, web-page furniture marked, nothing changed."""

from summarizer.reading.formats import refuse_saved_brief
from summarizer.reading.source import given, one_line, read, read_bytes, read_path, read_text

__all__ = ["given", "one_line", "read", "read_bytes", "read_path", "read_text", "refuse_saved_brief"]
