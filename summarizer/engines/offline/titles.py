"""Titles of documents and slogans: what is left out of them, and the shapes they come in."""

from summarizer.patterns import pattern

_TRIAL = pattern("[（(]试行[）)]$")
_ISSUER = pattern(
    "^[\u4e00-\u9fff]{2,12}?(?:省|市|县|区)[\u4e00-\u9fff]{2,8}?[局厅](?:办公室)?(?:关于(?:印发)?)?(?=[^长党机系内]{6})"
)
_MEASURES_TITLE = pattern(r"^(?:以(.+?)(?:助推|推动|促进|助力)(.+?)|统筹做好(.+?)工作)\s*(\d{1,3})条措施$")
# 关于加强审查工作的通知: a notice on what the verb phrase says.
_ABOUT = pattern(
    r"^(?:\S*?关于)(?:印发)?(.+?)的?"
    r"(通知|意见|实施意见|指导意见|决定|规定|公告|通告|报告|函|方案|实施方案|工作方案|办法)$"
)
_YEAR_OF = pattern(r"^(.{4,})年$")


def bare(title: str) -> tuple[str, str]:
    """A title without its issuer and without 试行, and what is said of it in English: ` (trial)` or nothing."""
    return _ISSUER.sub("", _TRIAL.sub("", title)), " (trial)" if _TRIAL.search(title) else ""


def shape(title: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The English of a settled shape with gaps, and what fills them; None for a title of no such shape.

    Each filling is Chinese with the form it takes: `noun`, `many` (a noun in the plural) or `verb`.
    """
    on = _ABOUT.match(title)
    if on:
        return "{0} on {1}", ((on[2], "noun"), (on[1], "verb"))
    year = _YEAR_OF.match(title)
    if year and not title[-2].isdigit():
        return "year of {0}", ((year[1], "noun"),)
    measures = _MEASURES_TITLE.match(title)
    if measures is None:
        return None
    through, what, about, number = measures.groups()
    if about:
        return f"{number} measures on {{0}}", ((about, "many"),)
    return f"{number} measures to promote {{0}} through {{1}}", ((what, "many"), (through, "many"))
