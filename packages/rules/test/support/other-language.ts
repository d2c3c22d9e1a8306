import { type CounterfactualMessages, counterfactualsInEnglish } from '../../src/counterfactuals/index.ts'

/** Parameters that say which of several texts is meant. A translator never prints them. */
const codes = [
  'what',
  'outcome',
  'status',
  'result',
  'quantifier',
  'type',
  'unit',
  'joined',
  'change',
  'kind',
  'word',
  'fact',
  'code',
  'message',
  'answer',
  'window',
]
const codesOf: Readonly<Record<string, readonly string[]>> = {
  'attendance.consequence': ['type', 'from'],
  'pathway.oneToOne': ['reason'],
  'words.evidence': ['of'],
  'words.computedFact': ['fact', 'label'],
  'words.computedQuestion': ['fact', 'question'],
  'why.answer': [],
  'counterfactuals.changedAnswer': [],
  'counterfactuals.settled': [],
  'counterfactuals.isSo': [],
  'counterfactuals.change': [],
  'counterfactuals.altersTo': [],
}

type Tree = { readonly [key: string]: Tree | ((parameters: never) => string) }
export type Template = { path: string; message: (parameters: never) => string }

export const templatesIn = (tree: Tree, path = ''): Template[] =>
  Object.entries(tree).flatMap(([key, each]) => {
    const place = path === '' ? key : `${path}.${key}`
    return typeof each === 'function' ? [{ path: place, message: each }] : templatesIn(each, place)
  })

/** A language without letters: each message is a number, followed by what it was given to say. */
export function otherLanguage(): CounterfactualMessages {
  const numbers = new Map(templatesIn(counterfactualsInEnglish).map(({ path }, index) => [path, index]))
  const translated = (tree: Tree, path: string): Tree =>
    Object.fromEntries(
      Object.entries(tree).map(([key, each]) => {
        const place = path === '' ? key : `${path}.${key}`
        return [key, typeof each === 'function' ? saying(place, numbers.get(place) ?? -1) : translated(each, place)]
      }),
    )
  return translated(counterfactualsInEnglish, '') as unknown as CounterfactualMessages
}

const saying = (path: string, number: number) => (parameters: Readonly<Record<string, unknown>>) => {
  const said = Object.entries(parameters).filter(([name]) => !(codesOf[path] ?? codes).includes(name))
  return `⟦${number}${said.map(([, value]) => (typeof value === 'boolean' ? (value ? ' +' : ' -') : ` ${[value].flat().join(' ')}`)).join('')}⟧`
}
