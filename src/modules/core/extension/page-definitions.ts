import { DiscoveryService } from '@nestjs/core';
import type { PageContent } from '../pages/page-content.js';

/** Brings pages of a module's own, served below `pages/`. */
export abstract class PageDefinitions {
  abstract readonly pages: Readonly<Record<string, PageContent>>;
}

export const DefinesPages = DiscoveryService.createDecorator<{ order: number }>();
