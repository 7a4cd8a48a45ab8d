import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { discovered } from '../extension/discovered.js';
import type { LoginChallenge } from '../extension/login-gate.js';
import { DefinesPages, PageDefinitions } from '../extension/page-definitions.js';
import { type AnyPage, PAGES } from './page-content.js';

/** Every page by its name: core's and those of the mounted modules. */
@Injectable()
export class PageCatalogue {
  private pages: ReadonlyMap<string, AnyPage> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws general.not_found */
  get(name: string): AnyPage {
    const page = this.all().get(name);
    assertThat(page, GeneralErrors.not_found);
    return page;
  }

  /** The name of the page that takes these challenges; `null` where there is none that takes them all. */
  completing(challenges: readonly Pick<LoginChallenge, 'type'>[]): string | null {
    for (const [name, page] of this.all())
      if ('completes' in page && challenges.every(({ type }) => type === page.completes)) return name;
    return null;
  }

  private all(): ReadonlyMap<string, AnyPage> {
    this.pages ??= new Map([
      ...Object.entries<AnyPage>(PAGES),
      ...discovered(this.discovery, DefinesPages, PageDefinitions).flatMap(({ pages }) =>
        Object.entries(pages),
      ),
    ]);
    return this.pages;
  }
}
