"""Recorded replies in place of an endpoint: record once, replay without key, model or network.

A cassette is a YAML file that people can read and review: requests and replies as trees, Chinese as Chinese, no
header but the content type, a fixed address, nothing that differs when the same is recorded again. A request is
answered by the reply to the same method, path and JSON body, so a changed prompt finds none instead of a stale one.

vcrpy is imported when a cassette is first opened. A cassette takes the place of the network for the whole process, all
threads included, so one can be open at a time.
"""

from summarizer.cassettes.files import Parameters, faults, parameters
from summarizer.cassettes.taping import ADDRESS, Tape, recording, replaying

__all__ = ["ADDRESS", "Parameters", "Tape", "faults", "parameters", "recording", "replaying"]
