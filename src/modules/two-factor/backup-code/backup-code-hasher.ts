import type { FactoryProvider } from '@nestjs/common';
import { DefaultPasswordHasher, PasswordHasher, ResolvedCoreOptions } from '../../core/index.js';

/** Hashes backup codes with bcrypt, whatever passwords are hashed with. This class is the DI token. */
export abstract class BackupCodeHasher extends PasswordHasher {}

/** The very hasher of passwords where that writes bcrypt, so that there is one queue. */
export const backupCodeHasher: FactoryProvider<PasswordHasher> = {
  provide: BackupCodeHasher,
  inject: [ResolvedCoreOptions, PasswordHasher],
  useFactory: ({ password }: ResolvedCoreOptions, hasher: PasswordHasher) =>
    password.algorithm === 'bcrypt'
      ? hasher
      : new DefaultPasswordHasher({ ...password, algorithm: 'bcrypt' }),
};
