import type { CallOptions, Conditions, ReadOptions } from './keyed.js';
import { consistencyOf, sessionPath } from './paths.js';
import type { Transport } from './transport.js';
import type { JsonObject } from './types.js';

/** Content of a session with its entity tag. */
export interface Content {
  value: JsonObject;
  etag: string;
}

/** The data of sessions: visible to services only. */
export class SessionData {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Reads the data; null when there is no live session. */
  async get(sid: string, options: ReadOptions = {}): Promise<Content | null> {
    const reply = await this.#transport.find({
      method: 'GET',
      path: `${sessionPath(sid)}/data`,
      headers: { 'Session-Consistency': consistencyOf(options.consistency) },
      repeatable: true,
      signal: options.signal,
    });
    return reply === undefined ? null : contentOf(reply);
  }

  /** Replaces the data. With `ifMatch`, a write in between rejects with type `version-mismatch`. */
  replace(sid: string, data: JsonObject, options: Pick<Conditions, 'ifMatch'> & CallOptions = {}): Promise<Content> {
    return replace(this.#transport, `${sessionPath(sid)}/data`, data, options);
  }

  /** Applies a merge patch (RFC 7396). Concurrent patches are all kept. */
  async merge(
    sid: string,
    patch: JsonObject,
    options: Pick<Conditions, 'ifMatch'> & CallOptions = {},
  ): Promise<Content> {
    return contentOf(
      await this.#transport.send({
        method: 'PATCH',
        path: `${sessionPath(sid)}/data`,
        body: patch,
        contentType: 'application/merge-patch+json',
        headers: { 'If-Match': options.ifMatch },
        repeatable: false,
        signal: options.signal,
      }),
    );
  }
}

/** The claims of sessions: visible to their users. */
export class SessionClaims {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Replaces the claims. */
  replace(sid: string, claims: JsonObject, options: Pick<Conditions, 'ifMatch'> & CallOptions = {}): Promise<Content> {
    return replace(this.#transport, `${sessionPath(sid)}/claims`, claims, options);
  }
}

async function replace(
  transport: Transport,
  path: string,
  value: JsonObject,
  options: Pick<Conditions, 'ifMatch'> & CallOptions,
): Promise<Content> {
  return contentOf(
    await transport.send({
      method: 'PUT',
      path,
      body: value,
      headers: { 'If-Match': options.ifMatch },
      repeatable: options.ifMatch === undefined,
      signal: options.signal,
    }),
  );
}

function contentOf(reply: { headers: Headers; body: unknown }): Content {
  return { value: reply.body as JsonObject, etag: reply.headers.get('ETag') ?? '' };
}
