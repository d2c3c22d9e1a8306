import pino from 'pino'

/** The only keys a log line may carry. Nothing about a person is among them. */
export type LogFields = {
  requestId?: string
  operation?: string
  code?: string
  sqlState?: string
  constraint?: string
  errorName?: string
  durationMs?: number
  status?: number
  statements?: number
  port?: number
  count?: number
  /** Global ids: they say nothing to whoever may not read what they name. */
  notificationId?: string
  subjectType?: string
  subjectId?: string
}
const allowed = new Set<string>([
  'requestId',
  'operation',
  'code',
  'sqlState',
  'constraint',
  'errorName',
  'durationMs',
  'status',
  'statements',
  'port',
  'count',
  'notificationId',
  'subjectType',
  'subjectId',
] satisfies (keyof LogFields)[])

export type Log = { info(message: string, fields?: LogFields): void; error(message: string, fields?: LogFields): void }

/** JSON lines on standard error (standard output is for what a person should read). `message` is a constant of the code, never a value. */
export function openLog(level: 'silent' | 'error' | 'info'): Log {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
  const only = (fields: LogFields = {}) =>
    Object.fromEntries(Object.entries(fields).filter(([key, value]) => allowed.has(key) && value !== undefined))
  return {
    info: (message, fields) => out.info(only(fields), message),
    error: (message, fields) => out.error(only(fields), message),
  }
}
