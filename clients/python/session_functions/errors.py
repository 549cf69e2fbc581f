"""Errors. No text holds a token, a key or a framework's id."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Mapping, Optional

_PREFIX = "urn:session-functions:problem:"


class SessionsError(Exception):
    """The API refused a request.

    ``type`` is the name of the problem (``session-not-found``); branch on it, not on the text.
    """

    def __init__(
        self,
        message: str,
        *,
        status: Optional[int] = None,
        type: Optional[str] = None,
        problem: Optional[Mapping[str, Any]] = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.type = type
        self.problem: Mapping[str, Any] = problem or {}


class SessionsUnavailable(SessionsError):
    """Nothing is known: no answer in time, or 429 or 5xx.

    A user is then neither signed in nor signed out: answer 503. ``retry_after`` is in seconds.
    """

    def __init__(self, message: str, *, retry_after: float = 1, **more: Any) -> None:
        super().__init__(message, **more)
        self.retry_after = retry_after


class ServiceKeyRefused(SessionsUnavailable):
    """The API does not accept the service key, or the key lacks a scope. It is logged once."""


class SessionEnded(SessionsError):
    """The session of the key was ended. Nothing was saved, and no save revives it."""

    def __init__(self, message: str, *, reason: str, ended_at: Optional[datetime], **more: Any) -> None:
        super().__init__(message, **more)
        self.reason = reason
        self.ended_at = ended_at


class VersionMismatch(SessionsError):
    """A precondition (``if_match``, ``must_create``) is false. ``etag`` is the current version, None without one."""

    def __init__(self, message: str, *, etag: Optional[str] = None, **more: Any) -> None:
        super().__init__(message, **more)
        self.etag = etag


def problem_type(problem: Mapping[str, Any]) -> Optional[str]:
    """Returns the name in a problem's type."""
    name = problem.get("type")
    return name[len(_PREFIX):] if isinstance(name, str) and name.startswith(_PREFIX) else None
