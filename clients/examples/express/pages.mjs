const reasons = {
  'signed-out-everywhere': 'You signed out on all devices.',
  'signed-out-remotely': 'This device was signed out from another one.',
  'password-changed': 'Your password was changed.',
  evicted: 'You signed in on more devices than are allowed at once.',
};

/** Sign-in form; with the reason for a user who was signed out. */
export function signInPage({ end = null, failed = false, name = '' }) {
  const why =
    end === null || end.reason === 'signed-out' || end.reason === 'regenerated'
      ? ''
      : (reasons[end.reason] ?? 'Your session has ended.');
  return page(
    'Sign in',
    null,
    `<h1>Sign in</h1>
${why && `<p class="notice" role="status">You were signed out. ${escaped(why)}</p>`}
${failed ? '<p class="notice error" role="alert" id="failed">Name or password is wrong.</p>' : ''}
<form method="post" action="/sign-in"${failed ? ' aria-describedby="failed"' : ''}>
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" required value="${escaped(name)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>
<p class="hint">Try <code>alice</code> with <code>correct horse</code>.</p>`,
  );
}

/** Start page of a signed-in user. */
export function accountPage({ user, views }) {
  return page(
    'Account',
    user,
    `<h1>Hello, ${escaped(user.name)}</h1>
<p>You have seen this page ${views === 1 ? 'once' : `${views} times`} since you signed in.</p>`,
  );
}

/** Devices of the user. */
export function devicesPage({ user }) {
  return page(
    'Devices',
    user,
    `<h1>Devices</h1>
<p>These devices are signed in to your account. Sign out any that you do not know.</p>
<session-devices url="/account/api"></session-devices>
<form method="post" action="/sign-out-everywhere"><button class="danger">Sign out everywhere, here too</button></form>
<script type="module" src="/modules/define.js"></script>`,
  );
}

/** What a user sees when something failed: never details. */
export function errorPage(status) {
  const text =
    status === 503 ? 'We cannot check your sign-in right now. Please try again in a moment.' : 'Something went wrong.';
  return page('Error', null, `<h1>Sorry</h1><p>${text}</p>`);
}

function page(title, user, body) {
  const navigation =
    user === null
      ? ''
      : `<nav aria-label="Account"><a href="/">Account</a><a href="/devices">Devices</a>
<form method="post" action="/sign-out"><button class="plain">Sign out</button></form></nav>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Example</title>
<link rel="stylesheet" href="/public/site.css">
</head>
<body>
<header><span class="brand">Example</span>${navigation}</header>
<main>${body}</main>
</body>
</html>`;
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
