import { Storage } from '../../shared/persistence/storage.js';
import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { assertOwnLedger, readMigrations } from '../migrations.js';
import { serviceOf } from '../services.js';

export const migrateUp: Command = {
  name: 'migrate up',
  summary: 'Run the migrations that are pending',
  notes: 'In one transaction under a lock: several at once do it once, and a failure changes nothing.',
  options: { json: JSON_OPTION },
  async run(call) {
    const configuration = await call.configuration();
    const applied = await configuration.use(async (app) => {
      assertOwnLedger(await readMigrations(app));
      return serviceOf(app, Storage, 'core').migrate();
    });
    await call.answer(
      { applied },
      ...applied.map((name) => `applied  ${name}`),
      applied.length > 0 ? `${applied.length} migrations applied.` : 'Nothing was pending.',
    );
    return ExitCode.ok;
  },
};
