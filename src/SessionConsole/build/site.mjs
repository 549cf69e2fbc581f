// Writes what a static site needs beside the built files: where the API is, and the headers that SessionServer sends.
// Reads SESSION_API_URL, AZURE_TENANT_ID, CONSOLE_CLIENT_ID and CONSOLE_SCOPE. The argument is the folder; default dist.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'dist';
const instance = process.env['ENTRA_INSTANCE'] || 'https://login.microsoftonline.com';

const configuration = {
  apiUrl: need('SESSION_API_URL'),
  entra: {
    clientId: need('CONSOLE_CLIENT_ID'),
    authority: `${instance}/${need('AZURE_TENANT_ID')}`,
    scope: need('CONSOLE_SCOPE'),
  },
};
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  `connect-src 'self' ${new URL(configuration.apiUrl).origin} ${new URL(instance).origin}`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const site = {
  routes: [
    { route: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } },
    { route: '/config.json', headers: { 'Cache-Control': 'no-store' } },
  ],
  globalHeaders: {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Cache-Control': 'no-cache',
  },
};
write('config.json', configuration);
write('staticwebapp.config.json', site);

function need(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set. See docs/console.md.`);
  }
  return value;
}

function write(name, value) {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}
