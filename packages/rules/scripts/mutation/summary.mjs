import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const report = JSON.parse(readFileSync(join(import.meta.dirname, '../../.plumbline/mutation.json'), 'utf8'))

const noticed = new Set(['Killed', 'Timeout'])
const missed = new Set(['Survived', 'NoCoverage'])
const score = (mutants) => {
  const [found, all] = [
    mutants.filter(({ status }) => noticed.has(status)),
    mutants.filter(({ status }) => noticed.has(status) || missed.has(status)),
  ]
  return { mutants: all.length, noticed: found.length, percent: all.length === 0 ? 100 : (100 * found.length) / all.length }
}
const row = (name, mutants) => {
  const [whole, withoutTexts] = [score(mutants), score(mutants.filter(({ mutatorName }) => mutatorName !== 'StringLiteral'))]
  return `| ${name} | ${whole.mutants} | ${whole.noticed} | ${whole.percent.toFixed(1)} | ${withoutTexts.percent.toFixed(1)} |`
}

const files = Object.entries(report.files).toSorted(([one], [other]) => (one < other ? -1 : 1))
const within = (folder) => files.filter(([file]) => file.startsWith(folder)).flatMap(([, { mutants }]) => mutants)
console.log('| file | mutants | noticed | % | % without texts |\n| --- | ---: | ---: | ---: | ---: |')
for (const [file, { mutants }] of files) console.log(row(file, mutants))
for (const folder of ['src/kinds', 'src/language', 'src']) console.log(row(`**${folder}**`, within(folder)))
