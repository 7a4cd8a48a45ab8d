export { stateless, StatelessModule, type StatelessModuleStructure } from './stateless.module.js';
export type { StatelessOptions } from './stateless.options.js';
