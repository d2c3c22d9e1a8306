import type { FactDefinition } from '../../language/facts.ts'
import { answerWords, evidenceSources, factorNames, windowWords } from './evidence.ts'
import { byNumber } from '../rule.ts'
import type { Factor, Instrument } from './instrument.ts'

/** The facts an instrument brings with it: four for each factor, and the band for the kinds decided after risk. */
export function instrumentFacts(instrument: Instrument): Readonly<Record<string, FactDefinition>> {
  const facts: Record<string, FactDefinition> = {}
  for (const [id, factor] of byNumber(instrument.factors)) Object.assign(facts, factorFacts(id, factor))
  const bands = byNumber(instrument.bands).map(([id]) => id)
  const band = { type: 'choice', choices: bands, source: 'The risk decision in force' } as const
  facts['risk.atLeast'] = {
    ...band,
    number: 2001,
    label: 'Risk band, at least',
    question: 'What is the lowest band the last risk decision leaves open?',
  }
  facts['risk.atMost'] = {
    ...band,
    number: 2002,
    label: 'Risk band, at most',
    question: 'What is the highest band the last risk decision leaves open?',
  }
  return facts
}

function factorFacts(id: string, factor: Factor): Record<string, FactDefinition> {
  const names = factorNames(id)
  const number = 1000 + factor.number * 4
  return {
    [names.answer]: { type: 'choice', choices: answerWords, number, label: factor.label, question: factor.question, source: factor.source },
    [names.lastOccurredOn]: {
      type: 'day',
      number: number + 1,
      label: `${factor.label}: last day`,
      question: `On which day did this last happen: ${factor.label}?`,
      source: 'Evidence of the answer',
    },
    [names.sources]: {
      type: 'list',
      of: { type: 'choice', choices: evidenceSources },
      number: number + 2,
      label: `${factor.label}: sources`,
      question: `Who or what says so: ${factor.label}?`,
      source: 'Evidence of the answer',
    },
    [names.window]: {
      type: 'choice',
      choices: windowWords,
      number: number + 3,
      label: `${factor.label}: recent or historic`,
      question: `When did this last happen: ${factor.label}?`,
      source: 'Computed from the last day and the day of the decision',
      derived: { by: 'kind' },
    },
  }
}
