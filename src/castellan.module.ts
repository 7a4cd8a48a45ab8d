import {
  type DynamicModule,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { CoreModule, type CoreOptions } from './modules/core/index.js';
import type { StorageDefinition } from './shared/persistence/storage.js';

/** What every Castellan module is told at import time. */
export interface ModuleStructure {
  readonly storage: StorageDefinition;
}

/** A module that can be listed in `modules`: `session()`, `stateless()` … */
export type CastellanFeature = (structure: ModuleStructure) => DynamicModule;

/** The part of the configuration that decides routes, tables and classes, and so is synchronous. */
export interface CastellanStructure extends ModuleStructure {
  /** Where the routes are mounted. @default '/auth' */
  readonly basePath?: string;
  /** The modules beside core; exactly one of `session()` and `stateless()` is among them. */
  readonly modules: readonly CastellanFeature[];
}

export interface CastellanAsyncOptions extends CastellanStructure, Pick<ModuleMetadata, 'imports'> {
  readonly inject?: InjectionToken[];
  // Nest hands the injected values over in order; their types are the host's.
  readonly useFactory: (...injected: never[]) => CoreOptions | Promise<CoreOptions>;
}

/** Castellan in one import: core, the storage and the listed modules, mounted below `basePath`. */
@Module({})
export class CastellanModule {
  static forRoot(options: CastellanStructure & CoreOptions): DynamicModule {
    const { storage, modules, basePath, ...core } = options;
    return assemble({ storage, modules, basePath }, (structure) =>
      CoreModule.forRoot({ ...core, ...structure }),
    );
  }

  /** As `forRoot`, with the behaviour computed from what the host injects. */
  static forRootAsync(options: CastellanAsyncOptions): DynamicModule {
    const { storage, modules, basePath, imports, inject, useFactory } = options;
    return assemble({ storage, modules, basePath }, (structure) =>
      CoreModule.forRootAsync({
        ...structure,
        imports,
        inject,
        useFactory: useFactory as (...injected: unknown[]) => CoreOptions,
      }),
    );
  }
}

function assemble(
  { storage, modules, basePath = '/auth' }: CastellanStructure,
  core: (structure: { storage: StorageDefinition; basePath: string }) => DynamicModule,
): DynamicModule {
  const features = modules.map((feature) => feature({ storage }));
  const routed: Type[] = [CoreModule, ...features.map((feature) => feature.module)];
  return {
    module: CastellanModule,
    imports: [
      storage.module,
      core({ storage, basePath }),
      ...features,
      RouterModule.register(routed.map((module) => ({ path: basePath, module }))),
    ],
  };
}
