"""Install what the tests need beside Python packages, or say what is missing.

On Debian as root: Chromium, Firefox, fonts for eight scripts, languages for Tesseract, Node, PostgreSQL, Redis,
nginx and a clock that jumps.
Elsewhere nothing is installed; tests that need a missing thing skip with its name (and fail where ``CI=true``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "node": "nodejs",
    "npm": "npm",
    "redis-server": "redis-server",
    "strace": "strace",
    "nginx": "nginx-light",
    "faketime": "faketime",
    "systemd-analyze": "systemd",
}
"""Program, and the Debian package that brings it."""
FONTS = {
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "fonts-noto-core": "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}

LANGUAGES = ("rus", "kor", "vie", "ara")
TESSERACT = "tesseract-ocr/*/tessdata/{}.traineddata"


def missing() -> list[str]:
    """Return the Debian packages whose program or font is not on this machine."""
    packages = [package for program, package in PROGRAMS.items() if not _is_there(program)]
    # PostgreSQL's own programs are not on the path.
    packages += [] if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) else ["postgresql"]
    packages += [package for package, file in FONTS.items() if not Path(file).exists()]
    return packages + [f"tesseract-ocr-{one}" for one in LANGUAGES if not _readable(one)]


def _is_there(program: str) -> bool:
    # Servers lie where an ordinary user's path does not lead.
    return bool(shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin"))


def _readable(language: str) -> bool:
    return any(Path("/usr/share").glob(TESSERACT.format(language)))


def installable() -> bool:
    """Tell whether this is Debian and we may install."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def main() -> int:
    """Install or name what is missing; exit status 1 only where an installation fails."""
    wanted = missing()
    if not wanted:
        return 0
    if not installable():
        print(f"Not on this machine, so tests that need them are skipped: {', '.join(wanted)}")
        return 0
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *wanted]):
        done = subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"apt-get {command[0]} failed; wanted: {', '.join(wanted)}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
