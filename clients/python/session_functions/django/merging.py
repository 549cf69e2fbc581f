"""What a request changed in its session, name by name, applied to what another request saved meanwhile."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Set


class Changes(NamedTuple):
    """Names that a request set, and names that it removed."""

    set: Set[str]
    removed: Set[str]


def snapshot_of(store: Any, content: Mapping[str, Any]) -> Dict[str, bytes]:
    """Returns the content in a form that later changes inside its values do not change."""
    serializer = store.serializer()
    return {name: serializer.dumps({name: value}) for name, value in content.items()}


def changes_between(base: Mapping[str, bytes], now: Mapping[str, bytes]) -> Changes:
    """Compares two snapshots."""
    return Changes(
        set={name for name, value in now.items() if base.get(name) != value},
        removed=set(base) - set(now),
    )


def merged(theirs: Mapping[str, Any], changes: Changes, ours: Mapping[str, Any]) -> Dict[str, Any]:
    """Returns their content with our changes."""
    kept = {name: value for name, value in theirs.items() if name not in changes.removed}
    return {**kept, **{name: ours[name] for name in ours if name in changes.set}}
