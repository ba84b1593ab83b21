"""The microphone and the loudspeaker."""

from sparring.ui.audio.player import WalkthroughPlayer
from sparring.ui.audio.recorder import WalkthroughRecorder, microphones

__all__ = ["WalkthroughPlayer", "WalkthroughRecorder", "microphones"]
