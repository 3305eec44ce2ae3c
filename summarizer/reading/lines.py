"""A page as lines, with the lines in which furniture and report stand together taken apart."""

import itertools
from collections.abc import Iterator

from summarizer.document import Span
from summarizer.patterns import pattern
from summarizer.reading.line_kinds import STOP, kind
from summarizer.records import record


@record
class Line:
    """A line that is not blank: [start, end) without blanks and table bars at its ends; `text` is that stretch."""

    start: int
    end: int
    text: str


_TRIM = " \t|\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\x0c"
_LINES = pattern(r"[^\r\n\x0b\x85\u2028\u2029]+")
_SPLIT_LINES = 40  # furniture printed on one line with the report stands in the first or last lines of the page
_REACH = 500  # and that far from the end of its line at most, in characters
_SHORTEST = 30  # a shorter line is of one kind
_PIECE = pattern(r"[^\s|]+")
# What may stand between or after fields: a time of day, a count of views, the sizes of type.
_SMALL_VALUE = pattern(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{1,6}|[大中小\]】]+")
_LONGEST_VALUE = 20
_NEAR = 4
_TAIL_TOKEN = pattern(
    r"(?<=[\s|])(?:相关附件|相关链接|上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?[:：]|承办单位[:：]|网站标识码|\S{0,3}ICP备"
    r"|[\u4e00-\u9fff]公网安备|责任编辑[:：]|信息来源[:：]|扫一扫|[【\[（(]\s?(?:打印|关闭|责任编辑|返回)|打印本页|关闭窗口)"
)


def lines_of(text: str) -> list[Line]:
    """Cut a page into lines, blank ones left out.

    `…情况报告 发布日期:2025-01-15 来源:本网 【打印】【关闭】 区委…办公室: 2024年,…` is three: title, posting, report.
    """
    lines = list(_lines(text))
    if len(lines) <= 2 * _SPLIT_LINES:
        return [piece for line in lines for part in _split_head(line) for piece in _split_tail(part)]
    head = [part for line in lines[:_SPLIT_LINES] for part in _split_head(line)]
    tail = [part for line in lines[-_SPLIT_LINES:] for part in _split_tail(line)]
    return head + lines[_SPLIT_LINES:-_SPLIT_LINES] + tail


def _lines(text: str) -> Iterator[Line]:
    for match in _LINES.finditer(text):
        raw = match[0]
        kept = raw.strip(_TRIM)
        if kept:
            start = match.start() + len(raw) - len(raw.lstrip(_TRIM))
            yield Line(start, start + len(kept), kept)


def _split_head(line: Line) -> list[Line]:
    if len(line.text) < _SHORTEST or kind(line.text):
        return [line]
    runs: list[Span] = []  # stretches of furniture within the line
    value_follows = False
    for match in _PIECE.finditer(line.text, 0, min(len(line.text), _REACH)):
        piece = match[0]
        near = bool(runs) and match.start() - runs[-1].end < _NEAR
        is_value = (value_follows and len(piece) <= _LONGEST_VALUE) or _SMALL_VALUE.fullmatch(piece)
        if kind(piece) or (near and is_value):
            start = runs.pop().start if near else match.start()
            runs.append(Span(start, match.end()))
        elif STOP.search(piece):
            break
        value_follows = piece.endswith((":", "："))
    cuts = [0, *(place for run in runs for place in run), len(line.text)]
    parts = [_piece(line, start, end) for start, end in itertools.pairwise(cuts)]
    return [part for part in parts if part.text] if runs else [line]


def _split_tail(line: Line) -> list[Line]:
    if len(line.text) < _SHORTEST or kind(line.text):
        return [line]
    since = max(0, len(line.text) - _REACH, *(line.text.rfind(stop) + 1 for stop in "。！？"))
    match = _TAIL_TOKEN.search(line.text, since)
    if not match:
        return [line]
    parts = [_piece(line, 0, match.start()), _piece(line, match.start(), len(line.text))]
    return [part for part in parts if part.text]


def _piece(line: Line, start: int, end: int) -> Line:
    raw = line.text[start:end]
    kept = raw.strip(_TRIM)
    start += line.start + len(raw) - len(raw.lstrip(_TRIM))
    return Line(start, start + len(kept), kept)
