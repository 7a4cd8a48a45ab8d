import { type DynamicModule, Module } from '@nestjs/common';
import { ResolvedCoreOptions } from '../core/index.js';
import { AutoRegistration } from './auto-registration.js';
import { BrowserBinding } from './browser-binding.js';
import { LinkOwners } from './link-owners.js';
import { MagicLinkExchanges } from './magic-link-exchanges.js';
import { MagicLinkMailer } from './magic-link-mailer.js';
import { MagicLinkMessages } from './magic-link-messages.js';
import { MagicLinkPages } from './magic-link-pages.js';
import { MagicLinkProofs } from './magic-link-proofs.js';
import { MagicLinkRequestHandler } from './magic-link-request.handler.js';
import { MagicLinkRequestService } from './magic-link-request.service.js';
import { MagicLinkWayIn } from './magic-link-way-in.js';
import { MagicLinkController } from './magic-link.controller.js';
import {
  type MagicLinkOptions,
  resolveMagicLinkOptions,
  ResolvedMagicLinkOptions,
} from './magic-link.options.js';
import { MagicLinkService } from './magic-link.service.js';

/** Sign-in by a mailed link or its code. */
@Module({})
export class MagicLinkModule {
  static forRoot(given: MagicLinkOptions = {}): DynamicModule {
    return {
      module: MagicLinkModule,
      controllers: [MagicLinkController],
      providers: [
        {
          provide: ResolvedMagicLinkOptions,
          inject: [ResolvedCoreOptions],
          useFactory: (core: ResolvedCoreOptions) => resolveMagicLinkOptions(given, core),
        },
        AutoRegistration,
        BrowserBinding,
        LinkOwners,
        MagicLinkExchanges,
        MagicLinkMailer,
        MagicLinkMessages,
        MagicLinkPages,
        MagicLinkProofs,
        MagicLinkRequestHandler,
        MagicLinkRequestService,
        MagicLinkService,
        MagicLinkWayIn,
      ],
      exports: [MagicLinkRequestService, MagicLinkService],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [magicLink()] })`. */
export function magicLink(options?: MagicLinkOptions): () => DynamicModule {
  return () => MagicLinkModule.forRoot(options);
}
