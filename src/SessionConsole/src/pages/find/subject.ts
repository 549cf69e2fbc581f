import { isToken } from '../../api/digest.js';

/** What an operator has to find a session by. */
export type SubjectKind = 'user' | 'sid' | 'token';

/** What a text is by its prefix; a user id has none. */
export function kindOf(text: string): SubjectKind | undefined {
  if (text.startsWith('sst_')) {
    return 'token';
  }
  return text.startsWith('ses_') ? 'sid' : undefined;
}

/** Whether a text can be of a kind. */
export function isOfKind(kind: SubjectKind, text: string): boolean {
  switch (kind) {
    case 'user':
      return text !== '';
    case 'sid':
      return /^ses_[A-Za-z0-9_-]+$/.test(text);
    case 'token':
      return isToken(text);
  }
}
