"""Joins briefs into one table: canonical metrics in rows, reports in columns. Pure; nothing is rounded or guessed."""

from summarizer.comparing.joining import compare, refuse

__all__ = ["compare", "refuse"]
