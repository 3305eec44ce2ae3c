"""The engines: what each must meet, the offline one, and the one that talks to a model."""
