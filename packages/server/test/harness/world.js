import { inject } from 'vitest';
import { createProvider, addStaff, roleIds } from '../../src/domains/providers/index.js';
import { recordReads, recordRefusal, useAuditKey } from '../../src/domains/audit/index.js';
import { findActor } from '../../src/domains/providers/index.js';
import { standingClock } from '../../src/platform/clock.js';
import { migrate } from '../../src/platform/db/migrate.js';
import { openPglite } from '../../src/platform/db/pglite.js';
import { openPostgresql } from '../../src/platform/db/postgresql.js';
import { createEndpoint } from '../../src/platform/http.js';
import { newId } from '../../src/platform/ids.js';
import { openLog } from '../../src/platform/log.js';
import { developmentIssuer, developmentSignIn } from '../../src/platform/sign-in.js';
import { schema } from '../../src/schema.js';
/** Which database this run is on. */
export const lane = (process.env.PLUMBLINE_LANE ?? 'pglite');
/** Where every test's clock starts; a Friday, 10:00 in London. */
export const start = '2026-05-01T09:00:00.000Z';
export const clock = standingClock(start);
useAuditKey('a key for tests, long enough to be one');
async function open() {
    const sources = { clock, newId };
    const database = lane === 'postgresql' ? openPostgresql({ url: inject('postgresqlUrl'), connections: 8 }, sources) : await openPglite({}, sources);
    await migrate(database);
    return database;
}
// One database per worker: tenants keep the files apart, each file makes providers of its own.
const shared = globalThis;
export const database = await (shared.plumblineTestDatabase ??= open());
const signIn = await developmentSignIn();
const endpoint = createEndpoint({
    schema,
    database,
    clock,
    log: openLog('silent'),
    production: false,
    corsOrigins: [],
    actorOf: async (token, header) => findActor(database, await signIn.identify(token), header ?? undefined),
    recordReads,
    recordRefusal,
});
/** A provider of its own with one person in every role. `ruleSetId` chooses whose rules decide. */
export async function newWorld(ruleSetId = 'cdars-phoenix') {
    clock.moveTo(start);
    const providerId = newId();
    const subject = (role) => `${role}@${providerId}`;
    const people = await database.transaction({ providerId }, 'write', async (tx) => {
        const manager = await createProvider(tx, {
            providerId,
            name: 'A provider of this test',
            ruleSetId,
            areasServed: [],
            manager: { name: 'Person in programme-manager', issuer: developmentIssuer, subject: subject('programme-manager') },
        });
        const actors = { 'programme-manager': manager };
        for (const role of roleIds.filter((one) => one !== 'programme-manager')) {
            const person = await addStaff(tx, manager, { name: `Person in ${role}`, issuer: developmentIssuer, subject: subject(role), roles: [role], idempotencyKey: `test-${role}` });
            actors[role] = { providerId, id: person.id, side: person.side, roles: new Set([role]) };
        }
        return actors;
    });
    const subjects = new Map(Object.entries(people).map(([role, actor]) => [actor.id, subject(role)]));
    return {
        providerId,
        people,
        as: (actor, work) => database.transaction({ providerId: actor.providerId, actorId: actor.id }, 'write', (tx) => work(tx, actor)),
        async send(actor, query, variables = {}) {
            const token = actor && (await signIn.tokenFor(subjects.get(actor.id) ?? 'nobody'));
            const response = await endpoint.fetch('http://127.0.0.1/graphql', {
                method: 'POST',
                headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
                body: JSON.stringify({ query, variables }),
            });
            return { status: response.status, ...(await response.json()) };
        },
    };
}
//# sourceMappingURL=world.js.map