import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRule, applyEdits, CannotEdit, removeRule, replaceValue, setParameter, type TextEdit } from '../src/authoring/index.ts'
import { withoutComments } from '../src/authoring/comments.ts'
import { segmentsOf, valueAt } from '../src/authoring/shape-at.ts'
import { spansOf } from '../src/authoring/spans.ts'
import { kindIds } from '../src/index.ts'
import { load } from '../src/load.ts'
import { shippedIds, shippedText } from './support/shipped.ts'

const small = `{
  "id": "riverside", "version": "1.0.0", "title": "Riverside",   "effectiveFrom": "2026-09-01",
  "extends": { "id": "core", "version": "1.0.0" },
  "parameters": { "minimumAge": 18,   "missesAllowed": { "value": 1, "maximum": 2 } }
}
`
const rule = {
  number: 110,
  label: 'Not willing to engage',
  source: 'Riverside, admission policy',
  conditions: { all: [{ fact: 'engagement.isWilling', operator: 'equal', value: false }] },
  event: { type: 'ineligible', params: { reason: 'The person is not willing to engage' } },
}

describe('an edit in place', () => {
  it('puts a value where another stood, and nothing else moves', () => {
    expect(applyEdits(small, setParameter(small, 'minimumAge', 21))).toBe(small.replace('18', '21'))
    expect(applyEdits(small, setParameter(small, 'missesAllowed', 2))).toBe(small.replace('"value": 1', '"value": 2'))
    expect(applyEdits(small, replaceValue(small, '/extends/version', '1.1.0'))).toBe(
      small.replace('"core", "version": "1.0.0"', '"core", "version": "1.1.0"'),
    )
  })

  it('is none where the value is the same', () => expect(setParameter(small, 'minimumAge', 18)).toEqual([]))

  it('adds a parameter in the line where parameters stand', () => {
    expect(applyEdits(small, setParameter(small, 'reviewAtMisses', 2))).toContain('"maximum": 2 }, "reviewAtMisses": 2 }\n}')
  })

  it('adds a rule with its kind, laid out as the rest', () => {
    const added = applyEdits(small, addRule(small, 'eligibility', 'not-willing', rule))
    expect(added.slice(0, small.length - 3)).toBe(small.slice(0, -3))
    expect(added.slice(small.length - 3)).toMatchInlineSnapshot(`
      ",
        "eligibility": {
          "not-willing": {
            "number": 110,
            "label": "Not willing to engage",
            "source": "Riverside, admission policy",
            "conditions": { "all": [{ "fact": "engagement.isWilling", "operator": "equal", "value": false }] },
            "event": { "type": "ineligible", "params": { "reason": "The person is not willing to engage" } }
          }
        }
      }
      "
    `)
    expect(load(added, [shippedText('core')]).ok).toBe(true)
  })

  it('takes an inherited rule out by its name, with the reason', () => {
    const removed = applyEdits(small, removeRule(small, 'eligibility', 'resident-in-area', 'Riverside takes people from anywhere'))
    expect(removed).toContain('"remove": { "eligibility": { "resident-in-area": "Riverside takes people from anywhere" } }')
    expect(load(removed, [shippedText('core')]).ok).toBe(true)
  })

  it('takes a rule of the document out altogether, and lists one that replaced another', () => {
    const own = applyEdits(small, addRule(small, 'eligibility', 'not-willing', rule))
    expect(JSON.parse(applyEdits(own, removeRule(own, 'eligibility', 'not-willing', 'not needed')))).toEqual({
      ...JSON.parse(small),
      eligibility: {},
    })
    const replacing = applyEdits(small, addRule(small, 'eligibility', 'resident-in-area', { ...rule, replaces: true }))
    expect(JSON.parse(applyEdits(replacing, removeRule(replacing, 'eligibility', 'resident-in-area', 'from anywhere')))).toEqual({
      ...JSON.parse(small),
      eligibility: {},
      remove: { eligibility: { 'resident-in-area': 'from anywhere' } },
    })
  })

  it.each(['court-order', 'unwilling-to-engage'])('takes out the first and the last of several alike: %s', (id) => {
    const text = shippedText('step-by-step')
    const { eligibility, ...rest } = JSON.parse(text) as { eligibility: Record<string, unknown> }
    const { [id]: _, ...others } = eligibility
    expect(JSON.parse(applyEdits(text, removeRule(text, 'eligibility', id, 'not needed')))).toEqual({ ...rest, eligibility: others })
  })

  it.each<[string, () => TextEdit[]]>([
    ['the text is not JSON: a value is needed here', () => setParameter('{ "id": }', 'minimumAge', 18)],
    ['the text holds no object', () => setParameter('[]', 'minimumAge', 18)],
    ['there is nothing at /titel', () => replaceValue(small, '/titel', 'x')],
    ['/parameters/minimumAge is there already', () => addRule(small, 'parameters' as 'risk', 'minimumAge', rule)],
    ['what stands at /title is no object', () => addRule(small, 'title' as 'risk', 'x', rule)],
  ])('refused: %s', (message, edit) => {
    expect(edit).toThrow(CannotEdit)
    expect(edit).toThrow(message)
  })
})

