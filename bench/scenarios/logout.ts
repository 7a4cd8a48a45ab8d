import { httpRequest, type Traffic } from '../harness/load.js';
import { interleaved } from '../harness/rounds.js';
import { STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import type { Scenario } from './scenario.js';

export const logout: Scenario = {
  name: 'logout',
  async run(server) {
    const world = await World.create(server, 1_000, STUBBED_PASSWORD);
    const express = await world.standalone({ adapter: 'express', env: STUBBED_HASH });
    const fastify = await world.standalone({ adapter: 'fastify', env: STUBBED_HASH });
    const figures = await interleaved(
      [
        {
          name: 'node:http + point query',
          server: await world.floor(),
          traffic: { next: () => httpRequest('GET', '/query', { token: 'none' }) },
        },
        { name: 'login and logout in turn, Express', server: express, traffic: inTurn(world) },
        { name: 'login and logout in turn, Fastify', server: fastify, traffic: inTurn(world) },
      ],
      QUICK,
      world.database,
    );
    return {
      title: 'Logout',
      method:
        'A session ends once: each connection signs in (the hash stubbed out) and out, in turn; a request is either.',
      figures,
      targets: [],
    };
  },
};

function inTurn(world: World): Traffic {
  const logins = world.logins();
  const tokens = new Map<number, string>();
  return {
    expected: [200, 204],
    next: (connection) => {
      const token = tokens.get(connection);
      tokens.delete(connection);
      return token === undefined ? logins.next(connection) : httpRequest('POST', '/auth/logout', { token });
    },
    answered: (connection, status, body) => {
      if (status === 200) tokens.set(connection, (JSON.parse(body) as { access_token: string }).access_token);
    },
  };
}
