"""The title of a report (标题): above the body, in the metadata table, or before the first sentence."""

from summarizer.document import Document
from summarizer.masthead.metadata import field, furniture
from summarizer.masthead.names import HAN
from summarizer.patterns import pattern

_NAMED = r"信息名称|名\s*称|标\s*题|题\s*名"
_MARKER = r"(?:[一二三四五六七八九十]{1,3}、|[（(第])"  # a report printed on one line may begin with its first heading
_RUN_IN = pattern(
    rf"(?!{_MARKER})[{HAN}0-9 （）()“”《》、—-]{{6,60}}?(?:报告|总结|情况|公报|年报|汇报)"
    r"(?=[ \t\u3000\u00a0]+\S)"
)
_SITE_SUFFIX = pattern(r"\s*[-_|—]+\s*[^-_|—]{2,30}(?:网|门户网站|局|政府|厅)\s*$")
_BLANKS = pattern(r"[\s\u200b\ufeff|]+")
_SPACED = pattern(rf"(?<=[{HAN}0-9”》）]) (?=[{HAN}0-9“《（])")
_FOOTNOTE = pattern(r"\s*(?:\[[0-9]\]|[①*＊])$")


def find_title(document: Document) -> str | None:
    """Find the title; None where the report has none."""
    titles = list(furniture(document, "title"))
    if titles:
        return _joined(titles[-1])  # the last stands right above the report, earlier ones are of the page
    named = field(document, _NAMED, r"(?P<value>[^\r\n|\t]{4,80})")
    if named:
        return _joined(named["value"])
    match = _RUN_IN.match(document.text, document.body.start, document.body.end)
    return _joined(match[0]) if match else None


def _joined(title: str) -> str:
    """Undo line breaks and letter-spacing inside a title: 关于 / 2023年 … is one line, 工 作 报 告 one word."""
    title = _FOOTNOTE.sub("", _SITE_SUFFIX.sub("", title.strip(" \t\r\n\u3000\u00a0|#*")))
    return _SPACED.sub("", _BLANKS.sub(" ", title).strip())
