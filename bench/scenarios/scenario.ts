import type { Figures } from '../harness/rounds.js';

/** A figure that the project holds itself to. */
export interface Target {
  readonly text: string;
  /** As it is written in the table. */
  readonly target: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** What a scenario has found out. */
export interface Section {
  readonly title: string;
  /** How it was measured, beyond what all have in common. */
  readonly method: string;
  readonly targets: readonly Target[];
  readonly figures: readonly Figures[];
}

export interface Scenario {
  readonly name: string;
  run(server: string): Promise<Section>;
}

/** @throws where there is none */
export function figure(figures: Figures | undefined): Figures {
  if (!figures) throw new Error('A figure is missing.');
  return figures;
}

export function atLeast(text: string, least: number, measured: number): Target {
  return { text, target: `≥ ${least}`, measured: measured.toFixed(2), holds: measured >= least };
}

export function atMost(text: string, most: number, measured: number, unit = ''): Target {
  return {
    text,
    target: `≤ ${most}${unit}`,
    measured: `${measured.toFixed(most < 10 ? 2 : 0)}${unit}`,
    holds: measured <= most,
  };
}
