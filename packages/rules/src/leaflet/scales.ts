import { counted, series } from '../explain/words.ts'
import { byNumber } from '../kinds/index.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { Scale, ScaleScore } from '../rule-set/scale.ts'
import type { Block } from './blocks.ts'
import { beginningOf } from './instrument.ts'

/** How outside questionnaires are scored. */
export function scalesOf({ scales }: ResolvedDocument): Block[] {
  const entries = byNumber(scales)
  if (entries.length === 0) return []
  return [
    { is: 'heading', level: 2, text: 'Scores of outside questionnaires' },
    { is: 'paragraph', text: 'As their publishers say. No rule looks at them, and the text of a question is nowhere here.' },
    ...entries.flatMap(([id, scale]): Block[] => [
      { is: 'heading', level: 3, text: `${scale.label} (${id} ${scale.version})` },
      {
        is: 'paragraph',
        text: `Each answer is a whole number from ${scale.answers.minimum} to ${scale.answers.maximum}. ${scale.source}.`,
      },
      {
        is: 'table',
        head: ['Subscale', 'Items', 'A question for safeguarding'],
        rows: byNumber(scale.subscales).map(([, { label, items, asksAbove }]) => [
          label,
          typeof items === 'number' ? counted(items, 'item') : items.join(', '),
          asksAbove === undefined ? 'no' : `any answer above ${asksAbove}`,
        ]),
      },
      {
        is: 'table',
        head: ['Score', 'Is', 'May lack', 'Cut-off', 'Reliable change'],
        rows: byNumber(scale.scores).map(([, score]) => rowOf(score, scale)),
      },
      ...byNumber(scale.scores).flatMap(([, score]) => bandsOf(score)),
    ]),
  ]
}

function rowOf(score: ScaleScore, scale: Scale): string[] {
  const { label, formula, missingAllowed, cutOff, reliableChange } = score
  return [
    label,
    formulaInWords(score, scale),
    missingAllowed === 0 ? 'none' : `${counted(missingAllowed, 'item')}${formula.by === 'means' ? ' in each' : ''}`,
    cutOff === undefined ? 'none named' : `${cutOff} or more`,
    reliableChange ? `${counted(reliableChange.atLeast, 'point')} or more; ${reliableChange.better} is better` : 'none named',
  ]
}

function bandsOf({ label, bands = {} }: ScaleScore): Block[] {
  const rows = byNumber(bands).map(([, band]) => [band.label, beginningOf(band)])
  return rows.length === 0 ? [] : [{ is: 'table', head: [`Band of ${label}`, 'Begins at'], rows }]
}

function formulaInWords({ formula }: ScaleScore, { subscales }: Scale): string {
  const names = (ids: readonly string[]) => series(ids.map((id) => subscales[id]?.label ?? id))
  if (formula.by === 'sum') return `sum of ${names(formula.of)}`
  const times = formula.times === 1 ? '' : `, times ${formula.times}`
  if (formula.by === 'mean') return `mean of the items of ${names(formula.of)}${times}`
  const less = formula.minus.length > 0 ? ` less ${names(formula.minus)}` : ''
  return `means of ${names(formula.plus)}${less}${times}`
}
