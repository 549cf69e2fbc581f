import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sessionKey } from '@session-functions/client';
import { client, newUser } from '../../testing/service.mjs';

const newKey = () => sessionKey(randomUUID(), 'test:');

test('A key is the hash of prefix and id, in base64url', async () => {
  for (const id of ['123', 'ünïcode', '']) {
    const expected = createHash('sha256').update(`sess:${id}`, 'utf8').digest('base64url');
    assert.equal(await sessionKey(id, 'sess:'), expected);
    assert.equal(await client.sessionKey(id, 'sess:'), expected);
  }
});

test('A session is saved, found, merged, touched and ended by its key', async () => {
  const key = await newKey();
  assert.equal(await client.keyed.get(key), null);

  const saved = await client.keyed.save(key, { data: { cart: [1] } });
  assert.equal(saved.created, true);
  const again = await client.keyed.save(key, { data: { cart: [2] } });
  assert.equal(again.created, false);

  const found = await client.keyed.get(key);
  assert.deepEqual(found.session.data, { cart: [2] });
  assert.equal(found.etag, again.etag);
  assert.deepEqual((await client.keyed.merge(key, { theme: 'dark' })).data, { cart: [2], theme: 'dark' });
  assert.deepEqual((await client.keyed.touch(key, { ipAddress: '192.0.2.1' })).session.data, {
    cart: [2],
    theme: 'dark',
  });

  await client.keyed.end(key, { reason: 'signed-out' });
  await client.keyed.end(key, { reason: 'signed-out' });
  assert.equal(await client.keyed.get(key), null);
  assert.equal(await client.keyed.merge(key, { theme: 'light' }), null);
  assert.equal(await client.keyed.touch(key), null);
});

test('A late save does not revive', async () => {
  const key = await newKey();
  await client.keyed.save(key, { data: {} });
  await client.keyed.end(key, { reason: 'signed-out' });

  await assert.rejects(client.keyed.save(key, { data: { late: true } }), (error) => {
    assert.equal(error.type, 'session-ended');
    assert.equal(error.reason, 'signed-out');
    assert.ok(Date.parse(error.endedAt) > 0);
    return true;
  });
  assert.equal(await client.keyed.get(key), null);
});

test('A save under a condition is refused when it is false', async () => {
  const key = await newKey();
  const first = await client.keyed.save(key, { data: {} }, { ifNoneMatch: '*' });
  await client.keyed.save(key, { data: { n: 1 } }, { ifMatch: first.etag });

  for (const condition of [{ ifNoneMatch: '*' }, { ifMatch: first.etag }]) {
    await assert.rejects(client.keyed.save(key, { data: { n: 2 } }, condition), {
      type: 'version-mismatch',
      status: 412,
    });
  }
});

test('A session that is signed in later stands in the list of its user', async () => {
  const key = await newKey();
  const userId = newUser();
  await client.keyed.save(key, { data: {} });

  await client.keyed.save(key, { data: { in: true }, userId });

  assert.equal(await client.count(userId), 1);
  await client.revokeAll(userId);
  assert.equal(await client.keyed.get(key), null);
});

test('What is no key never becomes part of a URL', async () => {
  await assert.rejects(
    client.keyed.get('connect.sid-secret'),
    (error) => error instanceof TypeError && !error.message.includes('secret'),
  );
});
