"""In place of Django's session middleware: 503 when the API cannot tell, device names, and why a session ended."""

from __future__ import annotations

import ipaddress
import re
from typing import Any, Dict, Optional

from django.contrib.sessions import middleware
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from ..errors import SessionsError, SessionsUnavailable
from .reasons import ask_reason, forget_reason, keep_reason

_TEXT = "The session service does not answer. Nothing is lost; try again in a moment."
_LIMIT_TEXT = "You are signed in on too many devices. Sign out on one of them, then sign in here again."
_UNAVAILABLE = 503
_CONFLICT = 409
_HEADERS = {
    "HTTP_USER_AGENT": "userAgent",
    "HTTP_SEC_CH_UA": "secChUa",
    "HTTP_SEC_CH_UA_PLATFORM": "secChUaPlatform",
    "HTTP_SEC_CH_UA_MOBILE": "secChUaMobile",
}
_LONGEST_HEADER = 512
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class SessionMiddleware(middleware.SessionMiddleware):
    """Takes the place of ``django.contrib.sessions.middleware.SessionMiddleware``."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.device = device_of(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> Optional[HttpResponse]:
        return _answer_to(exception)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        # An application may have put a session of another engine in the request.
        retry_after = getattr(request.session, "retry_after", None)
        if retry_after is not None:
            # Nothing is saved, and nobody is told that something was done which was not. A 500 is what Django makes of
            # an exception in another middleware.
            is_told = response.status_code == _UNAVAILABLE
            return response if is_told else _unavailable(retry_after)
        try:
            response = super().process_response(request, response)
        except SessionsError as e:
            answer = _answer_to(e)
            if answer is None:
                raise
            return answer
        return self._with_reason(request, response)

    def _with_reason(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request.session, "lost_key", None) is None:
            forget_reason(request, response)
            return response
        try:
            keep_reason(request, response, ask_reason(request))
        except SessionsUnavailable:
            pass  # The reason is a courtesy; that the session has ended is known.
        return response


def device_of(request: HttpRequest) -> Dict[str, Any]:
    """Returns what the headers tell of the device."""
    device: Dict[str, Any] = {}
    for header, member in _HEADERS.items():
        value = _CONTROL.sub("", request.META.get(header, ""))[:_LONGEST_HEADER]
        if value:
            device[member] = value
    try:
        device["ipAddress"] = str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        pass  # A Unix socket has none.
    return device


def _answer_to(exception: Exception) -> Optional[HttpResponse]:
    if isinstance(exception, SessionsUnavailable):
        return _unavailable(exception.retry_after)
    if isinstance(exception, SessionsError) and exception.type == "session-limit":
        return HttpResponse(_LIMIT_TEXT, status=_CONFLICT, content_type="text/plain; charset=utf-8")
    return None


def _unavailable(retry_after: float) -> HttpResponse:
    try:
        response = HttpResponse(get_template("503.html").render(), status=_UNAVAILABLE)
    except TemplateDoesNotExist:
        response = HttpResponse(_TEXT, status=_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(max(1, round(retry_after)))
    response["Cache-Control"] = "no-store"
    return response
