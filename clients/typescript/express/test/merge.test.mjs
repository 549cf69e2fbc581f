import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeChanges } from '../dist/merge.js';

const rows = [
  ['only mine changed', { a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }],
  ['only theirs changed', { a: 1 }, { a: 1 }, { a: 2 }, { a: 2 }],
  ['both changed', { a: 1 }, { a: 2 }, { a: 3 }, { a: 2 }],
  ['I removed, they kept', { a: 1, b: 1 }, { b: 1 }, { a: 1, b: 2 }, { b: 2 }],
  ['they removed, I kept', { a: 1 }, { a: 1 }, {}, {}],
  ['they removed, I changed', { a: 1 }, { a: 2 }, {}, { a: 2 }],
  ['both added', {}, { a: 1 }, { b: 1 }, { b: 1, a: 1 }],
  ['null is a value', { a: 1 }, { a: null }, { a: 1, b: 1 }, { a: null, b: 1 }],
  ['objects are merged', { o: { a: 1 } }, { o: { a: 1, b: 2 } }, { o: { a: 1, c: 3 } }, { o: { a: 1, c: 3, b: 2 } }],
  ['an object for a value', { o: 1 }, { o: { a: 1 } }, { o: 1 }, { o: { a: 1 } }],
  ['a value for an object', { o: { a: 1 } }, { o: 1 }, { o: { a: 1, b: 2 } }, { o: 1 }],
  ['arrays are whole', { l: [1] }, { l: [1, 2] }, { l: [1, 3] }, { l: [1, 2] }],
];

for (const [name, base, mine, theirs, expected] of rows) {
  test(`Changes are merged: ${name}`, () => {
    assert.deepEqual(mergeChanges(base, mine, theirs), expected);
  });
}

test('A member named __proto__ stays an ordinary one', () => {
  const mine = JSON.parse('{"__proto__":{"polluted":true}}');

  const merged = mergeChanges({}, mine, {});

  assert.equal(Object.getPrototypeOf(merged), Object.prototype);
  assert.equal({}.polluted, undefined);
  assert.deepEqual(Object.keys(merged), ['__proto__']);
});
