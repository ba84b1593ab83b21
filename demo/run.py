"""`make run`: opens the app, or says that there is no display and plays the demo off-screen instead."""

import os
import subprocess
import sys


def has_display() -> bool:
    """Whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    if has_display():
        return subprocess.call([sys.executable, "-m", "sparring"])
    print("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.")
    print("Playing the demo off-screen instead; its pictures will be in demo-output/pictures.")
    return subprocess.call([sys.executable, "-m", "demo.saturday"])


if __name__ == "__main__":
    sys.exit(main())
