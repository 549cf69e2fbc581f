"""How a session's content is kept in the data of the API.

Content that the serializer writes as JSON is kept as that JSON, so that other services can read it. Everything else
(pickled or larger content) is kept as the signed and compressed text that Django's database engine keeps.
"""

from __future__ import annotations

import json
from typing import Any, Dict, Mapping, Optional

MAX_DATA_BYTES = 32 * 1024
_MAX_DEPTH = 16
_PACKED = "_django"


def pack(store: Any, content: Mapping[str, Any]) -> Dict[str, Any]:
    """Returns the data that keeps the content."""
    data = _as_json(store.serializer().dumps(content))
    return {_PACKED: store.encode(content)} if data is None else data


def unpack(store: Any, data: Mapping[str, Any]) -> Dict[str, Any]:
    """Returns the content that the data keeps; empty when its signature or form is not right."""
    if set(data) == {_PACKED}:
        return store.decode(data[_PACKED])
    try:
        return store.serializer().loads(json.dumps(data).encode("latin-1"))
    except Exception:  # A serializer of another time may raise anything; the content is plain JSON all the same.
        return dict(data)


def _as_json(serialized: bytes) -> Optional[Dict[str, Any]]:
    try:
        value = json.loads(serialized, parse_constant=_refuse)
        if not isinstance(value, dict) or set(value) == {_PACKED} or _depth(value) > _MAX_DEPTH:
            return None
        size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    except (ValueError, TypeError, RecursionError):
        return None
    return value if size <= MAX_DATA_BYTES else None


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON.")
