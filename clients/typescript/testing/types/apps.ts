// What apps write compiles under the strictest settings, and what they must not write does not.
import { BrowserSession } from '@session-functions/browser';
import '@session-functions/browser/define';
import { type IssuedSession, SessionsClient, SessionsError } from '@session-functions/client';
import { deviceRoutes, requireSession, requireSignIn, SessionStore, sessions } from '@session-functions/express';
import express from 'express';
import session from 'express-session';

declare module 'express-session' {
  interface SessionData {
    user?: { id: string; name: string };
  }
}

const client = new SessionsClient({ url: 'https://sessions.example.com/api', key: async () => 'token' });
const store = new SessionStore({ client, userId: (value) => value.user?.id });
const app = express();
app.use(session({ store, secret: 'keyboard cat', resave: false, saveUninitialized: false }));
app.use(sessions({ client }), requireSession({ redirect: (request) => `/sign-in?to=${request.url}` }));
app.use('/account', deviceRoutes({ client, current: (request) => store.find(request.sessionID) }));
app.post('/transfer', requireSignIn({ minAssurance: 'aal2', methods: ['otp'] }), async (request, response) => {
  const name: unknown = request.userSession?.claims?.['name'];
  await response.stepUp({ assuranceLevel: 'aal3' });
  response.json({ name, user: request.session.user?.name });
});

export async function used(): Promise<string> {
  const issued: IssuedSession = await client.create({ userId: 'alice', data: { cart: [1] }, persistent: true });
  for await (const item of client.list('alice', { state: 'live' })) {
    item.device?.name?.toUpperCase();
  }
  const found = await client.introspect(issued.token);
  // @ts-expect-error: an inactive answer has no session
  found.session;
  // @ts-expect-error: levels are those of the contract
  await client.rotate(issued.sid, { assuranceLevel: 'high' });
  // @ts-expect-error: a keyed session has data
  await client.keyed.save('key', {});
  try {
    return found.active ? (found.session.userId ?? 'nobody') : 'nobody';
  } catch (error) {
    return error instanceof SessionsError ? error.type : 'other';
  }
}

export const page = new BrowserSession({ url: '/api' });
const devices = document.querySelector('session-devices');
if (devices !== null) {
  devices.session = page;
  devices.texts = { heading: 'Devices', ended: (name) => `${name} is out.` };
}
