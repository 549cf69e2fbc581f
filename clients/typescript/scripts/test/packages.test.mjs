import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const repository = resolve(root, '../..');
const packages = ['client', 'passport', 'express', 'browser'];
const installed = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
const read = (path) => readFileSync(resolve(repository, path), 'utf8');

for (const name of packages) {
  test(`The package ${name} holds its modules, types, README and licence, and nothing else`, () => {
    const [{ files }] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: join(root, name), encoding: 'utf8' }),
    );
    const paths = files.map((file) => file.path);

    assert.deepEqual(paths.filter((path) => !path.startsWith('dist/')).toSorted(), [
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    assert.ok(paths.includes('dist/index.js') && paths.includes('dist/index.d.ts'));
    assert.deepEqual(
      paths.filter((path) => path.startsWith('dist/') && !/\.(js|d\.ts)$/.test(path)),
      [],
    );
  });

  test(`The package ${name} has the product's version and licence, and every export exists`, () => {
    const manifest = JSON.parse(read(`clients/typescript/${name}/package.json`));
    assert.equal(manifest.version, /<Version>(.+)<\/Version>/.exec(read('Directory.Build.props'))[1]);
    assert.equal(manifest.license, 'MIT');
    assert.equal(read(`clients/typescript/${name}/LICENSE`), read('LICENSE'));
    for (const target of Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    )) {
      assert.ok(existsSync(join(root, name, target)), target);
    }
    for (const [dependency, version] of Object.entries(manifest.dependencies ?? {})) {
      assert.equal(
        version,
        dependency.startsWith('@session-functions/') ? manifest.version : installed(dependency),
        dependency,
      );
    }
  });

  test(`The README of ${name} begins with a swap of at most ten lines`, () => {
    const lines = read(`clients/typescript/${name}/README.md`).split('\n').slice(0, 10);
    assert.ok(lines.includes('```js') && lines.includes('```'), lines.join('\n'));
  });
}

test('pack:all writes one archive for each package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  try {
    execFileSync(process.execPath, [join(root, 'scripts/pack.mjs')], {
      env: { ...process.env, PACKAGES: folder },
      stdio: 'ignore',
    });
    assert.deepEqual(
      readdirSync(folder).toSorted(),
      ['browser', 'client', 'express', 'passport'].map((name) => `session-functions-${name}-1.0.0.tgz`),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('The packages load by require as well', () => {
  const script =
    "console.log(typeof require('@session-functions/client').SessionsClient, typeof require('@session-functions/express').SessionStore)";
  const output = execFileSync(process.execPath, ['--input-type=commonjs', '--no-warnings', '-e', script], {
    cwd: join(root, 'express'),
    encoding: 'utf8',
  });
  assert.equal(output.trim(), 'function function');
});

const blockOf = (document, name) =>
  new RegExp(`<!-- ${name}: begin -->\\s+\`\`\`js\\n([^]*?)\`\`\`\\s+<!-- ${name}: end -->`).exec(document)[1];
const linesOf = (block) => block.split('\n').filter((line) => line.trim() !== '').length;

test('The smallest app has at most the lines of the one with connect-redis, as the table says', () => {
  const document = read('docs/integrate/express.md');
  const [ours, redis] = [linesOf(blockOf(document, 'smallest')), linesOf(blockOf(document, 'before'))];

  assert.ok(ours <= redis);
  assert.match(document, new RegExp(`connect-redis\` \\| ${redis} \\|`));
  assert.match(document, new RegExp(`@session-functions/express\` \\| ${ours} \\|`));
});

test('The smallest app works as it is printed', async (t) => {
  const source = blockOf(read('docs/integrate/express.md'), 'smallest').replace(
    'app.listen(',
    'globalThis.server = app.listen(',
  );
  const tell = "server.on('listening', () => console.log(server.address().port));";
  const app = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: join(root, 'express'),
    env: { ...process.env, SECRET: 'keyboard cat', PORT: '0' },
  });
  t.after(() => app.kill());
  app.stdin.end(source + tell);
  const port = await new Promise((done, fail) => {
    app.stdout.once('data', (data) => done(Number(data)));
    app.stderr.once('data', (data) => fail(new Error(String(data))));
  });

  const first = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(await first.text(), 'Views: 1');
  const cookie = first.headers.getSetCookie()[0].split(';')[0];
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie } })).text(), 'Views: 2');
});
