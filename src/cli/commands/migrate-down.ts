import { Storage } from '../../shared/persistence/storage.js';
import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { assertOwnLedger, readMigrations } from '../migrations.js';
import { serviceOf } from '../services.js';
import { UsageError } from '../usage-error.js';

export const migrateDown: Command = {
  name: 'migrate down',
  summary: 'Take back the last migration, or all that came after one',
  notes: 'In one transaction under a lock. What only the migration had a place for is lost.',
  options: {
    to: { value: 'NAME', description: 'the migration that is the last one afterwards' },
    yes: { description: 'needed: data may be lost' },
    json: JSON_OPTION,
  },
  async run(call) {
    if (!call.has('yes')) throw new UsageError('Data may be lost: say --yes.');
    const to = call.value('to');
    const configuration = await call.configuration();
    const reverted = await configuration.use(async (app) => {
      assertOwnLedger(await readMigrations(app));
      return serviceOf(app, Storage, 'core').rollback(to === undefined ? 1 : { to });
    });
    await call.answer(
      { reverted },
      ...reverted.map((name) => `reverted  ${name}`),
      reverted.length > 0 ? `${reverted.length} migrations taken back.` : 'There was nothing to take back.',
    );
    return ExitCode.ok;
  },
};
