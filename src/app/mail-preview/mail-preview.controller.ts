import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type InMemoryMailSender, type InMemorySmsSender, Public } from '../../modules/core/index.js';
import { AuthError } from '../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../shared/errors/general.errors.js';
import { PreviewMailboxes } from './preview-mailboxes.js';
import { renderPreview } from './mail-preview.page.js';

/** Nothing that a message contains may run or load. */
const MESSAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups";
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** Shows what would have been sent. Mounted outside production only, and only where no real sender is configured. */
@ApiExcludeController()
@Public()
@Controller('mail')
export class MailPreviewController {
  constructor(private readonly boxes: PreviewMailboxes) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', PAGE_POLICY)
  page(): string {
    return renderPreview(this.boxes.mail.messages, this.boxes.sms.messages);
  }

  @Get('messages')
  messages(): { mail: InMemoryMailSender['messages']; sms: InMemorySmsSender['messages'] } {
    return { mail: this.boxes.mail.messages, sms: this.boxes.sms.messages };
  }

  @Get(':id')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', MESSAGE_POLICY)
  message(@Param('id') id: string): string {
    const found = this.boxes.mail.messages.find((message) => message.id === id);
    if (!found) throw new AuthError(GeneralErrors.not_found);
    return found.html;
  }
}
