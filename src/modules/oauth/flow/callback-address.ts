import { Injectable } from '@nestjs/common';
import { ResolvedCoreOptions } from '../../core/index.js';

/** Where providers send their answers; made of `appUrl` alone, never of a request. */
@Injectable()
export class CallbackAddress {
  constructor(private readonly options: ResolvedCoreOptions) {}

  of(provider: string): string {
    const { appUrl, basePath } = this.options;
    return new URL(`${appUrl}${basePath}/oauth/${provider}/callback`).href;
  }
}
