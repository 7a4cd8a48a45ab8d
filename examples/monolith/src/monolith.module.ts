import { type DynamicModule, Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import {
  castellanMigrations,
  CastellanModule,
  type CoreOptions,
  typeormStorage,
} from '../../../src/index.js';
import { CustomersModule } from './customers/customers.module.js';
import { identityModules } from './identity-modules.js';
import { identityOptions } from './identity-options.js';
import { OrdersModule } from './orders/orders.module.js';
import { HostErrorFilter } from './pipeline/host-error.filter.js';
import { TenantGuard } from './pipeline/tenant.guard.js';
import { type Mode, Settings } from './settings/settings.js';
import { SettingsModule } from './settings/settings.module.js';
import { SupportModule } from './support/support.module.js';

export interface MonolithParts {
  readonly settings: Settings;
  readonly mode: Mode;
  /** The module of the host's DataSource. */
  readonly database: DynamicModule;
  /** Options of Castellan that a test sets. */
  readonly overrides?: Partial<CoreOptions>;
}

/** The shop as it was, and Castellan below `/identity`. */
@Module({})
export class MonolithModule {
  static forRoot({ settings, mode, database, overrides }: MonolithParts): DynamicModule {
    return {
      module: MonolithModule,
      imports: [
        SettingsModule.forRoot(settings),
        database,
        CastellanModule.forRootAsync({
          basePath: '/identity',
          storage: typeormStorage({ migrations: castellanMigrations() }),
          modules: identityModules(mode, settings),
          inject: [Settings],
          useFactory: (injected: Settings): CoreOptions => ({ ...identityOptions(injected), ...overrides }),
        }),
        CustomersModule,
        OrdersModule,
        SupportModule,
      ],
      providers: [
        { provide: APP_PIPE, useFactory: () => new ValidationPipe({ whitelist: true, transform: true }) },
        { provide: APP_GUARD, useClass: TenantGuard },
        { provide: APP_FILTER, useClass: HostErrorFilter },
      ],
    };
  }
}
