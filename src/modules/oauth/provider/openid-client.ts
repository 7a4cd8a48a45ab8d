import type * as OpenidClient from 'openid-client';
import { OptionalPeer } from '../../../shared/peers/optional-peer.js';

const peer = new OptionalPeer('openid-client', 'castellan/oauth', () => import('openid-client'));

/** When the module starts. @throws MissingPeerError */
export async function loadOpenidClient(): Promise<void> {
  await peer.load();
}

/** The library, once the module has started. */
export function openidClient(): typeof OpenidClient {
  return peer.module;
}
