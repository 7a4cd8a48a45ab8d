import { type DynamicModule, Module } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { tokenControllers } from '../core/index.js';
import { BlacklistExpiryTask } from './blacklist-expiry.task.js';
import { Denylist } from './denylist.js';
import { DenylistFeed } from './denylist-feed.js';
import { JwtTokenMinter } from './jwt-token-minter.js';
import { RevocationRecorder } from './revocation-recorder.js';
import { StatelessCredentialResolver } from './stateless-credential.resolver.js';
import { resolveStatelessOptions, StatelessOptions } from './stateless.options.js';
import { STATELESS_REPOSITORIES } from './stateless.repositories.js';

export interface StatelessModuleStructure {
  /** Which store stands behind the denylist; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: Partial<StatelessOptions>;
}

const controllers = tokenControllers('stateless');

/** Stateless mode: access tokens are JWTs and are checked without a query. Excludes `SessionModule`. */
@Module({})
export class StatelessModule {
  static forRoot({ storage, options }: StatelessModuleStructure): DynamicModule {
    return {
      module: StatelessModule,
      controllers,
      providers: [
        ...storage.bind(STATELESS_REPOSITORIES),
        { provide: StatelessOptions, useValue: resolveStatelessOptions(options) },
        JwtTokenMinter,
        StatelessCredentialResolver,
        Denylist,
        DenylistFeed,
        RevocationRecorder,
        BlacklistExpiryTask,
      ],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [stateless()] })`. */
export function stateless(
  options?: Partial<StatelessOptions>,
): (structure: Pick<StatelessModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => StatelessModule.forRoot({ storage, options });
}
