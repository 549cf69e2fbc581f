import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndingsFeed, sidHash } from '@session-functions/client';
import { gate } from '../../testing/gate.mjs';
import { FakeService, TestClocks, vectors } from './support.mjs';

const start = vectors.now * 1000;
const hash = await sidHash('ses_1');
const page = (members = {}) => ({
  ...vectors.feed,
  revokedBefore: undefined,
  endings: [],
  ...members,
});
const ending = (agoMs = 0) => [{ hash, endedAt: new Date(start - agoMs).toISOString() }];

function setUp() {
  const service = new FakeService();
  const clocks = new TestClocks();
  service.page = page();
  const feed = new EndingsFeed(service, { clocks, onWarning: () => {} });
  return { service, clocks, feed, judge: () => feed.judge(hash, start - 1000, start) };
}

test('Before the first answer nothing is known', () => {
  const { feed, judge } = setUp();

  assert.equal(feed.ageMs, undefined);
  assert.equal(judge(), 'unknown');
});

test('The age counts from the asking and not from the arrival', async () => {
  const { service, clocks, feed, judge } = setUp();
  service.page = () => {
    clocks.advance(4000);
    return page();
  };

  await feed.poll();

  assert.equal(feed.ageMs, 4000);
  clocks.advance(1000);
  assert.equal(judge(), 'not-ended');
  clocks.advance(1);
  assert.equal(judge(), 'unknown');
});

test('What the service held counts for it, what its log lags against it, and no claim makes it younger than its arrival', async () => {
  const { service, clocks, feed } = setUp();
  service.page = () => {
    clocks.advance(4000);
    return page({ heldMilliseconds: 3000, ageMilliseconds: 500 });
  };
  await feed.poll();
  assert.equal(feed.ageMs, 1500);

  service.page = page({ heldMilliseconds: 3_600_000 });
  await feed.poll();

  assert.equal(feed.ageMs, 0);
});

test('An answer that is older than what is known makes nothing older', async () => {
  const { service, clocks, feed } = setUp();
  const late = gate();
  service.page = () => late.opened;
  const polling = feed.poll();
  clocks.advance(3000);
  service.page = page();
  await feed.poll();
  assert.equal(feed.ageMs, 0);

  late.open(page());
  await polling;

  assert.equal(feed.ageMs, 0);
});

test('Pages count only when the last one is there', async () => {
  const { service, feed, judge } = setUp();
  service.page = (after) =>
    page({ cursor: after === undefined ? '1' : '2', more: after === undefined, endings: ending() });

  assert.equal(await feed.poll(), 0);
  assert.equal(feed.ageMs, undefined);
  assert.equal(judge(), 'ended');
  await feed.poll();

  assert.equal(feed.ageMs, 0);
  assert.deepEqual(
    service.asked.endings.map(({ after }) => after),
    [undefined, '1'],
  );
});

test('An ending is kept as long as the service says, from the end on, and holds however old the feed is', async () => {
  const { service, clocks, feed, judge } = setUp();
  service.page = page({ endings: ending(77_000) });
  await feed.poll();
  service.page = undefined;
  clocks.advance(100_000);
  assert.equal(judge(), 'ended');

  service.page = page({ completeAsOf: new Date(start + 199_000).toISOString() });
  clocks.advance(99_000);
  await feed.poll();
  assert.equal(judge(), 'ended');
  clocks.advance(277_000 / 8 + 2000);
  await feed.poll();

  assert.equal(judge(), 'not-ended');
});

test('Sessions older than revoke-before have ended, and the instant never moves back', async () => {
  const { service, feed } = setUp();
  for (const instant of [start, start - 1000, undefined]) {
    service.page = page({ revokedBefore: instant && new Date(instant).toISOString() });
    await feed.poll();
  }

  assert.equal(feed.judge(hash, start - 1, start), 'ended');
  assert.equal(feed.judge(hash, start, start), 'not-ended');
});

test('Of what was known live before the log began nothing is certain, however the feed goes on', async () => {
  const { service, feed } = setUp();
  for (const heldSince of [start, start - 86_400_000]) {
    service.page = page({ heldSince: new Date(heldSince).toISOString() });
    await feed.poll();
  }

  assert.equal(feed.judge(hash, start - 9000, start - 1), 'unknown');
  assert.equal(feed.judge(hash, start - 9000, start), 'not-ended');
});

test('A page with more to come tells endings, but not how complete it is', async () => {
  const { service, feed, judge } = setUp();
  service.page = page({ more: true, completeAsOf: undefined, endings: ending() });

  await feed.poll();

  assert.equal(judge(), 'ended');
  assert.equal(feed.ageMs, undefined);
});

test('A cursor of another deployment is dropped, and what is known stays', async () => {
  const { service, clocks, feed, judge } = setUp();
  service.page = page({ cursor: 'of-another', endings: ending() });
  await feed.poll();
  service.page = (after) => (after === undefined ? page() : null);
  clocks.advance(6000);

  await feed.poll();
  assert.equal(feed.ageMs, 6000);
  await feed.poll();

  assert.deepEqual(
    service.asked.endings.map(({ after }) => after),
    [undefined, 'of-another', undefined],
  );
  assert.equal(feed.ageMs, 0);
  assert.equal(judge(), 'ended');
});

test('A clock that is half a minute behind makes nothing certain', async () => {
  const { service, feed, judge } = setUp();
  service.page = page({ completeAsOf: new Date(start + 31_000).toISOString() });
  await feed.poll();
  assert.equal(judge(), 'unknown');
  service.page = page({ completeAsOf: new Date(start + 30_000).toISOString() });

  await feed.poll();

  assert.equal(judge(), 'not-ended');
});

test('A machine that slept knows nothing until it has asked', async () => {
  const { clocks, feed, judge } = setUp();
  await feed.poll();

  clocks.now.wall += 3_600_000;

  assert.equal(judge(), 'unknown');
});

test('The service is asked to wait for less than the age, and is never asked without end', async () => {
  const { service, clocks, feed } = setUp();
  const idle = await feed.poll();
  service.page = page({ endings: ending() });
  const busy = await feed.poll();
  service.page = () => {
    clocks.advance(2000);
    return page();
  };
  const late = await feed.poll();

  assert.deepEqual([...new Set(service.asked.endings.map(({ waitSeconds }) => waitSeconds))], [2]);
  assert.deepEqual([idle, busy, late], [5000 / 3, 500, 250]);
});

test('A feed that fails keeps what it knows, warns once and asks again', async (t) => {
  const service = new FakeService();
  const warnings = [];
  let polls = 0;
  const done = gate();
  service.page = () => {
    polls++;
    if (polls === 5) {
      done.open();
    }
    return polls === 2 || polls === 3 ? undefined : page({ cursor: `c${polls}`, endings: polls === 1 ? ending() : [] });
  };
  const feed = new EndingsFeed(service, { maxAgeMs: 1000, onWarning: (line) => warnings.push(line) });
  t.after(() => feed.stop());
  const alive = setInterval(() => {}, 1000);
  t.after(() => clearInterval(alive));

  feed.start();
  feed.start();
  await done.opened;

  assert.deepEqual(
    service.asked.endings.slice(0, 5).map(({ after }) => after),
    [undefined, 'c1', 'c1', 'c1', 'c4'],
  );
  assert.equal(feed.judge(hash, start, start), 'ended');
  assert.equal(warnings.length, 1);
});
