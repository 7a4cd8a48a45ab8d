import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  Client,
  CurrentUser,
  type Principal,
  QueryInput,
  RECENT_PROOF_MS,
} from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { AccountResponse } from './account.dto.js';
import { AccountService } from './account.service.js';

/** `GET me/accounts` and `DELETE me/accounts/{id}`. */
@AuthController('me/accounts', 'OAuth')
export class AccountsController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @Authenticated()
  @ApiOperation({
    operationId: 'oauth_listAccounts',
    summary: 'List one’s accounts at providers',
    description: 'Sortable by `created_at`, `last_used_at` and `provider`.',
  })
  @ApiPage(AccountResponse)
  async list(
    @CurrentUser() principal: Principal,
    @QueryInput() query: ListingQuery,
  ): Promise<Page<AccountResponse>> {
    return mapPage(await this.accounts.list(principal.userId, query), (account) =>
      AccountResponse.from(account),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated({ recentAuthMs: RECENT_PROOF_MS })
  @ApiOperation({
    operationId: 'oauth_unlinkAccount',
    summary: 'Unlink an account at a provider',
    description: 'Within ten minutes of signing in. The last way in stays.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(OAuthErrors.account_not_found, OAuthErrors.last_way_in, GeneralErrors.csrf)
  async unlink(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.accounts.unlink(principal.userId, id, client);
  }
}
