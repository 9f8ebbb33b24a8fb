"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for when it is lost.

What is kept is sealed under the server's secret and under the person's id: whoever has the
database alone has no second factor, and that of one person does not open for another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from backend.people import codes
from backend.team.secret import Secret, Unsealable

PURPOSE = "totp"
STEP = 30
AROUND = 1
"""Steps before and after the present one that count too, for clocks that differ."""
RECOVERY_CODES = 10
ISSUER = "Second Look"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """A key shared with an authenticator app, and what is kept of the recovery codes that are left."""

    key: str
    recovery: tuple[str, ...] = ()

    def sealed(self, secret: Secret, person_id: str) -> bytes:
        """Return it as it is kept."""
        data = json.dumps({"key": self.key, "recovery": self.recovery}).encode()
        return secret.seal(PURPOSE, data, person_id)

    def step_of(self, code: str, now: float) -> int | None:
        """Return the step of time that a code is of, ``None`` for a wrong one; looks at every step alike."""
        import pyotp

        typed = re.sub(r"\s", "", code)
        present, found = int(now) // STEP, None
        for step in range(present - AROUND, present + AROUND + 1):
            right = pyotp.TOTP(self.key).at(step * STEP)
            if hmac.compare_digest(right.encode(), typed.encode("utf-8", "replace")):
                found = step
        return found

    def without(self, code: str) -> SecondFactor | None:
        """Return what is left after a recovery code was used, ``None`` for a wrong one."""
        digest = _digest(codes.plain(code))
        left = tuple(one for one in self.recovery if not hmac.compare_digest(one, digest))
        return SecondFactor(self.key, left) if len(left) < len(self.recovery) else None

    def address(self, name: str) -> str:
        """Return what an authenticator app reads from the QR code."""
        import pyotp

        return pyotp.TOTP(self.key).provisioning_uri(name=name, issuer_name=ISSUER)


def new() -> SecondFactor:
    """Return a new key without recovery codes."""
    import pyotp

    return SecondFactor(pyotp.random_base32())


def with_recovery(factor: SecondFactor) -> tuple[SecondFactor, list[str]]:
    """Return it with new recovery codes, and these as they are shown, once."""
    fresh = [codes.new(codes.RECOVERY) for _ in range(RECOVERY_CODES)]
    return SecondFactor(factor.key, tuple(map(_digest, fresh))), [codes.spaced(one) for one in fresh]


def opened(secret: Secret, sealed: bytes, person_id: str) -> SecondFactor | None:
    """Return what was sealed for somebody; ``None`` when it does not open."""
    try:
        found = json.loads(secret.open(PURPOSE, sealed, person_id))
    except Unsealable:
        return None
    return SecondFactor(found["key"], tuple(found["recovery"]))


def drawn(address: str) -> str:
    """Return a QR code of an address as SVG."""
    import zxingcpp

    draw: Callable[..., str] = zxingcpp.write_barcode_to_svg
    return draw(zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode), add_quiet_zones=True)


def _digest(code: str) -> str:
    """Return what is kept of a recovery code: sixty random bits, and sealed besides."""
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
