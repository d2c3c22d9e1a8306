import type { FactDefinition, ValueType } from '../../src/language/facts.ts'
import type { ParameterDefinition, Scope } from '../../src/language/scope.ts'
import type { Condition } from '../../src/language/condition.ts'

/** An invented catalogue with a fact of every type. */
const types: Record<string, ValueType> = {
  'person.isWilling': { type: 'boolean' },
  'person.isResident': { type: 'boolean' },
  'person.children': { type: 'integer', minimum: 0, maximum: 20 },
  'person.points': { type: 'integer' },
  'person.area': { type: 'text' },
  'referral.basis': { type: 'choice', choices: ['voluntary', 'court', 'probation'] },
  'referral.answer': { type: 'choice', choices: ['absent', 'possible', 'present'] },
  'person.bornOn': { type: 'day' },
  'referral.receivedOn': { type: 'day' },
  'referral.incidentOn': { type: 'day' },
  'referral.sources': { type: 'list', of: { type: 'choice', choices: ['self', 'police', 'court', 'partner'] } },
  'person.agesOfChildren': { type: 'list', of: { type: 'integer', minimum: 0 } },
  register: {
    type: 'list',
    of: {
      type: 'item',
      fields: {
        kind: { type: 'choice', choices: ['group', 'one-to-one'], label: 'Kind' },
        outcome: { type: 'choice', choices: ['attended', 'absent', 'excused'], label: 'Outcome' },
        minutes: { type: 'integer', label: 'Minutes' },
        heldOn: { type: 'day', label: 'Day' },
        isMakeUp: { type: 'boolean', label: 'Makes up for another' },
      },
    },
  },
}

export const facts: Record<string, FactDefinition> = {
  ...Object.fromEntries(
    Object.entries(types).map(([name, type], i) => [
      name,
      { ...type, number: i + 1, label: `Label of ${name}`, source: `source of ${name}`, question: `${name}?` },
    ]),
  ),
  'person.age': {
    type: 'integer',
    minimum: 0,
    maximum: 130,
    number: 90,
    label: 'Age on receipt',
    source: 'computed',
    question: 'How old?',
    derived: { by: 'years-between', from: 'person.bornOn', to: 'referral.receivedOn' },
  },
  'person.daysOld': {
    type: 'integer',
    number: 91,
    label: 'Age in days on receipt',
    source: 'computed',
    question: 'How old, in days?',
    derived: { by: 'days-between', from: 'person.bornOn', to: 'referral.receivedOn' },
  },
  'person.total': {
    type: 'integer',
    number: 92,
    label: 'Children and points',
    source: 'computed',
    question: 'How many together?',
    derived: { by: 'sum', of: ['person.children', 'person.points'] },
  },
  'person.difference': {
    type: 'integer',
    number: 93,
    label: 'Points less children',
    source: 'computed',
    question: 'How many more?',
    derived: { by: 'difference', of: 'person.points', less: 'person.children' },
  },
}

const settings: Record<string, ValueType & { value: ParameterDefinition['value'] }> = {
  minimumAge: { type: 'integer', value: 18 },
  startsOn: { type: 'day', value: '2025-01-31' },
  answer: { type: 'choice', choices: ['absent', 'possible', 'present'], value: 'present' },
  isOpen: { type: 'boolean', value: true },
  areas: { type: 'list', of: { type: 'text' }, value: ['Camden', 'Hackney'] },
  bases: { type: 'list', of: { type: 'choice', choices: ['voluntary', 'court', 'probation'] }, value: ['court', 'probation'] },
  sizes: { type: 'list', of: { type: 'integer' }, value: [] },
}

export const parameters: Record<string, ParameterDefinition> = Object.fromEntries(
  Object.entries(settings).map(([id, setting], i) => [
    id,
    { ...setting, number: i + 1, label: `Label of ${id}`, source: `source of ${id}` },
  ]),
)

export const scopeWith = (conditions: Record<string, Condition> = {}): Scope => ({ facts, parameters, conditions })
