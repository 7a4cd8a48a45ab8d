import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { AccountData } from './account/account-data.js';
import { AccountLinks } from './account/account-links.js';
import { AccountNotices, OAuthMessages } from './account/account-notices.js';
import { AccountService } from './account/account.service.js';
import { AccountVoiding } from './account/account-voiding.js';
import { AccountsController } from './account/accounts.controller.js';
import { ProviderTokenVault } from './account/provider-token-vault.js';
import { ProviderTokens } from './account/provider-tokens.js';
import { RemainingWaysIn } from './account/remaining-ways.js';
import { RefreshClaims } from './account/refresh-claims.js';
import { TokenRefresh } from './account/token-refresh.js';
import { TokenResealingTask } from './account/token-resealing.task.js';
import { AuthorizationService } from './flow/authorization.service.js';
import { BrowserBinding } from './flow/browser-binding.js';
import { CallbackAddress } from './flow/callback-address.js';
import { CallbackController, FormPostCallbackController } from './flow/callback.controller.js';
import { CallbackService } from './flow/callback.service.js';
import { ExchangeCodes } from './flow/exchange-codes.js';
import { ExchangeService } from './flow/exchange.service.js';
import { FlowCompletion } from './flow/flow-completion.js';
import { FlowResponder } from './flow/flow-responder.js';
import { FlowStart } from './flow/flow-start.js';
import { FormPosts } from './flow/form-posts.js';
import { LinkIntent } from './flow/link-intent.js';
import { OAuthController } from './flow/oauth.controller.js';
import { OAuthStates } from './flow/oauth-states.js';
import { type OAuthOptions, ResolvedOAuthOptions, resolveOAuthOptions } from './oauth.options.js';
import { OAUTH_REPOSITORIES } from './oauth.repositories.js';
import { OAuthProviders } from './provider/oauth-providers.js';
import { loadOpenidClient } from './provider/openid-client.js';
import { ProviderClient } from './provider/provider-client.js';
import { ProviderConfigurations } from './provider/provider-configurations.js';
import { ProviderDocuments } from './provider/provider-documents.js';
import { ProviderNetwork } from './provider/provider-network.js';
import { AccountOwner } from './sign-in/account-owner.js';
import { FederatedSignIn } from './sign-in/federated-sign-in.js';
import { IdentityResolution } from './sign-in/identity-resolution.js';

export interface OAuthModuleStructure {
  /** Which store stands behind the accounts; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: OAuthOptions;
}

const PROVIDERS = [
  OAuthProviders,
  ProviderClient,
  ProviderConfigurations,
  ProviderDocuments,
  ProviderNetwork,
];
const ACCOUNTS = [
  AccountData,
  AccountLinks,
  AccountNotices,
  AccountService,
  AccountVoiding,
  OAuthMessages,
  ProviderTokenVault,
  ProviderTokens,
  RemainingWaysIn,
  RefreshClaims,
  TokenRefresh,
  TokenResealingTask,
];
const SIGN_IN = [AccountOwner, FederatedSignIn, IdentityResolution];
const FLOW = [
  AuthorizationService,
  BrowserBinding,
  CallbackAddress,
  CallbackService,
  ExchangeCodes,
  ExchangeService,
  FlowCompletion,
  FlowResponder,
  FlowStart,
  FormPosts,
  LinkIntent,
  OAuthStates,
];

/** Sign-in by other identity providers. */
@Module({})
export class OAuthModule implements OnModuleInit {
  static forRoot({ storage, options }: OAuthModuleStructure): DynamicModule {
    return {
      module: OAuthModule,
      controllers: [OAuthController, CallbackController, FormPostCallbackController, AccountsController],
      providers: [
        ...storage.bind(OAUTH_REPOSITORIES),
        { provide: ResolvedOAuthOptions, useValue: resolveOAuthOptions(options) },
        ...PROVIDERS,
        ...ACCOUNTS,
        ...SIGN_IN,
        ...FLOW,
      ],
      exports: [AccountService, ProviderTokens],
    };
  }

  onModuleInit(): Promise<void> {
    return loadOpenidClient();
  }
}

/** For `CastellanModule.forRoot({ modules: [oauth({ providers: [google({ … })] })] })`. */
export function oauth(
  options?: OAuthOptions,
): (structure: Pick<OAuthModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => OAuthModule.forRoot({ storage, options });
}
