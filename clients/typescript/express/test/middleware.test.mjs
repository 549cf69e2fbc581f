import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { SessionsClient } from '@session-functions/client';
import { deviceRoutes, requireSession, requireSignIn, sessions } from '@session-functions/express';
import express from 'express';
import { serve, Visitor } from '../../testing/app.mjs';
import { FaultyProxy } from '../../testing/faulty-proxy.mjs';
import { client, key, newUser } from '../../testing/service.mjs';

let proxy;
before(async () => {
  proxy = await FaultyProxy.start();
});
after(() => proxy.stop());
afterEach(() => {
  proxy.faults = [];
});

async function appWith(t, options = {}) {
  const through = new SessionsClient({ url: proxy.url, key, timeoutMs: 20_000, onWarning: () => {} });
  const app = express();
  app.use(sessions({ client: through, ...options }));
  app.use('/account', deviceRoutes({ client: through }));
  app.post('/sign-in', async (request, response) => {
    const { userId, ...rest } = request.query;
    await response.signIn({
      userId,
      claims: { name: 'Alice' },
      assuranceLevel: 'aal1',
      authenticationMethods: ['pwd'],
      persistent: rest.persistent === 'true',
    });
    response.send('in');
  });
  app.post('/step-up', async (_, response) => {
    await response.stepUp({ assuranceLevel: 'aal2', authenticationMethods: ['pwd', 'otp'] });
    response.send('up');
  });
  app.post('/sign-out', async (request, response) => {
    await response.signOut({ everywhere: request.query.everywhere === 'true' });
    response.send('out');
  });
  app.get('/who', (request, response) => response.send(request.userSession?.userId ?? 'nobody'));
  app.get('/why', async (request, response) => response.json(await request.signedOutReason()));
  app.get('/mine', requireSession({ redirect: '/sign-in' }), (_, response) => response.send('mine'));
  app.get('/transfer', requireSignIn({ minAssurance: 'aal2', maxAgeSeconds: 300, methods: ['otp'] }), (_, response) =>
    response.send('sent'),
  );
  const origin = await serve(t, app);
  return { origin, visitor: new Visitor(origin) };
}

