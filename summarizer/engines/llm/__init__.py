"""The client of the llm engine: any endpoint that speaks OpenAI's chat completions, through instructor.

openai and instructor are imported when the first `LlmClient` is made, not before: they take two seconds.
"""

from summarizer.engines.llm.client import Answer, LlmClient, forget_modes, known_modes, seed_modes
from summarizer.engines.llm.endpoint import MODE_NAMES, Endpoint
from summarizer.engines.llm.pacing import Pacer, forget_paces
from summarizer.engines.llm.replies import Usage

__all__ = [
    "MODE_NAMES",
    "Answer",
    "Endpoint",
    "LlmClient",
    "Pacer",
    "Usage",
    "forget_modes",
    "forget_paces",
    "known_modes",
    "seed_modes",
]
