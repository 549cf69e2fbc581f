/** Returns the key of a framework's own id: its SHA-256 value in base64url. Only this leaves the process, never the id. */
export async function sessionKey(id: string, prefix = ''): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(prefix + id));
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
