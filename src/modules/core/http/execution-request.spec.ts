import { describe, expect, it } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import { outlivesCall, requestOf } from './execution-request.js';
import { rememberHandshake } from './socket-handshake.js';

const context = (type: string, ...args: unknown[]): ExecutionContextHost => {
  const host = new ExecutionContextHost(args);
  host.setType(type);
  return host;
};

const credentialIn = (type: string, ...args: unknown[]): unknown =>
  requestOf(context(type, ...args)).headers['authorization'];

const request: HttpRequest = { headers: { authorization: 'Bearer t' }, method: 'POST', url: '/graphql' };

describe(requestOf.name, () => {
  it('is the request of a route', () => {
    expect(requestOf(context('http', request))).toBe(request);
  });

  it.each([
    ['Nest’s drivers', { req: request }],
    ['a context of the host’s', { request }],
    ['Mercurius', { reply: { request } }],
    ['subscriptions of graphql-ws', { extra: { request } }],
  ])('is the request in the GraphQL context of %s', (_name, graphql) => {
    expect(requestOf(context('graphql', null, {}, graphql, {}))).toBe(request);
  });

  it('says what is missing in a GraphQL context', () => {
    expect(() => requestOf(context('graphql', null, {}, undefined, {}))).toThrow(/have it return \{ req \}/);
  });

  it.each([
    ['TCP and Redis', { getMetadata: () => ({ authorization: 'Bearer t' }) }],
    ['NATS', { getHeaders: () => new Map([['authorization', 'Bearer t']]) }],
    ['Kafka', { getMessage: () => ({ headers: { authorization: Buffer.from('Bearer t') } }) }],
    ['RabbitMQ', { getMessage: () => ({ properties: { headers: { authorization: 'Bearer t' } } }) }],
    ['MQTT 5', { getPacket: () => ({ properties: { userProperties: { Authorization: 'Bearer t' } } }) }],
    ['gRPC', { getMap: () => ({ authorization: 'Bearer t' }) }],
  ])('has the credential of a message by %s', (_name, transport) => {
    expect(credentialIn('rpc', 'payload', transport)).toBe('Bearer t');
  });

  it.each([
    [undefined],
    [{}],
    [{ getMetadata: () => undefined }],
    [{ getMetadata: () => ({ authorization: ['Bearer a', 'Bearer b'] }) }],
    [{ getHeaders: () => undefined, getMessage: () => 'text', getPacket: () => null }],
  ])('finds no credential where none is, nor in a payload: %#', (transport) => {
    expect(credentialIn('rpc', { authorization: 'Bearer t' }, transport)).toBeUndefined();
  });

  it('is one request for one message, and another for the next', () => {
    const message = {};
    expect(requestOf(context('rpc', 'a', message))).toBe(requestOf(context('rpc', 'a', message)));
    expect(requestOf(context('rpc', 'a', {}))).not.toBe(requestOf(context('rpc', 'a', message)));
  });

  it('is the handshake of a Socket.IO client, with the token of its `auth`', () => {
    const upgrade = { headers: { cookie: 'c=1' }, url: '/socket.io', socket: { remoteAddress: '192.0.2.1' } };
    const client = { request: upgrade, handshake: { auth: { token: 't' } } };
    expect(requestOf(context('ws', client, {}))).toEqual({
      headers: { cookie: 'c=1', authorization: 'Bearer t' },
      method: 'CONNECT',
      url: '/socket.io',
      socket: { remoteAddress: '192.0.2.1' },
      raw: upgrade,
    });
  });

  it('is what the gateway remembers, with the newest token; unknown sockets are refused', () => {
    const client = {};
    expect(() => requestOf(context('ws', client))).toThrow(/call rememberHandshake/);
    const upgrade = { headers: { authorization: 'Bearer old' } };
    rememberHandshake(client, upgrade);
    expect(credentialIn('ws', client)).toBe('Bearer old');
    rememberHandshake(client, upgrade, 'new');
    expect(credentialIn('ws', client)).toBe('Bearer new');
  });
});

describe(outlivesCall.name, () => {
  it('holds for sockets alone', () => {
    expect(['http', 'graphql', 'rpc', 'ws'].map((type) => outlivesCall(context(type)))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});
