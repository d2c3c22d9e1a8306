import { type Command, Option } from 'commander'
import { kindIds, type KindId } from '@plumbline/rules'
import { showCompletions } from './complete.ts'
import { type EditOptions, removeFromFile, setInFile } from './edit.ts'
import { showMeaning } from './hover.ts'
import { importFromFile, type ImportOptions } from './import.ts'
import { inventCases, type InventOptions } from './invent.ts'
import { collectKind, wholeNumber } from './option-values.ts'
import { type ExitCode, type Terminal } from './terminal.ts'

/** Commands for whoever writes a rule set: help at a place, edits that keep the layout, rules and cases to begin with. */
export function addWriting(rules: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const json = () => new Option('--json', 'print one JSON document instead of text')
  const write = () => new Option('--write', 'write the file; without it the change is only shown')
  const kind = () => new Option('--kind <kind>', 'the kind of rule').choices(kindIds)

  rules
    .command('complete')
    .description('say what can be written at a place, from the names of the rule set itself')
    .argument('<place>', 'FILE:LINE:COLUMN, as an editor shows it')
    .addOption(json())
    .action(async (place: string, options: { json?: true }) => done(await showCompletions(terminal, place, options)))

  rules
    .command('hover')
    .description('say what the thing at a place means: a fact, an operator, a parameter, a rule')
    .argument('<place>', 'FILE:LINE:COLUMN, as an editor shows it')
    .addOption(json())
    .action(async (place: string, options: { json?: true }) => done(await showMeaning(terminal, place, options)))

  rules
    .command('set')
    .description('give a parameter another value; everything else in the file stays as it is')
    .argument('<file>', 'the rule set, a JSON file')
    .argument('<parameter>', 'its name, such as missesAllowed')
    .argument('<value>', 'as JSON, or a text as it stands')
    .addOption(write())
    .action((file: string, id: string, value: string, options: EditOptions) => done(setInFile(terminal, file, id, value, options)))

  rules
    .command('remove')
    .description('take a rule out, or say that an inherited one does not hold here')
    .argument('<file>', 'the rule set, a JSON file')
    .addArgument(rules.createArgument('<kind>', 'the kind of rule').choices(kindIds))
    .argument('<rule>', 'its id')
    .requiredOption('--reason <text>', 'why it does not hold here')
    .addOption(write())
    .action((file: string, of: KindId, id: string, options: EditOptions & { reason: string }) =>
      done(removeFromFile(terminal, file, of, id, options)),
    )

  rules
    .command('invent')
    .description('print invented cases, one JSON object a line, to try a draft on before there are past ones')
    .argument('<file>', 'the rule set, a JSON file')
    .requiredOption('--cases <number>', 'how many', wholeNumber('--cases', 100_000))
    .addOption(kind().argParser(collectKind))
    .option('--known', 'with every answer known; without it some are missing, and some asked and not known')
    .option('--seed <number>', 'another number gives other cases', wholeNumber('--seed', 999_999), 1)
    .action(async (file: string, options: InventOptions) => done(await inventCases(terminal, file, options)))

  rules
    .command('import')
    .description('print rules of json-rules-engine as a part of a document of ours')
    .argument('<rules>', 'a JSON file: one rule, a list of them, or { rules, conditions }')
    .requiredOption('--into <file>', 'the rule set whose facts and parameters they use')
    .addOption(kind().makeOptionMandatory())
    .requiredOption('--source <text>', 'where they come from')
    .action((path: string, options: ImportOptions) => done(importFromFile(terminal, path, options)))
}
