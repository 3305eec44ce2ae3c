"""The conversation with a model about one report: ask, check, ask again for what is faulty, keep and mark the rest.

Pure but for the model it is handed: the caller supplies `Model` (the endpoint) and the `map` that runs calls side by
side. What the model says becomes a `Draft` by global reference; nothing after this knows of local ids.
"""

from summarizer.dialogue.budget import Budget, Budgeted, Estimate
from summarizer.dialogue.conversation import NO_WATCH, SideBySide, Terms, Watch, converse, planned
from summarizer.dialogue.model import Answer, Model
from summarizer.dialogue.shelf import NoShelf, Shelf

__all__ = [
    "NO_WATCH",
    "Answer",
    "Budget",
    "Budgeted",
    "Estimate",
    "Model",
    "NoShelf",
    "Shelf",
    "SideBySide",
    "Terms",
    "Watch",
    "converse",
    "planned",
]
