import type { JsonObject } from '@session-functions/client';

/**
 * Applies what changed from `base` to `mine` onto `theirs`. Members that only the other writer changed stay theirs; members that both
 * changed become ours. Objects are compared member by member, arrays and everything else as a whole.
 */
export function mergeChanges(base: JsonObject, mine: JsonObject, theirs: JsonObject): JsonObject {
  const merged = new Map<string, unknown>(Object.entries(theirs));
  for (const name of new Set([...Object.keys(base), ...Object.keys(mine)])) {
    const [before, now, other] = [own(base, name), own(mine, name), own(theirs, name)];
    if (isSame(before, now)) {
      continue;
    }
    if (!Object.hasOwn(mine, name)) {
      merged.delete(name);
    } else if (isObject(now) && isObject(other)) {
      merged.set(name, mergeChanges(isObject(before) ? before : {}, now, other));
    } else {
      merged.set(name, now);
    }
  }
  // fromEntries defines own members, so that one named __proto__ stays an ordinary one.
  return Object.fromEntries(merged);
}

function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
