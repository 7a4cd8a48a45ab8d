import { AccountLifecycleService, type UserRecord, UserRepository } from '../../src/modules/core/index.js';
import {
  type MemberRole,
  MembershipService,
  OrganizationFounding,
  type OrganizationRecord,
} from '../../src/modules/organization/index.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import { freshName, refresh, tokensOf } from '../support/accounts.js';
import type { HostileProvider } from '../support/hostile-provider.js';
import { admit } from '../support/organizations.js';
import type { TestApp } from '../support/test-app.js';
import { type Actor, canAct } from './actors.js';
import { asPerson, makePerson, makeUser, type Person, signIn } from './people.js';
import { Props } from './props.js';

const ROLES: Readonly<Partial<Record<Actor, MemberRole>>> = {
  member: 'member',
  admin: 'admin',
  owner: 'owner',
  removed: 'admin',
  banned: 'owner',
  elsewhere: 'owner',
};

/** What all scenes are played on. */
export interface Stage {
  readonly app: TestApp;
  /** Signs in whoever it is told to. */
  readonly provider: HostileProvider;
}

/** An organization, who owns it, and what is there. */
export interface Place extends Stage {
  readonly organization: OrganizationRecord;
  readonly owner: Person;
  readonly props: Props;
}

/** One actor at one place, and what a request can be about there. */
export class Scene {
  private constructor(
    readonly actor: Actor,
    /** Who asks; of `anonymous`, somebody whose credential is not sent. */
    readonly me: Person,
    private readonly place: Place,
  ) {}

  /** Of the owner: whose the place is. */
  static async of(actor: Actor, place: Place): Promise<Scene> {
    return actor === 'owner' ? new Scene(actor, place.owner, place) : Scene.joined(actor, place);
  }

  /** Somebody new in the part of the actor; an owner is one more. */
  static async joined(actor: Actor, place: Place): Promise<Scene> {
    const { app, organization } = place;
    const user = await makeUser(app, { isSuperAdmin: actor === 'superAdmin' });
    const role = ROLES[actor];
    if (role) await admit(app, organization.id, user.id, role);
    return new Scene(actor, await enter(actor, user, place), place);
  }

  /** The same with a session of its own, for who can have one. */
  async again(): Promise<Scene> {
    if (!canAct(this.actor)) return this;
    // What its tokens say may have changed since.
    const user = await this.app.app.get(UserRepository, { strict: false }).findById(this.me.id);
    const tokens = await signIn(this.app, user ?? this.me.user, this.me.activeId);
    return new Scene(this.actor, { ...this.me, ...tokens }, this.place);
  }

  get app(): TestApp {
    return this.place.app;
  }

  get provider(): HostileProvider {
    return this.place.provider;
  }

  get organization(): OrganizationRecord {
    return this.place.organization;
  }

  get owner(): Person {
    return this.place.owner;
  }

  get props(): Props {
    return this.place.props;
  }

  /** Somebody new who has to do with nothing here. */
  outsider(fields?: Parameters<typeof makePerson>[1]): Promise<Person> {
    return makePerson(this.app, fields);
  }

  /** Who asks; where they cannot act, somebody in their place, for what has to be set up before the request. */
  self(): Promise<Person> {
    return canAct(this.actor) ? Promise.resolve(this.me) : this.outsider();
  }
}

/** A new organization. */
export async function makePlace({ app, provider }: Stage, founder?: Person): Promise<Place> {
  const owner = founder ?? (await makePerson(app));
  const organization = await found(app, owner.id);
  return { app, provider, organization, owner, props: new Props(app, organization.id, owner) };
}

async function found(app: TestApp, ownerId: string): Promise<OrganizationRecord> {
  const request = { name: 'Engines', slug: freshName('org-') };
  const actor = { actorId: ownerId, client: SYSTEM_CLIENT };
  return app.app.get(OrganizationFounding, { strict: false }).found(ownerId, request, actor);
}

/** Signs the account in, and lets happen to it what makes it the actor. */
async function enter(actor: Actor, user: UserRecord, { app, organization, owner }: Place): Promise<Person> {
  if (actor === 'elsewhere') {
    const { id: activeId } = await found(app, user.id);
    return { ...asPerson(user, await signIn(app, user, activeId)), activeId };
  }
  if (actor === 'otherOwner') await found(app, user.id);
  const tokens = await signIn(app, user, actor === 'removed' ? organization.id : undefined);
  if (actor === 'banned')
    await app.app
      .get(AccountLifecycleService, { strict: false })
      .ban(user.id, { reason: 'Spam' }, SYSTEM_CLIENT);
  if (actor !== 'removed') return asPerson(user, tokens);
  await app.app
    .get(MembershipService, { strict: false })
    .remove(owner.id, organization.id, user.id, SYSTEM_CLIENT);
  // Stateless access tokens from before are refused: what counts is what the next one may.
  return asPerson(user, tokensOf(await refresh(app, tokens.refresh)));
}