test('Signing in creates a session and sets its cookie', async (t) => {
  const { visitor } = await appWith(t);
  const userId = newUser();
  assert.equal((await visitor.get('/who')).text, 'nobody');

  const { setCookie, headers } = await visitor.post(`/sign-in?userId=${userId}`, {
    headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' },
  });

  assert.equal(setCookie.length, 1);
  assert.match(setCookie[0], /^__Host-session=sst_[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  assert.equal(headers.get('Cache-Control'), 'no-store');
  assert.equal((await visitor.get('/who')).text, userId);
  for await (const device of client.list(userId)) {
    assert.equal(device.device.name, 'Firefox on Linux');
  }
});

test('A remembered session has a cookie that outlives the browser', async (t) => {
  const { visitor } = await appWith(t);

  const { setCookie } = await visitor.post(`/sign-in?persistent=true&userId=${newUser()}`);

  assert.match(setCookie[0], /; Max-Age=\d{5,}$/);
});

test('Signing in again ends the session it replaces', async (t) => {
  const { visitor } = await appWith(t);
  const userId = newUser();
  await visitor.post(`/sign-in?userId=${userId}`);
  const former = visitor.cookies.get('__Host-session');

  await visitor.post(`/sign-in?userId=${userId}`);

  assert.equal(await client.count(userId), 1);
  assert.equal((await client.endOf(former)).reason, 'replaced');
});

test('Signing out ends the session and removes the cookie; the old token says why', async (t) => {
  const { visitor, origin } = await appWith(t);
  const userId = newUser();
  await visitor.post(`/sign-in?userId=${userId}`);
  const thief = Object.assign(new Visitor(origin), { cookies: new Map(visitor.cookies) });

  const { setCookie } = await visitor.post('/sign-out');

  assert.equal(setCookie[0], '__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0');
  assert.equal((await thief.get('/who')).text, 'nobody');
  assert.equal(JSON.parse((await thief.get('/why')).text).reason, 'signed-out');
  assert.equal((await visitor.get('/why')).text, 'null');
});

test('Signing out everywhere ends every session of the user', async (t) => {
  const { visitor, origin } = await appWith(t);
  const userId = newUser();
  const phone = new Visitor(origin);
  await visitor.post(`/sign-in?userId=${userId}`);
  await phone.post(`/sign-in?userId=${userId}`);

  await visitor.post('/sign-out?everywhere=true');

  assert.equal((await phone.get('/who')).text, 'nobody');
});

test('A bearer token is accepted, unless the app does not want it', async (t) => {
  const userId = newUser();
  const { token } = await client.create({ userId });
  const headers = { Authorization: `Bearer ${token}` };

  assert.equal((await (await appWith(t)).visitor.get('/who', { headers })).text, userId);
  assert.equal((await (await appWith(t, { bearer: false })).visitor.get('/who', { headers })).text, 'nobody');
});

test('requireSession answers 401, or sends a page to the sign-in', async (t) => {
  const { visitor } = await appWith(t);

  const api = await visitor.get('/mine');
  assert.equal(api.status, 401);
  assert.equal(api.headers.get('WWW-Authenticate'), 'Bearer');
  const page = await visitor.get('/mine', { headers: { Accept: 'text/html' } });
  assert.equal(page.status, 303);
  assert.equal(page.headers.get('Location'), '/sign-in');

  await visitor.post(`/sign-in?userId=${newUser()}`);
  assert.equal((await visitor.get('/mine')).text, 'mine');
});

test('requireSignIn challenges as RFC 9470 says until the sign-in is strong enough', async (t) => {
  const { visitor } = await appWith(t);
  assert.equal((await visitor.get('/transfer')).status, 401);
  await visitor.post(`/sign-in?userId=${newUser()}`);

  const refused = await visitor.get('/transfer');
  assert.equal(refused.status, 401);
  assert.equal(
    refused.headers.get('WWW-Authenticate'),
    'Bearer error="insufficient_user_authentication", acr_values="aal2", max_age="300"',
  );
  assert.deepEqual(JSON.parse(refused.text).insufficient, { minAssuranceLevel: 'aal2', methods: ['otp'] });

  const former = visitor.cookies.get('__Host-session');
  await visitor.post('/step-up');
  assert.notEqual(visitor.cookies.get('__Host-session'), former);
  assert.equal((await visitor.get('/transfer')).text, 'sent');
});

test('Fails closed: 503 while the service is down, whatever is asked', async (t) => {
  const { visitor } = await appWith(t);
  await visitor.post(`/sign-in?userId=${newUser()}`);
  proxy.faults.push({ reset: 'before', times: 999 });

  for (const path of ['/who', '/mine', '/transfer']) {
    const answer = await visitor.get(path);
    assert.equal(answer.status, 503, path);
    assert.ok(Number(answer.headers.get('Retry-After')) > 0);
    assert.deepEqual(answer.setCookie, []);
  }
});

test('A refused service key and a rate limit are 503, never 401', async (t) => {
  const { visitor } = await appWith(t);
  await visitor.post(`/sign-in?userId=${newUser()}`);
  for (const status of [401, 403, 429, 500]) {
    proxy.faults = [{ status, headers: { 'Retry-After': '40' }, body: '{}', times: 99 }];
    assert.equal((await visitor.get('/who')).status, 503, String(status));
  }
});

test('The wait that the service asks for is passed on', async (t) => {
  const { visitor } = await appWith(t);
  await visitor.post(`/sign-in?userId=${newUser()}`);
  proxy.faults = [{ status: 503, headers: { 'Retry-After': '40' }, body: '{}', times: 9 }];

  const { status, headers } = await visitor.get('/who');

  assert.deepEqual([status, headers.get('Retry-After')], [503, '40']);
});

test('A sign-in whose connection is reset makes one session', async (t) => {
  const { visitor } = await appWith(t);
  const userId = newUser();
  proxy.faults = [{ reset: 'after', when: ({ url }) => url.endsWith('/v1/sessions') }];

  assert.equal((await visitor.post(`/sign-in?userId=${userId}`)).status, 200);

  assert.equal(await client.count(userId), 1);
  assert.equal((await visitor.get('/who')).text, userId);
});

test('A clock of the app that is a day off changes nothing', async (t) => {
  for (const days of [-1, 1]) {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + days * 86_400_000 });
    const { visitor } = await appWith(t);
    const userId = newUser();
    const { setCookie } = await visitor.post(`/sign-in?userId=${userId}&persistent=true`);

    assert.ok(Number(/Max-Age=(\d+)/.exec(setCookie[0])[1]) > 0);
    assert.equal((await visitor.get('/who')).text, userId);
    await visitor.post('/step-up');
    assert.equal((await visitor.get('/transfer')).text, 'sent');
    await visitor.post('/sign-out');
    assert.equal((await visitor.get('/who')).text, 'nobody');
    t.mock.timers.reset();
  }
});

