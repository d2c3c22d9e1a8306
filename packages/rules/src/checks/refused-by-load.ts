/**
 * Faults that `load` refuses already, because one place is enough to see them; each has its page beside the checks.
 * The code, and what it is about.
 */
export const refusedByLoad: Readonly<Record<string, string>> = {
  'unknown-fact': 'A fact that no catalogue has',
  'mistyped-fact': 'A fact with a value of the wrong type',
  'unknown-operator': 'An operator that does not exist',
  'operator-type': 'An operator that does not fit the fact',
  'unknown-parameter': 'A parameter that does not exist',
  'value-type': 'A value of the wrong type',
  'unknown-choice': 'A choice that does not exist',
  'parameter-value': 'A parameter outside its bounds',
  'loosened-bound': 'A bound that becomes wider',
  'empty-bounds': 'Bounds that leave no value',
  'band-gap': 'A score in no band',
  'band-overlap': 'Bands that overlap',
  'floor-order': 'A floor that falls as the answer becomes worse',
  'missing-key': 'A label or a source that is missing',
  'empty-text': 'A label or a source that is empty',
  'replaces-nothing': 'A rule that replaces itself',
  locked: 'A safety floor removed or weakened',
}
