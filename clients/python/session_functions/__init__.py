"""Client of the session-functions API. The Django session engine is ``session_functions.django``."""

from .client import SessionsClient
from .errors import ServiceKeyRefused, SessionEnded, SessionsError, SessionsUnavailable, VersionMismatch
from .keyed import KeyedSessions, session_key
from .models import Device, Ended, Introspection, IssuedSession, Session

__all__ = [
    "Device",
    "Ended",
    "Introspection",
    "IssuedSession",
    "KeyedSessions",
    "ServiceKeyRefused",
    "Session",
    "SessionEnded",
    "SessionsClient",
    "SessionsError",
    "SessionsUnavailable",
    "VersionMismatch",
    "session_key",
]
__version__ = "1.0.0"
