import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { deviceRoutes, requireSameOrigin, SessionStore } from '@session-functions/express';
import express from 'express';
import session from 'express-session';
import { accountPage, devicesPage, errorPage, signInPage } from './pages.mjs';
import { userOf } from './users.mjs';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** The usual starter of express-session. The store is the only line that differs from one with connect-redis. */
export function createApp() {
  const app = express();
  const store = new SessionStore({ userId: (value) => value.user?.id });

  app.use((_, response, next) => {
    response.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    });
    next();
  });
  app.use('/public', express.static(fileURLToPath(new URL('./public', import.meta.url))));
  app.use('/modules', express.static(fileURLToPath(new URL('.', import.meta.resolve('@session-functions/browser')))));
  app.use(
    session({
      store,
      name: 'sid',
      secret: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: 30 * 60 * 1000 },
    }),
  );
  app.use(requireSameOrigin(), express.urlencoded({ extended: false }));

  // What <session-devices> calls. The API itself stays private.
  app.use(
    '/account/api',
    deviceRoutes({
      client: store.client,
      current: (request) => (request.session.user ? store.find(request.sessionID) : null),
      signOut: (request) => done(request, 'destroy'),
    }),
  );

  app.get('/', requireUser, (request, response) => {
    request.session.views = (request.session.views ?? 0) + 1;
    response.send(accountPage(request.session));
  });
  app.get('/devices', requireUser, (request, response) => response.send(devicesPage(request.session)));

  app.get('/sign-in', async (request, response) => {
    response.send(signInPage({ end: await store.endOf(request) }));
  });
  app.post('/sign-in', async (request, response) => {
    const user = userOf(request.body.name, request.body.password);
    if (user === null) {
      response.status(422).send(signInPage({ name: request.body.name, failed: true }));
      return;
    }
    // A new id at every sign-in: an id that was known before it is worth nothing.
    await done(request, 'regenerate');
    request.session.user = user;
    // A redirect is on its way before express-session has saved by itself.
    await done(request, 'save');
    response.redirect(303, '/');
  });
  app.post('/sign-out', async (request, response) => {
    await done(request, 'destroy');
    response.clearCookie('sid').redirect(303, '/sign-in');
  });
  app.post('/sign-out-everywhere', requireUser, async (request, response) => {
    await store.client.revokeAll(request.session.user.id, { reason: 'signed-out-everywhere' });
    response.redirect(303, '/sign-in');
  });

  app.use((error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error.status ?? 500;
    response.status(status).set('Retry-After', '5').send(errorPage(status));
  });
  return app;

  function requireUser(request, response, next) {
    if (request.session.user) {
      next();
    } else {
      response.redirect(303, '/sign-in');
    }
  }
}

function done(request, method) {
  return new Promise((resolve, reject) => request.session[method]((error) => (error ? reject(error) : resolve())));
}
