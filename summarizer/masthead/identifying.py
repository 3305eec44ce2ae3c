"""The masthead of a report. Only the text is evidence, never the file name."""

from collections.abc import Sequence

from summarizer.document import Document, Masthead, Section
from summarizer.masthead import metadata, year
from summarizer.masthead.issuer import find_issuer
from summarizer.masthead.signature import find_signature
from summarizer.masthead.title import find_title


def identify(document: Document, sections: Sequence[Section]) -> Masthead:
    """Read the masthead of a report; what the report does not say is None. Never raises."""
    signature = find_signature(document)
    title = find_title(document)
    issued = signature.date or metadata.date_of(document)
    return Masthead(
        title=title,
        issuer=find_issuer(document, signature.name, title),
        year=year.find_year(document, sections, title, issued),
        issued=issued.isoformat() if issued else None,
    )
