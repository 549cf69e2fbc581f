// Packs the packages into the folder PACKAGES; default artifacts/packages of the repository.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const target = resolve(root, '../..', process.env.PACKAGES ?? 'artifacts/packages');
mkdirSync(target, { recursive: true });
execFileSync(process.execPath, [resolve(root, 'node_modules/typescript/bin/tsc'), '--build'], {
  cwd: root,
  stdio: 'inherit',
});
for (const name of ['client', 'passport', 'express', 'browser']) {
  execFileSync('npm', ['pack', '--pack-destination', target], {
    cwd: resolve(root, name),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
