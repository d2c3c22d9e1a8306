import { randomBytes, randomUUID } from 'node:crypto'

/** A version 7 UUID: sorts by the time it was made, and in one process in the order it was made. */
export type Uuid = string
export type NewId = () => Uuid

const hex = (bytes: Buffer) =>
  `${bytes.toString('hex', 0, 4)}-${bytes.toString('hex', 4, 6)}-${bytes.toString('hex', 6, 8)}-${bytes.toString('hex', 8, 10)}-${bytes.toString('hex', 10)}`

function uuid7(milliseconds: number, random: Buffer): Uuid {
  const bytes = Buffer.concat([Buffer.alloc(6), random.subarray(0, 10)])
  bytes.writeUIntBE(milliseconds, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return hex(bytes)
}

let millisecond = 0
let madeInIt = 0

export const newId: NewId = () => {
  const now = Date.now()
  madeInIt = now > millisecond ? 0 : madeInIt + 1
  // 4,096 in one millisecond is more than the counter holds, and a clock that was set back does not count.
  millisecond = madeInIt > 0xfff ? millisecond + 1 : Math.max(now, millisecond)
  madeInIt %= 0x1000
  const random = randomBytes(10)
  random.writeUInt16BE(madeInIt, 0)
  return uuid7(millisecond, random)
}
export const newRequestId = (): string => randomUUID()

/** Ids that come out the same on every run: for the demo's year and for golden tests. */
export function repeatableIds(seed: number): NewId {
  let count = 0
  return () => {
    count += 1
    const random = Buffer.alloc(10)
    random.writeUInt32BE(seed, 2)
    random.writeUInt32BE(count, 6)
    return uuid7(1_735_689_600_000 + count, random)
  }
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Relay's global id: the type's name and the row's id, in base64. */
export const globalId = (type: string, id: Uuid): string => Buffer.from(`${type}:${id}`).toString('base64')

/** Undefined for anything that is not a global id of this type. */
export function localId(type: string, id: string): Uuid | undefined {
  const parsed = parseGlobalId(id)
  return parsed?.type === type ? parsed.id : undefined
}

export function parseGlobalId(id: string): { type: string; id: Uuid } | undefined {
  if (id.length > 200 || !/^[A-Za-z0-9+/]+=*$/.test(id)) return undefined
  const [type, local, ...rest] = Buffer.from(id, 'base64').toString('utf8').split(':')
  return type && local && rest.length === 0 && uuidPattern.test(local) ? { type, id: local } : undefined
}
