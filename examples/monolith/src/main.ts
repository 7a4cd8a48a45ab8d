import { createMonolith } from './create-monolith.js';
import { optionsOfEnvironment } from './settings/environment.js';

const options = optionsOfEnvironment();
const { app, close } = await createMonolith(options);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void close().then(() => process.exit(0)));
await app.listen(options.port);
process.stdout.write(
  `The shop listens on http://localhost:${options.port}: its own API below /api, Castellan below /identity.\n`,
);
