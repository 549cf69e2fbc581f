export type { Passport } from './claims.js';
export { PassportRefusedError, type Refusal } from './errors.js';
export { PassportVerifier, type PassportVerifierOptions } from './verifier.js';
