import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { type MigrationReport, readMigrations } from '../migrations.js';

export const migrateStatus: Command = {
  name: 'migrate status',
  summary: 'List the migrations that have been applied, that are pending, and that no mounted module knows',
  options: { json: JSON_OPTION },
  async run(call) {
    const configuration = await call.configuration();
    const report = await configuration.use(readMigrations);
    await call.answer(report, ...linesOf(report));
    return ExitCode.ok;
  },
};

function linesOf({ ledger, migrations }: MigrationReport): string[] {
  if (ledger === 'none') return ['The store of this application has no migrations.'];
  const width = Math.max(...migrations.map(({ module }) => (module ?? '?').length));
  const count = (wanted: string): number => migrations.filter(({ state }) => state === wanted).length;
  return [
    ...migrations.map(
      ({ module, name, state }) => `${state.padEnd(7)}  ${(module ?? '?').padEnd(width)}  ${name}`,
    ),
    `${count('applied')} applied, ${count('pending')} pending, ${count('unknown')} unknown${ledger === 'host' ? ', in the application’s own ledger' : ''}.`,
  ];
}
