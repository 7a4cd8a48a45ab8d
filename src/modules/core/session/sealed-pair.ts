import { DecryptionError } from '../../../shared/crypto/aes-gcm.js';
import { sealAnswer, unsealAnswer } from '../../../shared/crypto/sealed-answer.js';
import type { IssuedPair } from '../login/sign-in-result.js';

/** Seals a pair under the refresh token that it replaces, for the row of that token. */
export function sealPair(
  { sessionId, pair, issuedAt, accessExpiresAt, refreshExpiresAt }: IssuedPair,
  token: string,
  rowId: string,
): string {
  const times = [issuedAt, accessExpiresAt, refreshExpiresAt].map((time) => time.getTime());
  return sealAnswer([sessionId, pair.accessToken, pair.refreshToken, ...times], token, rowId);
}

/** `null` where it cannot be opened. */
export function unsealPair(sealed: string, token: string, rowId: string): IssuedPair | null {
  const [sessionId, accessToken, refreshToken, ...times] = open(sealed, token, rowId);
  const [issuedAt, accessExpiresAt, refreshExpiresAt] = times.map((time) =>
    typeof time === 'number' ? new Date(time) : null,
  );
  if (typeof sessionId !== 'string' || typeof accessToken !== 'string' || typeof refreshToken !== 'string')
    return null;
  if (!issuedAt || !accessExpiresAt || !refreshExpiresAt) return null;
  return { sessionId, pair: { accessToken, refreshToken }, issuedAt, accessExpiresAt, refreshExpiresAt };
}

function open(sealed: string, token: string, rowId: string): readonly unknown[] {
  try {
    const answer = unsealAnswer(sealed, token, rowId);
    return Array.isArray(answer) ? answer : [];
  } catch (error) {
    if (error instanceof DecryptionError) return [];
    throw error;
  }
}
