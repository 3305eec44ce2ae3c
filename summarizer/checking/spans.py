"""Spans of one text put together."""

from collections.abc import Iterable, Iterator

from summarizer.document import Span


def merged(found: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap or touch told as one."""
    last: Span | None = None
    for span in sorted(found):
        if last is not None and span.start <= last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
