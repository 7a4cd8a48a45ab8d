import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module.js';
import { NightlySignOut } from './nightly-sign-out.job.js';
import { Staff } from './staff.js';
import { SupportDesk } from './support-desk.js';

@Module({
  imports: [CustomersModule],
  providers: [SupportDesk, Staff, NightlySignOut],
  exports: [SupportDesk, Staff, NightlySignOut],
})
export class SupportModule {}
