import { createHash, randomBytes } from 'node:crypto';
import type { AuditLogRecord } from './audit-log.js';

type Personal = Pick<AuditLogRecord, 'ipAddress' | 'userAgent'>;

/** Stands for the personal fields in the seal. With the salt gone, nobody can guess them back. */
export function commitTo(personal: Personal): Pick<AuditLogRecord, 'personalSalt' | 'personalCommitment'> {
  const personalSalt = randomBytes(16).toString('base64url');
  return { personalSalt, personalCommitment: commitment(personalSalt, personal) };
}

/** Whether the personal fields are those that were committed to, or have been erased as a whole. */
export function keepsCommitment(record: AuditLogRecord): boolean {
  return record.personalSalt === null
    ? record.ipAddress === null && record.userAgent === null
    : commitment(record.personalSalt, record) === record.personalCommitment;
}

function commitment(salt: string, { ipAddress, userAgent }: Personal): string {
  return createHash('sha256')
    .update(JSON.stringify([salt, ipAddress, userAgent]))
    .digest('base64url');
}
