import type { Command } from './command.js';
import { adminCreate } from './commands/admin-create.js';
import { auditVerify } from './commands/audit-verify.js';
import { doctor } from './commands/doctor.js';
import { keysGenerate } from './commands/keys-generate.js';
import { keysRotate } from './commands/keys-rotate.js';
import { migrateDown } from './commands/migrate-down.js';
import { migrateStatus } from './commands/migrate-status.js';
import { migrateUp } from './commands/migrate-up.js';
import { openapi } from './commands/openapi.js';
import { usersExport } from './commands/users-export.js';
import { usersImport } from './commands/users-import.js';

export const COMMANDS: readonly Command[] = [
  doctor,
  migrateStatus,
  migrateUp,
  migrateDown,
  keysGenerate,
  keysRotate,
  adminCreate,
  usersImport,
  usersExport,
  auditVerify,
  openapi,
];
