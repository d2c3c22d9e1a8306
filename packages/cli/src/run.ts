import { Command, CommanderError, Option } from 'commander'
import { kindIds } from '@plumbline/rules'
import { check } from './check.ts'
import { explainFacts, type ExplainOptions } from './explain.ts'
import { collectKind, collectText } from './option-values.ts'
import { guarded, paint, UsageFault, type ExitCode, type Terminal } from './terminal.ts'
import { runTests } from './test.ts'
import { addTryingOut } from './trying-out.ts'
import { addWriting } from './writing.ts'

/**
 * Carries out one call of `plumbline`.
 * @returns 0 when all is well, 1 when the rule set is at fault (an error, a red example, a difference), 2 when the call is
 */
export async function run(words: readonly string[], unguarded: Terminal): Promise<ExitCode> {
  const terminal = guarded(unguarded)
  let exit: ExitCode = 0
  const program = programFor(terminal, (code) => {
    exit = code
  })
  try {
    await program.parseAsync([...words], { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof UsageFault)) throw error
    terminal.error(`${paint(terminal, 'red', 'cannot do that:')} ${error.message}`)
    return 2
  }
}

function programFor(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('plumbline')
    .description('Rule sets of providers, in a terminal.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.error(text.trimEnd()) })
  const rules = program.command('rules').description('write, check, test, explain, compare, try out and print a rule set').exitOverride()
  const json = () => new Option('--json', 'print one JSON document instead of text')

  rules
    .command('check')
    .description('say whether a rule set can be used, and if not where and why')
    .argument('<file>', 'the rule set, a JSON file')
    .option('--second-opinion', 'also ask json-rules-engine about every rule, over the examples in the file')
    .addOption(json())
    .action(async (file: string, options: { secondOpinion?: true; json?: true }) => done(await check(terminal, file, options)))

  rules
    .command('test')
    .description('run the worked examples in the file')
    .argument('<file>', 'the rule set, a JSON file')
    .addOption(json())
    .action((file: string, options: { json?: true }) => done(runTests(terminal, file, options)))

  rules
    .command('explain')
    .description('decide about given facts, with all reasons')
    .argument('<file>', 'the rule set, a JSON file')
    .requiredOption('--facts <file>', 'a JSON file: { "asOf": "2026-05-01", "facts": { … } }, or the facts alone')
    .addOption(new Option('--kind <kind>', 'only this kind of rule; may be repeated').choices(kindIds).argParser(collectKind))
    .option('--as-of <day>', 'the day of the decision, YYYY-MM-DD (default: that of the facts file, else today)')
    .option('--hide <fact>', 'as somebody sees it who may not look at this fact; may be repeated', collectText)
    .option('--why', 'also a smallest set of the known answers that alone forces the outcome')
    .option('--why-not <outcome>', 'also what stands in the way of another outcome, and which rules nearly fired. For staff only')
    .option('--smallest-change', 'also the fewest answers that alter the outcome (to that of --why-not, where given). For staff only')
    .option('--settle', 'also the shortest list of questions that would settle the outcome. For staff only')
    .addOption(json())
    .action((file: string, options: ExplainOptions) => done(explainFacts(terminal, file, options)))
  addTryingOut(rules, terminal, done)
  addWriting(rules, terminal, done)
  return program
}
