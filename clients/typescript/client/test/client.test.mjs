import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionsClient, SessionsError } from '@session-functions/client';
import { client, newUser } from '../../testing/service.mjs';

test('A session is created, validated, read, touched and ended', async () => {
  const userId = newUser();
  const { sid, token, session } = await client.create({ userId, claims: { role: 'admin' }, data: { cart: [7] } });
  assert.equal(session.userId, userId);

  const found = await client.introspect(token, { ipAddress: '192.0.2.44' });
  assert.equal(found.active, true);
  assert.deepEqual(found.session.claims, { role: 'admin' });
  assert.deepEqual(found.session.data, { cart: [7] });

  assert.equal((await client.get(sid)).state, 'live');
  assert.equal((await client.touch(sid, { ipAddress: '192.0.2.45' })).sid, sid);

  await client.revoke(sid, { reason: 'password-changed' });
  await client.revoke(sid, { reason: 'password-changed' });
  assert.deepEqual(await client.introspect(token), { active: false });
  const ended = await client.get(sid, { consistency: 'strong' });
  assert.equal(ended.state, 'ended');
  assert.equal(ended.endReason, 'password-changed');
  assert.equal(await client.touch(sid), null);
});

test('The holder of a token is told why the session ended', async () => {
  const { sid, token } = await client.create({ userId: newUser() });
  assert.equal(await client.endOf(token), null);
  await client.revoke(sid, { reason: 'stolen-device' });

  const end = await client.endOf(token);

  assert.equal(end.reason, 'stolen-device');
  assert.ok(Date.parse(end.endedAt) > 0);
  assert.equal(await client.endOf('not a token'), null);
  assert.equal(await client.endOf(`sst_${'A'.repeat(118)}`), null);
});

test('An unknown session is null, whatever is asked of it', async () => {
  const sid = `ses_${'A'.repeat(43)}`;

  assert.equal(await client.get(sid), null);
  assert.equal(await client.touch(sid), null);
  assert.equal(await client.data.get(sid), null);
  assert.deepEqual(await client.revoke(sid), {});
});

test('Rotation replaces the token, and tells the new sign-in', async () => {
  const { sid, token } = await client.create({ userId: newUser(), assuranceLevel: 'aal1' });

  const rotated = await client.rotate(sid, { assuranceLevel: 'aal2', authenticationMethods: ['pwd', 'otp'] });

  assert.notEqual(rotated.token, token);
  assert.equal(rotated.session.assuranceLevel, 'aal2');
  assert.equal((await client.introspect(token)).active, false);
  assert.equal((await client.introspect(rotated.token)).active, true);
});

test('What a sign-in lacks is told', async () => {
  const { token } = await client.create({ userId: newUser(), assuranceLevel: 'aal1', authenticationMethods: ['pwd'] });

  const found = await client.introspect(token, {
    touch: false,
    requires: { minAssuranceLevel: 'aal2', methods: ['otp'] },
  });

  assert.equal(found.active, true);
  assert.deepEqual(found.insufficient, { minAssuranceLevel: 'aal2', methods: ['otp'] });
});

test('A list runs over all pages, newest first', async () => {
  const userId = newUser();
  const sids = [];
  for (let i = 0; i < 5; i++) {
    sids.unshift((await client.create({ userId })).sid);
  }

  const listed = [];
  for await (const session of client.list(userId, { pageSize: 2 })) {
    listed.push(session.sid);
  }

  assert.deepEqual(listed.toSorted(), sids.toSorted());
  assert.equal(await client.count(userId), 5);
});

test('Sign-out everywhere ends all sessions of a user but one', async () => {
  const userId = newUser();
  const kept = await client.create({ userId });
  const other = await client.create({ userId });

  const { ended } = await client.revokeAll(userId, { except: kept.sid, reason: 'signed-out-everywhere' });

  assert.equal(ended, 1);
  assert.equal((await client.introspect(kept.token)).active, true);
  assert.equal((await client.introspect(other.token)).active, false);
});

test('Data is replaced under its entity tag, and patches are merged', async () => {
  const { sid } = await client.create({ userId: newUser(), data: { cart: [1] } });
  const read = await client.data.get(sid);
  assert.deepEqual(read.value, { cart: [1] });

  const merged = await client.data.merge(sid, { theme: 'dark' });
  assert.deepEqual(merged.value, { cart: [1], theme: 'dark' });

  await assert.rejects(client.data.replace(sid, { cart: [2] }, { ifMatch: read.etag }), (error) => {
    assert.ok(error instanceof SessionsError);
    assert.equal(error.status, 412);
    assert.equal(error.type, 'version-mismatch');
    return true;
  });
  const replaced = await client.data.replace(sid, { cart: [2] }, { ifMatch: merged.etag });
  assert.deepEqual(replaced.value, { cart: [2] });
});

test('Claims and ends are replaced', async () => {
  const { sid } = await client.create({ userId: newUser(), claims: { role: 'admin' } });

  assert.deepEqual((await client.claims.replace(sid, { role: 'editor' })).value, { role: 'editor' });
  assert.ok((await client.setExpiry(sid, { expiresInSeconds: 600 })).expiresInSeconds <= 600);
  assert.equal(await client.setExpiry(sid, { expiresInSeconds: 0 }), null);
  assert.equal((await client.get(sid, { consistency: 'strong' })).state, 'ended');
});

test('An error says what is wrong, and where', async () => {
  await assert.rejects(client.create({ userId: newUser(), idleTimeoutSeconds: 10 ** 8 }), (error) => {
    assert.equal(error.name, 'SessionsError');
    assert.equal(error.status, 400);
    assert.equal(error.type, 'validation');
    assert.match(error.detail, /idleTimeoutSeconds must be from 1 to \d+/);
    assert.match(error.message, /idleTimeoutSeconds/);
    const [{ pointer, maximum }] = error.errors;
    assert.equal(pointer, '#/idleTimeoutSeconds');
    assert.ok(maximum > 0 && maximum < 10 ** 8);
    return true;
  });
});

test('What is no sid never becomes part of a URL', async () => {
  for (const call of [
    () => client.get('sst_secret'),
    () => client.touch('../x'),
    () => client.data.get('sst_secret'),
  ]) {
    await assert.rejects(call, (error) => error instanceof TypeError && !error.message.includes('secret'));
  }
});

test('Options that cannot work are refused at once', () => {
  const works = { url: 'https://sessions.example.com/api', key: 'ssk_x' };
  for (const wrong of [{ url: 'sessions' }, { url: 'https://u:p@host/api' }, { key: 'ssk_x\n' }, { key: '' }]) {
    assert.throws(() => new SessionsClient({ ...works, ...wrong }), TypeError);
  }
});

test('A wait for changes tells a session that has changed, one that has not, and one that ended', async () => {
  const { sid, token } = await client.create({ userId: 'awaited' });
  const first = await client.awaitChange(token);
  assert.equal(first.session.sid, sid);
  const { version } = first.session;
  assert.equal((await client.awaitChange(token, { since: version, waitSeconds: 0 })).state, 'unchanged');
  const waiting = client.awaitChange(token, { since: version, waitSeconds: 20 });
  await client.claims.replace(sid, { role: 'admin' });
  const changed = await waiting;
  assert.equal(changed.state, 'changed');
  assert.equal(changed.session.claims.role, 'admin');
  const ending = client.awaitChange(token, { since: changed.session.version, waitSeconds: 20 });
  await client.revoke(sid, { reason: 'password-changed' });
  const ended = await ending;
  assert.equal(ended.state, 'ended');
  assert.equal(ended.end.reason, 'password-changed');
});
