import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import type { CoreOptions } from './core.options.js';

/** What decides routes, tables and classes, and so has to be known at import time. */
export interface CoreStructure {
  /** Which store stands behind the repositories: `typeormStorage(…)`, `inMemoryStorage()` or the host's own. */
  readonly storage: StorageDefinition;
  /** Where the routes are mounted. @default '/auth' */
  readonly basePath: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<CoreOptions>({ moduleName: 'CastellanCore' })
    .setClassMethodName('forRoot')
    .setExtras<Partial<CoreStructure>>({}, (definition) => ({ ...definition, global: true }))
    .build();
