"""Session engine of Django: ``SESSION_ENGINE = "session_functions.django"``."""

from .devices import Device, devices, end_device, sign_out_everywhere, why_signed_out
from .store import SessionStore

__all__ = ["Device", "SessionStore", "devices", "end_device", "sign_out_everywhere", "why_signed_out"]
