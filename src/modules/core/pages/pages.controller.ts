import { Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Public } from '../http/public.decorator.js';
import { PAGE_POLICY } from './page-assets.js';
import { PAGES } from './page-content.js';
import { renderPage } from './render-page.js';

/** The pages that links in messages lead to, where the host has none of its own (`links`). */
@AuthController('pages', 'Pages')
@Public()
export class PagesController {
  constructor(private readonly options: ResolvedCoreOptions) {}

  @Get(':page')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', PAGE_POLICY)
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
  @ApiParam({ name: 'page', enum: Object.keys(PAGES) })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string', example: '<!doctype html>' } })
  @ApiProblems(GeneralErrors.not_found)
  show(@Param('page') page: string): string {
    return this.render(page);
  }

  private render(name: string): string {
    const page = Object.hasOwn(PAGES, name) ? PAGES[name] : undefined;
    assertThat(page, GeneralErrors.not_found);
    return renderPage(page, this.options.serviceName);
  }
}
