// Hooks of a test file, called at its top.
import { once } from 'node:events';
import { after, afterEach, before } from 'node:test';
import { startChromium } from './chromium.mjs';

/** A browser for the tests of a file. What it opens is closed after each test. */
export function useChromium() {
  const contexts = [];
  let chromium;
  before(async () => {
    chromium = await startChromium();
  });
  after(() => chromium?.close());
  afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));
  return {
    async newContext(options) {
      const context = await chromium.newContext(options);
      contexts.push(context);
      return context;
    },
  };
}

/** An application that listens while the tests of a file run; `origin` is its address. */
export function useApp(createApp) {
  const app = { origin: undefined };
  let server;
  before(async () => {
    server = createApp().listen(0, 'localhost');
    await once(server, 'listening');
    app.origin = `http://localhost:${server.address().port}`;
  });
  after(() => {
    server?.closeAllConnections();
    server?.close();
  });
  return app;
}
