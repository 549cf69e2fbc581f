"""What the API answers. Unknown members of an answer are ignored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Mapping, Optional, Sequence

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")


@dataclass(frozen=True)
class Device:
    """Where a session was created. ``name`` is readable, such as "Safari on iPhone"."""

    name: Optional[str] = None
    label: Optional[str] = None
    user_agent: Optional[str] = None
    ip_address: Optional[str] = None
    last_ip_address: Optional[str] = None


@dataclass(frozen=True)
class Session:
    """A session. An ended one has no claims, no data and no device."""

    sid: str
    user_id: Optional[str]
    state: str
    created_at: datetime
    last_seen_at: datetime
    idle_expires_at: datetime
    absolute_expires_at: datetime
    idle_expires_in_seconds: int
    expires_in_seconds: int
    idle_timeout_seconds: int
    assurance_level: str
    authenticated_at: datetime
    version: int
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False)
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    device: Optional[Device] = None
    authentication_methods: Sequence[str] = ()
    actor: Optional[Mapping[str, str]] = None
    persistent: bool = False
    end_reason: Optional[str] = None
    ended_at: Optional[datetime] = None
    etag: Optional[str] = None

    @property
    def is_live(self) -> bool:
        """Whether the session was live when the API answered."""
        return self.state == "live"


@dataclass(frozen=True)
class IssuedSession:
    """A session with the token that the user presents. ``repr`` shows neither token nor cookie."""

    session: Session
    token: str = field(repr=False)
    set_cookie: Optional[str] = field(default=None, repr=False)


@dataclass(frozen=True)
class Introspection:
    """Result of a validation. ``insufficient`` names what the sign-in lacks; None when it lacks nothing."""

    active: bool
    session: Optional[Session] = None
    insufficient: Optional[Mapping[str, Any]] = None


@dataclass(frozen=True)
class Ended:
    """Why and when a session ended."""

    reason: str
    ended_at: Optional[datetime] = None


def instant(text: Optional[str]) -> Optional[datetime]:
    """Reads a date-time of RFC 3339, which ``datetime`` does before Python 3.11 only in part."""
    match = _INSTANT.match(text or "")
    if match is None:
        return None
    fraction = ((match[2] or ".")[1:] + "000000")[:6]
    zone = "+00:00" if match[3] in "Zz" else match[3]
    return datetime.fromisoformat(f"{match[1]}.{fraction}{zone}").astimezone(timezone.utc)


def session_from(json: Mapping[str, Any], etag: Optional[str] = None) -> Session:
    """Reads a session of an answer."""
    device = json.get("device")
    return Session(
        sid=json["sid"],
        user_id=json.get("userId"),
        state=json["state"],
        created_at=_known(json["createdAt"]),
        last_seen_at=_known(json["lastSeenAt"]),
        idle_expires_at=_known(json["idleExpiresAt"]),
        absolute_expires_at=_known(json["absoluteExpiresAt"]),
        idle_expires_in_seconds=json["idleExpiresInSeconds"],
        expires_in_seconds=json["expiresInSeconds"],
        idle_timeout_seconds=json["idleTimeoutSeconds"],
        assurance_level=json["assuranceLevel"],
        authenticated_at=_known(json["authenticatedAt"]),
        version=json["version"],
        claims=json.get("claims") or {},
        data=json.get("data") or {},
        device=device_from(device) if device else None,
        authentication_methods=tuple(json.get("authenticationMethods") or ()),
        actor=json.get("actor"),
        persistent=bool(json.get("persistent")),
        end_reason=json.get("endReason"),
        ended_at=instant(json.get("endedAt")),
        etag=etag,
    )


def device_from(json: Mapping[str, Any]) -> Device:
    """Reads a device of an answer."""
    return Device(
        name=json.get("name"),
        label=json.get("label"),
        user_agent=json.get("userAgent"),
        ip_address=json.get("ipAddress"),
        last_ip_address=json.get("lastIpAddress"),
    )


def _known(text: str) -> datetime:
    value = instant(text)
    if value is None:
        raise ValueError("The answer holds an instant that is not a date-time of RFC 3339.")
    return value
