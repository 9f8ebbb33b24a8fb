"""The pages a person opens in the browser: welcome with pairing, the place to try it, and the settings.

``create_app`` registers :data:`blueprint`; the API's authorisation asks
:func:`session_owner`, so that these pages may call the API without a token.
"""

from backend.web import settings as settings
from backend.web import signing as signing
from backend.web.pages import blueprint
from backend.web.session import session_owner

__all__ = ["blueprint", "session_owner"]
