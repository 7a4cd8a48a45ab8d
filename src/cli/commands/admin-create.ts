import { randomBytes } from 'node:crypto';
import { AdminCreation } from '../../modules/core/index.js';
import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { readPassword } from '../password-prompt.js';
import { readyForWork, serviceOf } from '../services.js';

export const adminCreate: Command = {
  name: 'admin create',
  summary: 'Make a super admin, whose address you vouch for',
  notes:
    'The password is asked for, or read from the first line of stdin. An address that has an account is refused, and nothing changes.',
  operands: ['EMAIL'],
  options: { generate: { description: 'make a password, and print it' }, json: JSON_OPTION },
  async run(call) {
    const [address = ''] = call.operands;
    const generated = call.has('generate') ? randomBytes(18).toString('base64url') : undefined;
    const configuration = await call.configuration();
    const password = generated ?? (await readPassword(call.terminal));
    const admin = await configuration.use(async (app) => {
      const admins = serviceOf(app, AdminCreation, 'core');
      await readyForWork(app);
      return admins.create(address, password);
    });
    await call.answer(
      { id: admin.id, email: admin.email, password: generated },
      `${admin.email ?? address} is a super admin (${admin.id}).`,
      ...(generated === undefined ? [] : [`Password: ${generated}`]),
    );
    return ExitCode.ok;
  },
};
