import type { Provider } from '@nestjs/common';
import { BackupCodeCheck } from './backup-code/backup-code-check.js';
import { backupCodeHasher } from './backup-code/backup-code-hasher.js';
import { BackupCodeRenewal } from './backup-code/backup-code-renewal.js';
import { BackupCodeUses } from './backup-code/backup-code-uses.js';
import { BackupCodesService } from './backup-code/backup-codes.service.js';
import { ChallengeEnrolmentService } from './challenge/challenge-enrolment.service.js';
import { ChallengeResponder } from './challenge/challenge.responder.js';
import { ChallengeService } from './challenge/challenge.service.js';
import { TwoFactorChallenges } from './challenge/challenges.js';
import { TwoFactorGate } from './challenge/two-factor.gate.js';
import { CredentialVoiding } from './credential-voiding.js';
import { FactorActivation } from './factor/factor-activation.js';
import { FactorCheck } from './factor/factor-check.js';
import { FactorCodes } from './factor/factor-codes.js';
import { FactorData } from './factor/factor-data.js';
import { FactorRemoval } from './factor/factor-removal.js';
import { SecretRenewalTask } from './factor/secret-renewal.task.js';
import { SentCodeEnrolmentService } from './factor/sent-code-enrolment.service.js';
import { SentCodes } from './factor/sent-codes.js';
import { TotpCheck } from './factor/totp-check.js';
import { TotpEnrolmentService } from './factor/totp-enrolment.service.js';
import { TotpSecrets } from './factor/totp-secrets.js';
import { UserFactors } from './factor/user-factors.js';
import { OwnEnrolment } from './own-enrolment.js';
import { OwnFactors } from './own-factors.js';
import { OwnershipProof } from './ownership-proof.js';
import { StepUpService } from './step-up.service.js';
import { TwoFactorPages } from './page/two-factor-pages.js';
import { OwnDevices } from './trusted-device/own-devices.js';
import { TrustedDeviceData } from './trusted-device/trusted-device-data.js';
import { TrustedDevicesService } from './trusted-device/trusted-devices.service.js';
import { TwoFactorDeletionStep } from './two-factor-deletion.step.js';
import { TwoFactorExpiryTask } from './two-factor-expiry.task.js';
import { TwoFactorNotices } from './two-factor-notices.js';
import { TwoFactorRequirement } from './two-factor-requirement.js';
import { TwoFactorReset } from './two-factor-reset.service.js';
import { TwoFactorStatus } from './two-factor-status.js';
import { TwoFactorMessages } from './two-factor.messages.js';
import { TwoFactorService } from './two-factor.service.js';

const FACTORS = [
  FactorActivation,
  FactorCheck,
  FactorCodes,
  FactorRemoval,
  SecretRenewalTask,
  SentCodeEnrolmentService,
  SentCodes,
  TotpCheck,
  TotpEnrolmentService,
  TotpSecrets,
  UserFactors,
];
const BACKUP_CODES = [
  backupCodeHasher,
  BackupCodeCheck,
  BackupCodeRenewal,
  BackupCodesService,
  BackupCodeUses,
];
const CHALLENGES = [
  ChallengeEnrolmentService,
  ChallengeResponder,
  ChallengeService,
  TwoFactorChallenges,
  TwoFactorGate,
];
const DEVICES = [OwnDevices, TrustedDevicesService];
const OWN = [OwnEnrolment, OwnFactors, OwnershipProof, StepUpService, TwoFactorService, TwoFactorStatus];
const ACCOUNTS = [
  FactorData,
  TrustedDeviceData,
  CredentialVoiding,
  TwoFactorDeletionStep,
  TwoFactorExpiryTask,
  TwoFactorReset,
];

/** Everything of the module but its options and repositories. */
export const TWO_FACTOR_PROVIDERS: Provider[] = [
  TwoFactorMessages,
  TwoFactorNotices,
  TwoFactorPages,
  TwoFactorRequirement,
  ...FACTORS,
  ...BACKUP_CODES,
  ...CHALLENGES,
  ...DEVICES,
  ...OWN,
  ...ACCOUNTS,
];
