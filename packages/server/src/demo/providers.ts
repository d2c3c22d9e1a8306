import { roles, roleIds, type Role } from '../domains/providers/index.ts'

/** The two worked examples. Their rules come from JSON alone. */
export const demoProviders = [
  {
    providerId: '01900000-0000-7000-8000-0000000000c1',
    ruleSetId: 'cdars-phoenix',
    name: 'CDARS Phoenix',
    areasServed: ['Merton', 'Sutton', 'Wandsworth', 'Kingston', 'Richmond'],
    partnerService: 'Phoenix family coordinator',
  },
  {
    providerId: '01900000-0000-7000-8000-0000000000b2',
    ruleSetId: 'step-by-step',
    name: 'Step by Step',
    areasServed: [],
    partnerService: 'Step by Step partner service',
  },
] as const

export type DemoProvider = (typeof demoProviders)[number]

/** Who signs in for a role at a demo provider. */
export const subjectOf = (role: Role, provider: DemoProvider): string => `${role}@${provider.ruleSetId}`

const names: Record<Role, [string, string]> = {
  referrer: ['Rowan Field', 'Rae Copeland'],
  'social-worker': ['Sol Whitaker', 'Sam Ridley'],
  'intake-worker': ['Ines Harper', 'Idris Lowe'],
  facilitator: ['Farah Quinn', 'Finn Marsden'],
  'one-to-one-worker': ['Oona Blake', 'Otis Grainger'],
  'programme-manager': ['Priya Stone', 'Peter Ashby'],
  'partner-support-worker': ['Paula West', 'Petra Lindqvist'],
  'safeguarding-lead': ['Simone Archer', 'Stefan Holt'],
  'rules-author': ['Ruth Penn', 'Ravi Calder'],
  commissioner: ['Cora Banks', 'Colin Thorpe'],
  auditor: ['Amara Dale', 'Alec Burnside'],
}

/** One invented person for every role. */
export const demoStaff = (provider: DemoProvider) =>
  roleIds.map((role) => ({
    role,
    side: roles[role].side,
    name: names[role][demoProviders.indexOf(provider)]!,
    subject: subjectOf(role, provider),
  }))

/** Every programme is led by two: these lead beside the facilitator above. */
export const secondFacilitators: Record<DemoProvider['ruleSetId'], { name: string; subject: string }> = {
  'cdars-phoenix': { name: 'Fay Ormond', subject: 'second-facilitator@cdars-phoenix' },
  'step-by-step': { name: 'Felix Hurst', subject: 'second-facilitator@step-by-step' },
}
