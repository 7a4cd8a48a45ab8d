import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const DESCRIPTION = `Authentication as REST. Errors are problem documents (RFC 9457) with a stable \`code\`.

Sign up, log in, and paste the access token into **Authorize** to call the rest.`;

/** The OpenAPI document of what is mounted; without `appUrl` it names no server. */
export function createOpenApiDocument(app: INestApplication, appUrl?: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Castellan')
    .setDescription(DESCRIPTION)
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token.' })
    .addCookieAuth('__Host-castellan_access', {
      type: 'apiKey',
      in: 'cookie',
      description: 'With TOKEN_TRANSPORT cookie or both.',
    });
  if (appUrl !== undefined) builder.addServer(appUrl);
  return SwaggerModule.createDocument(app, builder.build());
}

/** Serves Swagger UI at `/docs` and the document at `/openapi.json`, everything from this host; made when it is first asked for. */
export function serveDocs(app: INestApplication, document: () => OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Castellan',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
  });
}
