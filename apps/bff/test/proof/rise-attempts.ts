import { listPermissions, type Permission, type Role, type SystemRole, type User } from '@lyss/api-types';
import type { Answer, TestApp, TestPerson } from '../app.ts';
import type { SmallIssuer } from '../small-issuer.ts';
import { ada, connectionTo, finish, start } from '../sso-scene.ts';
import { newEmail, signIn, useLink } from './people.ts';

/** What a random call is made of: who makes it, at what, giving what. Numbers pick from whatever is there. */
export interface Draw {
  who: number;
  at: number;
  roles: SystemRole[];
  custom: number[];
  permissions: Permission[];
  /** Asks for no more than the caller has, of whoever and whatever has no more: most of the others are refused. */
  modest: boolean;
}

export interface World {
  admin: TestPerson;
  /** Accounts that the intruders are in, whosever they were. */
  people: TestPerson[];
  keys: { id: string; key: string; of: TestPerson }[];
  /** For which addresses a provider may speak. */
  domain: string;
}

export interface Scene {
  app: TestApp;
  /** An identity provider that says whatever the intruders like. */
  issuer: SmallIssuer;
  world: World;
  as: TestPerson;
  /** What the caller may do when it calls. */
  mine: readonly Permission[];
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The tenant's own roles; of a modest call those that reach no further than its caller. */
  listRoles(): Promise<Role[]>;
  listUsers(): Promise<User[]>;
}

/** A call that gives something answers what it gave; null where it was refused. */
export type Attempt = (scene: Scene, draw: Draw) => Promise<readonly Permission[] | null>;

export const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
const isDone = ({ status }: Answer) => status < 300;

export const permissionsOf = ({ roles, custom_roles }: User, all: Role[]) =>
  listPermissions(roles, all.filter(({ id }) => custom_roles.some((held) => held.id === id)).flatMap(({ permissions }) => permissions));

async function chooseRoles({ roles, custom }: Draw, listRoles: Scene['listRoles']) {
  const own = await listRoles();
  const given = [...new Set(custom.map((at) => pick(own, at)).filter((role) => role !== undefined))];
  return { body: { roles, custom_role_ids: given.map(({ id }) => id) }, gives: listPermissions(roles, given.flatMap(({ permissions }) => permissions)) };
}

/** Whoever holds somebody's link is them from then on. */
async function become({ app, world }: Scene, link: Answer, { email, user_id }: { email: string; user_id: string }): Promise<void> {
  await useLink(app, link);
  world.people.push(await signIn(app, { ...world.admin, email, user_id }));
}

/** A connection's roles, by a rule and for everybody: what each of them grants, whoever comes. */
async function chooseRules(scene: Scene, draw: Draw) {
  const { body, gives } = await chooseRoles(draw, scene.listRoles);
  const given = [...body.roles, ...body.custom_role_ids];
  return { rules: { role_claim: 'groups', role_rules: given.map((role) => ({ value: 'staff', role })), default_role: given.length > 0 ? (pick(given, draw.at) ?? null) : null }, gives };
}

/** A whole sign-in at the provider, as whoever it says; the session's token where it comes through. */
async function enterThrough({ app, issuer, world }: Scene, email: string): Promise<string | null> {
  const { url, browser } = await start(app, world.domain);
  if (url === '') return null;
  const answer = await finish(app, browser, issuer.answer(url, ada({ sub: email, email, groups: ['staff'] })), world.admin.workspace);
  const token = answer.headers.getSetCookie().map((line) => /^__Host-lyss_at=([^;]+)/.exec(line)?.[1]).find(Boolean);
  if (!isDone(answer) || token === undefined) return null;
  world.people.push({ ...world.admin, email, user_id: answer.body.data.user.id, access_token: token });
  return token;
}

