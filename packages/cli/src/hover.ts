import { hover } from '@plumbline/rules/authoring'
import { placeIn } from './place.ts'
import { parentsOf } from './read-rule-set.ts'
import { paint, wrapped, type ExitCode, type Terminal } from './terminal.ts'

/** `plumbline rules hover`: what the thing at a place means. */
export async function showMeaning(terminal: Terminal, place: string, options: { json?: true }): Promise<ExitCode> {
  const { path, text, offset } = placeIn(place)
  const hint = await hover(text, offset, parentsOf(path))
  if (options.json) terminal.out(JSON.stringify(hint ?? null, null, 2))
  else if (!hint) terminal.out('There is nothing to say of this place.')
  else {
    terminal.out(paint(terminal, 'bold', text.slice(hint.from, hint.to).split('\n')[0]!.trim()))
    for (const line of hint.words.split('\n').filter((each) => each.trim() !== '')) terminal.out(wrapped(line, '    '))
  }
  return 0
}
