import { evidenceSources, type EvidenceSource } from './words.ts'

/** Tools whose results are kept beside our own assessment; the names are those of the fact catalogue. Never their questions. */
export const outsideTools = {
  sara: 'Spousal Assault Risk Assessment, second version.',
  'sara-v3': 'Spousal Assault Risk Assessment, third version.',
  odara: 'Ontario Domestic Assault Risk Assessment.',
  'b-safer': 'Brief Spousal Assault Form for the Evaluation of Risk.',
  ppit: 'Priority Perpetrator Identification Tool.',
  'core-om': 'CORE Outcome Measure.',
  'urica-dv': 'University of Rhode Island Change Assessment, domestic violence.',
  other: 'Another one; its name says which.',
  'dash-ric': 'Dash risk checklist. The partner answers it: refused on this side, with the way to the partner service.',
  dara: 'Domestic Abuse Risk Assessment. The partner answers it: refused on this side, with the way to the partner service.',
  'danger-assessment': 'Danger Assessment. The partner answers it: refused on this side, with the way to the partner service.',
} as const satisfies Record<string, string>
export type OutsideTool = keyof typeof outsideTools
export const outsideToolIds = Object.keys(outsideTools) as OutsideTool[]

export type PartnerTool = 'dash-ric' | 'dara' | 'danger-assessment'
export type KeptTool = Exclude<OutsideTool, PartnerTool>
export type KeptSource = Exclude<EvidenceSource, 'partner'>
/** What the partner answers is hers: kept behind the wall, and nowhere else. */
const partnerTools: readonly OutsideTool[] = ['dash-ric', 'dara', 'danger-assessment'] satisfies PartnerTool[]
export const keptToolIds = outsideToolIds.filter((tool) => !partnerTools.includes(tool)) as [KeptTool, ...KeptTool[]]
export const keptSourceIds = evidenceSources.filter((source) => source !== 'partner') as [KeptSource, ...KeptSource[]]

/** Whether a result is the partner's, by what was sent and by nothing else. Another spelling of such a tool is one too. */
export const isPartners = (tool: OutsideTool, name: string | null, source: EvidenceSource): boolean =>
  source === 'partner' || partnerTools.includes(tool) || /\b(?:dash|dara|danger[\s-]*assessment)\b/i.test(name ?? '')
