import { conditionInWords, inOneLine, type Catalogue } from '../explain/condition-words.ts'

import { operators } from '../language/operators.ts'
import { MAXIMUM_SIZE } from '../language/parse.ts'
import type { Scope } from '../language/scope.ts'
import { fittingDefinitions } from './fitting-schema.ts'
import { closed, type JsonSchema, offeredBeside } from './json-schema.ts'
import { factOffers, sentence } from './names.ts'

/**
 * The condition language as JSON Schema. Wider than the language: how deep it may go is said when it is loaded.
 * With the names of a rule set, operators and values follow the type of the fact beside them.
 */
export function conditionDefinitions(catalogue?: Catalogue): JsonSchema {
  const scope = catalogue && scopeOf(catalogue)
  const fact = {
    description: 'A name from the fact catalogue, "asOf", or "parameter." and the name of a parameter.',
    type: 'string',
    minLength: 1,
  }
  const operator = { description: 'How it is compared.', ...(scope ? { type: 'string' } : { allOf: [{ $ref: '#/definitions/operator' }] }) }
  const value = {
    description: 'What it is compared with: a value, a list, or { "fact": "parameter.…" }.',
    ...(scope ? {} : { allOf: [{ $ref: '#/definitions/operand' }] }),
  }
  const named = scope ? { description: fact.description, allOf: [{ $ref: '#/definitions/fact' }] } : fact
  const about = (properties: JsonSchema) =>
    closed({ fact: named, ...properties }, scope ? { allOf: [{ $ref: '#/definitions/fitting' }] } : {})
  const item = (description: string) => ({ description, allOf: [{ $ref: '#/definitions/itemCondition' }] })
  const list = (description: string, of: string) => ({
    description,
    type: 'array',
    minItems: 1,
    maxItems: MAXIMUM_SIZE,
    items: { $ref: `#/definitions/${of}` },
  })
  const one = (description: string, of: string) => ({ description, allOf: [{ $ref: `#/definitions/${of}` }] })
  return {
    condition: {
      description: 'True, false, or unknown where what it asks about is not known.',
      type: 'object',
      anyOf: [
        closed({ all: list('True when every one of these is.', 'condition') }),
        closed({ any: list('True when at least one of these is.', 'condition') }),
        closed({ not: one('True when this is false; unknown stays unknown.', 'condition') }),
        closed({ condition: namedCondition(catalogue) }),
        closed({ atLeast: { description: 'How many must be true.', type: 'integer', minimum: 1 }, of: list('Of these.', 'condition') }),
        about({ operator, value }),
        about({
          operator,
          value,
          path: { description: 'A field of every item, under someFact: or everyFact:.', type: 'string', pattern: '^\\$\\[\\*\\]\\.' },
        }),
        about({ some: item('At least one item of the list fits.') }),
        about({ every: item('Every item of the list fits.') }),
        about({ none: item('No item of the list fits.') }),
        about({ operator, value, count: item('How many items of the list fit, compared with "value".') }),
      ],
    },
    itemCondition: {
      description: 'About one item of a list: a field of it by "path": "$.field".',
      type: 'object',
      anyOf: [
        closed({ all: list('True when every one of these is, of the same item.', 'itemCondition') }),
        closed({ any: list('True when at least one of these is, of the same item.', 'itemCondition') }),
        closed({ not: one('True when this is false; unknown stays unknown.', 'itemCondition') }),
        closed({ path: { description: 'A field of the item.', type: 'string', pattern: '^\\$\\.' }, operator, value }),
      ],
    },
    ...(scope
      ? { fact: factSchema(scope, fact), ...fittingDefinitions(scope) }
      : { operator: operatorSchema(), operand: operandSchema(fact) }),
  }
}

/** Names that the document being written may define itself are accepted too. */
function factSchema(scope: Scope, fact: JsonSchema): JsonSchema {
  const unknown = { errorMessage: 'the fact catalogue has no such name; a fact of your own begins with "custom."' }
  return { ...fact, ...unknown, ...offeredBeside(factOffers(scope), { type: 'string', pattern: '^(?:custom|parameter)\\.', ...unknown }) }
}

function namedCondition(catalogue: Catalogue | undefined): JsonSchema {
  const offers = Object.entries(catalogue?.document.conditions ?? {}).map(([name, condition]) => ({
    name,
    words: catalogue ? sentence(inOneLine(conditionInWords(condition, catalogue))) : '',
  }))
  return { description: 'The name of a condition under "conditions".', ...offeredBeside(offers, { type: 'string', minLength: 1 }) }
}

const scopeOf = ({ document, facts }: Catalogue): Scope => ({ facts, parameters: document.parameters, conditions: document.conditions })

function operatorSchema(): JsonSchema {
  const said = Object.entries(operators).map(([name, { inWords }]) => `${name}: ${inWords}`)
  return {
    description: `How it is compared. ${said.join('; ')}. In front may stand not:, and for lists someFact: or everyFact:.`,
    type: 'string',
    anyOf: [{ enum: Object.keys(operators) }, { pattern: `^(?:(?:not|someFact|everyFact):)+(?:${Object.keys(operators).join('|')})$` }],
  }
}

function operandSchema(fact: JsonSchema): JsonSchema {
  return {
    description: 'What it is compared with: a value, a list of values, or a fact or parameter.',
    anyOf: [
      { type: ['string', 'integer', 'boolean'] },
      { type: 'array', items: { type: ['string', 'integer', 'boolean'] } },
      closed({ fact }),
    ],
  }
}
