import { type DynamicModule, Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import {
  CastellanModule,
  type CoreOptions,
  inMemoryStorage,
  rbac,
  session,
  stateless,
} from '../../../src/index.js';
import { NotesGateway } from './notes.gateway.js';
import { NotesMessages } from './notes.messages.js';
import { NotesResolver, NOTES_SCHEMA } from './notes.resolver.js';
import { Notes } from './notes.js';

/** Castellan at /auth, notes over GraphQL, WebSockets and TCP. */
@Module({})
export class BeyondHttpModule {
  static forRoot(mode: 'session' | 'stateless', options: CoreOptions): DynamicModule {
    return {
      module: BeyondHttpModule,
      imports: [
        CastellanModule.forRoot({
          ...options,
          storage: inMemoryStorage(),
          modules: [
            mode === 'session' ? session() : stateless(),
            rbac({ roles: [{ slug: 'auditor', name: 'Auditor', permissions: ['notes:count'] }] }),
          ],
        }),
        GraphQLModule.forRoot<MercuriusDriverConfig>({ driver: MercuriusDriver, typeDefs: NOTES_SCHEMA }),
      ],
      controllers: [NotesMessages],
      providers: [Notes, NotesGateway, NotesResolver],
    };
  }
}
