import { Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AuthGuard } from '@nestjs/passport';
import type { Account } from './account.entity.js';

@Controller()
export class AccountController {
  constructor(private readonly jwt: JwtService) {}

  @Post('login')
  @HttpCode(200)
  @UseGuards(AuthGuard('local'))
  async login(@Req() { user }: { user: Account }): Promise<object> {
    return { access_token: await this.jwt.signAsync({ sub: user.id, email: user.email }) };
  }

  @Get('hello')
  @UseGuards(AuthGuard('jwt'))
  hello(): object {
    return { hello: 'world' };
  }
}
