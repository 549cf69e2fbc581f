// Runs the example with a database of its own, on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const python = process.env.PYTHON ?? '/usr/bin/python3';
const folder = resolve(import.meta.dirname, '..');
const readyWithin = 20_000;

/** The running example. `url` is its address. */
export class Site {
  #data = mkdtempSync(join(tmpdir(), 'django-example-'));
  #server;
  #output = '';

  static async start(environment = {}) {
    const site = new Site();
    const port = await freePort();
    site.url = `http://127.0.0.1:${port}`;
    site.environment = {
      ...process.env,
      DEBUG: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      DATABASE: join(site.#data, 'db.sqlite3'),
      ...environment,
    };
    site.manage('migrate', '--verbosity', '0');
    site.#server = spawn(python, ['manage.py', 'runserver', '--noreload', String(port)], { cwd: folder, env: site.environment });
    for (const stream of [site.#server.stdout, site.#server.stderr]) {
      stream.on('data', (text) => {
        site.#output += text;
      });
    }
    await site.#answers();
    return site;
  }

  /** Adds a user, whose password is "password". */
  addUser(name) {
    const options = ['--noinput', '--username', name, '--email', `${name}@example.com`];
    this.manage('createsuperuser', ...options);
  }

  manage(...command) {
    const env = { ...this.environment, DJANGO_SUPERUSER_PASSWORD: 'password' };
    const { status, stderr, error } = spawnSync(python, ['manage.py', ...command], { cwd: folder, env, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`manage.py ${command[0]} failed: ${error ?? stderr}`);
    }
  }

  async stop() {
    if (this.#server.exitCode === null) {
      this.#server.kill();
      await once(this.#server, 'exit');
    }
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #answers() {
    const end = Date.now() + readyWithin;
    while (Date.now() < end && this.#server.exitCode === null) {
      const answer = await fetch(`${this.url}/sign-in/`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`The example did not start: ${this.#output}`);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
