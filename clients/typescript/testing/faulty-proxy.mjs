// Forwards to the session API, and fails as it is told.
import { once } from 'node:events';
import http from 'node:http';
import { url } from './service.mjs';

/**
 * A proxy in front of the service. `faults` is a list: each request takes the first one that applies to it.
 *   { reset: 'before' | 'after' }  cuts the connection before or after the service got the request
 *   { stall: true }                never answers
 *   { status, headers, body }      answers in place of the service
 * A fault may have `when(request)` and `times` (default 1).
 */
export class FaultyProxy {
  faults = [];
  requests = [];
  #server = http.createServer((request, response) => this.#handle(request, response));
  #held = new Set();

  static async start() {
    const proxy = new FaultyProxy();
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}${new URL(url).pathname}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request, response) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const seen = { method: request.method, url: request.url, headers: request.headers, body: body.toString('utf8') };
    this.requests.push(seen);
    const fault = this.#faultFor(seen);
    if (fault?.reset === 'before') {
      request.socket.destroy();
    } else if (fault?.stall) {
      this.#held.add(response);
    } else if (fault?.status !== undefined) {
      response.writeHead(fault.status, fault.headers);
      response.end(fault.body ?? '');
    } else {
      const answer = await forward(request, body);
      await fault?.hold;
      if (fault?.reset === 'after') {
        request.socket.destroy();
      } else {
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      }
    }
  }

  #faultFor(request) {
    const at = this.faults.findIndex((fault) => fault.when?.(request) ?? true);
    if (at < 0) {
      return undefined;
    }
    const fault = this.faults[at];
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times === 0) {
      this.faults.splice(at, 1);
    }
    return fault;
  }
}

/** Sends a request on to the service. */
export function forward(request, body, path = request.url) {
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = http.request(
      {
        host: target.hostname,
        port: target.port,
        path,
        method: request.method,
        headers: { ...request.headers, connection: 'close' },
      },
      async (answer) => {
        const chunks = [];
        for await (const chunk of answer) {
          chunks.push(chunk);
        }
        const { 'transfer-encoding': _, ...headers } = answer.headers;
        resolve({ status: answer.statusCode, headers, body: Buffer.concat(chunks) });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
