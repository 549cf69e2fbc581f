"""The engine used before: its sessions stay valid, and move over as they are used."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import Any, Dict, Optional

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError

from . import conf

_MARK_LENGTH = 32


def load(session_key: str) -> Optional[Dict[str, Any]]:
    """Returns the content of a session; None without one."""
    store = _store(session_key)
    content = store.load() if store is not None else None
    return content or None


def exists(session_key: Optional[str]) -> bool:
    """Tells whether it has the session."""
    store = _store(session_key)
    return store is not None and bool(store.exists(session_key))


def delete(session_key: str) -> None:
    """Removes a session."""
    store = _store(session_key)
    if store is not None:
        store.delete(session_key)


def sign_out(user_id: str) -> None:
    """Makes every session of the user that is still there invalid: by a mark, as engines have no index by user."""
    mark = _mark_of(user_id)
    store = _store(mark)
    if store is not None and not store.exists(mark):
        store["user"] = mark
        store.set_expiry(settings.SESSION_COOKIE_AGE)
        store._session_key = mark
        try:
            store.save(must_create=True)
        except CreateError:
            pass  # Another request marks the user at the same time.


def is_signed_out(user_id: Optional[str]) -> bool:
    """Tells whether the user was signed out everywhere since the change of engines."""
    return user_id is not None and exists(_mark_of(user_id))


def _mark_of(user_id: str) -> str:
    # Engines keep keys of 40 characters, and some only letters and digits.
    named = f"signed-out-everywhere:{user_id}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(named).hexdigest()[:_MARK_LENGTH]


def _store(session_key: Optional[str]) -> Any:
    engine = conf.fallback_engine()
    return None if engine is None else import_module(engine).SessionStore(session_key)
