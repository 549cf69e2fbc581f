// The examples stand beside the packages and use their node_modules: one installation serves both.
import { existsSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';

export function linkExamples() {
  for (const example of ['express', 'browser']) {
    const folder = resolve(import.meta.dirname, '../../examples', example);
    const link = resolve(folder, 'node_modules');
    if (existsSync(folder) && !existsSync(link)) {
      symlinkSync('../../typescript/node_modules', link, 'dir');
    }
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  linkExamples();
}
