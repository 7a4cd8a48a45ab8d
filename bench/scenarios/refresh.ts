import { interleaved, ratio } from '../harness/rounds.js';
import { refreshes, sha256, STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import { atLeast, type Scenario } from './scenario.js';

export const refresh: Scenario = {
  name: 'refresh',
  async run(server) {
    const world = await World.create(server, 1_000, STUBBED_PASSWORD);
    const express = await world.standalone({ adapter: 'express', env: STUBBED_HASH });
    const fastify = await world.standalone({ adapter: 'fastify', env: STUBBED_HASH });
    const all = await world.standalone({ adapter: 'fastify', modules: 'all', env: STUBBED_HASH });
    const count = QUICK.connections;
    const chains = async (): Promise<string[]> =>
      (await world.signIn(fastify, count)).map((tokens) => tokens.refresh);
    const rows = await world.database.query<{ id: string }>(
      'SELECT id FROM castellan.sessions WHERE refresh_token = ANY ($1::text[])',
      [(await chains()).map(sha256)],
    );
    const figures = await interleaved(
      [
        {
          name: 'node:http + one transaction',
          server: await world.floor(),
          traffic: refreshes(
            '/refresh',
            rows.map(({ id }) => id),
          ),
        },
        { name: 'Castellan, Express', server: express, traffic: refreshes('/auth/refresh', await chains()) },
        { name: 'Castellan, Fastify', server: fastify, traffic: refreshes('/auth/refresh', await chains()) },
        {
          name: 'Castellan, Fastify, every module',
          server: all,
          traffic: refreshes('/auth/refresh', await chains()),
        },
      ],
      QUICK,
      world.database,
    );
    const [floor, onExpress, onFastify] = figures;
    return {
      title: 'Refresh',
      method: '',
      figures,
      targets: [
        atLeast('refresh / node:http + one transaction, Express', 0.7, ratio(onExpress, floor)),
        atLeast('refresh / node:http + one transaction, Fastify', 0.7, ratio(onFastify, floor)),
      ],
    };
  },
};
