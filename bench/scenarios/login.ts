import { interleaved, ratio } from '../harness/rounds.js';
import { World } from '../harness/world.js';
import { HASHING } from './pace.js';
import { atLeast, atMost, type Scenario } from './scenario.js';

export const login: Scenario = {
  name: 'login',
  async run(server) {
    const world = await World.create(server, 1_000);
    const [hash, express, fastify] = await interleaved(
      [
        { name: 'bare bcrypt, cost 10', server: await world.other('hash') },
        {
          name: 'Castellan, Express',
          server: await world.standalone({ adapter: 'express' }),
          traffic: world.logins(),
        },
        {
          name: 'Castellan, Fastify',
          server: await world.standalone({ adapter: 'fastify' }),
          traffic: world.logins(),
        },
      ],
      HASHING,
      world.database,
    );
    if (!hash || !express || !fastify) throw new Error('A figure is missing.');
    return {
      title: 'Login',
      method: '',
      figures: [hash, express, fastify],
      targets: [
        atLeast('login / bare hash, Express', 0.97, ratio(express, hash)),
        atLeast('login / bare hash, Fastify', 0.97, ratio(fastify, hash)),
        atMost('event-loop delay p99 meanwhile, Express', 20, express.delayP99Ms, ' ms'),
        atMost('event-loop delay p99 meanwhile, Fastify', 20, fastify.delayP99Ms, ' ms'),
      ],
    };
  },
};
