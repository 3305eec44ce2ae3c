"""A brief as text: one file per format, each a pure function."""
