import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Single fields are encrypted where a leak could kill: the contact details and whereabouts of the person harmed.
 * AES-256-GCM in an envelope `v1.<key id>.<iv>.<tag>.<ciphertext>`. The place a field stands in is authenticated with it,
 * so that a value copied to another row, column, table or provider does not open there.
 */

/** Where a field stands. */
export type FieldPlace = { providerId: string; table: string; column: string; rowId: string }

/** Keys by id, 32 bytes each. New values are written with `current`; the others only open older ones. */
export type FieldKeys = { current: string; keys: Readonly<Record<string, Uint8Array>> }

/** The one answer to whatever is wrong with an envelope: nothing is told about why. */
export class FieldUnreadable extends Error {
  override name = 'FieldUnreadable'
  constructor() {
    super('a stored field cannot be opened')
  }
}

const algorithm = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16
// Random 96-bit IVs stay safe far below 2^32 messages for one key; rotate long before.
const mostPerProcess = 2 ** 28

let ring: FieldKeys | undefined
let written = 0

/** Sets the keys, once, at start. They are kept outside the database. */
export function useFieldKeys(keys: FieldKeys): void {
  for (const [id, key] of Object.entries(keys.keys)) {
    if (!/^[a-z0-9-]{1,20}$/.test(id)) throw new Error('the id of a field key has 1 to 20 lower-case letters, digits and hyphens')
    if (key.byteLength !== 32) throw new Error(`field key ${id} must have 32 bytes`)
  }
  if (!Object.hasOwn(keys.keys, keys.current)) throw new Error('the current field key is not among the keys')
  ring = keys
  written = 0
}

export function encryptField(place: FieldPlace, text: string): string {
  const { current, keys } = ringInUse()
  if (written >= mostPerProcess) throw new Error('this field key has been used too often: add a new one and make it current')
  written += 1
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv(algorithm, keys[current]!, iv, { authTagLength: tagLength }).setAAD(boundTo(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', current, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.')
}

/** @throws FieldUnreadable for anything that `encryptField` did not write for this very place */
export function decryptField(place: FieldPlace, envelope: string): string {
  const { keys } = ringInUse()
  const [form, keyId = '', ...parts] = envelope.split('.')
  const [iv, tag, sealed] = parts.map(decoded)
  if (form !== 'v1' || parts.length !== 3 || !Object.hasOwn(keys, keyId) || iv?.length !== ivLength || tag?.length !== tagLength || !sealed)
    throw new FieldUnreadable()
  try {
    const decipher = createDecipheriv(algorithm, keys[keyId]!, iv, { authTagLength: tagLength }).setAAD(boundTo(place)).setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
  } catch {
    throw new FieldUnreadable()
  }
}

/** Two equal texts give equal prints, and without the key a print cannot be tried against guesses. For comparing what must not be stored. */
export function fingerprint(text: string): string {
  const { current, keys } = ringInUse()
  const key = Buffer.from(hkdfSync('sha256', keys[current]!, '', 'plumbline fingerprint', 32))
  return createHmac('sha256', key).update(text, 'utf8').digest('hex')
}

function ringInUse(): FieldKeys {
  if (!ring) throw new Error('the field keys are not set')
  return ring
}

// JSON keeps the parts apart: no two places give the same bytes.
const boundTo = ({ providerId, table, column, rowId }: FieldPlace) =>
  Buffer.from(JSON.stringify(['v1', providerId, table, column, rowId]), 'utf8')

/** Undefined where the text is not exactly what base64url writes: one value has one spelling. */
function decoded(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : undefined
}
