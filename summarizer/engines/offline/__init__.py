"""The offline engine: deterministic rules, no network, no key, no model file.

The stages, in order: surroundings (the words around each quantity) -> frames (what was done, to what) -> labels in
both languages; key sentences by extraction; English told from the labelled figures and the glossary.
"""

from summarizer.engines.offline import chinese_labels, english_labels, names
from summarizer.engines.offline.frames import frame_quantities, with_headings
from summarizer.engines.offline.storytelling import Storyteller
from summarizer.engines.offline.surroundings import find_surroundings
from summarizer.engines.offline.translation import Translator
from summarizer.engines.protocol import Draft, DraftLabel, Reading
from summarizer.report_type import ReportType

__all__ = ["OfflineEngine"]


class OfflineEngine:
    """Labels every quantity and tells every section by rule. Same input, same output."""

    name = "offline"

    def draft(self, reading: Reading, report_type: ReportType) -> Draft:
        """Label and tell one report. Raises nothing of its own."""
        glossary = report_type.glossary
        translator = Translator(glossary, report_type.readings)
        quantities = reading.numbers.quantities
        places = list(
            find_surroundings(reading.document.text, reading.sentences, quantities, reading.numbers.dismissed)
        )
        found = frame_quantities(translator.words, places, quantities)
        found = with_headings(translator.words, found, quantities, reading.sections)
        labels = {
            i: DraftLabel(chinese_labels.label(frame), english_labels.label(frame, translator))
            for i, frame in found.items()
        }
        teller = Storyteller(reading, report_type, found, translator)
        issuer = reading.masthead.issuer
        return Draft(
            labels=labels,
            sections=teller.sections(),
            overview=teller.overview(),
            title_en=names.title(reading.masthead, glossary, translator),
            issuer_en=names.issuer(issuer, glossary, translator) if issuer else "",
        )
