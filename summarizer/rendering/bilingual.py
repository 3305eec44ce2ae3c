"""HTML in two languages: both texts are in the page, and the reader chooses which are shown.

An element of class `en` or `zh` goes when the other language is shown alone. What exists in one language only has
neither class, so that it is never hidden.
"""

from summarizer.brief import Bilingual
from summarizer.rendering.safe import html as safe


def said(en: str | None, zh: str | None, tag: str = "span") -> str:
    """A text in both languages, escaped; `""` when there is none."""
    return joined(safe(en or ""), safe(zh or ""), tag)


def of(text: Bilingual, tag: str = "span") -> str:
    """`said` of a bilingual text."""
    return said(text.en, text.zh, tag)


def joined(en: str, zh: str, tag: str = "span") -> str:
    """As `said`, for HTML that is safe already. The page is in English, so only Chinese names its language."""
    if en == zh:
        zh = ""  # 16.2% is 16.2% in both
    if en and zh:
        return f'<{tag} class="en">{en}</{tag}> <{tag} class="zh" lang="zh-Hans">{zh}</{tag}>'
    if zh:
        return f'<{tag} lang="zh-Hans">{zh}</{tag}>'
    return f"<{tag}>{en}</{tag}>" if en else ""


def heading(en: str, zh: str, level: int) -> str:
    """A heading of the page itself."""
    return f"<h{level}>{said(en, zh)}</h{level}>"
