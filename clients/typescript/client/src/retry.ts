/** Longest wait between two attempts that an answer without Retry-After asks for, in milliseconds. */
const longestBackoff = 400;

/** Reads `Retry-After`: seconds, or an HTTP date (RFC 9110 section 10.2.3). */
export function retryAfterOf(headers: Headers, now: number = Date.now()): number | undefined {
  const text = headers.get('Retry-After');
  if (text === null) {
    return undefined;
  }
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  // The date is compared with the server's own clock where it tells it: ours may differ.
  const at = Date.parse(text);
  const told = Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - (Number.isNaN(told) ? now : told)) / 1000));
}

/** Milliseconds before attempt number `attempt` + 1: doubled each time, with jitter so that callers do not come back together. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const most = Math.min(longestBackoff, 50 * 2 ** (attempt - 1));
  return most / 2 + (random() * most) / 2;
}

/** Waits, or rejects as soon as the signal does. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    if (signal.aborted) {
      end();
    } else {
      signal.addEventListener('abort', end, { once: true });
    }
  });
}
