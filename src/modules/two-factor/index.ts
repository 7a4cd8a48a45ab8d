export type { BackupCodeRecord, NewBackupCode } from './backup-code/backup-code.js';
export { BackupCodeRepository } from './backup-code/backup-code.repository.js';
export { EnrolledTokenResponse, TwoFactorTokenResponse } from './challenge/challenge.dto.js';
export {
  type ConfirmedAddress,
  type ConfirmedTotp,
  type PendingTotp,
  TWO_FACTOR_METHODS,
  type TwoFactorMethod,
  type TwoFactorRecord,
} from './factor/two-factor.js';
export { TwoFactorRepository } from './factor/two-factor.repository.js';
export type { NewTrustedDevice, TrustedDeviceRecord } from './trusted-device/trusted-device.js';
export {
  TrustedDeviceRepository,
  type TrustedDeviceSortField,
} from './trusted-device/trusted-device.repository.js';
export { TwoFactorReset } from './two-factor-reset.service.js';
export { TwoFactorErrors } from './two-factor.errors.js';
export {
  BackupCodesReplaced,
  BackupCodeUsed,
  DeviceTrusted,
  DeviceTrustEnded,
  type SecondFactor,
  TwoFactorCleared,
  TwoFactorDisabled,
  TwoFactorEnabled,
  TwoFactorFailed,
} from './two-factor.events.js';
export { twoFactor, TwoFactorModule, type TwoFactorModuleStructure } from './two-factor.module.js';
export type { TwoFactorOptions, TwoFactorPolicyName } from './two-factor.options.js';
export { TWO_FACTOR_ENTITIES, TWO_FACTOR_REPOSITORIES } from './two-factor.repositories.js';
