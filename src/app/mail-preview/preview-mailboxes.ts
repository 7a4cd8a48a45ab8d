import { Logger } from '@nestjs/common';
import { InMemoryMailSender, InMemorySmsSender } from '../../modules/core/index.js';

/** Where mail and text messages go in development: the log says so, and the preview page shows them. */
export class PreviewMailboxes {
  private readonly logger = new Logger('Mail');
  readonly mail = new InMemoryMailSender(200, (message) =>
    this.logger.log(`${message.template} to ${message.to}: see /mail`),
  );
  readonly sms = new InMemorySmsSender(200, (message) =>
    this.logger.log(`${message.purpose} to ${message.to}: see /mail`),
  );
}
