/** What a team writes by hand after the Nest documentation: Passport, bcrypt, JWT, TypeORM. No sessions, no refresh, no lockout, no audit. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountController } from './passport/account.controller.js';
import { Account } from './passport/account.entity.js';
import { BearerStrategy, SECRET } from './passport/bearer.strategy.js';
import { CredentialsStrategy } from './passport/credentials.strategy.js';
import { serve } from './serve.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env['DATABASE_URL'],
      entities: [Account],
      poolSize: 10,
    }),
    TypeOrmModule.forFeature([Account]),
    PassportModule,
    JwtModule.register({ secret: SECRET, signOptions: { expiresIn: '15m' } }),
  ],
  controllers: [AccountController],
  providers: [CredentialsStrategy, BearerStrategy],
})
class AccountModule {}

await serve(AccountModule);
