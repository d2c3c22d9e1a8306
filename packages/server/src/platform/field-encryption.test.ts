import { randomBytes } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { fieldKeys } from '../../test/harness/world.ts'
import { decryptField, encryptField, FieldUnreadable, fingerprint, useFieldKeys, type FieldPlace } from './field-encryption.ts'

const place: FieldPlace = { providerId: 'p1', table: 'partner.safe_call_backs', column: 'contact', rowId: 'r1' }
const older = randomBytes(32)
const newer = randomBytes(32)
const text = '07700 900123, ask for “Jo”'

const refused = (at: FieldPlace, envelope: string) => expect(() => decryptField(at, envelope)).toThrow(FieldUnreadable)
const withPart = (envelope: string, number: number, change: (bytes: Buffer) => Buffer) =>
  envelope
    .split('.')
    .map((part, at) => (at === number ? change(Buffer.from(part, 'base64url')).toString('base64url') : part))
    .join('.')

describe('field encryption', () => {
  beforeEach(() => useFieldKeys({ current: 'k2', keys: { k1: older, k2: newer } }))
  // The files of a lane share one process.
  afterAll(() => useFieldKeys(fieldKeys))

  test('opens in its own place, and never writes the same envelope twice', () => {
    const envelope = encryptField(place, text)
    expect(envelope).toMatch(/^v1\.k2\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/)
    expect(decryptField(place, envelope)).toBe(text)
    expect(new Set(Array.from({ length: 1_000 }, () => encryptField(place, text))).size).toBe(1_000)
    expect(decryptField(place, encryptField(place, ''))).toBe('')
  })

  test('a value moved to another provider, table, column or row does not open there', () => {
    const envelope = encryptField(place, text)
    for (const moved of [{ providerId: 'p2' }, { table: 'partner.other' }, { column: 'safe_times' }, { rowId: 'r2' }])
      refused({ ...place, ...moved }, envelope)
    // Parts cannot flow into each other.
    refused({ ...place, table: 'partner.safe_call_backs","contact', column: '' }, envelope)
  })

  test('every changed byte, of initial vector, tag or ciphertext, is noticed', () => {
    const envelope = encryptField(place, text)
    let tried = 0
    for (const part of [2, 3, 4]) {
      const length = Buffer.from(envelope.split('.')[part]!, 'base64url').length
      for (let byte = 0; byte < length; byte += 1) {
        refused(
          place,
          withPart(envelope, part, (bytes) => {
            bytes[byte]! ^= 1
            return bytes
          }),
        )
        tried += 1
      }
    }
    expect(tried).toBe(12 + 16 + Buffer.byteLength(text))
  })

  test('a shortened tag is refused, though GCM itself would take one of 4, 8 or 12 bytes', () => {
    const envelope = encryptField(place, text)
    for (const length of [0, 4, 8, 12, 15])
      refused(
        place,
        withPart(envelope, 3, (tag) => tag.subarray(0, length)),
      )
  })

  test('what is not an envelope is refused in the same way', () => {
    const envelope = encryptField(place, text)
    for (const bad of [
      '',
      text,
      envelope.slice(3),
      `${envelope}.x`,
      envelope.replace('v1', 'v2'),
      envelope.replace('k2', 'k9'),
      envelope.replace('k2', 'constructor'),
      `${envelope}=`,
      envelope.replace('k2', 'k1'),
    ])
      refused(place, bad)
  })

  test('an older key still opens what it wrote; once it is gone nothing does', () => {
    useFieldKeys({ current: 'k1', keys: { k1: older } })
    const envelope = encryptField(place, text)
    useFieldKeys({ current: 'k2', keys: { k1: older, k2: newer } })
    expect(decryptField(place, envelope)).toBe(text)
    useFieldKeys({ current: 'k2', keys: { k2: newer } })
    refused(place, envelope)
  })

  test('keys that are short, unnamed or missing are refused at start', () => {
    expect(() => useFieldKeys({ current: 'k1', keys: { k1: randomBytes(31) } })).toThrow('32 bytes')
    expect(() => useFieldKeys({ current: 'k2', keys: { k1: older } })).toThrow('not among')
    expect(() => useFieldKeys({ current: 'a.b', keys: { 'a.b': older } })).toThrow('letters')
  })

  test('fingerprints are equal for equal text under one key only', () => {
    const print = fingerprint(text)
    expect(fingerprint(text)).toBe(print)
    expect(fingerprint(`${text} `)).not.toBe(print)
    useFieldKeys({ current: 'k1', keys: { k1: older } })
    expect(fingerprint(text)).not.toBe(print)
  })
})
