"""Reports from files, bytes or ready text to a `Document`: decoded, web-page furniture marked, nothing changed."""

from summarizer.reading.source import given, read, read_bytes, read_path, read_text

__all__ = ["given", "read", "read_bytes", "read_path", "read_text"]
