import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { decryptWithKey, DecryptionError, encryptWithKey } from './aes-gcm.js';

/**
 * Keeps an answer in the row of the token that it replaces, readable only to who presents that token: AES-256-GCM under
 * HKDF(token, salt = row id). The server has no key to it, and every node can open it.
 */
export function sealAnswer(answer: unknown, token: string, rowId: string): string {
  const text = JSON.stringify(answer) as string | undefined;
  if (text === undefined) throw new TypeError('the answer is not JSON');
  return encryptWithKey(answerKey(token, rowId), Buffer.from(text, 'utf8'), rowId);
}

/** The answer as JSON has it. Throws DecryptionError for another token or row, and for a changed text. */
export function unsealAnswer(sealed: string, token: string, rowId: string): unknown {
  const text = decryptWithKey(answerKey(token, rowId), sealed, rowId).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new DecryptionError();
  }
}

/** HKDF stretches nothing: the token has to be unguessable (256 bits here). */
function answerKey(token: string, rowId: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', token, rowId, 'castellan:v1:sealed-answer', 32)));
}
