import { randomUUID } from 'node:crypto';
import type { Answer } from '../../src/testing/test-client.js';
import type { Operation } from '../support/openapi.js';
import { ACTORS, type Actor, type Letter, readCells } from './actors.js';
import { Fingerprint } from './fingerprint.js';
import type { Plan, Row, Spending } from './row.js';
import { makePlace, type Place, Scene, type Stage } from './scene.js';

/** Refusals that are about the request and not about who sends it: a row with such a one says nothing. */
const BESIDE_THE_POINT = /^core\.(csrf|reauthentication_required|not_found|validation_failed)$/;

interface Cast {
  readonly place: Place;
  readonly scenes: Readonly<Record<Actor, Scene>>;
}

/** How a row went. */
export interface Played {
  readonly cells: Readonly<Record<Actor, string>>;
  /** Tables that are not what they were. */
  readonly changedByTheRefused: readonly string[];
}

/** Plays rows before an application. Whoever is refused acts in one organization that nothing changes; whoever is allowed to change it has one of their own. */
export class Matrix {
  private constructor(
    private readonly stage: Stage,
    private readonly standing: Cast,
    private readonly fingerprint: Fingerprint,
  ) {}

  static async set(stage: Stage): Promise<Matrix> {
    const place = await makePlace(stage);
    const scenes = await eachOf(ACTORS, async (actor) => [actor, await Scene.of(actor, place)] as const);
    const cast = { place, scenes: Object.fromEntries(scenes) as Cast['scenes'] };
    return new Matrix(stage, cast, await Fingerprint.of(stage.app));
  }

  /** What each actor got: the letter of the row, or what came in its place. */
  async play(row: Row, operation: Operation): Promise<Played> {
    const expected = readCells(row.cells);
    const refused = await this.refuse(row, operation, expected);
    const spending = row.spends ?? (operation.method === 'GET' ? 'nothing' : 'organization');
    const allowed = await eachOf(
      ACTORS.filter((actor) => expected[actor] === '+'),
      async (actor) => {
        const scene = await this.sceneFor(actor, spending);
        return [actor, outcomeOf(await this.send(operation, scene, await row.plan(scene)), '+')] as const;
      },
    );
    const cells = Object.fromEntries([...refused.cells, ...allowed]) as Played['cells'];
    return { cells, changedByTheRefused: refused.changed };
  }

  private async refuse(
    row: Row,
    operation: Operation,
    expected: Readonly<Record<Actor, Letter>>,
  ): Promise<{ cells: (readonly [Actor, string])[]; changed: string[] }> {
    const actors = ACTORS.filter((actor) => expected[actor] !== '+');
    const requests = await eachOf(actors, async (actor) => {
      const scene = this.standing.scenes[actor];
      return { actor, scene, plan: await row.plan(scene) };
    });
    if (requests.length === 0) return { cells: [], changed: [] };
    await this.stage.app.drainOutbox();
    const before = await this.look(operation);
    const cells = await eachOf(requests, async ({ actor, scene, plan }) => {
      const answer = await this.send(operation, scene, plan);
      const isTold = answer.status === 404 && !(await this.isHidden(operation, scene, plan, answer));
      return [actor, isTold ? 'told apart' : outcomeOf(answer, expected[actor])] as const;
    });
    const after = await this.look(operation);
    const changed = after.filter(({ sum }, at) => sum !== before[at]?.sum);
    return { cells, changed: changed.map(({ name }) => name) };
  }

  /** What there is; not where a request reads alone. */
  private async look({ method }: Operation): Promise<Awaited<ReturnType<Fingerprint['take']>>> {
    return method === 'GET' ? [] : this.fingerprint.take();
  }

  /** Whether what is there answers like what is not. */
  private async isHidden(
    operation: Operation,
    scene: Scene,
    { params = {}, ...plan }: Plan,
    answer: Answer,
  ): Promise<boolean> {
    const nowhere = Object.fromEntries(Object.keys(params).map((name) => [name, randomUUID()]));
    const twin = await this.send(operation, scene, { ...plan, params: nowhere });
    return twin.status === answer.status && twin.body.code === answer.body.code;
  }

  private async sceneFor(actor: Actor, spending: Spending): Promise<Scene> {
    const { place, scenes } = this.standing;
    if (spending === 'nothing') return scenes[actor];
    if (spending === 'session') return scenes[actor].again();
    if (spending === 'account') return Scene.joined(actor, place);
    return Scene.of(actor, await makePlace(this.stage, actor === 'owner' ? undefined : place.owner));
  }

  private send(
    { method, path }: Operation,
    { actor, me }: Scene,
    { params = {}, query = {}, body, headers, token = actor === 'anonymous' ? undefined : me.access }: Plan,
  ): Promise<Answer> {
    const concrete = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`Nothing stands for {${name}}.`);
      return encodeURIComponent(value);
    });
    const search = new URLSearchParams(query).toString();
    const url = search === '' ? concrete : `${concrete}?${search}`;
    return this.stage.app.root.send(method, url, body, { token, headers });
  }
}

/** One after the other: what is sent to a mailbox is read before the next is. */
async function eachOf<T, R>(items: readonly T[], call: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await call(item));
  return results;
}

const REFUSALS: Readonly<Record<number, Letter>> = { 401: '4', 403: '3', 404: '0', 409: '9' };

/** The letter; with the refusal, where it is not the one that was expected. */
function outcomeOf({ status, body, text }: Answer, expected: Letter): string {
  const letter = status < 400 ? '+' : REFUSALS[status];
  if (letter === '+' || (letter === expected && !BESIDE_THE_POINT.test(body.code))) return letter;
  return `${status} ${body.code ?? text}`;
}
