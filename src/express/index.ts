export { CastellanExpressAdapter } from './castellan-express.adapter.js';
