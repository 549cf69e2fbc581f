import { randomUUID } from 'node:crypto';
import { SessionStore } from '@session-functions/express';
import express from 'express';
import session from 'express-session';
import { serve, Visitor } from '../../testing/app.mjs';
import { client } from '../../testing/service.mjs';

/** A store whose ids no other test uses. */
export const newStore = (options = {}) => new SessionStore({ client, prefix: `${randomUUID()}:`, ...options });

/** The usual app of express-session with a store swapped in. */
export async function appWith(t, store, define, options = {}) {
  const app = express();
  app.use(
    session({
      store,
      secret: 'keyboard cat',
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: 3_600_000 },
      ...options,
    }),
  );
  define(app);
  app.use((error, _request, response, _next) => {
    response.status(error.status ?? 500).json({ message: error.message, code: error.code });
  });
  const origin = await serve(t, app);
  return { origin, visitor: new Visitor(origin) };
}

/** The id that the visitor's cookie holds. */
export function idOf(visitor, name = 'connect.sid') {
  const value = decodeURIComponent(visitor.cookies.get(name));
  return value.slice(2, value.lastIndexOf('.'));
}
