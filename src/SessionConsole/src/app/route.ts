import { useEffect, useState } from 'preact/hooks';

/** A place in the console. It is kept in the fragment, which no server sees: user ids and sids stay out of access logs. */
export interface Route {
  /** Name of the page, such as `find`. */
  page: string;
  parameters: URLSearchParams;
}

/** Reads the fragment of an address. */
export function routeOf(hash: string): Route {
  const [page = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { page, parameters: new URLSearchParams(query) };
}

/** Address of a place. Empty parameters are left out. */
export function linkTo(page: string, parameters: Record<string, string | undefined> = {}): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => !!entry[1]);
  const query = new URLSearchParams(given).toString();
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}

/** Goes to a place. */
export function goTo(page: string, parameters: Record<string, string | undefined> = {}): void {
  location.hash = linkTo(page, parameters);
}

/** The place that the address bar shows. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = () => setHash(location.hash);
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return routeOf(hash);
}
