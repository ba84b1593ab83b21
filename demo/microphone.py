"""A microphone without hardware: a sound server of our own, and a voice that speaks into it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY_SECONDS = 10.0
_NEEDED = ("pulseaudio", "pactl", "paplay", "espeak-ng")


class MicrophoneUnavailable(Exception):
    """There is no virtual microphone here; the message says what is missing."""


class VirtualMicrophone:
    """What an app needs to hear it, and how to speak into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.environment = {
            "PULSE_SERVER": f"unix:{folder}/native",
            "XDG_RUNTIME_DIR": str(folder),
            "QT_AUDIO_BACKEND": "pulseaudio",
        }
        self._voices: list[subprocess.Popen[bytes]] = []

    def say(self, words: str) -> None:
        """Speak, without waiting for the end."""
        spoken = self._folder / "spoken.wav"
        subprocess.run(["espeak-ng", "-w", str(spoken), words], check=True, capture_output=True)
        self._voices.append(
            subprocess.Popen(
                ["paplay", "--device=mic", str(spoken)],
                env={**os.environ, **self.environment},
                stderr=subprocess.DEVNULL,
            )
        )

    def hush(self) -> None:
        for voice in self._voices:
            if voice.poll() is None:
                voice.terminate()
            voice.wait()


@contextmanager
def virtual_microphone() -> Iterator[VirtualMicrophone]:
    """Start a sound server of our own for a while. Raises `MicrophoneUnavailable`."""
    missing = [program for program in _NEEDED if shutil.which(program) is None]
    if missing:
        raise MicrophoneUnavailable(f"{', '.join(missing)} not installed")
    with tempfile.TemporaryDirectory(prefix="sparring-mic-") as name:
        folder = Path(name)
        microphone = VirtualMicrophone(folder)
        environment = {**os.environ, **microphone.environment, "HOME": name}
        server = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes",
                "-L", f"module-native-protocol-unix socket={folder}/native auth-anonymous=1",
                "-L", "module-null-sink sink_name=mic rate=44100",
                "-L", "module-remap-source master=mic.monitor source_name=virtmic",
            ],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_until_ready(environment, server)
            yield microphone
        finally:
            microphone.hush()
            server.send_signal(signal.SIGTERM)
            server.wait()


def _wait_until_ready(environment: dict[str, str], server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        listed = subprocess.run(
            ["pactl", "list", "short", "sources"], env=environment, capture_output=True, text=True, check=False
        )
        if "virtmic" in listed.stdout:
            subprocess.run(["pactl", "set-default-source", "virtmic"], env=environment, check=True, capture_output=True)
            return
    raise MicrophoneUnavailable("the sound server does not start here")
