import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { discovered } from '../extension/discovered.js';
import { MintsTokens, TokenMinter } from '../extension/token-minter.js';

/** The token minter of the one mounted mode. Both of the modules `session` and `stateless`, or neither, stop the application. */
@Injectable()
export class MountedMinter implements OnModuleInit {
  private minter: TokenMinter | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.current();
  }

  current(): TokenMinter {
    this.minter ??= this.find();
    return this.minter;
  }

  private find(): TokenMinter {
    const [minter, ...others] = discovered(this.discovery, MintsTokens, TokenMinter);
    if (!minter)
      throw new Error('Castellan needs one of the modules "session" and "stateless"; neither is mounted.');
    if (others.length > 0) {
      const modes = [minter, ...others]
        .map(({ mode }) => `"${mode}"`)
        .sort()
        .join(' and ');
      throw new Error(
        `Castellan needs exactly one of the modules "session" and "stateless"; mounted are ${modes}.`,
      );
    }
    return minter;
  }
}