describe('an edit of a draft with comments', () => {
  const draft = `{ // a draft
  "id": "riverside", /* ours */ "version": "1.0.0",
  "title": "Riverside // not a comment",
  "extends": { "id": "core", "version": "1.0.0" },
  "parameters": {
    // from the policy of May
    "minimumAge": 18, // as in core
    "missesAllowed": 0 // strict
  },
  "eligibility": { /* none yet */ },
  "remove": {
    "eligibility": {
      // by letter
      "resident-in-area": "from anywhere", /* agreed */
      "court-order": "not here" // for now
    }
  }
}
`
  const edited = (edits: readonly TextEdit[]) => applyEdits(draft, edits)

  it('leaves them in the lines they are about', () => {
    expect(edited(setParameter(draft, 'minimumAge', 21))).toBe(draft.replace('18', '21'))
    expect(edited(setParameter(draft, 'reviewAtMisses', 2))).toBe(draft.replace('0 // strict\n', '0, // strict\n    "reviewAtMisses": 2\n'))
    expect(edited(addRule(draft, 'safeguarding', 'x', rule))).toContain(
      '  "eligibility": { /* none yet */ },\n  "safeguarding": {\n    "x": {',
    )
  })

  it('puts the first entry behind what is said of none', () => {
    expect(edited(addRule(draft, 'eligibility', 'not-willing', rule))).toContain(
      '"eligibility": { /* none yet */\n    "not-willing": {\n      "number": 110,',
    )
  })

  it('keeps those around what is taken out', () => {
    const both = edited(addRule(draft, 'eligibility', 'not-willing', rule))
    const gone = applyEdits(both, removeRule(both, 'eligibility', 'not-willing', ''))
    expect(gone).toContain('/* none yet */')
    expect(JSON.parse(withoutComments(gone))).toEqual(JSON.parse(withoutComments(draft)))
    const own = draft.replace(
      '"eligibility": { /* none yet */ }',
      '"eligibility": {\n    // one\n    "a": {}, // two\n    "b": {} // three\n  }',
    )
    const first = applyEdits(own, removeRule(own, 'eligibility', 'a', ''))
    const last = applyEdits(own, removeRule(own, 'eligibility', 'b', ''))
    for (const text of [first, last]) for (const comment of ['// one', '// two', '// three']) expect(text).toContain(comment)
    expect(JSON.parse(withoutComments(first))).toMatchObject({ eligibility: { b: {} } })
    expect(JSON.parse(withoutComments(last))).toMatchObject({ eligibility: { a: {} } })
  })

  it('is refused where something else is wrong than comments', () => {
    expect(() => setParameter(draft.replace('18,', '18'), 'minimumAge', 21)).toThrow(CannotEdit)
    expect(() => setParameter(draft.replace('/* ours */', '/* ours'), 'minimumAge', 21)).toThrow(CannotEdit)
  })
})

/** The same document, written in another way. */
const layouts: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(JSON.parse(text)),
  (text) => JSON.stringify(JSON.parse(text), null, 4),
  (text) => JSON.stringify(JSON.parse(text), null, '\t'),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll(', "', '  ,\n "'),
]

const anyJson = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'))
const key = fc.constantFrom('a', 'new-rule', 'with/slash', 'with~tilde', 'with "quotes"', 'ünder')

type Change = { of: (document: Record<string, Record<string, unknown>>) => void; edits: (text: string) => TextEdit[]; touches: string[] }

