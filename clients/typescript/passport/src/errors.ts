/** Why a passport is refused. */
export type Refusal =
  | 'malformed'
  | 'algorithm'
  | 'type'
  | 'header'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'issued-in-future'
  | 'expired'
  | 'lifetime'
  | 'ended';

/** A passport is refused: 401. No text of it holds the passport. */
export class PassportRefusedError extends Error {
  override readonly name = 'PassportRefusedError';
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(`The passport is refused: ${reason}.`);
    this.reason = reason;
  }
}
