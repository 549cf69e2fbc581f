// Runs a request listener, and speaks to it as one browser does: with a cookie jar.
import { once } from 'node:events';
import http from 'node:http';

/** A listening server of a test; it stops with the test. */
export async function serve(t, listener) {
  const server = http.createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** A browser without pages: keeps cookies, sends them back, and marks unsafe requests as coming from the app's own page. */
export class Visitor {
  cookies = new Map();

  constructor(origin) {
    this.origin = origin;
  }

  async send(method, path, { headers = {}, body } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = {
      ...(cookie && { Cookie: cookie }),
      ...(method !== 'GET' && { Origin: this.origin, 'Sec-Fetch-Site': 'same-origin' }),
    };
    const response = await fetch(this.origin + path, {
      method,
      headers: { ...own, ...headers },
      body,
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split('; ');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (attributes.includes('Max-Age=0') || value === '') {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, setCookie: response.headers.getSetCookie() };
  }

  get(path, options) {
    return this.send('GET', path, options);
  }

  post(path, options) {
    return this.send('POST', path, options);
  }
}