const change = fc.oneof(
  fc.record({ id: key, value: fc.oneof(fc.integer(), fc.boolean(), fc.string()) }).map(
    ({ id, value }): Change => ({
      of: (document) => Object.assign((document['parameters'] ??= {}), { [id]: value }),
      edits: (text) => setParameter(text, id, value),
      touches: ['/parameters'],
    }),
  ),
  fc.record({ kind: fc.constantFrom(...kindIds), id: key, rule: fc.dictionary(fc.constantFrom('label', 'source', 'event'), anyJson) }).map(
    ({ kind, id, rule: added }): Change => ({
      of: (document) => Object.assign((document[kind] ??= {}), { [id]: added }),
      edits: (text) => addRule(text, kind, id, added as unknown as typeof rule),
      touches: [`/${kind}`],
    }),
  ),
  fc.record({ kind: fc.constantFrom(...kindIds), id: key, reason: fc.string() }).map(
    ({ kind, id, reason }): Change => ({
      of: (document) => Object.assign(((document['remove'] ??= {})[kind] ??= {}) as object, { [id]: reason }),
      edits: (text) => removeRule(text, kind, id, reason),
      touches: ['/remove', `/remove/${kind}`],
    }),
  ),
  fc
    .record({ at: fc.nat(), value: anyJson })
    .map(({ at, value }): Change => ({ of: () => undefined, edits: (text) => replaceValue(text, placeOf(text, at), value), touches: [] })),
)
const placeOf = (text: string, at: number) => {
  const places = [...spansOf(withoutComments(text)).keys()].filter((pointer) => pointer !== '')
  return places[at % places.length] ?? ''
}

describe('whatever is edited, in whatever layout', () => {
  it('the document says what was asked for, and everything else is written as it was', () => {
    let ran = 0
    fc.assert(
      fc.property(fc.constantFrom(...shippedIds), fc.constantFrom(...layouts), change, (id, layout, { of, edits, touches }) => {
        const before = layout(shippedText(id))
        const made = edits(before)
        const after = applyEdits(before, made)
        const expected = JSON.parse(before) as Record<string, Record<string, unknown>>
        of(expected)
        if (touches.length > 0) expect(JSON.parse(after)).toEqual(expected)
        const spans = [spansOf(before), spansOf(after)] as const
        const touched = (pointer: string) => pointer === '' || touches.includes(pointer)
        const there = [...spans[0]].filter(([, { from, to }]) => !made.some(({ offset, length }) => offset < to && offset + length > from))
        for (const [pointer, { from, to }] of there.filter(([at]) => !touched(at))) {
          const now = spans[1].get(pointer)
          if (now === undefined || after.slice(now.from, now.to) !== before.slice(from, to))
            throw new Error(`${pointer} is written otherwise`)
        }
        ran++
      }),
      { numRuns: 150 },
    )
    console.log(`edits made: ${ran}`)
    expect(ran).toBeGreaterThan(0)
  })

  it('a comment at the end of every line stays, and changes nothing else', () => {
    let kept = 0
    fc.assert(
      fc.property(
        fc.constantFrom('cdars-phoenix', 'step-by-step'),
        fc.constantFrom(...layouts),
        change,
        (id, layout, { edits, touches }) => {
          const before = layout(shippedText(id))
          let line = 0
          const commented = before.replaceAll(/\r?\n/g, (end) => ` // ${++line} "a": {,${end}`)
          const plain = applyEdits(before, edits(before))
          const after = applyEdits(commented, edits(commented))
          expect(JSON.parse(withoutComments(after))).toEqual(JSON.parse(plain))
          if (touches.length === 0) return
          const comments = after.match(/ \/\/ \d+ "a": \{,/g) ?? []
          expect(comments).toEqual(Array.from({ length: line }, (_, index) => ` // ${index + 1} "a": {,`))
          kept += comments.length
        },
      ),
      { numRuns: 150 },
    )
    console.log(`comments kept: ${kept}`)
    expect(kept).toBeGreaterThan(0)
  })

  it('a value that is replaced is the one asked for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...layouts), fc.nat(), anyJson, (layout, at, value) => {
        const text = layout(shippedText('step-by-step'))
        const pointer = placeOf(text, at)
        const after = applyEdits(text, replaceValue(text, pointer, value))
        const span = spansOf(after).get(pointer)
        expect(JSON.parse(after.slice(span?.from, span?.to))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 100 },
    )
  })

  it('every place is where the strict reader finds it', () => {
    for (const text of shippedIds.map(shippedText)) {
      const spans = spansOf(text)
      const document: unknown = JSON.parse(text)
      expect(spans.size).toBeGreaterThan(50)
      for (const [pointer, { from, to }] of spans) {
        const held = valueAt(document, segmentsOf(pointer))
        if (JSON.stringify(JSON.parse(text.slice(from, to))) !== JSON.stringify(held)) throw new Error(pointer)
      }
    }
  })
})
