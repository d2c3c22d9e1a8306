import type { Field, ObjectShape, Shape, TextForm } from './shape.ts'

const text: Shape = { is: 'text' }
const required = (shape: Shape, description: string): Field => ({ shape, description })
const optional = (shape: Shape, description: string): Field => ({ shape, description, optional: true })
const object = (fields: Readonly<Record<string, Field>>): ObjectShape => ({ is: 'object', fields })
const whole = (minimum: number, maximum: number): Shape => ({ is: 'integer', minimum, maximum })

/** The form of `instrument`. Whether bands meet, floors rise and names exist is checked by the risk kind. */
export function instrumentShape(id: TextForm, version: TextForm): ObjectShape {
  const name: Shape = { is: 'text', like: id }
  const number = required(whole(1, 1000), 'Order on the form, from 1. Each number once.')
  const label = required(text, 'In plain words.')
  const source = required(text, 'Where it comes from.')
  const domain = object({
    number,
    label,
    needsOtherSource: optional({ is: 'true' }, 'Answers here count as self-report while only the person themself is a source.'),
  })
  const floor = object({
    recent: required(name, 'The band that this alone forces when it was recent.'),
    historic: required(name, 'The band that this alone forces when it was long ago.'),
    possible: required(name, 'The band that a possible answer forces until it is verified.'),
  })
  const factor = object({
    number,
    label,
    question: required(text, 'How it is asked.'),
    source,
    domain: required(name, 'The domain it belongs to.'),
    weight: required(whole(1, 1000), 'Points are weight × 0 (absent), 1 (possible) or 2 (present).'),
    static: optional({ is: 'true' }, 'History: counts fully however long ago it was.'),
    floor: optional(floor, 'A critical factor: the bands it forces by itself.'),
    recentWithin: required(name, 'The parameter (whole months) that says what recent means.'),
  })
  const band = object({
    number,
    label,
    from: required(whole(0, 100), 'Where it starts, in percent of the greatest score; it counts.'),
    to: optional(
      whole(0, 100),
      'The highest score in it, in percent; it goes up to where the next starts, and this is compared with that.',
    ),
    reviewDays: required(whole(1, 3650), 'Days until the next review.'),
  })
  return object({
    id: required(name, 'The id of the instrument. Changed scoring needs a new one.'),
    version: required({ is: 'text', like: version }, 'Three numbers. A changed label needs a new one.'),
    title: required(text, 'What people call it.'),
    source,
    statement: required(name, 'The statement that every result carries: whether it is validated.'),
    domains: required({ is: 'record', ids: id, of: domain }, 'Groups of factors.'),
    factors: required({ is: 'record', ids: id, of: factor, maximum: 200 }, 'The questions.'),
    bands: required({ is: 'record', ids: id, of: band, maximum: 20 }, 'From the lowest up, without gaps.'),
    missing: required(
      object({
        prorated: required(whole(0, 200), 'Up to this many open answers the score is scaled.'),
        provisional: required(whole(0, 200), 'Up to this many the score is provisional; above, there is none.'),
        provisionalReviewDays: required(whole(1, 3650), 'Days until a provisional result is looked at again.'),
      }),
      'What becomes of the score while answers are open.',
    ),
  })
}
