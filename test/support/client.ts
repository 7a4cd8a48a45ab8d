import { type CastellanClient, createCastellanClient } from '../../src/client/index.js';
import type { TestApp } from './test-app.js';

/** The typed client of an application; its answers are compared with the OpenAPI document as all others are. */
export function clientOf(app: TestApp, accessToken: () => string | undefined): CastellanClient {
  return createCastellanClient({
    baseUrl: `${app.url}${app.basePath}`,
    accessToken,
    fetch: async (request) => {
      const response = await fetch(request);
      const { status, headers } = response;
      const path = new URL(request.url).pathname;
      const answer = { status, headers, text: '', body: {} as never };
      app.exchanges.push({ method: request.method, path, answer });
      return response;
    },
  });
}
