import { storeErrorOf } from './errors.js';

/** Callback of a session store. */
// biome-ignore lint/suspicious/noExplicitAny: express-session declares its callbacks so
export type Callback<T = any> = (error?: any, value?: T) => void;

/** Answers by callback when there is one, else by promise. An error that the callback throws stays the caller's. */
export function answer<T>(work: Promise<T>, callback?: Callback<T>): Promise<T> {
  const told = work.catch((error: unknown) => {
    throw storeErrorOf(error);
  });
  if (callback === undefined) {
    return told;
  }
  told.then(
    (value) => setImmediate(callback, null, value),
    (error: unknown) => setImmediate(callback, error),
  );
  return told.catch(() => undefined as T);
}

/** Calls a method of a store of callbacks, or of one that only returns promises. */
export function callStore<T>(store: object, method: string, ...values: unknown[]): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const call = (store as Record<string, ((...all: unknown[]) => unknown) | undefined>)[method];
    if (call === undefined) {
      reject(new TypeError(`The fallback store has no method '${method}'.`));
      return;
    }
    const returned = call.call(store, ...values, (error: unknown, value: T) =>
      error ? reject(error) : resolve(value),
    );
    if (returned instanceof Promise) {
      returned.catch(reject);
    }
  });
}
