"""A brief as a piece of HTML for a notebook: no script, style or link, so that it survives where those are removed."""

from summarizer.brief import BriefData, Prose
from summarizer.rendering.markdown import kind_and_period
from summarizer.rendering.safe import html as safe
from summarizer.rendering.verdict import overview_groups, title, verdict

_COLUMNS = ("#", "What", "指标", "Figure", "原文", "Kind, period", "§")


def to_fragment(brief: BriefData) -> str:
    """Verdict, overview and the table of figures, which opens at a click."""
    head = "".join(f"<li><b>{safe(line.name)}:</b> {safe(line.text)}</li>" for line in verdict(brief))
    parts = [f"<h3>{'<br>'.join(safe(part) for part in title(brief) if part)}</h3><ul>{head}</ul>"]
    parts.append(_both(brief.overview.text, "p"))
    for heading, several in overview_groups(brief.overview):
        items = "".join(f"<li>{_both(prose, 'div')}</li>" for prose in several)
        parts.append(f"<h4>{safe(heading)}</h4><ul>{items}</ul>")
    heads = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    parts.append(f"<details><summary>Figures · 数字 ({len(brief.metrics)})</summary><table><tr>{heads}</tr>")
    for m in brief.metrics:
        cells = (m.id, m.label.en, m.label.zh, m.display.en, m.display.zh, kind_and_period(m), m.section)
        parts.append("<tr>" + "".join(f"<td>{safe(cell or '')}</td>" for cell in cells) + "</tr>")
    parts.append("</table></details>")
    return f"<div>{''.join(parts)}</div>"


def _both(prose: Prose, tag: str) -> str:
    texts = (("en", prose.en), ("zh-Hans", prose.zh))
    return "".join(f'<{tag} lang="{lang}">{safe(text)}</{tag}>' for lang, text in texts if text)
