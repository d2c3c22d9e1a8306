import { describe, expect, test } from 'vitest'
import { didYouMean, suggested, suggestion } from '../src/language/did-you-mean.ts'
import { meantBy, type OperatorName } from '../src/language/operators.ts'
import { howToWrite, inJson } from '../src/language/parse-json.ts'

describe('did you mean', () => {
  test.each<[word: string, candidates: string[], meant: string | undefined]>([
    ['minimumAge', ['minimumAge', 'maximumAge'], 'minimumAge'],
    ['MINIMUMAGE', ['maximumAge', 'minimumAge'], 'minimumAge'],
    ['isWilling', ['isWillinq', 'person.isWilling'], 'person.isWilling'],
    ['lesThan', ['greaterThan', 'lessThan'], 'lessThan'],
    ['lessThaan', ['lessThan'], 'lessThan'],
    ['lessThin', ['lessThan'], 'lessThan'],
    ['group', ['grope', 'groups'], 'groups'],
    // A swap of neighbours is one mistake, not two.
    ['ab', ['ba'], 'ba'],
    ['ohter', ['other'], 'other'],
    ['abcd', ['badc'], undefined],
    ['abcdef', ['badcef'], 'badcef'],
    ['xab', ['xba'], 'xba'],
    ['abxyz', ['baxyz'], 'baxyz'],
    // A third of the word may be wrong, and one letter of a short one.
    ['a', ['b'], 'b'],
    ['a', ['bc'], undefined],
    ['a', ['ab'], 'ab'],
    ['abc', ['abd'], 'abd'],
    ['abc', ['add'], undefined],
    ['abcde', ['abcxx'], undefined],
    ['abcdef', ['abcdxx'], 'abcdxx'],
    ['abcdef', ['abcxxx'], undefined],
    ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
    ['abcdefghi', ['abcdexyzw'], undefined],
    ['abc', ['abcd'], 'abcd'],
    ['abc', ['abcde'], undefined],
    ['abcdef', ['abcd'], 'abcd'],
    ['abcdef', ['abc'], undefined],
    // The nearest; of two as near the first.
    ['abcdef', ['abcxef', 'abcdefg'], 'abcxef'],
    ['abcdef', ['axcxef', 'abcdefg'], 'abcdefg'],
    ['kitten', ['sitting', 'mitten'], 'mitten'],
    ['weather', ['person.age'], undefined],
    ['', ['a'], 'a'],
    ['', ['ab'], undefined],
    ['x', [], undefined],
    ['age', ['page.x', 'person.age'], 'person.age'],
    ['age', ['personage'], undefined],
    // Beyond forty letters no more than thirteen mistakes, and nothing is looked for in a text that is no word.
    ['a'.repeat(45), [`${'a'.repeat(32)}${'b'.repeat(13)}`], `${'a'.repeat(32)}${'b'.repeat(13)}`],
    ['a'.repeat(45), [`${'a'.repeat(31)}${'b'.repeat(14)}`], undefined],
    ['a'.repeat(200), [`${'a'.repeat(199)}b`], `${'a'.repeat(199)}b`],
    ['a'.repeat(201), [`${'a'.repeat(200)}b`], undefined],
  ])('%s of %j: %s', (word, candidates, meant) => expect(didYouMean(word, candidates)).toBe(meant))

  test('is said, or something else, or nothing', () => {
    expect(suggestion('ohter', ['other'], 'see the list')).toEqual({ help: 'did you mean "other"?' })
    expect(suggestion('weather', ['other'], 'see the list')).toEqual({ help: 'see the list' })
    expect(suggestion('weather', ['other'])).toStrictEqual({})
    expect(suggested(undefined)).toStrictEqual({})
    expect(suggested('other')).toEqual({ help: 'did you mean "other"?' })
  })
})

test.each<[unknown, string]>([
  [undefined, 'missing'],
  [null, 'null'],
  [[], 'a list'],
  [{}, 'an object'],
  ['', 'a text'],
  [7, 'a whole number'],
  [7.5, 'a number with a fraction'],
  [true, 'true or false'],
  [false, 'true or false'],
  [() => 7, 'something JSON cannot hold'],
  [7n, 'something JSON cannot hold'],
])('in plain words, %o is %s', (json, words) => expect(inJson(json)).toBe(words))

test.each<[unknown, string, string | undefined]>([
  ['18', 'integer', 'write 18, without quotes'],
  ['-18', 'integer', 'write -18, without quotes'],
  ['007', 'integer', 'write 7, without quotes'],
  ['18 years', 'integer', undefined],
  ['about 18', 'integer', undefined],
  ['123456789012345', 'integer', 'write 123456789012345, without quotes'],
  ['1234567890123456', 'integer', undefined],
  ['', 'integer', undefined],
  [18, 'integer', undefined],
  ['true', 'boolean', 'write true or false, without quotes'],
  ['perhaps', 'boolean', 'write true or false, without quotes'],
  [1, 'boolean', undefined],
  ['18', 'text', undefined],
  ['18', 'day', undefined],
  ['Camden', 'list', 'write ["Camden"]'],
  ['a"b', 'list', 'write ["a\\"b"]'],
  ['x'.repeat(99), 'list', `write ["${'x'.repeat(60)}"]`],
  [['Camden'], 'list', undefined],
])('%j where a value of type %s is needed: %j', (json, type, help) => expect(howToWrite(json, { type })).toBe(help))

test.each<[meant: OperatorName | undefined, words: string[]]>([
  ['equal', ['=', '==', '===', 'is', 'eq', 'Equals', 'equal to', 'EQUAL_TO', 'eqal']],
  ['notEqual', ['!=', '!==', '<>', 'is not', 'not', 'ne', 'neq', 'not equals']],
  ['lessThan', ['<', 'lt', 'under', 'below', 'before', 'fewer than', 'less-than']],
  ['lessThanInclusive', ['<=', '=<', 'lte', 'at most', 'less than or equal', 'less than or equals', 'less than or equal to']],
  ['greaterThan', ['>', 'gt', 'over', 'above', 'after', 'more than']],
  ['greaterThanInclusive', ['>=', '=>', 'gte', 'at least', 'greater than or equal', 'greater than or equals', 'greater than or equal to']],
  ['in', ['one of', 'is one of', 'any of']],
  ['notIn', ['none of', 'is none of']],
  ['contains', ['has', 'includes', 'contain']],
  ['withinDays', ['within', 'within last days', 'withinDay']],
  [undefined, ['', '~', 'resembles', 'constructor', 'toString']],
])('an operator is meant by what others call it: %s', (meant, words) =>
  expect(words.map((word) => [word, meantBy(word)])).toEqual(words.map((word) => [word, meant])),
)
