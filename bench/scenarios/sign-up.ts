import { randomBytes } from 'node:crypto';
import { PASSWORD } from '../harness/bench-database.js';
import { httpRequest, type Traffic } from '../harness/load.js';
import { MailSink } from '../harness/mail-sink.js';
import { interleaved, ratio } from '../harness/rounds.js';
import { World } from '../harness/world.js';
import { HASHING } from './pace.js';
import { atLeast, type Scenario } from './scenario.js';

export const signUp: Scenario = {
  name: 'sign-up',
  async run(server) {
    const world = await World.create(server, 1_000);
    const mail = await MailSink.open();
    try {
      const env = { SMTP_URL: mail.url };
      const figures = await interleaved(
        [
          { name: 'bare bcrypt, cost 10', server: await world.other('hash') },
          {
            name: 'Castellan, Express',
            server: await world.standalone({ adapter: 'express', env }),
            traffic: signUps('/auth/signup', 201),
          },
          {
            name: 'Castellan, Fastify',
            server: await world.standalone({ adapter: 'fastify', env }),
            traffic: signUps('/auth/signup', 201),
          },
          {
            name: 'better-auth, Express',
            server: await world.other('better-auth', { HTTP_ADAPTER: 'express' }),
            traffic: signUps('/api/auth/sign-up/email', 200, { name: 'Ada Lovelace' }),
          },
        ],
        HASHING,
        world.database,
      );
      const [hash, express, fastify] = figures;
      return {
        title: 'Sign-up',
        method:
          'Every request makes an account; Castellan also mails it a link to verify the address, which better-auth does not.',
        figures,
        targets: [
          atLeast('sign-up / bare hash, Express', 0.95, ratio(express, hash)),
          atLeast('sign-up / bare hash, Fastify', 0.95, ratio(fastify, hash)),
        ],
      };
    } finally {
      await mail.close();
    }
  },
};

function signUps(path: string, expected: number, fields: object = {}): Traffic {
  return {
    expected,
    next: () =>
      httpRequest('POST', path, {
        headers: ['Origin: http://localhost'],
        body: { email: `${randomBytes(8).toString('hex')}@example.com`, password: PASSWORD, ...fields },
      }),
  };
}
