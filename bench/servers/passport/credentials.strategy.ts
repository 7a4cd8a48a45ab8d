import { Injectable, UnauthorizedException } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { InjectRepository } from '@nestjs/typeorm';
import bcrypt from 'bcrypt';
import { Strategy } from 'passport-local';
import type { Repository } from 'typeorm';
import { Account } from './account.entity.js';

@Injectable()
export class CredentialsStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(Account) private readonly accounts: Repository<Account>) {
    super({ usernameField: 'email' });
  }

  async validate(email: string, password: string): Promise<Account> {
    const account = await this.accounts.findOneBy({ email });
    if (!account || !(await bcrypt.compare(password, account.password))) throw new UnauthorizedException();
    return account;
  }
}
