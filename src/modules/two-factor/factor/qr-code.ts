import { OptionalPeer } from '../../../shared/peers/optional-peer.js';

const peer = new OptionalPeer('qrcode', 'castellan/two-factor', () => import('qrcode'));

/** When the module starts. @throws MissingPeerError */
export async function loadQrCodes(): Promise<void> {
  await peer.load();
}

/** PNG as a `data:` URL. */
export async function qrCodeOf(text: string): Promise<string> {
  const { toDataURL } = await peer.load();
  return toDataURL(text, { errorCorrectionLevel: 'M' });
}
