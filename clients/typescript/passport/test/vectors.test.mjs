import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PassportRefusedError, PassportVerifier } from '@session-functions/passport';
import { generate } from '../../../test-vectors/generate.mjs';
import { FakeService, TestClocks, vectors } from './support.mjs';

for (const { name, passport, expected, claims } of vectors.passports) {
  test(`A vector gets its verdict: ${name} is ${expected}`, async () => {
    const service = new FakeService();
    const verifier = new PassportVerifier({ ...vectors, client: service, clocks: new TestClocks() });
    await verifier.feed.poll();

    const verdict = await verifier.verify(passport).catch((error) => error);

    if (expected === 'accepted') {
      assert.equal(typeof verdict.sid, 'string', String(verdict));
    } else {
      assert.ok(verdict instanceof PassportRefusedError, String(verdict));
      assert.equal(verdict.reason, expected);
    }
    if (claims !== undefined) {
      assert.deepEqual(verdict, claims);
    }
    assert.equal(service.asked.ended, 0);
  });
}

test('The vectors are those that the generator makes', async () => {
  const file = new URL('../../../test-vectors/passports.json', import.meta.url);

  assert.equal(generate(), await readFile(file, 'utf8'));
});
