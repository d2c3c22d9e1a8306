import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import {
  Crash,
  crashEverywhere,
  dispatch,
  dispatcherTo,
  dyingAt,
  messagesOf,
  recordingSink,
  say,
} from '../../../test/harness/notifications.ts'
import { give } from '../../../test/harness/tasks.ts'
import { clock, lane, newWorld, start } from '../../../test/harness/world.ts'
import { completeTask, openTask } from '../tasks/index.ts'
import { logSink, notify, SinkFault, webhookSink, type Message, type Sink } from './index.ts'

const at = (seconds: number) => new Date(Date.parse(start) + seconds * 1_000).toISOString()
const message = (id = 'an id'): Message => ({
  id,
  provider: 'p',
  recipient: 'r',
  kind: 'concern-raised',
  about: { type: 'Thing', id: 't' },
  createdAt: start,
})

describe(`delivery on ${lane}`, () => {
  test('a message carries who, where to read it, and its own stable id: no name, no fact', async () => {
    const world = await newWorld()
    const id = newId()
    await say(world, world.people.facilitator, { about: { type: 'Thing', id }, caseId: newId() })
    const sink = recordingSink()
    await dispatch(world, sink)
    const [row] = await messagesOf(world)
    expect(sink.sent).toEqual([
      {
        id: globalId('Notification', row!.id),
        provider: world.providerId,
        recipient: globalId('Staff', world.people.facilitator.id),
        kind: 'concern-raised',
        about: { type: 'Thing', id: globalId('Thing', id) },
        createdAt: start,
      },
    ])
    expect(row).toMatchObject({ deliveredAt: start, attempts: 1, lastFault: null, version: 1 })
    await dispatch(world, sink)
    expect(sink.sent).toHaveLength(1)
  })

  test('a crash before any statement of the command leaves neither what it did nor a message of it', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    const sink = recordingSink()
    const crashes = await crashEverywhere(
      world,
      world.people['intake-worker'],
      async (tx, actor) => {
        const about = { type: 'referral', id: newId() }
        const within = { amount: 1, unit: 'hours' } as const
        const task = await openTask(tx, actor, {
          kind: 'follow-up',
          title: 'Come back',
          about,
          caseId: null,
          ownerId: facilitator.id,
          side: 'participant',
          due: { within },
        })
        await notify(tx, actor, {
          kind: 'task-overdue',
          about: { type: 'Task', id: task.id },
          caseId: null,
          side: 'participant',
          recipientId: facilitator.id,
          patience: null,
        })
      },
      async () => {
        await dispatch(world, sink)
        expect([await messagesOf(world), sink.sent]).toEqual([[], []])
      },
    )
    console.log(`crashes before a statement: ${crashes}`)
    expect(crashes).toBeGreaterThan(5)
    await dispatch(world, sink)
    expect(sink.sent).toHaveLength(1)
  })

  test('a dispatcher that dies at any transaction loses nothing; one that sent and could not say so sends again with the same id', async () => {
    const world = await newWorld()
    const ids = new Set<string>()
    const sink = recordingSink()
    await say(world, world.people.facilitator)
    let died = 0
    for (let number = 0; number < 12; number += 1) {
      await dispatch(world, sink, { database: dyingAt(number) }).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error
      })
      if ((await messagesOf(world))[0]!.deliveredAt === null) died += 1
      clock.moveTo(at(61 * (number + 1)))
    }
    for (const { id } of sink.sent) ids.add(id)
    expect(died).toBeGreaterThan(2)
    // Once when it died before it could say so, once more after the lease had ended, and then never again.
    expect([sink.sent.length, ids.size]).toEqual([2, 1])
    expect((await messagesOf(world))[0]).toMatchObject({ attempts: 2 })
  })

  test('of two dispatchers at once each message is sent by one', async () => {
    const world = await newWorld()
    for (let number = 0; number < 30; number += 1) await say(world, world.people.facilitator)
    const sink = recordingSink()
    const slow: Sink = {
      send: async (one, signal) => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        await sink.send(one, signal)
      },
    }
    await Promise.all([dispatch(world, slow), dispatch(world, slow), dispatch(world, slow)])
    expect([sink.sent.length, new Set(sink.sent.map(({ id }) => id)).size]).toEqual([30, 30])
    expect((await messagesOf(world)).every(({ deliveredAt, attempts }) => deliveredAt !== null && attempts === 1)).toBe(true)
  })

  test('a sink that hangs is left behind and tried again later; the messages beside it arrive', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    await say(world, world.people['intake-worker'])
    const hangsFor = globalId('Staff', world.people.facilitator.id)
    const sink = recordingSink()
    const aborted: boolean[] = []
    const hanging: Sink = {
      send: (one, signal) => {
        if (one.recipient !== hangsFor) return sink.send(one, signal)
        signal.addEventListener('abort', () => aborted.push(true))
        return new Promise(() => {})
      },
    }
    await dispatch(world, hanging, { timeoutMs: 30 })
    expect(
      (await messagesOf(world)).map(({ deliveredAt, lastFault, nextAttemptAt }) => (deliveredAt ? 'arrived' : [lastFault, nextAttemptAt])),
    ).toEqual([['timed-out', at(10)], 'arrived'])
    expect(aborted).toEqual([true])
    clock.moveTo(at(10))
    await dispatch(world, sink)
    expect(sink.sent.map(({ recipient }) => recipient)).toEqual([globalId('Staff', world.people['intake-worker'].id), hangsFor])
  })

  test('a sink that hangs holds up neither the next provider nor a deadline: one batch, and somebody else has their turn', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    for (let number = 0; number < 25; number += 1) await say(world, world.people.facilitator)
    await say(other, other.people.facilitator)
    const sink = recordingSink()
    const hangs: Sink = { send: (one, signal) => (one.provider === world.providerId ? new Promise(() => {}) : sink.send(one, signal)) }
    clock.moveTo('2026-05-01T12:00:00.000Z')
    await dispatcherTo(hangs, { timeoutMs: 30 }).pass([world.providerId, other.providerId])
    const attempts = (await messagesOf(world)).filter((one) => one.attempts > 0)
    expect(attempts).toHaveLength(10)
    // The ladder was climbed before anything was sent.
    expect((await messagesOf(world)).filter(({ escalatedAt }) => escalatedAt !== null)).toHaveLength(25)
    expect(sink.sent.length).toBeGreaterThan(0)
  })

  test('a sink that fails is tried after 10 seconds, then twice as long each time, an hour at most, without end', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator, { patience: null })
    const down: Sink = { send: () => Promise.reject(new SinkFault('answered-503')) }
    const waits: number[] = []
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await dispatch(world, down)
      const [row] = await messagesOf(world)
      expect(row).toMatchObject({ attempts: attempt + 1, lastFault: 'answered-503', deliveredAt: null })
      waits.push((Date.parse(row!.nextAttemptAt) - Date.parse(clock.now())) / 1_000)
      // A moment too early nothing is sent.
      clock.moveTo(new Date(Date.parse(row!.nextAttemptAt) - 1).toISOString())
      await dispatch(world, recordingSink())
      clock.moveTo(row!.nextAttemptAt)
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600])
    const sink = recordingSink()
    await dispatch(world, sink)
    expect(sink.sent).toHaveLength(1)
  })

  test('what went wrong is kept as a word of the program, never as what somebody’s server said', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    await dispatch(world, { send: () => Promise.reject(new Error('Ada Example was not found')) })
    expect((await messagesOf(world))[0]!.lastFault).toBe('failed')
  })

  test('started, it looks by itself; stopped, it ends what it began and looks no more', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    const sink = recordingSink()
    const dispatcher = dispatcherTo(sink, { everyMs: 5 })
    dispatcher.start()
    for (let waited = 0; waited < 400 && !(await messagesOf(world))[0]!.deliveredAt; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 25))
    await dispatcher.stop()
    const sent = sink.sent.length
    await say(world, world.people.facilitator)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(sink.sent).toHaveLength(sent)
    expect((await messagesOf(world)).map(({ deliveredAt }) => deliveredAt !== null)).toEqual([true, false])
  })
})

