const tokenPattern = /^sst_([A-Za-z0-9_-]{112})[A-Za-z0-9_-]{6}$/;
const secretAt = 36;
const secretBytes = 32;

/** Whether a text is a session token by its form. */
export function isToken(text: string): boolean {
  return tokenPattern.test(text);
}

/** SHA-256 of the secret in a token, in hex. The service stores the same digest, so this is all that it needs to find the session. */
export async function digestOf(token: string): Promise<string> {
  const body = tokenPattern.exec(token)?.[1];
  if (body === undefined) {
    throw new TypeError('The text is not a session token.');
  }
  const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  const hash = await crypto.subtle.digest('SHA-256', bytes.slice(secretAt, secretAt + secretBytes));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
