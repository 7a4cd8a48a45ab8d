// A host of the packed package. One source, compiled as an ES module for Nest 12 and as CommonJS for Nest 11.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Controller, type DynamicModule, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Authenticated,
  type CastellanFeature,
  CastellanModule,
  CurrentUser,
  generateSigningKey,
  inMemoryStorage,
  KeyRing,
  type MailSender,
  type Principal,
  signingKeyOf,
  SigningKeys,
  type StorageDefinition,
} from 'castellan';
import { createCastellanClient } from 'castellan/client';
import { CastellanExpressAdapter } from 'castellan/express';

@Controller('notes')
class NotesController {
  @Authenticated()
  @Get()
  list(@CurrentUser() principal: Principal): { owner: string } {
    return { owner: principal.userId };
  }
}

@Module({ controllers: [NotesController] })
class HostModule {}

export interface Parts {
  readonly modules: readonly CastellanFeature[];
  readonly storage?: StorageDefinition;
  readonly imports?: readonly DynamicModule[];
  readonly mailSender?: MailSender;
}

/** Fails where the host does not start. */
export function createHost({ modules, storage, imports = [], mailSender }: Parts): Promise<INestApplication> {
  const castellan = CastellanModule.forRoot({
    appUrl: 'https://app.example.com',
    secrets: KeyRing.parse(`k1:${randomBytes(32).toString('base64')}`),
    signingKeys: new SigningKeys([signingKeyOf(generateSigningKey('ES256'))]),
    storage: storage ?? inMemoryStorage(),
    mailSender,
    modules,
  });
  return NestFactory.create(
    { module: HostModule, imports: [...imports, castellan] },
    new CastellanExpressAdapter(),
    { logger: false, abortOnError: false },
  );
}

/** Signs up and in by the typed client, calls a route of the host's, looks at what else there is, and stops. */
export async function useHost(
  app: INestApplication,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  let token: string | undefined;
  const client = createCastellanClient({ baseUrl: `${url}/auth`, accessToken: () => token });
  const credentials = { email: 'ada@example.com', password: 'a gatehouse of 7 towers' };
  const signedUp = await client.POST('/signup', { body: credentials });
  if (signedUp.error) throw new Error(signedUp.error.code);
  const { data } = await client.POST('/login', { body: credentials });
  if (data?.status !== 'authenticated') throw new Error('The login was refused.');
  const notes = async (headers: Record<string, string>): Promise<unknown> => {
    const response = await fetch(`${url}/notes`, { headers });
    return response.status === 200 ? response.json() : response.status;
  };
  token = data.access_token;
  const mine = JSON.stringify(await notes({ authorization: `Bearer ${token}` }));
  if (mine !== JSON.stringify({ owner: data.user.id })) throw new Error(`The route answered ${mine}.`);
  if ((await notes({})) !== 401) throw new Error('The route is open to everybody.');
  await look();
  await app.close();
}

/** Fails unless the work is refused with these words. */
export async function expectRefusal(words: string, work: () => Promise<unknown>): Promise<void> {
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !error.message.includes(words))
    throw new Error(`Expected "${words}", and got ${String(error)}`);
}
