import { complete } from '@plumbline/rules/authoring'
import { placeIn } from './place.ts'
import { parentsOf } from './read-rule-set.ts'
import { paint, wrapped, type ExitCode, type Terminal } from './terminal.ts'

/** `plumbline rules complete`: what can be written at a place, whatever else is wrong with the file. Of a word that is begun, what has it in its name. */
export async function showCompletions(terminal: Terminal, place: string, options: { json?: true }): Promise<ExitCode> {
  const { path, text, offset } = placeIn(place)
  const offers = await complete(text, offset, parentsOf(path))
  const fitting = offers.filter(({ label, from }) => label.toLowerCase().includes(begun(text.slice(from, offset))))
  const shown = fitting.length > 0 ? fitting : offers
  if (options.json) terminal.out(JSON.stringify(shown, null, 2))
  else if (shown.length === 0) terminal.out('Nothing is known that could stand here.')
  else
    for (const { label, words } of shown) {
      terminal.out(paint(terminal, 'bold', label))
      if (words !== '') terminal.out(wrapped(words.replaceAll('\n', ' '), '    '))
    }
  return 0
}

const begun = (written: string): string => written.replaceAll('"', '').toLowerCase()
