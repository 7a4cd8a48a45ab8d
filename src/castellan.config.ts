import type { INestApplication, NestApplicationOptions } from '@nestjs/common';

/** An application that is made and neither migrated nor started. */
export interface OpenApplication {
  readonly app: INestApplication;
  /** @default `app.close()` */
  readonly close?: () => Promise<void>;
}

/** What `castellan.config.js` of a host exports as its default, so that the command line `castellan` works on the application that mounts Castellan. */
export interface CastellanConfig {
  /**
   * Makes the application as the host's `main` does, and neither migrates nor listens. `options` belong to `NestFactory.create`: `castellan openapi` has
   * no provider made (`preview`), and so needs no database.
   */
  readonly open: (options: NestApplicationOptions) => Promise<OpenApplication>;
}
