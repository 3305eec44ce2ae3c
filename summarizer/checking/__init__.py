"""Checks of model-written prose, labels and titles, in both languages, and the rewriting of literals.

Each module holds one idea and takes texts and a context, nothing else: context.py what a text may draw from, faults.py
what can be wrong, references.py, known.py (names and dates), chinese_numbers.py, english_numbers.py,
beside_references.py, direction.py, targets.py, comparisons.py, languages.py, markup.py, literals.py.
"""

from summarizer.checking.checks import check_label, check_prose, check_title
from summarizer.checking.context import Context
from summarizer.checking.faults import Fault, FaultCode
from summarizer.checking.literals import rewrite_literals

__all__ = ["Context", "Fault", "FaultCode", "check_label", "check_prose", "check_title", "rewrite_literals"]
