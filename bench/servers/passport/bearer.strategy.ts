import { Injectable, UnauthorizedException } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { InjectRepository } from '@nestjs/typeorm';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Repository } from 'typeorm';
import { Account } from './account.entity.js';

export const SECRET = 'a secret of the benchmarks, longer than thirty-two characters';

/** The account is read at each request, as most do it who want a deleted one to be out. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(Account) private readonly accounts: Repository<Account>) {
    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: SECRET });
  }

  async validate({ sub }: { sub: string }): Promise<Account> {
    const account = await this.accounts.findOneBy({ id: sub });
    if (!account) throw new UnauthorizedException();
    return account;
  }
}
