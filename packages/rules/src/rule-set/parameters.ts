import { suggestion } from '../language/did-you-mean.ts'
import { escaped } from '../language/pointer.ts'
import { typeInWords } from '../language/scope.ts'
import { isOfType, isRecord } from '../language/values.ts'
import { howToWrite, inJson } from '../language/parse-json.ts'
import type { ItemType, ValueType } from '../language/facts.ts'
import type { ParameterDefinition, ParameterSetting, ResolvedDocument } from './document.ts'
import type { Refuse } from './extend.ts'

export const isDefinition = (written: ParameterDefinition | ParameterSetting): written is ParameterDefinition =>
  isRecord(written) && Object.hasOwn(written, 'type')

/** An inherited definition with a new value and, perhaps, tighter bounds. Whether the value fits is checked with all others. */
export function settled(inherited: ParameterDefinition, setting: ParameterSetting, at: string, refuse: Refuse): ParameterDefinition {
  if (!isRecord(setting)) return { ...inherited, value: setting as ParameterDefinition['value'] }
  const { value, minimum, maximum, choices } = setting as Extract<ParameterSetting, { value: unknown }>
  const tightened = { ...inherited, value } as ParameterDefinition
  if (minimum !== undefined || maximum !== undefined) {
    if (tightened.type !== 'integer') refuse('no-bounds', at, 'only a whole number has a minimum and a maximum', 'remove them')
    else {
      const { minimum: least = -Infinity, maximum: most = Infinity } = tightened
      if (minimum !== undefined && minimum < least)
        refuse(
          'loosened-bound',
          `${at}/minimum`,
          `a bound may only become tighter: the inherited minimum is ${least}`,
          `write ${least} or more`,
        )
      if (maximum !== undefined && maximum > most)
        refuse(
          'loosened-bound',
          `${at}/maximum`,
          `a bound may only become tighter: the inherited maximum is ${most}`,
          `write ${most} or less`,
        )
      if (minimum !== undefined) tightened.minimum = minimum
      if (maximum !== undefined) tightened.maximum = maximum
    }
  }
  return choices === undefined ? tightened : withChoices(tightened, choices, at, refuse)
}

function withChoices(definition: ParameterDefinition, choices: readonly string[], at: string, refuse: Refuse): ParameterDefinition {
  const holder = definition.type === 'list' ? definition.of : definition
  if (holder.type !== 'choice') {
    refuse('no-choices', `${at}/choices`, 'this parameter has no choices', 'remove "choices"')
    return definition
  }
  for (const [index, choice] of choices.entries()) {
    if (holder.choices.includes(choice)) continue
    refuse(
      'loosened-bound',
      `${at}/choices/${index}`,
      `a bound may only become tighter: "${choice}" is not among the inherited choices`,
      suggestion(choice, holder.choices, 'remove it').help,
    )
  }
  const fewer = { ...holder, choices }
  return (definition.type === 'list' ? { ...definition, of: fewer } : { ...definition, choices }) as ParameterDefinition
}

/** Whether every value fits its definition, and every definition makes sense. */
export function checkParameters({ parameters }: ResolvedDocument, refuse: Refuse): boolean {
  let areFine = true
  for (const [id, definition] of Object.entries(parameters)) {
    const at = `/parameters/${escaped(id)}`
    checkBounds(definition, at, refuse)
    if (isOfType(definition.value, definition)) continue
    areFine = false
    const { value } = definition
    const wrong: unknown = definition.type === 'list' && Array.isArray(value) ? value.find((each) => !isOfType(each, definition.of)) : value
    const type = definition.type === 'list' && wrong !== value ? definition.of : definition
    refuse('parameter-value', at, `${withBounds(type)} is needed, and this is ${valueInWords(wrong)}`, helpFor(wrong, type))
  }
  return areFine
}

/** Bounds the right way round, and no choice twice. */
export function checkBounds(
  type: { type: string; minimum?: number; maximum?: number; choices?: readonly string[] },
  at: string,
  refuse: Refuse,
): void {
  const { minimum, maximum, choices } = type
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    refuse('empty-bounds', at, `the minimum ${minimum} is above the maximum ${maximum}`, 'swap them')
  const twice = choices?.find((choice, index) => choices.indexOf(choice) !== index)
  if (twice !== undefined) refuse('duplicate-choice', at, `the choice "${twice}" stands here twice`, 'remove one')
}

function withBounds(type: ValueType | ItemType): string {
  if (type.type !== 'integer') return typeInWords(type)
  const { minimum, maximum } = type
  return `${typeInWords(type)}${minimum === undefined ? '' : ` from ${minimum}`}${maximum === undefined ? '' : ` up to ${maximum}`}`
}

const valueInWords = (value: unknown) =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value === 'string' ? `"${value}"` : inJson(value)

/** What to write instead: the nearest choice, the nearest bound, or the same without its quotes. */
function helpFor(wrong: unknown, type: ValueType | ItemType): string | undefined {
  if (type.type === 'choice' && typeof wrong === 'string') return suggestion(wrong, type.choices).help
  const { minimum = -Infinity, maximum = Infinity } = type.type === 'integer' ? type : {}
  if (typeof wrong === 'number' && minimum <= maximum) {
    if (wrong < minimum) return `write ${minimum} or more`
    if (wrong > maximum) return `write ${maximum} or less`
  }
  return howToWrite(wrong, type)
}
