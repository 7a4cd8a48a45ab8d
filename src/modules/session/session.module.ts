import { type DynamicModule, Module } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { tokenControllers } from '../core/index.js';
import { OpaqueTokenMinter } from './opaque-token-minter.js';
import { SessionCredentialResolver } from './session-credential.resolver.js';

export interface SessionModuleStructure {
  /** Of core; the sessions themselves are core's. */
  readonly storage: StorageDefinition;
}

const controllers = tokenControllers('session');

/** Session mode: opaque tokens, looked up on every request. Excludes `StatelessModule`. */
@Module({})
export class SessionModule {
  static forRoot(_structure: SessionModuleStructure): DynamicModule {
    return { module: SessionModule, controllers, providers: [OpaqueTokenMinter, SessionCredentialResolver] };
  }
}

/** For `CastellanModule.forRoot({ modules: [session()] })`. */
export function session(): (structure: SessionModuleStructure) => DynamicModule {
  return (structure) => SessionModule.forRoot(structure);
}
