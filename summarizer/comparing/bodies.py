"""Which reports are of one body: 罗湖区人民政府 is 深圳市罗湖区人民政府, 区人民政府 may be anyone."""

from collections.abc import Sequence

from summarizer.brief import BriefData
from summarizer.patterns import pattern

# An issuer that names no place of its own: 区人民政府, 市生态环境局, 本局; but 镇江市人民政府 does.
_NAMELESS = pattern(
    "(?:新区|街道|[省市区县州镇乡])(?![^省市区县州镇]{1,6}[省市区县州](?![场管建更规]))|[我本](?:[省市区县州镇乡局委厅办院]|单位|部门)"
)


def bodies(briefs: Sequence[BriefData]) -> list[str]:
    """The body of each report: the fullest name of its issuer, or the report's own name when that cannot be told."""
    names = {name for brief in briefs if (name := brief.report.issuer.zh) and not nameless(name)}
    found = []
    for brief in briefs:
        issuer = brief.report.issuer.zh
        if not issuer or nameless(issuer):
            found.append(brief.source.name)
            continue
        fuller = [name for name in names if name.endswith(issuer) and name != issuer]
        # Two cities may each have a 南山区: then the short name is neither's.
        longest = max(fuller, key=len, default=issuer)
        found.append(longest if all(longest.endswith(name) for name in fuller) else issuer)
    return found


def nameless(issuer: str) -> bool:
    """Whether an issuer's name names no place: 区人民政府 does not, 坪山区人民政府 and 国务院 do."""
    return bool(_NAMELESS.match(issuer))
