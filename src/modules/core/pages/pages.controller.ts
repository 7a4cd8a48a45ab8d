import { Get, Header, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Public } from '../http/public.decorator.js';
import { PageCatalogue } from './page-catalogue.js';
import { renderPage } from './render-page.js';

/** The pages that links in messages lead to, where the host has none of its own (`links`). */
@AuthController('pages', 'Pages')
@Public()
export class PagesController {
  constructor(
    private readonly pages: PageCatalogue,
    private readonly options: ResolvedCoreOptions,
  ) {}

  @Get(':page')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @Header('Referrer-Policy', 'no-referrer')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('X-Frame-Options', 'DENY')
  @ApiOperation({
    operationId: 'core_getPage',
    summary: 'Show a page that a link leads to',
    description:
      'The token stays in the fragment of the address: opening a page consumes nothing, its button does.',
    security: [],
  })
  @ApiParam({ name: 'page', example: 'reset-password' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string', example: '<!doctype html>' } })
  @ApiProblems(GeneralErrors.not_found)
  show(@Param('page') page: string, @Res({ passthrough: true }) response: HttpResponse): string {
    const { html, policy } = renderPage(this.pages.get(page), this.options.serviceName);
    setHeader(response, 'Content-Security-Policy', policy);
    return html;
  }
}
