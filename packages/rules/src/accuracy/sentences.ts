import { counted } from '../explain/words.ts'
import type { Instrument } from '../kinds/risk/instrument.ts'
import type { Accuracy } from './accuracy.ts'
import type { Proportion } from './proportion.ts'

/** What an evaluator may say of a sample, in plain English, with every denominator. It speaks of cases, never of a person. */
export function accuracyInWords({ bands: labels }: Instrument, accuracy: Accuracy): string[] {
  const { question, observed, notKnown, happened, curve, bands, outOfOrder, thresholds } = accuracy
  const label = (band: string) => labels[band]?.label ?? band
  const range = (atLeast: string, atMost: string) =>
    atLeast === atMost ? label(atLeast) : `Between ${label(atLeast)} and ${label(atMost)}`
  const sentences = [
    `Looked for: ${question.happening}, within ${counted(question.withinMonths, 'month')}.`,
    `Of ${counted(observed, 'case')} ${notKnown} could not be followed up. Of the others it happened with ${shareInWords(happened)}.`,
    areaInWords(accuracy),
    ...(curve.withoutScore > 0 ? [`${counted(curve.withoutScore, 'case')} could not be scored, and count in the bands only.`] : []),
    ...bands.map(({ atLeast, atMost, happened: those }) => `${range(atLeast, atMost)}: it happened with ${shareInWords(those)}.`),
    ...outOfOrder.map(
      ({ lower, higher, few }) =>
        `In "${label(higher)}" it happened to a smaller share than in "${label(lower)}"${few ? '; with so few cases that says little' : ', so the order of the bands does not hold here'}.`,
    ),
    ...thresholds.map(
      ({ from, byAtMost: { sensitivity, specificity } }) =>
        `From "${label(from)}" up, by the highest band possible: caught ${shareInWords(sensitivity)} with whom it happened, and left out ${shareInWords(specificity)} with whom it did not.`,
    ),
  ]
  if (accuracy.tooFewToRecalibrate)
    sentences.push('Too few cases were followed up to move bands or weights by: 200 are wanted at the least.')
  return [...sentences, ...CAUTIONS]
}

const CAUTIONS = [
  'Figures marked "few" rest on fewer than 10 cases, or on fewer than 5 on one side: do not publish them, they may name people.',
  'People were treated because of these results, so a low figure in a high band may be the programme at work.',
  'All of this describes these cases together. It says nothing about any one person, and no figure is a probability.',
]

function areaInWords({ curve: { area } }: Accuracy): string {
  if (!area) return 'No area under the curve: with nobody, or with everybody, there is nothing to compare.'
  const { pairs, value, interval } = area
  const between = interval
    ? `95 % interval ${decimals(interval.from)} to ${decimals(interval.to)}`
    : 'no interval can be given for so few, for groups that do not overlap, or where all scores are the same'
  return `Area under the curve ${decimals(value)} (${between}): in ${pairs.higher} of ${pairs.of} pairs the case with which it happened scored higher, in ${pairs.same} the same.`
}

/** `9 of 20 (45 %; 95 % interval 26 to 66 %)`. */
function shareInWords({ count, of, interval, few }: Proportion): string {
  if (!interval) return 'none of none'
  const marked = few ? '; few' : ''
  return `${count} of ${of} (${percent(count / of)} %; 95 % interval ${percent(interval.from)} to ${percent(interval.to)} %${marked})`
}

const percent = (share: number): string => (share * 100).toFixed(0)
const decimals = (value: number): string => value.toFixed(2)
