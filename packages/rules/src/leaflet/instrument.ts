import { counted } from '../explain/words.ts'
import { byNumber, type Factor, type Instrument } from '../kinds/index.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { Block } from './blocks.ts'

/** Factors, bands, and what open answers do. */
export function instrumentOf({ instrument, parameters }: ResolvedDocument): Block[] {
  if (!instrument) return []
  const months = (id: string) => counted(Number(parameters[id]?.value ?? 0), 'month')
  const domains = byNumber(instrument.domains)
  return [
    { is: 'heading', level: 2, text: `Risk: ${instrument.title}` },
    {
      is: 'paragraph',
      text: `Instrument ${instrument.id} ${instrument.version}, ${counted(Object.keys(instrument.factors).length, 'factor')}. ${instrument.source}.`,
    },
    { is: 'heading', level: 3, text: 'Bands' },
    { is: 'paragraph', text: 'By the score in 100 of the greatest possible. The band is the highest of score, floors and patterns.' },
    {
      is: 'table',
      head: ['Band', 'Begins at', 'Review within'],
      rows: byNumber(instrument.bands).map(([, band]) => [band.label, beginningOf(band), counted(band.reviewDays, 'day')]),
    },
    { is: 'heading', level: 3, text: 'Open answers' },
    { is: 'paragraph', text: openInWords(instrument) },
    { is: 'heading', level: 3, text: 'Points' },
    {
      is: 'paragraph',
      text: 'Absent gives 0, possible the weight, present twice the weight. What changes, and was last seen before it would count as recent, gives the weight; history counts in full.',
    },
    ...domains.flatMap(([id, domain]): Block[] => {
      const factors = byNumber(instrument.factors).filter(([, factor]) => factor.domain === id)
      const needs = domain.needsOtherSource ? ' (not on the person’s own account alone)' : ''
      return [
        { is: 'heading', level: 3, text: `${domain.label}${needs}` },
        {
          is: 'table',
          head: ['No.', 'Factor and question', 'Weight', 'By itself', 'Recent', 'Source'],
          rows: factors.map(([, factor]) => [
            String(factor.number),
            `${factor.label}. ${factor.question}`,
            `${factor.weight}${factor.static ? ', history' : ''}`,
            floorInWords(factor, instrument),
            months(factor.recentWithin),
            factor.source,
          ]),
        },
      ]
    }),
  ]
}

/** Where a band begins, and its highest score where somebody wrote that down. */
export const beginningOf = ({ from, to }: { from: number; to?: number }): string => (to === undefined ? String(from) : `${from} (to ${to})`)

function openInWords({ missing: { prorated, provisional, provisionalReviewDays } }: Instrument): string {
  return `With up to ${prorated} open the score is scaled to what is answered; with up to ${provisional}, or a critical one open, it is provisional and looked at again within ${counted(provisionalReviewDays, 'day')}; with more there is none. Whatever is open, the band is given as a range.`
}

function floorInWords({ floor }: Factor, { bands }: Instrument): string {
  if (!floor) return 'forces no band'
  const band = (id: string) => (bands[id]?.label ?? id).toLowerCase()
  return `at least ${band(floor.recent)} if recent, ${band(floor.historic)} if past, ${band(floor.possible)} if possible`
}