describe(`overdue tasks on ${lane}`, () => {
  test('tell their owner once, then climb; what is done climbs no further', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator, { due: { within: { amount: 1, unit: 'hours' } } })
    const sink = recordingSink()
    clock.moveTo('2026-05-01T10:00:00.000Z')
    await dispatch(world, sink)
    expect(sink.sent).toEqual([])
    clock.moveTo('2026-05-01T10:00:00.001Z')
    await Promise.all([dispatch(world, sink), dispatch(world, sink)])
    await dispatch(world, sink)
    expect(sink.sent).toMatchObject([
      {
        kind: 'task-overdue',
        recipient: globalId('Staff', world.people.facilitator.id),
        about: { type: 'Task', id: globalId('Task', task.id) },
      },
    ])
    // One working day over the bank holiday: Tuesday 5 May, 17:00 in London.
    clock.moveTo('2026-05-05T16:00:00.001Z')
    await dispatch(world, sink)
    expect(sink.sent[1]).toMatchObject({ recipient: globalId('Staff', world.people['safeguarding-lead'].id) })
    await world.as(world.people.facilitator, (tx, actor) =>
      completeTask(tx, actor, { taskId: task.id, record: 'done late', expectedVersion: null }),
    )
    clock.moveTo('2026-05-20T09:00:00.000Z')
    await dispatch(world, sink)
    expect(sink.sent).toHaveLength(2)
  })
})

