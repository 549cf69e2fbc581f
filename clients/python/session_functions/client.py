"""The client of a back end: every operation that a service key may call."""

from __future__ import annotations

import os
import uuid
from typing import Any, Dict, Iterator, Mapping, Optional, Sequence
from urllib.parse import quote

from .keyed import KeyedSessions, ended_from
from .models import Ended, Introspection, IssuedSession, Session, session_from
from .transport import Key, Transport

_PAGE_SIZE = 100


class SessionsClient:
    """Client of the API. Safe for any number of threads; keeps one connection for each.

    Every method raises :class:`SessionsUnavailable` when the API cannot tell, and :class:`SessionsError` when it
    refuses the request.

    :param url: Address of the API with its base path; default ``SESSIONS_URL`` of the environment.
    :param key: The service key, or a function that returns a token of Microsoft Entra ID; default ``SESSIONS_KEY``.
    :param timeout: Seconds for a call with all its repetitions.
    :param attempts: How often a request that is safe to repeat is sent at most.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[Key] = None,
        *,
        timeout: float = 3.0,
        attempts: int = 3,
    ) -> None:
        self._transport = Transport(
            url or os.environ.get("SESSIONS_URL", ""), key or os.environ.get("SESSIONS_KEY", ""), timeout, attempts
        )
        self.keyed = KeyedSessions(self._transport)

    def create(
        self,
        user_id: Optional[str] = None,
        *,
        claims: Optional[Mapping[str, Any]] = None,
        data: Optional[Mapping[str, Any]] = None,
        device: Optional[Mapping[str, Any]] = None,
        idle_timeout_seconds: Optional[int] = None,
        absolute_lifetime_seconds: Optional[int] = None,
        assurance_level: Optional[str] = None,
        authentication_methods: Optional[Sequence[str]] = None,
        actor: Optional[Mapping[str, str]] = None,
        persistent: bool = False,
        cookie: bool = False,
        idempotency_key: Optional[str] = None,
    ) -> IssuedSession:
        """Creates a session. A repetition after a lost answer returns the same session and token.

        :param idempotency_key: Drawn for each call; give one to make several calls one creation.
        """
        body = _members(
            userId=user_id,
            claims=claims,
            data=data,
            device=device,
            idleTimeoutSeconds=idle_timeout_seconds,
            absoluteLifetimeSeconds=absolute_lifetime_seconds,
            assuranceLevel=assurance_level,
            authenticationMethods=authentication_methods,
            actor=actor,
            persistent=persistent or None,
            cookie=cookie or None,
        )
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        return _issued(self._transport.send("POST", "/v1/sessions", body=body, headers=headers))

    def introspect(
        self,
        token: str,
        *,
        touch: bool = True,
        ip_address: Optional[str] = None,
        requires: Optional[Mapping[str, Any]] = None,
        consistency: Optional[str] = None,
    ) -> Introspection:
        """Validates a token. Counts as activity of the user unless ``touch`` is false."""
        body = _members(token=token, touch=touch, ipAddress=ip_address, requires=requires)
        answer = self._transport.send(
            "POST", "/v1/sessions/introspect", body=body, headers=_consistency(consistency)
        )
        content = answer.json()
        session = content.get("session")
        return Introspection(
            active=content["active"],
            session=session_from(session, answer.etag) if session else None,
            insufficient=content.get("insufficient"),
        )

    def get(self, sid: str, *, consistency: Optional[str] = None) -> Optional[Session]:
        """Reads a session, an ended one within its retention; None for an unknown one. Not activity."""
        answer = self._transport.send("GET", _path(sid), headers=_consistency(consistency), expected=(404,))
        return None if answer.status == 404 else session_from(answer.json(), answer.etag)

    def touch(self, sid: str, *, ip_address: Optional[str] = None) -> Optional[Session]:
        """Reports activity of the user, which renews the idle end. Returns None without a live session."""
        body = _members(ipAddress=ip_address)
        answer = self._transport.send("POST", _path(sid, "touch"), body=body, expected=(404,))
        return None if answer.status == 404 else session_from(answer.json(), answer.etag)

    def rotate(
        self,
        sid: str,
        *,
        user_id: Optional[str] = None,
        assurance_level: Optional[str] = None,
        authentication_methods: Optional[Sequence[str]] = None,
        claims: Optional[Mapping[str, Any]] = None,
        persistent: Optional[bool] = None,
    ) -> IssuedSession:
        """Issues a new token and ends the old one. With ``user_id``, an anonymous session becomes that user's.

        A lost answer is not repeated: the new token would be lost with it.
        """
        body = _members(
            userId=user_id,
            assuranceLevel=assurance_level,
            authenticationMethods=authentication_methods,
            claims=claims,
            persistent=persistent,
        )
        return _issued(self._transport.send("POST", _path(sid, "rotate"), body=body, is_repeatable=False))

    def revoke(self, sid: str, *, reason: Optional[str] = None) -> bool:
        """Ends a session permanently. Returns False for an unknown one."""
        query = _members(reason=reason)
        return self._transport.send("DELETE", _path(sid), query=query, expected=(404,)).status != 404

    def list(self, user_id: str, *, state: str = "live", page_size: int = _PAGE_SIZE) -> Iterator[Session]:
        """Lists a user's sessions, newest first, page by page as they are consumed.

        :param state: ``live``, ``ended`` or ``all``.
        """
        query: Dict[str, Any] = {"userId": user_id, "state": state, "pageSize": page_size}
        while True:
            page = self._transport.send("GET", "/v1/sessions", query=query).json()
            for session in page["sessions"]:
                yield session_from(session)
            if not page.get("continuation"):
                return
            query["continuation"] = page["continuation"]

    def count(self, user_id: str) -> int:
        """Counts a user's live sessions."""
        query = {"userId": user_id, "countOnly": "true"}
        return self._transport.send("GET", "/v1/sessions", query=query).json()["count"]

    def revoke_all(
        self, user_id: str, *, except_sid: Optional[str] = None, reason: Optional[str] = None
    ) -> int:
        """Ends all sessions of a user in one transaction, or all but one. Returns how many."""
        query = _members(userId=user_id, reason=reason)
        if except_sid is not None:
            query["except"] = except_sid
        return self._transport.send("DELETE", "/v1/sessions", query=query).json()["ended"]

    def get_data(self, sid: str, *, consistency: Optional[str] = None) -> Optional[Mapping[str, Any]]:
        """Reads the data of a live session; None without one."""
        answer = self._transport.send(
            "GET", _path(sid, "data"), headers=_consistency(consistency), expected=(404,)
        )
        return None if answer.status == 404 else answer.json()

    def replace_data(self, sid: str, data: Mapping[str, Any], *, if_match: Optional[str] = None) -> Mapping[str, Any]:
        """Replaces the data of a live session."""
        return self._transport.send("PUT", _path(sid, "data"), body=data, headers=_if_match(if_match)).json()

    def patch_data(self, sid: str, patch: Mapping[str, Any], *, if_match: Optional[str] = None) -> Mapping[str, Any]:
        """Applies a JSON merge patch (RFC 7396). Concurrent patches are all kept."""
        return self._transport.send("PATCH", _path(sid, "data"), body=patch, headers=_if_match(if_match)).json()

    def replace_claims(
        self, sid: str, claims: Mapping[str, Any], *, if_match: Optional[str] = None
    ) -> Mapping[str, Any]:
        """Replaces the claims of a live session, which its user may see."""
        return self._transport.send("PUT", _path(sid, "claims"), body=claims, headers=_if_match(if_match)).json()

    def set_expiry(
        self,
        sid: str,
        *,
        expires_in_seconds: Optional[int] = None,
        idle_timeout_seconds: Optional[int] = None,
    ) -> Optional[Session]:
        """Sets the ends of a session, within the policy. Zero or less ends it: the result is then None."""
        body = _members(expiresInSeconds=expires_in_seconds, idleTimeoutSeconds=idle_timeout_seconds)
        answer = self._transport.send("PUT", _path(sid, "expiry"), body=body)
        return session_from(answer.json(), answer.etag) if answer.status == 200 else None

    def why_ended(self, token: str) -> Optional[Ended]:
        """Tells why the session of a user's token ended; None when it is live, or the token was never one."""
        answer = self._transport.send("GET", "/v1/session", bearer=token, expected=(401,))
        return ended_from(answer.json() or {}) if answer.status == 401 else None

    def close(self) -> None:
        """Closes the connection of the calling thread."""
        self._transport.close()


def _members(**members: Any) -> Dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _consistency(value: Optional[str]) -> Dict[str, str]:
    return {"Session-Consistency": value} if value else {}


def _if_match(value: Optional[str]) -> Dict[str, str]:
    return {"If-Match": value} if value else {}


def _path(sid: str, operation: str = "") -> str:
    return f"/v1/sessions/{quote(sid, safe='')}" + (f"/{operation}" if operation else "")


def _issued(answer: Any) -> IssuedSession:
    content = answer.json()
    return IssuedSession(
        session=session_from(content["session"], answer.etag),
        token=content["token"],
        set_cookie=content.get("setCookie"),
    )
