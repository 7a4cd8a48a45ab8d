import type { MonolithOptions } from '../create-monolith.js';

/** The shop's options, as the environment says: for its main and for the command line alike. */
export function optionsOfEnvironment(): MonolithOptions & { readonly port: number } {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = process.env;
  const port = Number(process.env['PORT'] ?? 3000);
  return {
    port,
    adapter: process.env['HTTP_ADAPTER'] === 'fastify' ? 'fastify' : 'express',
    mode: process.env['AUTH_MODE'] === 'stateless' ? 'stateless' : 'session',
    databaseUrl: process.env['DATABASE_URL'] || undefined,
    dataDirectory: process.env['DATA_DIR'] || '.castellan/monolith',
    github: clientId && clientSecret ? { clientId, clientSecret } : undefined,
    publicUrl: `http://localhost:${port}`,
  };
}
