import { type AuditChainReport, type AuditFinding, AuditVerifier } from '../modules/audit/index.js';
import { openDatabase } from './database.js';
import type { Env } from './env/env.js';
import { isMounted } from './features.js';
import { createApp } from './start.js';

/** What `node dist/main.js audit:verify` prints; `sound` decides how it exits. */
export interface AuditVerdict {
  readonly sound: boolean;
  readonly text: string;
}

/** Checks the seals of the audit log, beside a running app too where the database is a server. */
export async function verifyAudit(env: Env): Promise<AuditVerdict> {
  if (!isMounted(env, 'audit')) throw new Error('The module audit is not mounted.');
  const database = await openDatabase(env, null);
  try {
    const app = await createApp({
      env: { ...env, DOCS: false, LOG_LEVEL: 'warn' },
      storage: database.storage,
      database: database.module,
      redis: null,
      previews: null,
    });
    const { sound, chains, strayRecordId } = await app.get(AuditVerifier, { strict: false }).verify();
    const stray = strayRecordId === null ? [] : [`no chain has the batch of record ${strayRecordId}`];
    const lines = [
      ...chains.map(lineOf),
      ...stray,
      sound ? 'The audit log is sound.' : 'The audit log has been tampered with.',
    ];
    await app.close();
    return { sound, text: `${lines.join('\n')}\n` };
  } finally {
    await database.close();
  }
}

function lineOf(chain: AuditChainReport): string {
  const { retention, checkpoints, records, erased, dropped, head, finding } = chain;
  const verdict = finding === null ? `sound, head ${head ?? 'none'}` : wordsOf(finding);
  return `${retention}: ${checkpoints} checkpoints, ${records} records (${erased} erased), ${dropped} batches dropped: ${verdict}`;
}

function wordsOf({ flaw, sequence, recordId }: AuditFinding): string {
  const what = flaw.replaceAll('_', ' ');
  return recordId === null
    ? `${what}, checkpoint ${sequence}`
    : `${what}: ${recordId}, checkpoint ${sequence}`;
}