export const attempts: Record<string, Attempt> = {
  async 'makes a role'({ call }, { permissions }) {
    return isDone(await call('POST', '/admin/roles', { name: crypto.randomUUID(), permissions })) ? permissions : null;
  },
  async 'changes a role'({ call, listRoles }, { at, permissions }) {
    const role = pick(await listRoles(), at);
    return role && isDone(await call('PATCH', `/admin/roles/${role.id}`, { permissions })) ? permissions : null;
  },
  async 'invites somebody'(scene, draw) {
    const { body, gives } = await chooseRoles(draw, scene.listRoles);
    const email = newEmail();
    const made = await scene.call('POST', '/admin/users', { email, name: 'Somebody', ...body });
    if (!isDone(made)) return null;
    await become(scene, made, { email, user_id: made.body.data.user.id });
    return gives;
  },
  async 'invites several'(scene, draw) {
    const { body, gives } = await chooseRoles(draw, scene.listRoles);
    const made = await scene.call('POST', '/admin/users/invitations', { people: [{ email: newEmail() }, { email: newEmail() }], ...body });
    if (!isDone(made)) return null;
    const [line] = made.body.data.lines;
    await become(scene, { ...made, body: { data: line } }, line);
    return gives;
  },
  async 'sends an invitation again'(scene, { at }) {
    const { world, call, listUsers } = scene;
    const user = pick((await listUsers()).filter(({ status }) => status === 'invited'), at);
    const made = user ? await call('POST', '/admin/users/invitations/resend', { user_ids: [user.id] }) : null;
    const [person] = made && isDone(made) ? made.body.data.people : [];
    if (!user || !made || person?.outcome !== 'done') return null;
    const gives = permissionsOf(user, await listOwnRoles(scene.app, world));
    await become(scene, { ...made, body: { data: person } }, person);
    return gives;
  },
  async 'gives somebody roles'({ call, listUsers, listRoles }, draw) {
    const { body, gives } = await chooseRoles(draw, listRoles);
    const user = pick(await listUsers(), draw.at);
    return user && isDone(await call('PATCH', `/admin/users/${user.id}`, body)) ? gives : null;
  },
  async 'takes an account over'(scene, { at }) {
    const user = pick(await scene.listUsers(), at);
    const made = user ? await scene.call('POST', `/admin/users/${user.id}/reset-password`) : null;
    if (!user || !made || !isDone(made)) return null;
    await become(scene, made, { email: user.email, user_id: user.id });
    return permissionsOf(user, await listOwnRoles(scene.app, scene.world));
  },
  async 'makes a key'({ world, as, call }, { permissions }) {
    const made = await call('POST', '/api-keys', { name: 'K', scopes: permissions });
    if (!isDone(made)) return null;
    world.keys.push({ id: made.body.data.id, key: made.body.data.key, of: as });
    return permissions;
  },
  async 'widens a key'({ world, as, call }, { at, permissions }) {
    const key = pick(world.keys.filter(({ of }) => of.user_id === as.user_id), at);
    return key && isDone(await call('PATCH', `/api-keys/${key.id}`, { scopes: permissions })) ? permissions : null;
  },
  async 'rotates a key'({ world, as, call }, { at }) {
    const key = pick(world.keys, at);
    const made = key ? await call('POST', `/api-keys/${key.id}/rotate`, {}) : null;
    if (made && isDone(made)) world.keys.push({ id: made.body.data.id, key: made.body.data.key, of: as });
    return made && isDone(made) ? made.body.data.scopes : null;
  },
  async 'connects a provider'(scene, draw) {
    const { app, call, issuer, world } = scene;
    const { rules, gives } = await chooseRules(scene, draw);
    const made = await call('POST', '/admin/single-sign-on', connectionTo(issuer.issuer, { domains: [world.domain], ...rules }));
    if (!isDone(made)) return null;
    // The worst case: the operator has believed them that the domain is theirs.
    for (const { id } of made.body.data.domains) await app.call('PUT', `/api/v1/admin/sign-in-domains/${id}`, { as: app.owner, body: { state: 'approved' } });
    return gives;
  },
  async 'changes what a provider gives'(scene, draw) {
    const { rules, gives } = await chooseRules(scene, draw);
    return isDone(await scene.call('PATCH', '/admin/single-sign-on', rules)) ? gives : null;
  },
  async 'comes in through a provider'(scene) {
    return (await enterThrough(scene, `${crypto.randomUUID()}@${scene.world.domain}`)) === null ? null : [];
  },
  async 'comes in as somebody'(scene, { at }) {
    // Of those for whom the provider may speak.
    const user = pick((await scene.listUsers()).filter(({ email }) => email.endsWith(`@${scene.world.domain}`)), at);
    return user && (await enterThrough(scene, user.email)) !== null ? [] : null;
  },
};

const list = async (app: TestApp, world: World, path: string) => (await app.call('GET', `/api/v1/admin/${path}`, { as: world.admin })).body.data.items;
export const listOwnRoles = async (app: TestApp, world: World): Promise<Role[]> => (await list(app, world, 'roles')).filter(({ is_system }: Role) => !is_system);
export const listUsers = (app: TestApp, world: World): Promise<User[]> => list(app, world, 'users?page_size=100');
