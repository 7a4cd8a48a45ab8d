import { Delete, Get, HttpCode, Param, Res, type Type } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { QueryInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import type { TokenMinter } from '../extension/token-minter.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Authenticated } from '../http/authenticated.decorator.js';
import { Client } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { SessionResponse } from './session.dto.js';
import { SessionService } from './session.service.js';

/** `GET sessions`, `DELETE sessions` and `DELETE sessions/{id}` of a mode. */
export function sessionsController(mode: TokenMinter['mode']): Type<object> {
  @AuthController('sessions', 'Sessions')
  class SessionsController {
    constructor(
      private readonly sessions: SessionService,
      private readonly responder: SignInResponder,
    ) {}

    @Get()
    @Authenticated()
    @ApiOperation({
      operationId: `${mode}_listSessions`,
      summary: 'List one’s sessions',
      description: 'Living ones, one entry a login. Sortable by `created_at`, `expires_at` and `ip_address`.',
    })
    @ApiPage(SessionResponse)
    async list(
      @CurrentUser() principal: Principal,
      @QueryInput() query: ListingQuery,
    ): Promise<Page<SessionResponse>> {
      const page = await this.sessions.list(principal.userId, query);
      return mapPage(page, (family) => SessionResponse.from(family, principal.sessionId));
    }

    @Delete()
    @HttpCode(204)
    @Authenticated()
    @ApiOperation({
      operationId: `${mode}_revokeOtherSessions`,
      summary: 'End all other sessions',
      description: 'This one goes on.',
    })
    @ApiNoContentResponse()
    @ApiProblems(GeneralErrors.csrf)
    async revokeOthers(@CurrentUser() principal: Principal, @Client() client: ClientInfo): Promise<void> {
      await this.sessions.revokeAll(principal.userId, 'user_revoke_all', client, {
        except: principal.sessionId ?? undefined,
      });
    }

    @Delete(':id')
    @HttpCode(204)
    @Authenticated()
    @ApiOperation({
      operationId: `${mode}_revokeSession`,
      summary: 'End one of one’s sessions',
    })
    @ApiParam({ name: 'id', format: 'uuid' })
    @ApiNoContentResponse()
    @ApiProblems(CoreErrors.session_not_found, GeneralErrors.csrf)
    async revoke(
      @Param('id') id: string,
      @CurrentUser() principal: Principal,
      @Client() client: ClientInfo,
      @Res({ passthrough: true }) response: HttpResponse,
    ): Promise<void> {
      await this.sessions.revoke(principal.userId, id, 'user_revoke', client);
      if (id.toLowerCase() === principal.sessionId) this.responder.clear(response);
    }
  }
  return SessionsController;
}
