import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Countdown } from '@session-functions/browser';

const clocks = () => {
  const state = { wall: 5_000_000, monotonic: 100 };
  return { state, wall: () => state.wall, monotonic: () => state.monotonic };
};
const session = { idleExpiresInSeconds: 60, expiresInSeconds: 100 };

test('What is left counts from the answer, whatever the time of day', () => {
  const page = clocks();
  const countdown = new Countdown(session, page);
  assert.deepEqual(countdown.left(), { idleSeconds: 60, seconds: 100 });

  page.state.wall += 10_000;
  page.state.monotonic += 10_000;

  assert.deepEqual(countdown.left(), { idleSeconds: 50, seconds: 90 });
});

test('A clock that is set back does not lengthen the session', () => {
  const page = clocks();
  const countdown = new Countdown(session, page);
  page.state.wall -= 3_600_000;
  page.state.monotonic += 10_000;

  assert.deepEqual(countdown.left(), { idleSeconds: 50, seconds: 90 });
});

test('A machine that slept counts its sleep', () => {
  const page = clocks();
  const countdown = new Countdown(session, page);
  page.state.wall += 80_000;

  assert.deepEqual(countdown.left(), { idleSeconds: 0, seconds: 20 });
});

test('The idle time never outlasts the session, and nothing is below zero', () => {
  const page = clocks();
  const countdown = new Countdown({ idleExpiresInSeconds: 500, expiresInSeconds: 100 }, page);
  assert.equal(countdown.left().idleSeconds, 100);

  page.state.monotonic += 1_000_000;

  assert.deepEqual(countdown.left(), { idleSeconds: 0, seconds: 0 });
});

test('An answer that another tab got earlier has its age', () => {
  assert.equal(new Countdown(session, clocks(), 15_000).left().idleSeconds, 45);
});
