import type { NestApplicationOptions } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { InitializeOnPreviewAllowlist } from '@nestjs/core/inspector/initialize-on-preview.allowlist.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { CastellanConfig } from '../castellan.config.js';
import { createOpenApiDocument } from '../app/openapi.js';
import { Configuration, type WorkingApplication } from './configuration.js';

/** An application that mounts Castellan, as its `castellan.config.js` makes it. */
export class HostConfiguration extends Configuration {
  readonly env = null;

  constructor(
    readonly source: string,
    private readonly config: CastellanConfig,
  ) {
    super();
  }

  override open(): Promise<WorkingApplication> {
    return this.make({ logger: ['fatal', 'error', 'warn'] });
  }

  override async document(): Promise<OpenAPIObject> {
    // It needs none of the application's providers, and without it the routes would have lost where they are mounted.
    InitializeOnPreviewAllowlist.add(RouterModule);
    const opened = await this.make({ preview: true, logger: ['fatal', 'error'] });
    try {
      return createOpenApiDocument(opened.app);
    } finally {
      await opened.close();
    }
  }

  private async make(options: NestApplicationOptions): Promise<WorkingApplication> {
    const opened = await this.config.open({ abortOnError: false, ...options });
    return {
      app: opened.app,
      close: async () => (opened.close ? opened.close() : opened.app.close()),
    };
  }
}
