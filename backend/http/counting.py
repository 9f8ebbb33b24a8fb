"""By which name a person is counted in a team, so that totals can tell over how many people they are.

The name is a keyed hash of the person and the week: it tells neither, and another week has another name for the same
person.  The key is made of the team's secret, which lies in no database.
"""

from __future__ import annotations

import hashlib
import hmac

from backend.http import guard
from backend.http.services import services
from backend.store.observations import monday

PURPOSE = "people counts"
LENGTH = 32


def who() -> str:
    """Return the name of the caller in counts of this week; empty on a server of one person."""
    found = services()
    if not found.config.is_team:
        return ""
    if not found.counting_key:
        from backend.team import secret

        found.counting_key = secret.read(found.config).key(PURPOSE)
    # All tokens that belong to nobody are one: whoever has the server's machine can make any number of them.
    told = f"{monday(found.store.today())} {guard.caller().person_id}"
    return hmac.new(found.counting_key, told.encode(), hashlib.sha256).hexdigest()[:LENGTH]
