import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { discovered } from '../extension/discovered.js';
import { DefinesPages, PageDefinitions } from '../extension/page-definitions.js';
import { PAGES, type PageContent } from './page-content.js';

/** Every page by its name: core's and those of the mounted modules. */
@Injectable()
export class PageCatalogue {
  private pages: ReadonlyMap<string, PageContent> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws general.not_found */
  get(name: string): PageContent {
    this.pages ??= new Map([
      ...Object.entries(PAGES),
      ...discovered(this.discovery, DefinesPages, PageDefinitions).flatMap(({ pages }) =>
        Object.entries(pages),
      ),
    ]);
    const page = this.pages.get(name);
    assertThat(page, GeneralErrors.not_found);
    return page;
  }
}
