import { DiscoveryService } from '@nestjs/core';
import type { AnyPage } from '../pages/page-content.js';

/** Brings pages of a module's own, served below `pages/`. */
export abstract class PageDefinitions {
  abstract readonly pages: Readonly<Record<string, AnyPage>>;
}

export const DefinesPages = DiscoveryService.createDecorator<{ order: number }>();
