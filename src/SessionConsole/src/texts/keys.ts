/** The key ring. */
export const keys = {
  text: 'The key ring seals tokens and content. New sessions use the active key; the others only open what they sealed.',
  list: 'Key ring',
  columns: { id: 'Key', state: 'State', since: 'First seen' },
  states: { active: 'Active', read: 'Reads only' },
  before: 'before this was recorded',
  rotate:
    'To rotate, add a key that only reads to every instance, make it the active one, and remove the old one when its sessions have ended. The steps are in docs/operations.md.',
};
