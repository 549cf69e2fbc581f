"""Sessions that are found by a key of the application's own choice."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional

from .errors import SessionEnded, VersionMismatch
from .models import Ended, Session, instant, session_from

if TYPE_CHECKING:
    from .transport import Transport

_NO_VERSION = '"0"'


def session_key(id: str, prefix: str = "") -> str:
    """Returns the key of a framework's session id: its SHA-256 value. The id itself never leaves the application."""
    # A cookie may hold any bytes, and Python reads those that are not UTF-8 as surrogates.
    digest = hashlib.sha256((prefix + id).encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


class KeyedSessions:
    """The keyed sessions of the service key's client. Scope ``sessions.keyed``."""

    def __init__(self, transport: "Transport") -> None:
        self._transport = transport

    def get(self, key: str, *, consistency: Optional[str] = None) -> Optional[Session]:
        """Returns the live session; None without one. Never extends it."""
        headers = {"Session-Consistency": consistency} if consistency else None
        answer = self._transport.send("GET", _path(key), headers=headers, expected=(404,))
        return None if answer.status == 404 else session_from(answer.json(), answer.etag)

    def exists(self, key: str) -> bool:
        """Tells whether the key has a live session."""
        return self._transport.send("HEAD", _path(key), expected=(404,)).status != 404

    def save(
        self,
        key: str,
        data: Mapping[str, Any],
        *,
        user_id: Optional[str] = None,
        claims: Optional[Mapping[str, Any]] = None,
        device: Optional[Mapping[str, Any]] = None,
        idle_timeout_seconds: Optional[int] = None,
        absolute_lifetime_seconds: Optional[int] = None,
        must_create: bool = False,
        if_match: Optional[str] = None,
    ) -> Session:
        """Creates the session, or replaces its data and what else is given. Counts as activity.

        :param must_create: Raise :class:`VersionMismatch` when the key has a session.
        :param if_match: The version to replace; ``*`` for any, which never creates.
        :raises SessionEnded: The session was ended; nothing was saved.
        """
        body: Dict[str, Any] = {
            "data": data,
            "userId": user_id,
            "claims": claims,
            "device": device,
            "idleTimeoutSeconds": idle_timeout_seconds,
            "absoluteLifetimeSeconds": absolute_lifetime_seconds,
        }
        headers = {"If-None-Match": "*"} if must_create else {"If-Match": if_match} if if_match else {}
        answer = self._transport.send(
            "PUT",
            _path(key),
            body={name: value for name, value in body.items() if value is not None},
            headers=headers,
            expected=(412,) if must_create else (),
        )
        if answer.status != 412:
            return session_from(answer.json(), answer.etag)
        # An earlier attempt may have created it, and its answer was lost.
        mine = self.get(key, consistency="strong") if answer.attempts > 1 else None
        if mine is not None and mine.data == data and mine.user_id == user_id:
            return mine
        text = "The key has a session. (HTTP 412)"
        raise VersionMismatch(text, etag=answer.etag, status=412, type="version-mismatch")

    def patch(
        self, key: str, patch: Mapping[str, Any], *, if_match: Optional[str] = None
    ) -> Optional[Mapping[str, Any]]:
        """Applies a JSON merge patch and returns the new data; None without a live session."""
        headers = {"If-Match": if_match} if if_match else None
        answer = self._transport.send("PATCH", _path(key), body=patch, headers=headers, expected=(404,))
        return None if answer.status == 404 else answer.json()

    def touch(self, key: str, *, ip_address: Optional[str] = None) -> Optional[Session]:
        """Renews the idle end. Returns None without a live session."""
        body = {"ipAddress": ip_address} if ip_address else None
        answer = self._transport.send("POST", _path(key) + "/touch", body=body, expected=(404,))
        return None if answer.status == 404 else session_from(answer.json(), answer.etag)

    def end(self, key: str, *, reason: Optional[str] = None) -> None:
        """Ends the session permanently. Repeating it, or ending none, does no harm."""
        self._transport.send("DELETE", _path(key), query={"reason": reason} if reason else None)

    def end_all(self) -> None:
        """Ends every keyed session of this client."""
        self._transport.send("DELETE", "/v1/keyed-sessions")

    def why_ended(self, key: str) -> Optional[Ended]:
        """Tells why the session of a key was ended; None when it is live, lapsed or unknown. Changes nothing."""
        try:
            self.save(key, {}, if_match=_NO_VERSION)
        except SessionEnded as e:
            return Ended(e.reason, e.ended_at)
        except VersionMismatch:
            pass
        return None


def ended_from(problem: Mapping[str, Any]) -> Optional[Ended]:
    """Reads reason and instant of a problem; None without a reason."""
    reason = problem.get("reason")
    return Ended(str(reason), instant(problem.get("endedAt"))) if reason else None


def _path(key: str) -> str:
    return f"/v1/keyed-sessions/{key}"
