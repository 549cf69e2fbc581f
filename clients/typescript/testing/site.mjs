// A site in front of the session API in cookie mode, as a reverse proxy serves it: pages and API on one host.
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { resolve } from 'node:path';
import { forward } from './faulty-proxy.mjs';
import { client } from './service.mjs';

const modules = resolve(import.meta.dirname, '../browser/dist');
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'";
const page = (body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/site.css">
<title>Devices</title>
<script type="module" src="/modules/define.js"></script>
</head>
<body>
<main><h1>Account</h1>${body}</main>
</body>
</html>`;

/**
 * A running site. `fault(request)` may return `{ status, headers, body }`, or `'reset'`, for a call of the API, or a promise of that, which
 * the call waits for.
 */
export class Site {
  calls = [];
  fault = () => undefined;
  #called = new EventEmitter();
  #server = http.createServer((request, response) =>
    this.#handle(request, response).catch(() => request.socket.destroy()),
  );

  static async start() {
    const site = new Site();
    site.#server.listen(0, 'localhost');
    await once(site.#server, 'listening');
    return site;
  }

  get origin() {
    return `http://localhost:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Resolves when a condition on the calls holds; it is looked at after each call. */
  async until(condition) {
    while (!condition()) {
      await once(this.#called, 'call');
    }
  }

  /** How often the API was called with a method and the end of a path. */
  count(method, path) {
    return this.calls.filter((call) => call === `${method} ${path}`).length;
  }

  async #handle(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.origin);
    if (pathname.startsWith('/api/')) {
      await this.#api(request, response, pathname);
    } else if (pathname.startsWith('/modules/')) {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(await readFile(resolve(modules, pathname.slice('/modules/'.length))));
    } else if (pathname === '/site.css') {
      response.setHeader('Content-Type', 'text/css');
      response.end(':root { color-scheme: light dark } body { background: Canvas; color: CanvasText }');
    } else if (pathname === '/sign-in') {
      const { setCookie, sid } = await client.create({
        userId: searchParams.get('user'),
        cookie: true,
        device: { userAgent: request.headers['user-agent'] },
        idleTimeoutSeconds: Number(searchParams.get('idle') ?? 1800),
      });
      response.setHeader('Set-Cookie', setCookie);
      response.end(sid);
    } else {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', policy);
      response.end(page(pathname === '/devices' ? '<session-devices></session-devices>' : ''));
    }
  }

  async #api(request, response, pathname) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    this.calls.push(`${request.method} ${pathname.slice('/api'.length)}`);
    this.#called.emit('call');
    const fault = await this.fault(request);
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    const answer = fault ?? (await forward(request, Buffer.concat(chunks)));
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? '');
  }
}
