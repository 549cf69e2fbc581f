"""The devices on which a user is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import List, Mapping, Optional

from django.http import HttpRequest

from . import conf, fallback
from .reasons import why_signed_out

__all__ = ["Device", "devices", "end_device", "sign_out_everywhere", "why_signed_out"]

_EVERYWHERE = "signed-out-everywhere"


@dataclass(frozen=True)
class Device:
    """A session of the user, as a devices page shows it."""

    sid: str
    name: Optional[str]
    ip_address: Optional[str]
    created_at: datetime
    last_seen_at: datetime
    is_current: bool
    actor: Optional[Mapping[str, str]]
    """Who acts as the user, and why; None for the user's own session. Always show it."""


def devices(request: HttpRequest) -> List[Device]:
    """Lists the sessions of the signed-in user, newest first."""
    user_id = conf.user_id_of(request.session)
    if user_id is None:
        return []
    return [
        Device(
            sid=session.sid,
            name=session.device.name if session.device else None,
            ip_address=(session.device.last_ip_address or session.device.ip_address) if session.device else None,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            is_current=session.sid == request.session.sid,
            actor=session.actor,
        )
        for session in conf.service().client.list(user_id)
    ]


def end_device(request: HttpRequest, sid: str) -> bool:
    """Signs the user out on one device. Returns False when the session is not this user's."""
    user_id = conf.user_id_of(request.session)
    if user_id is None:
        return False
    client = conf.service().client
    session = client.get(sid)
    return session is not None and session.user_id == user_id and client.revoke(sid, reason="signed-out")


def sign_out_everywhere(request: HttpRequest, *, keep_current: bool = False) -> int:
    """Signs the user out on all devices, or on all others. Returns how many sessions ended."""
    user_id = conf.user_id_of(request.session)
    if user_id is None:
        return 0
    # First, so that no session of the engine used before moves over in between.
    fallback.sign_out(user_id)
    kept = request.session.sid if keep_current else None
    ended = conf.service().client.revoke_all(user_id, except_sid=kept, reason=_EVERYWHERE)
    if not keep_current:
        request.session.flush()
    return ended
