"""Checks that need no model: a draft against its report, a saved brief against its report.

Every check is a small function that returns findings and edits nothing. The order below is the order of the findings.
"""

from summarizer.accounting import account
from summarizer.verification.saved import check_brief
from summarizer.verification.verifying import verify

__all__ = ["account", "check_brief", "verify"]
