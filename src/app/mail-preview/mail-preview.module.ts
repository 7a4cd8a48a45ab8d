import { type DynamicModule, Module } from '@nestjs/common';
import { MailPreviewController } from './mail-preview.controller.js';
import { PreviewMailboxes } from './preview-mailboxes.js';

@Module({})
export class MailPreviewModule {
  static forRoot(boxes: PreviewMailboxes): DynamicModule {
    return {
      module: MailPreviewModule,
      controllers: [MailPreviewController],
      providers: [{ provide: PreviewMailboxes, useValue: boxes }],
    };
  }
}
