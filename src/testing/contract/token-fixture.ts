import { randomUUID } from 'node:crypto';
import type { NewToken } from '../../modules/core/token/token.js';
import { hash, later, MINUTE_MS, NOW } from './contract-store.js';

export function newToken(values: Partial<NewToken> = {}): NewToken {
  return {
    id: randomUUID(),
    userId: null,
    type: 'password_reset',
    subject: randomUUID(),
    token: hash(),
    code: null,
    email: 'Ada@example.com',
    phoneNumber: null,
    payload: { from: 'ada@example.com', nested: { list: [1, null, 'ä'] } },
    expiresAt: later(10 * MINUTE_MS),
    createdAt: NOW,
    ...values,
  };
}
