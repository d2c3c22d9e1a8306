import { type Role } from '../../src/domains/providers/index.ts';
import type { Actor } from '../../src/platform/actor.ts';
import type { Database, Tx } from '../../src/platform/db/database.ts';
/** Which database this run is on. */
export declare const lane: 'pglite' | 'postgresql';
/** Where every test's clock starts; a Friday, 10:00 in London. */
export declare const start = "2026-05-01T09:00:00.000Z";
export declare const clock: import("../../src/platform/clock.ts").Clock & {
    moveTo(at: import("../../src/platform/clock.ts").Instant): void;
};
export declare const database: Database;
export type World = {
    providerId: string;
    /** One person for each role. */
    people: Record<Role, Actor>;
    /** Runs `work` in a transaction of its own as this person. */
    as<Result>(actor: Actor, work: (tx: Tx, actor: Actor) => Promise<Result>): Promise<Result>;
    /** Sends an operation to the real endpoint with this person's token. */
    send(actor: Actor | null, query: string, variables?: Record<string, unknown>): Promise<{
        status: number;
        data: any;
        errors?: {
            message: string;
            path?: (string | number)[];
            extensions: Record<string, unknown>;
        }[];
    }>;
};
/** A provider of its own with one person in every role. `ruleSetId` chooses whose rules decide. */
export declare function newWorld(ruleSetId?: 'cdars-phoenix' | 'step-by-step'): Promise<World>;
