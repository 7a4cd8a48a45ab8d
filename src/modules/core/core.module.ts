import { type DynamicModule, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { FanOut } from '../../shared/fan-out/fan-out.js';
import { Storage } from '../../shared/persistence/storage.js';
import { loadTracing } from '../../shared/tracing/traced.js';
import type { CoreStructure } from './core.module-definition.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  type OPTIONS_TYPE,
} from './core.module-definition.js';
import { type CoreOptions, ResolvedCoreOptions } from './core.options.js';
import { CORE_PROVIDERS } from './core.providers.js';
import { CORE_REPOSITORIES } from './core.repositories.js';
import { JwksController } from './keys/jwks.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { PasswordController, PasswordResetController } from './password/password.controller.js';
import { RegistrationController } from './registration/registration.controller.js';
import { OptionsError, resolveCoreOptions } from './resolve-options.js';
import { AvailabilityController } from './user/availability.controller.js';
import { UserDataController } from './user-data/user-data.controller.js';
import { ProfileController } from './user/profile.controller.js';
import { EmailChangeController, PhoneChangeController } from './verification/address-change.controller.js';
import {
  EmailVerificationController,
  PhoneVerificationController,
} from './verification/verification.controller.js';

const CONTROLLERS = [
  RegistrationController,
  AvailabilityController,
  ProfileController,
  UserDataController,
  PasswordController,
  PasswordResetController,
  EmailVerificationController,
  PhoneVerificationController,
  EmailChangeController,
  PhoneChangeController,
  JwksController,
  PagesController,
];

/** Accounts, passwords, verification, sessions, keys and messages. Global: the other modules and the host inject its services. */
@Module({})
export class CoreModule extends ConfigurableModuleClass implements OnApplicationShutdown, OnModuleInit {
  constructor(
    private readonly storage: Storage,
    private readonly fanOut: FanOut,
  ) {
    super();
  }

  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return assemble(super.forRoot(options), options);
  }

  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return assemble(super.forRootAsync(options), options);
  }

  onModuleInit(): Promise<void> {
    return loadTracing();
  }

  /** The workers have stopped and the server is closed: nobody asks the store any more. */
  onApplicationShutdown(): Promise<void> {
    this.fanOut.close();
    return this.storage.close();
  }
}

function assemble(
  definition: DynamicModule,
  { storage, basePath = '/auth' }: Partial<CoreStructure>,
): DynamicModule {
  if (!storage)
    throw new OptionsError('storage is required: typeormStorage(…), inMemoryStorage() or one of your own.');
  const options = {
    provide: ResolvedCoreOptions,
    inject: [MODULE_OPTIONS_TOKEN],
    useFactory: (given: CoreOptions) => resolveCoreOptions(given, { basePath }),
  };
  const providers = [options, ...CORE_PROVIDERS, ...storage.bind(CORE_REPOSITORIES)];
  return {
    ...definition,
    imports: [...(definition.imports ?? []), DiscoveryModule],
    controllers: CONTROLLERS,
    providers: [...(definition.providers ?? []), ...providers],
    exports: providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
  };
}
