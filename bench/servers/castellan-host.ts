/** Somebody's Nest application that mounts Castellan: one route of its own, behind the guard, on the adapter's defaults. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { coreOptionsOf } from '../../src/app/core-options.js';
import { openDatabase } from '../../src/app/database.js';
import { readEnv } from '../../src/app/env/env.js';
import { featuresOf } from '../../src/app/features.js';
import { Authenticated, CastellanModule } from '../../src/index.js';
import { serve } from './serve.js';

@Controller()
class HelloController {
  @Get('hello')
  @Authenticated()
  hello(): object {
    return { hello: 'world' };
  }
}

const env = readEnv();
const { storage, module } = await openDatabase(env, null);

@Module({
  imports: [
    ...(module ? [module] : []),
    CastellanModule.forRoot({
      ...coreOptionsOf(env, { previews: null, redis: null }),
      storage,
      modules: featuresOf(env),
    }),
  ],
  controllers: [HelloController],
})
class HostModule {}

await serve(HostModule);
