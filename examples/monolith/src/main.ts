import { createMonolith } from './create-monolith.js';

const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = process.env;
const port = Number(process.env['PORT'] ?? 3000);
const { app, close } = await createMonolith({
  adapter: process.env['HTTP_ADAPTER'] === 'fastify' ? 'fastify' : 'express',
  mode: process.env['AUTH_MODE'] === 'stateless' ? 'stateless' : 'session',
  databaseUrl: process.env['DATABASE_URL'] || undefined,
  dataDirectory: process.env['DATA_DIR'] || '.castellan/monolith',
  github: clientId && clientSecret ? { clientId, clientSecret } : undefined,
  publicUrl: `http://localhost:${port}`,
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void close().then(() => process.exit(0)));
await app.listen(port);
process.stdout.write(
  `The shop listens on http://localhost:${port}: its own API below /api, Castellan below /identity.\n`,
);
