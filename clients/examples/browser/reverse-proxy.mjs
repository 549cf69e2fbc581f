import http from 'node:http';
import https from 'node:https';

/** What nginx or a CDN does in production: passes requests on to the API, as they are. */
export function reverseProxy(address) {
  const target = new URL(address);
  const { request: send } = target.protocol === 'https:' ? https : http;
  return (request, response, next) => {
    const path = target.pathname.replace(/\/$/, '') + request.url;
    const sent = send(
      { host: target.hostname, port: target.port, path, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    sent.on('error', () =>
      response.headersSent ? response.destroy() : response.status(503).set('Retry-After', '5').end(),
    );
    request.pipe(sent).on('error', next);
  };
}
