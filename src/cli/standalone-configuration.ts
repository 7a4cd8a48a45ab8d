import { randomBytes } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { appUrlOf } from '../app/core-options.js';
import type { Env } from '../app/env/env.js';
import { openApp } from '../app/open.js';
import { createOpenApiDocument } from '../app/openapi.js';
import { generateKeySet } from '../modules/core/index.js';
import { Configuration, type WorkingApplication } from './configuration.js';

/** The standalone app, as the environment says. */
export class StandaloneConfiguration extends Configuration {
  readonly source = 'the environment';

  constructor(override readonly env: Env) {
    super();
  }

  override open(): Promise<WorkingApplication> {
    return openApp(quiet(this.env), null);
  }

  override async document(): Promise<OpenAPIObject> {
    // The routes depend on the modules alone.
    const opened = await openApp(
      {
        ...quiet(this.env),
        STORE_BACKEND: 'memory',
        DATABASE_URL: null,
        REDIS_URL: null,
        AUTH_SECRETS: `document:${randomBytes(32).toString('base64')}`,
        AUTH_SIGNING_KEYS: generateKeySet('ES256').keys,
      },
      null,
    );
    try {
      return createOpenApiDocument(opened.app, appUrlOf(this.env));
    } finally {
      await opened.close();
    }
  }
}

/** What the log tells of a start is no part of an answer. */
function quiet(env: Env): Env {
  return { ...env, DOCS: false, LOG_LEVEL: env.LOG_LEVEL === 'info' ? 'warn' : env.LOG_LEVEL };
}
