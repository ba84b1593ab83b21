"""The tape: everything that happens in a session, on one timeline that is only ever added to."""

from sparring.tape.recorder import TapeRecorder
from sparring.tape.replay import read_tape, text_at

__all__ = ["TapeRecorder", "read_tape", "text_at"]
