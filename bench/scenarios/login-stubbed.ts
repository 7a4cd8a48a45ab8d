import { interleaved, ratio } from '../harness/rounds.js';
import { STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import { atLeast, type Scenario } from './scenario.js';

export const loginStubbed: Scenario = {
  name: 'login-stubbed',
  async run(server) {
    const world = await World.create(server, 10_000, STUBBED_PASSWORD);
    const express = await world.standalone({ adapter: 'express', env: STUBBED_HASH });
    const fastify = await world.standalone({ adapter: 'fastify', env: STUBBED_HASH });
    await world.signIn(fastify, 1);
    const recorded = await fastify.recorded(() => world.signIn(fastify, 1));
    const again = await fastify.recorded(() => world.signIn(fastify, 1));
    const floor = await world.floor(recorded, again);
    const figures = await interleaved(
      [
        { name: 'node:http, the same statements', server: floor, traffic: world.logins('/login') },
        { name: 'Castellan, Express', server: express, traffic: world.logins() },
        { name: 'Castellan, Fastify', server: fastify, traffic: world.logins() },
      ],
      QUICK,
      world.database,
    );
    const [least, , onFastify] = figures;
    return {
      title: 'Login with the hash stubbed out',
      method: '',
      figures,
      targets: [
        atLeast(
          'login without the hash / node:http + the same statements, Fastify',
          0.4,
          ratio(onFastify, least),
        ),
      ],
    };
  },
};