test('A visitor without a session is not stopped while the service is down', async (t) => {
  const { visitor } = await appWith(t);
  proxy.faults.push({ reset: 'before', times: 99 });

  assert.equal((await visitor.get('/who')).text, 'nobody');
});

test('An unsafe request with the cookie must come from the app itself', async (t) => {
  const { visitor, origin } = await appWith(t, { trustedOrigins: ['https://admin.example.com'] });
  await visitor.post(`/sign-in?userId=${newUser()}`);
  const post = async (headers) => {
    const cookie = `__Host-session=${visitor.cookies.get('__Host-session')}`;
    return (await fetch(`${origin}/step-up`, { method: 'POST', headers: { Cookie: cookie, ...headers } })).status;
  };

  assert.equal(await post({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }), 403);
  assert.equal(await post({ 'Sec-Fetch-Site': 'same-site', Origin: 'https://sibling.example' }), 403);
  assert.equal(await post({ Origin: 'https://evil.example' }), 403);
  assert.equal(await post({ Origin: 'null' }), 403);
  assert.equal(await post({ 'Sec-Fetch-Site': 'none' }), 403);
  assert.equal(await post({ 'Sec-Fetch-Site': 'cross-site', Origin: origin }), 403);
  assert.equal(await post({ Origin: 'https://admin.example.com' }), 200);
  assert.equal(await post({}), 403);
  visitor.cookies.set('__Host-session', (await client.create({ userId: newUser() })).token);
  assert.equal(await post({ Origin: origin }), 200);
});

test('A cookie that is sent twice with two values counts for nothing', async (t) => {
  const { visitor, origin } = await appWith(t);
  await visitor.post(`/sign-in?userId=${newUser()}`);
  const token = visitor.cookies.get('__Host-session');

  const answer = await fetch(`${origin}/who`, {
    headers: { Cookie: `__Host-session=${token}; __Host-session=sst_other` },
  });

  assert.equal(await answer.text(), 'nobody');
});

test("The device routes show and end the user's own sessions only", async (t) => {
  const { visitor, origin } = await appWith(t);
  const userId = newUser();
  const phone = new Visitor(origin);
  await visitor.post(`/sign-in?userId=${userId}`);
  await phone.post(`/sign-in?userId=${userId}`);
  const stranger = await client.create({ userId: newUser() });
  const csrf = { headers: { 'X-Session-CSRF': 'none' } };

  const own = JSON.parse((await visitor.get('/account/v1/session')).text);
  assert.equal(own.userId, userId);
  assert.equal('data' in own, false);
  const { sessions: listed } = JSON.parse((await visitor.get('/account/v1/me/sessions')).text);
  assert.deepEqual(listed.map((item) => item.current).toSorted(), [false, true]);

  const other = listed.find((item) => !item.current).sid;
  assert.equal((await visitor.send('DELETE', `/account/v1/me/sessions/${other}`)).status, 403);
  assert.equal((await visitor.send('DELETE', `/account/v1/me/sessions/${stranger.sid}`, csrf)).status, 404);
  assert.equal((await visitor.send('DELETE', `/account/v1/me/sessions/${other}`, csrf)).status, 204);
  assert.equal((await phone.get('/who')).text, 'nobody');
  assert.equal((await client.get(stranger.sid)).state, 'live');

  await phone.post(`/sign-in?userId=${userId}`);
  assert.deepEqual(JSON.parse((await visitor.send('DELETE', '/account/v1/me/sessions?except=current', csrf)).text), {
    ended: 1,
  });
  assert.equal((await visitor.post('/account/v1/session/touch', csrf)).status, 200);
  assert.equal((await visitor.send('DELETE', '/account/v1/session', csrf)).status, 204);
  assert.equal((await visitor.get('/account/v1/session')).status, 401);
});
