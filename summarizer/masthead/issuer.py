"""The issuing body of a report (发文机关), with its region where the report gives it."""

from summarizer.document import Document
from summarizer.masthead.metadata import field
from summarizer.masthead.names import BODY_END, HAN, ORGANISATION
from summarizer.masthead.regions import with_region
from summarizer.patterns import pattern

_POSTER = r"发布(?:机构|单位|机关)|发文(?:机关|机构|单位)|公开(?:主体|责任部门)|制发机关|责任部门"
# 现在，我代表深圳市人民政府向大会作政府工作报告
_ON_BEHALF = pattern(
    rf"(?<!人民)代表(?!大会)(?P<org>国务院|[{HAN}]{{1,24}}?(?:人民政府|政府|管委会|管理委员会|常务委员会|常委会|人民法院|人民检察院|法院|检察院)"
    r"(?:筹备组)?)"
)
_IN_TITLE = pattern(
    rf"(?:关于)?(?:[0-9]{{4}}年度?)?(?P<org>{ORGANISATION})(?=关于|[0-9二“]|法治|政府信息|工作|年度|推进|贯彻|落实|执法|依法|$)"
)
# 2023年,韶关市生态环境局坚持以…
_IN_OPENING = pattern(
    rf"(?:^|[，,。：:\s])(?P<org>[{HAN}]{{2,28}}?{BODY_END}(?:[{HAN}]{{2,8}}分局)?)"
    r"(?=坚持|以|深入|认真|全面|紧紧|始终|严格|高度|切实|积极|在|按照|根据|围绕|党组)"
)
_NOT_ITSELF = pattern(r"领导|在|党组|委|上级|[我本]局")
_OPENING = 700  # characters
_SHORTEST = 3


def find_issuer(document: Document, signed_by: str | None, title: str | None) -> str | None:
    """Find who issued the report: signature, 我代表…, title, metadata table, opening sentence, in this order."""
    opening = document.text[document.body.start : min(document.body.end, document.body.start + _OPENING)]
    spoken, titled = speaks_for(opening), _titled(title)
    if spoken and titled and titled.endswith(spoken):
        spoken = titled  # 我代表市中级人民法院: whose, the title says
    name = signed_by or spoken or titled or _posted_by(document) or _named(opening)
    return with_region(document.text, "".join(name.split())) if name else None


def speaks_for(opening: str) -> str | None:
    """Give the body a speaker reports for, None when the opening is not that of a speech."""
    match = _ON_BEHALF.search(opening)
    return match["org"] if match else None


def _titled(title: str | None) -> str | None:
    match = _IN_TITLE.match(title) if title else None
    return match["org"] if match and len(match["org"]) >= _SHORTEST else None


def _posted_by(document: Document) -> str | None:
    match = field(document, _POSTER, rf"(?P<value>{ORGANISATION})(?=[\s|]|$)")
    return match["value"] if match else None


def _named(opening: str) -> str | None:
    return next((m["org"] for m in _IN_OPENING.finditer(opening) if not _NOT_ITSELF.search(m["org"])), None)
