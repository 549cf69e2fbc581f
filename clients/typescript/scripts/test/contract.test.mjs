import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { committed, generated } from '../generate-types.mjs';

const root = resolve(import.meta.dirname, '../..');

test('The types are those of docs/openapi.json; npm run generate writes them', async () => {
  assert.equal(await committed(), await generated());
});

test('The console declares no shape of the contract by hand', async () => {
  const types = await readFile(join(root, '../../src/SessionConsole/src/api/types.ts'), 'utf8');

  assert.match(types, /client\/generated\/openapi'/);
  assert.doesNotMatch(types, /\binterface\b|\{\s*$/m);
});

test('client runs where there is neither Node nor a dependency', async () => {
  const folder = join(root, 'client/dist');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  assert.ok(files.length > 5);
  for (const file of files) {
    const imports = [
      ...(await readFile(join(folder, file), 'utf8')).matchAll(/from '([^']+)'|import\('([^']+)'\)/g),
    ].map((match) => match[1] ?? match[2]);
    assert.deepEqual(
      imports.filter((name) => !name.startsWith('./')),
      [],
      file,
    );
  }
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'client/package.json'), 'utf8'));
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});

test('browser imports nothing but its own modules, so that it runs without a bundler', async () => {
  const folder = join(root, 'browser/dist');
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.js'))) {
    const imports = [...(await readFile(join(folder, file), 'utf8')).matchAll(/from '([^']+)'/g)].map(
      (match) => match[1],
    );
    assert.deepEqual(
      imports.filter((name) => !name.startsWith('./')),
      [],
      file,
    );
  }
});

test('The types fit the code of apps, and refuse what is wrong', () => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');

  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', join(root, 'testing/types')], {
    encoding: 'utf8',
  });

  assert.equal(status, 0, stdout);
});
