import type { IncomingMessage } from 'node:http';
import { UseFilters, UseGuards } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { WebSocket } from 'ws';
import {
  Authenticated,
  AuthGuard,
  CurrentUser,
  OptionalAuth,
  type Principal,
  ProblemFilter,
  rememberHandshake,
} from '../../../src/index.js';
import { type Note, Notes } from './notes.js';

interface Reply<T> {
  readonly event: string;
  readonly data: T;
}

/** The credential is checked at every message: after a logout the open socket opens nothing any more. */
@UseFilters(ProblemFilter)
@WebSocketGateway({ path: '/notes' })
export class NotesGateway implements OnGatewayConnection<WebSocket> {
  private readonly handshakes = new WeakMap<WebSocket, IncomingMessage>();

  constructor(private readonly notes: Notes) {}

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    this.handshakes.set(client, request);
    rememberHandshake(client, request);
  }

  /** For browsers that use no cookies, which cannot set a header; and with the new token after each refresh. */
  @SubscribeMessage('authenticate')
  authenticate(@ConnectedSocket() client: WebSocket, @MessageBody() token: unknown): Reply<string> {
    const request = this.handshakes.get(client);
    if (request && typeof token === 'string') rememberHandshake(client, request, token);
    return { event: 'authenticate', data: 'noted' };
  }

  @UseGuards(AuthGuard)
  @OptionalAuth()
  @SubscribeMessage('whoAmI')
  whoAmI(@CurrentUser() principal: Principal | undefined): Reply<string | null> {
    return { event: 'whoAmI', data: principal?.userId ?? null };
  }

  @Authenticated()
  @SubscribeMessage('notes')
  list(@CurrentUser() principal: Principal): Reply<Note[]> {
    return { event: 'notes', data: this.notes.of(principal.userId) };
  }
}
