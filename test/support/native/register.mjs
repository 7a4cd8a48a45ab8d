import { register } from 'node:module';
import '@swc-node/register/esm-register';

register('./hooks.mjs', import.meta.url);
