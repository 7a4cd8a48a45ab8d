import { type DynamicModule, Module } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { tokenControllers } from '../core/index.js';
import { OpaqueTokenMinter } from './opaque-token-minter.js';
import { SessionCache } from './session-cache.js';
import { SessionCredentialResolver } from './session-credential.resolver.js';
import {
  resolveSessionModeOptions,
  type SessionCacheOptions,
  SessionModeOptions,
} from './session.options.js';

export interface SessionModuleStructure {
  /** Of core; the sessions themselves are core's. */
  readonly storage: StorageDefinition;
  readonly options?: SessionModuleOptions;
}

/** Options of `session()`. */
export interface SessionModuleOptions {
  /** Session checks in memory. @default none */
  readonly cache?: Partial<SessionCacheOptions>;
}

const controllers = tokenControllers('session');

/** Session mode: opaque tokens, looked up on every request. Excludes `StatelessModule`. */
@Module({})
export class SessionModule {
  static forRoot({ options = {} }: SessionModuleStructure): DynamicModule {
    return {
      module: SessionModule,
      controllers,
      providers: [
        { provide: SessionModeOptions, useValue: resolveSessionModeOptions(options) },
        OpaqueTokenMinter,
        SessionCache,
        SessionCredentialResolver,
      ],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [session()] })`. */
export function session(
  options?: SessionModuleOptions,
): (structure: Pick<SessionModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => SessionModule.forRoot({ storage, options });
}
