/** Reason that is offered when an operator ends sessions. */
export const usualReason = 'ended-by-operator';

const longest = 64;

/** Whether the service takes a text as the reason of an end. */
export function isReason(text: string): boolean {
  return text.length <= longest && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
