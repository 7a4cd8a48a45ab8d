import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module.js';
import { NightlySignOut } from './nightly-sign-out.job.js';
import { SupportDesk } from './support-desk.js';

@Module({
  imports: [CustomersModule],
  providers: [SupportDesk, NightlySignOut],
  exports: [SupportDesk, NightlySignOut],
})
export class SupportModule {}
