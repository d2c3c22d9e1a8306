import type { Field, ObjectShape, Shape, TextForm } from './shape.ts'

const text: Shape = { is: 'text' }
const required = (shape: Shape, description: string): Field => ({ shape, description })
const optional = (shape: Shape, description: string): Field => ({ shape, description, optional: true })
const object = (fields: Readonly<Record<string, Field>>): ObjectShape => ({ is: 'object', fields })
const whole = (minimum: number, maximum: number): Shape => ({ is: 'integer', minimum, maximum })

// Within these, every score is a fraction of whole numbers that a double holds exactly.
const MOST_ITEMS = 60
const ANSWER = whole(0, 100)
const POINTS = whole(-100_000, 100_000)

/** The form of one entry of `scales`. Whether its parts fit together is checked by `checkScales`. */
export function scaleShape(id: TextForm, version: TextForm): ObjectShape {
  const number = required(whole(1, 1_000_000), 'Order in lists and reports, from 1. Each number once.')
  const label = required(text, 'In plain words.')
  const names = (description: string) => required({ is: 'list', of: { is: 'text', like: id }, minimum: 1 }, description)
  const by = (name: string, description: string) => required({ is: 'choice', of: [name] }, description)
  const times = required(whole(1, 100), 'What the mean is multiplied by.')
  const subscale = object({
    number,
    label,
    items: required(
      {
        is: 'either',
        inWords: 'a list of item numbers, or how many items there are',
        of: [
          { when: (value) => Array.isArray(value), shape: { is: 'list', of: whole(1, 1000), minimum: 1 } },
          { when: (value) => typeof value === 'number', shape: whole(1, MOST_ITEMS) },
        ],
      },
      'The numbers of its items on the form, or how many there are. Never their text.',
    ),
    asksAbove: optional(ANSWER, 'An answer above this is a question for safeguarding, whatever the score.'),
  })
  const formula: Shape = {
    is: 'tagged',
    by: 'by',
    cases: {
      mean: object({
        by: by('mean', 'The mean of all items of some subscales together.'),
        of: names('The subscales it is taken of.'),
        times,
      }),
      sum: object({ by: by('sum', 'The sum of all items of some subscales.'), of: names('The subscales that are added up.') }),
      means: object({
        by: by('means', 'Means of subscales, added up or taken away; at most four.'),
        plus: names('The subscales whose means are added up.'),
        minus: required({ is: 'list', of: { is: 'text', like: id } }, 'The subscales whose means are taken away.'),
        times,
      }),
    },
  }
  const band = object({
    number,
    label,
    from: required(POINTS, 'Where it begins, in points; it counts.'),
    to: optional(POINTS, 'The highest score in it, in points; it goes up to where the next begins, and this is compared with that.'),
  })
  const score = object({
    number,
    label,
    formula: required(formula, 'How it comes about.'),
    missingAllowed: required(
      whole(0, MOST_ITEMS),
      'How many items it may lack, and is then scaled to those answered. By means: in each subscale. With more it is unknown.',
    ),
    cutOff: optional(POINTS, 'Where the clinical or high range begins, in points; it counts.'),
    bands: optional({ is: 'record', ids: id, of: band, maximum: 20 }, 'Ranges that the publisher names, from the lowest score up.'),
    reliableChange: optional(
      object({
        atLeast: required(whole(1, 100_000), 'The least change, in points, that is more than the error of measurement; it counts.'),
        better: required({ is: 'choice', of: ['higher', 'lower'] }, 'Which way is better.'),
      }),
      'From when on a change is one.',
    ),
  })
  return object({
    number,
    label,
    version: required({ is: 'text', like: version }, 'Three numbers, of the scoring. Changed scoring needs a new id.'),
    source: required(text, 'Who published the scoring, and what of it was not read again.'),
    answers: required(
      object({ minimum: required(ANSWER, 'The least; it counts.'), maximum: required(ANSWER, 'The most; it counts.') }),
      'What one answer may be: a whole number, as printed on the form.',
    ),
    subscales: required({ is: 'record', ids: id, of: subscale, maximum: 20 }, 'Groups of items.'),
    scores: required({ is: 'record', ids: id, of: score, maximum: 20 }, 'What is computed of them.'),
  })
}
