"""What a report says about itself: title, issuing body, the year it is about, date of issue."""

from summarizer.masthead.identifying import identify

__all__ = ["identify"]
