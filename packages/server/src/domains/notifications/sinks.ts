import { createHmac } from 'node:crypto'
import type { Clock, Instant } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { NotificationKind } from './kinds.ts'

/** What is sent. A reference, never case facts and never a name. Whoever receives the same id twice has received it once. */
export type Message = {
  /** Global id of the notification: the same at every attempt. */
  id: string
  provider: string
  /** Global id of a member of staff. */
  recipient: string
  kind: NotificationKind
  about: { type: string; id: string }
  createdAt: Instant
}

/** Where messages go. Returns when one has arrived and throws when it has not. */
export type Sink = { send(message: Message, signal: AbortSignal): Promise<void> }

/** A message did not arrive. The code is a word of the program and is kept. */
export class SinkFault extends Error {
  override name = 'SinkFault'
  readonly code: string
  constructor(code: string) {
    super(`the message did not arrive (${code})`)
    this.code = code
  }
}

/** One line in the server’s log for each message. */
export const logSink = (log: Log): Sink => ({
  async send({ id, kind, about }) {
    log.info('notification', { notificationId: id, code: kind, subjectType: about.type, subjectId: about.id })
  },
})

export type WebhookSettings = { url: string; secret: string }

/**
 * One POST of JSON for each message. `plumbline-signature` carries `t=<instant>,v1=<hex>`, the HMAC-SHA-256 over `<instant>.<body>`;
 * `plumbline-notification` repeats the id. Any answer but 2xx is a fault, and redirects are not followed. The address begins with https://,
 * or is this machine’s own.
 */
export function webhookSink({ url, secret }: WebhookSettings, clock: Clock): Sink {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new Error('a webhook begins with https://')
  return {
    async send(message, signal) {
      const body = JSON.stringify(message)
      const response = await post(url, body, { ...signatureOf(secret, clock.now(), body), 'plumbline-notification': message.id }, signal)
      await response.body?.cancel()
      if (!response.ok) throw new SinkFault(`answered-${response.status}`)
    },
  }
}

export const isLoopback = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

export const signatureOf = (secret: string, at: Instant, body: string) => ({
  'plumbline-signature': `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`,
})

async function post(url: string, body: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'error',
      signal,
    })
  } catch {
    throw new SinkFault(signal.aborted ? 'timed-out' : 'unreachable')
  }
}
