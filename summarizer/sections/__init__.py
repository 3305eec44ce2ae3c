"""The heading tree of a report, and which of its sections tell plans or shortcomings."""

from summarizer.sections.kinds import is_problem, plan_sections, problem_sections, problems_told
from summarizer.sections.splitting import heading_spans, split

__all__ = ["heading_spans", "is_problem", "plan_sections", "problem_sections", "problems_told", "split"]
