import { parseJson } from '@plumbline/rules/load'
import { list, object, oneOfWords, text, variant, whole, type Fault } from './shape.ts'
import { oneToOneReasonIds } from './states.ts'
import type { Template } from './template.ts'

/** Something wrong in a template; line and column count from 1. */
export type TemplateIssue = Fault & { line: number; column: number }
export type CheckedTemplate = { template: Template } | { issues: TemplateIssue[] }

const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const themeId = text('id of a theme, small letters, digits and hyphens', slug)
const sessionNumber = whole('number of a session, from 1', 1, 104)

/** Every field of a template, with what it says. */
const shape = object('a programme', {
  id: text('small letters, digits and hyphens, the same in every version: phoenix-12', /^(?=.{1,60}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  version: text('three numbers: 1.0.0', /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/),
  title: text('what people call it'),
  source: text('where it comes from, and what of it is your own setting'),
  model: text('the approach it follows'),
  sessions: object('how many weekly sessions one run (or one round of a rolling programme) has, and how long each is', {
    count: whole('sessions', 1, 104),
    minutes: whole('minutes of one session', 15, 480),
  }),
  themes: list('what sessions are about, in order', object('a theme', { id: themeId, title: text('its name') }), 1, 60),
  steps: list('how every theme is taken, in order; an empty list where nothing is laid down', text('a step'), 0, 20),
  themeOrder: variant('how sessions come to their themes', 'order', {
    fixed: { bySession: list('the theme of each session, in order', themeId, 1, 104) },
    rolling: {},
    'set-by-group': {},
  }),
  capacity: object('participants in one group, at least and at most', {
    least: whole('participants a group should have', 1, 100),
    most: whole('participants a group can have', 1, 100),
  }),
  facilitators: whole('facilitators present, at least; with fewer a session is not held', 1, 10),
  joining: variant('where somebody may join', 'at', {
    start: {},
    'any-session': {},
    'set-points': { sessions: list('numbers of the sessions at which one may join', sessionNumber, 1, 104) },
  }),
  oneToOnes: variant('whether participants are seen alone as well', 'offered', {
    weekly: {},
    'with-reason': { reasons: list('for which reasons', oneOfWords('a reason', oneToOneReasonIds), 1, oneToOneReasonIds.length) },
    never: {},
  }),
})

/** Reads a template strictly: unknown, missing and duplicate keys, wrong types, and what does not fit together. All faults at once. */
export function checkTemplate(documentText: string): CheckedTemplate {
  const parsed = parseJson(documentText)
  if (Array.isArray(parsed))
    return {
      issues: parsed.map(({ code, at, line, column, message, help }) => ({
        code,
        at,
        line: line ?? 1,
        column: column ?? 1,
        message,
        help: help ?? 'mend the JSON at this place',
      })),
    }
  const faults: Fault[] = []
  const say = (fault: Fault) => void faults.push(fault)
  shape.look(parsed.value, '', say)
  if (faults.length === 0) fitTogether(parsed.value as Template, say)
  if (faults.length > 0) return { issues: faults.slice(0, 100).map((fault) => ({ ...fault, ...parsed.locate(fault.at) })) }
  return { template: parsed.value as Template }
}

/** What no single field says. */
function fitTogether(template: Template, say: (fault: Fault) => void): void {
  const { themes, themeOrder, sessions, capacity, joining } = template
  const seen = new Set<string>()
  themes.forEach(({ id }, index) => {
    if (seen.has(id))
      say({ code: 'twice', at: `/themes/${index}/id`, message: 'this theme is there already', help: 'give it an id of its own' })
    seen.add(id)
  })
  if (themeOrder.order === 'fixed') {
    if (themeOrder.bySession.length !== sessions.count)
      say({
        code: 'length',
        at: '/themeOrder/bySession',
        message: `${sessions.count} sessions need ${sessions.count} themes, and there are ${themeOrder.bySession.length}`,
        help: 'name the theme of each session, or let each group set them: "order": "set-by-group"',
      })
    themeOrder.bySession.forEach((id, index) => {
      if (!seen.has(id))
        oneOfWords('a theme', [...seen]).look(id, `/themeOrder/bySession/${index}`, (fault) =>
          say({ ...fault, code: 'unknown-theme', message: 'there is no such theme' }),
        )
    })
  }
  if (capacity.least > capacity.most)
    say({ code: 'range', at: '/capacity/least', message: 'the least is more than the most', help: `at most ${capacity.most}` })
  if (joining.at === 'set-points')
    joining.sessions.forEach((number, index) => {
      if (number > sessions.count)
        say({
          code: 'range',
          at: `/joining/sessions/${index}`,
          message: 'there is no session with this number',
          help: `1 to ${sessions.count}`,
        })
    })
}
