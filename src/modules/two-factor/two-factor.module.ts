import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { TWO_FACTOR_PROVIDERS } from './two-factor.providers.js';
import { ChallengeController } from './challenge/challenge.controller.js';
import { EnrolmentController } from './enrolment.controller.js';
import { loadQrCodes } from './factor/qr-code.js';
import { StepUpController } from './step-up.controller.js';
import { TrustedDeviceController } from './trusted-device/trusted-device.controller.js';
import { TwoFactorController } from './two-factor.controller.js';
import { resolveTwoFactorOptions, TwoFactorOptions } from './two-factor.options.js';
import { TwoFactorReset } from './two-factor-reset.service.js';
import { TWO_FACTOR_REPOSITORIES } from './two-factor.repositories.js';

export interface TwoFactorModuleStructure {
  /** Which store stands behind the factors; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: Partial<TwoFactorOptions>;
}

/** Second factors: an authenticator app, codes by text message and email, backup codes, trusted devices. */
@Module({})
export class TwoFactorModule implements OnModuleInit {
  static forRoot({ storage, options }: TwoFactorModuleStructure): DynamicModule {
    return {
      module: TwoFactorModule,
      imports: [DiscoveryModule],
      controllers: [
        ChallengeController,
        EnrolmentController,
        StepUpController,
        TwoFactorController,
        TrustedDeviceController,
      ],
      providers: [
        ...storage.bind(TWO_FACTOR_REPOSITORIES),
        { provide: TwoFactorOptions, useValue: resolveTwoFactorOptions(options) },
        ...TWO_FACTOR_PROVIDERS,
      ],
      exports: [TwoFactorReset],
    };
  }

  onModuleInit(): Promise<void> {
    return loadQrCodes();
  }
}

/** For `CastellanModule.forRoot({ modules: [twoFactor()] })`. */
export function twoFactor(
  options?: Partial<TwoFactorOptions>,
): (structure: Pick<TwoFactorModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => TwoFactorModule.forRoot({ storage, options });
}
