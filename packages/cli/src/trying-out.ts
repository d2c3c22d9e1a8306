import { type Command, Option } from 'commander'
import { accuracyOfCases, type AccuracyOptions } from './accuracy.ts'
import { showDiff } from './diff.ts'
import { printLeaflet } from './doc.ts'
import { wholeNumber } from './option-values.ts'
import { printSchema } from './schema.ts'
import { scoreAnswers, type ScoreOptions } from './score.ts'
import { simulateDraft, type SimulateOptions } from './simulate.ts'
import { type ExitCode, type Terminal } from './terminal.ts'
import { printTypes } from './types.ts'

/** Commands for whoever is about to change a rule set: what differs, whom it moves, and the whole of it on paper. */
export function addTryingOut(rules: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const json = () => new Option('--json', 'print one JSON document instead of text')

  rules
    .command('diff')
    .description('say in words what differs between two rule sets, and where each change can move cases')
    .argument('<before>', 'a rule set, a JSON file')
    .argument('<after>', 'the rule set to compare with it')
    .addOption(json())
    .action((before: string, after: string, options: { json?: true }) => done(showDiff(terminal, before, after, options)))

  rules
    .command('simulate')
    .description('judge past cases by a draft and by what is published: who moves up, who down, of whom it cannot be told')
    .argument('<draft>', 'the rule set to try, a JSON file')
    .requiredOption('--against <file>', 'the rule set that is published')
    .requiredOption('--cases <file>', 'stored decisions: .ndjson, one { case, kind, asOf, facts } a line, or .csv with a heading')
    .option('--list <file>', 'write every case that moves, with reasons, to a .csv or .ndjson file')
    .option('--factors <file>', 'write the answers to the factors, a form a row, to a .csv file that can be read again')
    .addOption(json())
    .action((draft: string, options: SimulateOptions) => done(simulateDraft(terminal, draft, options)))

  rules
    .command('accuracy')
    .description('for evaluators: how well past risk decisions went with what was seen afterwards, over all cases together')
    .argument('<file>', 'the rule set, a JSON file')
    .requiredOption('--cases <file>', 'stored decisions, .ndjson or .csv, as for simulate')
    .requiredOption('--outcomes <file>', 'a table with the headings case and happened: yes, no, or ? where nobody could find out')
    .requiredOption('--looked-for <words>', 'what "happened" means, such as "a new assault reported"')
    .requiredOption('--within-months <number>', 'how long each case was followed, in whole months', wholeNumber('--within-months', 9999))
    .addOption(json())
    .action((file: string, options: AccuracyOptions) => done(accuracyOfCases(terminal, file, options)))

  rules
    .command('score')
    .description('score the answers to an outside questionnaire, and say whether a change since the first is one')
    .argument('<file>', 'the rule set, a JSON file')
    .requiredOption('--scale <id>', 'which questionnaire, such as core-om')
    .requiredOption('--answers <file>', 'its answers: .csv with the headings case, on and one for each item, or .json')
    .addOption(json())
    .action((file: string, options: ScoreOptions) => done(scoreAnswers(terminal, file, options)))

  rules
    .command('doc')
    .description('print the whole rule set in words, as a leaflet to read and to sign')
    .argument('<file>', 'the rule set, a JSON file')
    .option('--html', 'as one HTML page instead of Markdown')
    .action(async (file: string, options: { html?: true }) => done(await printLeaflet(terminal, file, options)))

  rules
    .command('schema')
    .description('print the JSON Schema for documents that build on a rule set, with the names of its facts and parameters')
    .argument('<file>', 'the rule set, a JSON file')
    .action((file: string) => done(printSchema(terminal, file)))

  rules
    .command('types')
    .description('print TypeScript for the facts of a rule set: a program that misspells one does not compile')
    .argument('<file>', 'the rule set, a JSON file')
    .action(async (file: string) => done(await printTypes(terminal, file)))
}
