import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuthBackupCode } from './backup-code/auth-backup-code.entity.js';
import { BackupCodeRepository } from './backup-code/backup-code.repository.js';
import { InMemoryBackupCodeRepository } from './backup-code/in-memory-backup-code.repository.js';
import { TypeOrmBackupCodeRepository } from './backup-code/typeorm-backup-code.repository.js';
import { AuthTwoFactor } from './factor/auth-two-factor.entity.js';
import { InMemoryTwoFactorRepository } from './factor/in-memory-two-factor.repository.js';
import { TwoFactorRepository } from './factor/two-factor.repository.js';
import { TypeOrmTwoFactorRepository } from './factor/typeorm-two-factor.repository.js';
import { AuthTrustedDevice } from './trusted-device/auth-trusted-device.entity.js';
import { InMemoryTrustedDeviceRepository } from './trusted-device/in-memory-trusted-device.repository.js';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository.js';
import { TypeOrmTrustedDeviceRepository } from './trusted-device/typeorm-trusted-device.repository.js';

/** The tables of the module. */
export const TWO_FACTOR_ENTITIES = [AuthTwoFactor, AuthBackupCode, AuthTrustedDevice];

/** The ports of the module and what ships for each. */
export const TWO_FACTOR_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: TwoFactorRepository, typeorm: TypeOrmTwoFactorRepository, memory: InMemoryTwoFactorRepository },
  { port: BackupCodeRepository, typeorm: TypeOrmBackupCodeRepository, memory: InMemoryBackupCodeRepository },
  {
    port: TrustedDeviceRepository,
    typeorm: TypeOrmTrustedDeviceRepository,
    memory: InMemoryTrustedDeviceRepository,
  },
];
