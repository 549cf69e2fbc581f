"""Why a user was signed out, kept for the page that shows it.

Django removes the cookie of a session that is gone, and usually redirects to the sign-in page. So the reason stays in a
cookie of its own until it was shown, for some minutes. It is no secret, and nothing is decided by it.
"""

from __future__ import annotations

import re
from typing import Optional

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ..models import Ended
from . import conf

_SUFFIX = "_ended"
_SECONDS = 300
_REASON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_REASON = 64


def why_signed_out(request: HttpRequest) -> Optional[Ended]:
    """Tells why the browser's session was ended; None when it was not, or only lapsed.

    ``reason`` is one of the service's (``signed-out``, ``evicted``, ``revoked``) or of a back end's. Show a text of
    your own for each that you know, and a general one for the others.
    """
    kept = request.COOKIES.get(_name())
    request._sessions_reason_shown = True
    if getattr(request.session, "lost_key", None) is not None:
        return ask_reason(request)
    return Ended(kept) if kept and _is_reason(kept) else None


def ask_reason(request: HttpRequest) -> Optional[Ended]:
    """Asks for the reason once per request."""
    if not hasattr(request, "_sessions_reason"):
        request._sessions_reason = conf.service().keyed.why_ended(conf.key_of(request.session.lost_key))
    return request._sessions_reason


def keep_reason(request: HttpRequest, response: HttpResponse, ended: Optional[Ended]) -> None:
    """Keeps a reason for the next page, unless this one shows it."""
    if ended is None or getattr(request, "_sessions_reason_shown", False) or not _is_reason(ended.reason):
        return
    response.set_cookie(
        _name(),
        ended.reason,
        max_age=_SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_reason(request: HttpRequest, response: HttpResponse) -> None:
    """Removes the reason once it was shown."""
    if getattr(request, "_sessions_reason_shown", False) and _name() in request.COOKIES:
        response.delete_cookie(_name(), path=settings.SESSION_COOKIE_PATH, samesite="Lax")


def _name() -> str:
    return settings.SESSION_COOKIE_NAME + _SUFFIX


def _is_reason(text: str) -> bool:
    return len(text) <= _LONGEST_REASON and _REASON.fullmatch(text) is not None
