import { SessionDevicesElement } from '/modules/define.js';
import { BrowserSession } from '/modules/index.js';

const warnBelowSeconds = 60;
const reasons = {
  'signed-out': 'You signed out.',
  'signed-out-everywhere': 'You signed out on all devices.',
  'idle-timeout': 'You were away for a while.',
  'absolute-lifetime': 'You were signed in for as long as is allowed.',
};
const get = (id) => document.getElementById(id);
const session = new BrowserSession();

session.addEventListener('change', ({ state, session: own, end }) => {
  const isLive = own !== null;
  get('live').hidden = !isLive;
  get('sign-in').hidden = isLive || state !== 'ended';
  get('state').textContent = textFor(state, own, end);
  get('warning').textContent = '';
  show(session.left);
  const devices = document.querySelector('session-devices');
  if (isLive && devices instanceof SessionDevicesElement && devices.session === undefined) {
    devices.session = session;
  }
});
session.addEventListener('tick', ({ left }) => show(left));

get('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const name = new FormData(event.target).get('name');
  const answer = await fetch('/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  if (answer.ok) {
    await session.changed();
  } else {
    get('state').textContent = 'The sign-in did not work. Please try again.';
  }
});
get('stay').addEventListener('click', () => session.renew());
get('sign-out').addEventListener('click', () => signOut({}));
get('everywhere').addEventListener('click', () => signOut({ everywhere: true }));

await session.start();

async function signOut(options) {
  try {
    await session.signOut(options);
  } catch {
    get('state').textContent = 'You are still signed in: the service cannot be reached. Please try again.';
  }
}

function textFor(state, own, end) {
  if (state === 'offline') {
    return 'The service cannot be reached. Your session is kept.';
  }
  if (state === 'live') {
    return `Signed in as ${own.claims?.name ?? own.userId}.`;
  }
  return end === null ? 'Please sign in.' : `You are signed out. ${reasons[end.reason] ?? 'Your session has ended.'}`;
}

function show(left) {
  if (left === null) {
    return;
  }
  const minutes = Math.floor(left.idleSeconds / 60);
  get('countdown').textContent =
    `Without activity this session ends in ${minutes}:${String(left.idleSeconds % 60).padStart(2, '0')}.`;
  // Announced once, not every second.
  const warning = left.idleSeconds < warnBelowSeconds ? 'Your session is about to end.' : '';
  if (get('warning').textContent !== warning) {
    get('warning').textContent = warning;
  }
}
