import {
  type ArgumentsHost,
  Body,
  type CanActivate,
  Catch,
  Controller,
  type DynamicModule,
  type ExceptionFilter,
  Get,
  HttpException,
  type INestApplication,
  Injectable,
  Module,
  Post,
  ValidationPipe,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { AppParts } from '../../src/app/app.module.js';
import { coreOptionsOf } from '../../src/app/core-options.js';
import { featuresOf } from '../../src/app/features.js';
import { CastellanModule } from '../../src/castellan.module.js';
import { Authenticated, CurrentUser, type Principal } from '../../src/modules/core/index.js';

/** Where the host mounts Castellan. */
export const MOUNT_PATH = '/identity';

/** What the host's own routes and errors look like, and what Castellan's must never look like. */
export interface HostError {
  readonly host_error: string;
}

@Injectable()
class HostGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@Catch()
@Injectable()
class HostFilter implements ExceptionFilter<unknown> {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const status = statusOf(exception);
    const body: HostError = {
      host_error: status < 500 && exception instanceof Error ? exception.message : 'fault',
    };
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), body, status);
  }
}

function statusOf(exception: unknown): number {
  if (exception instanceof HttpException) return exception.getStatus();
  const status: unknown =
    typeof exception === 'object' && exception !== null ? Reflect.get(exception, 'statusCode') : undefined;
  return typeof status === 'number' ? status : 500;
}

@Controller('host')
class HostController {
  @Get('open')
  open(): object {
    return { host: 'open' };
  }

  @Post('echo')
  echo(@Body() body: object): object {
    return { host: 'echo', body };
  }

  @Get('closed')
  @Authenticated()
  closed(@CurrentUser() principal: Principal): object {
    return { host: 'closed', user_id: principal.userId };
  }
}

@Module({})
class HostModule {
  static forRoot({ env, storage, database, redis, previews }: AppParts): DynamicModule {
    return {
      module: HostModule,
      controllers: [HostController],
      providers: [
        { provide: APP_GUARD, useClass: HostGuard },
        { provide: APP_FILTER, useClass: HostFilter },
        {
          provide: APP_PIPE,
          useValue: new ValidationPipe({
            transform: true,
            transformOptions: { enableImplicitConversion: true },
          }),
        },
      ],
      imports: [
        ...(database ? [database] : []),
        CastellanModule.forRoot({
          ...coreOptionsOf(env, { previews, redis }),
          storage,
          basePath: MOUNT_PATH,
          modules: featuresOf(env),
        }),
      ],
    };
  }
}

/** An application that is not Castellan's: with a global guard, filter and pipe of its own, and Nest's defaults for everything else. */
export async function createMountedHost(parts: AppParts): Promise<INestApplication> {
  const module = HostModule.forRoot(parts);
  const options = { logger: false, abortOnError: false } as const;
  if (parts.env.HTTP_ADAPTER === 'fastify') {
    const { FastifyAdapter } = await import('@nestjs/platform-fastify');
    return NestFactory.create(module, new FastifyAdapter(), options);
  }
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  return NestFactory.create(module, new ExpressAdapter(), options);
}
