import {
  type AuditChainReport,
  type AuditFinding,
  type AuditVerification,
  AuditVerifier,
} from '../../modules/audit/index.js';
import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { serviceOf } from '../services.js';

export const auditVerify: Command = {
  name: 'audit verify',
  summary: 'Check the seals of the audit log',
  notes:
    'Exits with 1 where somebody has tampered with it. Runs beside the application where the database is a server.',
  options: { json: JSON_OPTION },
  async run(call) {
    const configuration = await call.configuration();
    const report = await configuration.use((app) => serviceOf(app, AuditVerifier, 'audit').verify());
    await call.answer(report, ...linesOf(report));
    return report.sound ? ExitCode.ok : ExitCode.findings;
  },
};

function linesOf({ sound, chains, strayRecordId }: AuditVerification): string[] {
  return [
    ...chains.map(lineOf),
    ...(strayRecordId === null ? [] : [`no chain has the batch of record ${strayRecordId}`]),
    sound ? 'The audit log is sound.' : 'The audit log has been tampered with.',
  ];
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
