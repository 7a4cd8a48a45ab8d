// For `npx castellan --config host.config.mjs`: the host as it is compiled.
import { session } from 'castellan/session';
import { createHost } from './out/app.js';

/** @type {import('castellan').CastellanConfig} */
export default { open: async () => ({ app: await createHost({ modules: [session()] }) }) };
