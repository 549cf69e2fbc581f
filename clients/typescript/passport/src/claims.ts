import { PassportRefusedError } from './errors.js';

/** What a passport says that was verified. */
export interface Passport {
  iss: string;
  aud: string;
  /** The user; absent for an anonymous session. */
  sub?: string;
  /** The id of the session. */
  sid: string;
  iat: number;
  exp: number;
  /** When the user was authenticated last, in seconds. */
  auth_time: number;
  /** When the session was created, in milliseconds. */
  created_ms: number;
  acr: 'aal1' | 'aal2' | 'aal3';
  /** Methods of the authentication (RFC 8176); absent when they were not told. */
  amr?: string[];
  /** Who acts as the user (RFC 8693). */
  act?: { sub: string; reason: string };
  /** The claims of the session. */
  claims?: Record<string, unknown>;
  /** The version of the session. */
  ver: number;
}

/** The end of the calendar, in milliseconds. */
const latest = 253_402_300_799_000;

/** Reads the claims as strictly as they are specified. Issuer and audience are the caller's to compare. */
export function readClaims(payload: Uint8Array): Passport {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    throw new PassportRefusedError('malformed');
  }
  if (!isObject(value) || !isPassport(value)) {
    throw new PassportRefusedError('malformed');
  }
  return value as unknown as Passport;
}

function isPassport(value: Record<string, unknown>): boolean {
  return (
    isText(value['sid']) &&
    value['sid'] !== '' &&
    isOptional(value['sub'], isText) &&
    [value['iat'], value['exp'], value['auth_time']].every((time) => isWhole(time, latest / 1000)) &&
    isWhole(value['created_ms'], latest) &&
    Number.isInteger(value['ver']) &&
    ['aal1', 'aal2', 'aal3'].includes(value['acr'] as string) &&
    isOptional(value['amr'], (amr) => Array.isArray(amr) && amr.every(isText)) &&
    isOptional(value['act'], (act) => isObject(act) && isText(act['sub']) && isText(act['reason'])) &&
    isOptional(value['claims'], isObject)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

function isOptional(value: unknown, isRight: (value: unknown) => boolean): boolean {
  return value === undefined || isRight(value);
}
