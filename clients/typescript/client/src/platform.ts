/** What platforms offer beyond the web's interfaces. Nothing of it is there on all. */
interface Platform {
  process?: {
    env?: Record<string, string | undefined>;
    versions?: { node?: string };
    getBuiltinModule?: (name: string) => unknown;
  };
  navigator?: { userAgent?: string };
}

type Run = (action: () => void) => void;

const platform = globalThis as Platform;

/** Reads a variable of the environment. */
export function environment(name: string): string | undefined {
  const value = platform.process?.env?.[name];
  return value === '' ? undefined : value;
}

/**
 * Whether requests of the application may wait for each other: in Node, Deno and Bun. Edge runtimes isolate requests: what one has begun cannot
 * be awaited by another.
 */
export function isOneProcess(): boolean {
  return platform.process?.versions?.node !== undefined && platform.navigator?.userAgent !== 'Cloudflare-Workers';
}

/** Runs an action outside of what flows with a request (`AsyncLocalStorage`), where the platform has it. */
export const withoutContext: Run = snapshot() ?? ((action) => action());

function snapshot(): Run | undefined {
  const hooks = platform.process?.getBuiltinModule?.('node:async_hooks');
  return (hooks as { AsyncLocalStorage?: { snapshot?: () => Run } } | undefined)?.AsyncLocalStorage?.snapshot?.();
}
