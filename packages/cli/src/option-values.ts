import { kindIds, type KindId } from '@plumbline/rules'
import { UsageFault } from './terminal.ts'

/** For an option that may be repeated. */
export function collectKind(kind: string, before: KindId[] = []): KindId[] {
  if (!(kindIds as readonly string[]).includes(kind)) throw new UsageFault(`there is no kind "${kind}"; there are ${kindIds.join(', ')}`)
  return [...before, kind as KindId]
}

/** For an option that takes a whole number from 1 up to `most`. */
export const wholeNumber =
  (option: string, most: number) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > most)
      throw new UsageFault(`${option} takes a whole number from 1 to ${most}, and not "${text}"`)
    return Number(text)
  }

/** For an option with a text that may be repeated. */
export const collectText = (text: string, before: string[] = []): string[] => [...before, text]
