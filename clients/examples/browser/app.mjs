import { fileURLToPath } from 'node:url';
import { SessionsClient } from '@session-functions/client';
import express from 'express';
import { reverseProxy } from './reverse-proxy.mjs';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** Pages, the sign-in, and the API behind /api: one host, as in docs/cookies.md. */
export function createApp({ sessions = new SessionsClient(), api = process.env.SESSIONS_URL } = {}) {
  const app = express();
  app.use('/api', reverseProxy(api));
  app.use((_, response, next) => {
    response.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    });
    next();
  });
  app.use('/modules', express.static(fileURLToPath(new URL('.', import.meta.resolve('@session-functions/browser')))));
  app.use(express.static(fileURLToPath(new URL('./public', import.meta.url))));
  app.post('/sign-in', express.json(), async (request, response) => {
    // The app's own check of the user's credentials belongs here.
    const { setCookie } = await sessions.create({
      userId: `user-of-${String(request.body.name)}`,
      claims: { name: String(request.body.name) },
      cookie: true,
      device: { userAgent: request.headers['user-agent'], ipAddress: request.ip },
      idleTimeoutSeconds: Number(process.env.IDLE_SECONDS ?? 600),
    });
    response.set('Set-Cookie', setCookie).status(204).end();
  });
  return app;
}