describe('sinks', () => {
  type Heard = { headers: IncomingMessage['headers']; body: string }
  async function listening(answer: (response: ServerResponse) => void) {
    const heard: Heard[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        heard.push({ headers: request.headers, body })
        answer(response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      url: `http://127.0.0.1:${port}/hook`,
      heard,
      stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
    }
  }
  const secret = 'a secret of thirty-two characters'
  const signal = new AbortController().signal

  test('the webhook signs exactly the bytes it sends, with the instant', async () => {
    const hook = await listening((response) => response.writeHead(204).end())
    clock.moveTo(start)
    await webhookSink({ url: hook.url, secret }, clock).send(message(), signal)
    const [{ headers, body }] = hook.heard as [Heard]
    expect(JSON.parse(body)).toEqual(message())
    const [, instant, mac] = /^t=(.+),v1=([0-9a-f]{64})$/.exec(String(headers['plumbline-signature']))!
    expect([instant, mac]).toEqual([start, createHmac('sha256', secret).update(`${start}.${body}`).digest('hex')])
    expect([headers['plumbline-notification'], headers['content-type']]).toEqual(['an id', 'application/json'])
    await hook.stop()
  })

  test('anything but 2xx, a redirect, silence and nobody there are faults', async () => {
    const answers: [string, (response: ServerResponse) => void][] = [
      ['answered-503', (response) => response.writeHead(503).end('Ada Example')],
      ['answered-404', (response) => response.writeHead(404).end()],
      ['unreachable', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
      ['timed-out', () => {}],
    ]
    for (const [code, answer] of answers) {
      const hook = await listening(answer)
      const end = AbortSignal.timeout(code === 'timed-out' ? 100 : 5_000)
      await expect(webhookSink({ url: hook.url, secret }, clock).send(message(), end), code).rejects.toMatchObject({ code })
      await hook.stop()
    }
    const gone = await listening(() => {})
    await gone.stop()
    await expect(webhookSink({ url: gone.url, secret }, clock).send(message(), signal)).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('the webhook goes over https, or to this machine', () => {
    for (const url of ['http://example.org/hook', 'http://127.0.0.1.example.org/'])
      expect(() => webhookSink({ url, secret }, clock)).toThrow('https')
    expect(() => webhookSink({ url: 'https://example.org/hook', secret }, clock)).not.toThrow()
  })

  test('the log sink writes ids and nothing else', async () => {
    const lines: unknown[] = []
    await logSink({ ...openLog('silent'), info: (text, fields) => void lines.push([text, fields]) }).send(message(), signal)
    expect(lines).toEqual([['notification', { notificationId: 'an id', code: 'concern-raised', subjectType: 'Thing', subjectId: 't' }]])
  })
})
