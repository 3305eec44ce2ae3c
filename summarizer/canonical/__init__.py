"""Canonical metrics: what figures of many reports have in common, so that they can be compared.

A catalogue is data (`schemas/metrics/`); which figure is which metric is decided by code, from the words of the report,
and rather not at all than wrongly.
"""

from summarizer.canonical.catalogue import CanonicalMetric, Catalogue, Polarity, Theme
from summarizer.canonical.keys import keys_of
from summarizer.canonical.parsing import parse

__all__ = ["CanonicalMetric", "Catalogue", "Polarity", "Theme", "keys_of", "parse"]
