// Builds, then runs the tests of all packages and examples against the server that SESSIONS_URL and SESSIONS_KEY name.
// Arguments select tests: files, or parts of their names. --junit also writes a report to JUNIT_FILE.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { linkExamples } from './link-examples.mjs';

const root = resolve(import.meta.dirname, '..');
const repository = resolve(root, '../..');
const folders = [
  'client/test',
  'passport/test',
  'express/test',
  'browser/test',
  'scripts/test',
  '../examples/express/test',
  '../examples/browser/test',
];

const missing = ['SESSIONS_URL', 'SESSIONS_KEY'].filter((name) => !process.env[name]);
if (missing.length > 0) {
  const how =
    "Run 'dotnet dev.cs up', then set SESSIONS_URL to its address with /api and SESSIONS_KEY to its service key.";
  process.stderr.write(`${missing.join(' and ')} must name a running session API. ${how}\n`);
  process.exit(1);
}

const asked = process.argv.slice(2);
const selections = asked.filter((argument) => !argument.startsWith('--'));
const chosen = selections.filter((argument) => existsSync(resolve(root, argument)));
const patterns = selections
  .filter((argument) => !chosen.includes(argument))
  .map((part) => `--test-name-pattern=${part}`);
const files =
  chosen.length > 0
    ? chosen
    : folders.flatMap((folder) =>
        readdirSync(join(root, folder))
          .filter((name) => name.endsWith('.test.mjs'))
          .map((name) => join(folder, name)),
      );

const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
if (asked.includes('--junit')) {
  const report = resolve(repository, process.env.JUNIT_FILE ?? 'artifacts/test-results/typescript.xml');
  mkdirSync(dirname(report), { recursive: true });
  reporters.push('--test-reporter=junit', `--test-reporter-destination=${report}`);
}

linkExamples();
await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--build']);
await run(process.execPath, [
  '--test',
  '--test-concurrency=2',
  ...reporters,
  ...patterns,
  ...files.map((file) => relative(root, resolve(root, file))),
]);

function run(command, parameters) {
  return new Promise((done) => {
    spawn(command, parameters, { cwd: root, stdio: 'inherit' }).on('exit', (code) => {
      if (code !== 0) {
        process.exit(code ?? 1);
      }
      done();
    });
  });
}
