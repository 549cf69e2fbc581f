import { createApp } from './app.mjs';

const port = Number(process.env.PORT ?? 3001);
createApp().listen(port, 'localhost', () => process.stdout.write(`http://localhost:${port}\n`));
