import { Module } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResolvedCoreOptions } from '../core.options.js';
import { generateSigningKey } from './generated-keys.js';
import { JwksController } from './jwks.controller.js';
import { signingKeyOf } from './key-parsing.js';
import { SigningKeys } from './signing-keys.js';

const signingKeys = new SigningKeys(
  (['ES256', 'EdDSA', 'HS256'] as const).map((algorithm) => signingKeyOf(generateSigningKey(algorithm))),
);

@Module({
  controllers: [JwksController],
  providers: [{ provide: ResolvedCoreOptions, useValue: { signingKeys } }],
})
class KeysModule {}

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])(`${JwksController.name} on %s`, (_name, adapter) => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    app = await NestFactory.create(KeysModule, adapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    url = `${await app.getUrl()}/.well-known/jwks.json`;
  });
  afterAll(() => app.close());

  it('serves the public keys, to be kept for five minutes', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/(jwk-set\+)?json/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('etag')).toBe(signingKeys.jwksEtag);
    const body = (await response.json()) as { keys: Record<string, unknown>[] };
    expect(body.keys.map((jwk) => Object.keys(jwk).sort().join())).toEqual([
      'alg,crv,kid,kty,use,x,y',
      'alg,crv,kid,kty,use,x',
    ]);
  });

  it('answers 304 to who has them', async () => {
    const { jwksEtag } = signingKeys;
    for (const known of [jwksEtag, `W/${jwksEtag}`, `"other", ${jwksEtag}`, '*']) {
      const response = await fetch(url, { headers: { 'if-none-match': known } });
      expect(response.status).toBe(304);
      expect(response.headers.get('etag')).toBe(jwksEtag);
      expect(await response.text()).toBe('');
    }
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });
});
