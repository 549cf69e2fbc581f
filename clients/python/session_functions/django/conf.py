"""Settings.

========================  ==========================================================================================
``SESSIONS_URL``          address of the API with its base path; default: the environment's
``SESSIONS_KEY``          the service key, with the scopes ``sessions.keyed``, ``sessions.read`` and
                          ``sessions.revoke``; default: the environment's
``SESSIONS_TIMEOUT``      seconds for a call with all its repetitions; default 3
``SESSIONS_PREFIX``       hashed in front of each session key; default ``django:``
``SESSIONS_MERGE``        keep what another request saved meanwhile under other names; default False
``SESSIONS_USER_ID``      function, or its path, that gives the user id of a session's content; default:
                          ``_auth_user_id``
``SESSIONS_FALLBACK``     the engine used before; its sessions are moved over as they are used; default None
========================  ==========================================================================================
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, Callable, Mapping, Optional

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from ..client import SessionsClient
from ..errors import SessionsError
from ..keyed import session_key
from ..models import Session


# Ten years: no longer lifetime can be sent. That of the policy is shorter.
LONGEST_SECONDS = 315_360_000


class Service:
    """The API as the settings name it, and what this process has learnt of its policy."""

    def __init__(self, client: SessionsClient) -> None:
        self.client = client
        self.keyed = client.keyed
        self._longest_idle: Optional[int] = None

    def save(self, key: str, idle_timeout_seconds: int, **more: Any) -> Session:
        """Saves a session with the idle timeout, or with the policy's where that is shorter."""
        idle = min(idle_timeout_seconds, self._longest_idle or LONGEST_SECONDS)
        try:
            return self.keyed.save(key, idle_timeout_seconds=idle, **more)
        except SessionsError as e:
            if e.type != "validation":
                raise
            longest = _longest_idle(e)
            if longest is None:
                raise
        self._longest_idle = longest
        return self.keyed.save(key, idle_timeout_seconds=self._longest_idle, **more)


def service() -> Service:
    """Returns the API that the settings name."""
    url = getattr(settings, "SESSIONS_URL", None) or os.environ.get("SESSIONS_URL")
    key = getattr(settings, "SESSIONS_KEY", None) or os.environ.get("SESSIONS_KEY")
    if not url or not key:
        raise ImproperlyConfigured(
            "SESSION_ENGINE = 'session_functions.django' needs the settings SESSIONS_URL (the address of the API with "
            "its base path, such as http://127.0.0.1:7071/api) and SESSIONS_KEY (a service key)."
        )
    return _service(url, key, getattr(settings, "SESSIONS_TIMEOUT", 3.0))


def key_of(framework_id: str) -> str:
    """Returns the key under which the API keeps the session of one of Django's session keys."""
    return session_key(framework_id, getattr(settings, "SESSIONS_PREFIX", "django:"))


def merges() -> bool:
    """Tells whether concurrent requests' changes are merged."""
    return bool(getattr(settings, "SESSIONS_MERGE", False))


def fallback_engine() -> Optional[str]:
    """Returns the module of the engine used before."""
    return getattr(settings, "SESSIONS_FALLBACK", None)


def user_id_of(content: Mapping[str, Any]) -> Optional[str]:
    """Returns the user of a session's content; None for an anonymous one."""
    chosen: Any = getattr(settings, "SESSIONS_USER_ID", None)
    choose: Optional[Callable[[Mapping[str, Any]], Any]] = import_string(chosen) if isinstance(chosen, str) else chosen
    user_id = choose(content) if choose else content.get(SESSION_KEY)
    return None if user_id is None else str(user_id)


def _longest_idle(refusal: SessionsError) -> Optional[int]:
    faults = refusal.problem.get("errors") or ()
    return next((fault.get("maximum") for fault in faults if fault.get("pointer") == "#/idleTimeoutSeconds"), None)


@lru_cache(maxsize=8)
def _service(url: str, key: str, timeout: float) -> Service:
    return Service(SessionsClient(url, key, timeout=timeout))
