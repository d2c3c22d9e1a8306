import { isInputObjectType } from 'graphql'
import type { Role } from '../../src/domains/providers/index.ts'
import { newId } from '../../src/platform/ids.ts'
import { schema } from '../../src/schema.ts'
import { newWorld, type Answer, type World } from '../harness/world.ts'

/** What this client app sends: for each mutation, what it reads of its answer. */
const mutations = {
  acknowledgeNotification: '... on Notification { kind acknowledgedAt }',
  addFacilitator: '... on GroupFacilitator { staff { name } }',
  addStaff: '... on Staff { id name roles }',
  answerFactors: '... on Assessment { unanswered version }',
  answerSituation: '... on Assessment { situation { answer } version }',
  assignWorker: '... on CaseWorker { role staff { name } }',
  completeTask: '... on Task { status record closedBy { name } }',
  confirmCompletion: '... on Completion { status improved statement settledBy { name } decision { id outcome } }',
  createGroup: '... on Group { id reference status version sessions { number onDay theme { themeId } } }',
  decideCompletion: '... on Completion { id status improved version }',
  decideEligibility:
    '... on EligibilityDecision { id outcome isCleared reasons { rule effect } needs { fact question } decision { id ruleSet { id version } } }',
  declineRemoval: '... on Removal { status reason decidedBy { name } }',
  giveFeedback: '... on ReferrerFeedback { occasion told }',
  givePlace: '... on Place { id status joinedOn case { status } }',
  namePartnerService: '... on PartnerServiceArrangement { serviceName fromOn }',
  planOneToOnes: '... on Place { oneToOnes { id number onDay endsAt version } }',
  planSessions: '... on Group { version sessions { number onDay theme { themeId } } }',
  publishConsentText: '... on ConsentText { id number }',
  publishProgramme: '... on Programme { id templateId sessionCount joining oneToOnes }',
  recordConsent: '... on Consent { signedOn text { number } }',
  recordOutcomes: '... on OutcomeReview { point measures { measure source change } }',
  recordReferralFacts: '... on Referral { version facts { fact value } }',
  recordRegister:
    '... on RegisterResult { version people { outcome standing counts { held attended missed } follows { type tell dueAt rules } undone { type } } }',
  recordSuitability: '... on SuitabilityDecision { outcome category }',
  referParticipant: '... on Referral { id version case { id reference status } }',
  replayDecision: '... on DecisionReplay { same recordIsIntact }',
  signAssessment:
    '... on Assessment { status risk { band { inWords } statement } pathway { proposals { what reason every { amount unit } } } riskDecision { id } safeguardingDecision { id } }',
  startAssessment: '... on Assessment { id version unanswered situation { fact } }',
  startGroup: '... on Group { status startedUnder version }',
} as const
export type Mutation = keyof typeof mutations

const task = 'id kind title dueAt subjectType version'
const queries = {
  case: `query Case($id: ID!) { answer: case(id: $id) {
    reference status workers { role staff { name } }
    removals { id status reason version }
    attendance { outcome }
    places { id status ending completion { id status improved version } completionHistory { status decision { id } } }
  } }`,
  group: `query Group($id: ID!) { answer: group(id: $id) {
    reference status version occupancy { open free }
    facilitators { staff { id name } }
    sessions { id number onDay startsAt endsAt status theme { themeId } version }
  } }`,
  myNotifications: 'query Messages { answer: myNotifications(first: 50) { edges { node { id kind about { type } version } } } }',
  myTasks: `query Tasks { answer: myTasks(first: 50) { edges { node { ${task} } } } }`,
  staff: 'query Facilitators { answer: staff(filter: { role: FACILITATOR }) { edges { node { id name } } } }',
  timeline: 'query Timeline($id: ID!) { answer: case(id: $id) { timeline(last: 100) { edges { node { what } } } } }',
  viewer: 'query Me { answer: viewer { id name } }',
} as const
export type Query = keyof typeof queries

const inputOf = (mutation: Mutation) =>
  mutation === 'confirmCompletion' ? 'SettleCompletionInput' : `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`

function documentOf(mutation: Mutation): string {
  const [declared, passed] = mutation === 'replayDecision' ? ['$id: ID!', 'id: $id'] : [`$input: ${inputOf(mutation)}!`, 'input: $input']
  return `mutation (${declared}) { answer: ${mutation}(${passed}) { __typename ${mutations[mutation]} ... on Refusal { code message help } } }`
}

/** A client app as it makes one: a new key for everything that it creates. */
function variablesOf(mutation: Mutation, input: Record<string, unknown>): Record<string, unknown> {
  if (mutation === 'replayDecision') return input
  const type = schema.getType(inputOf(mutation))
  const isCreate = isInputObjectType(type) && 'idempotencyKey' in type.getFields()
  return { input: { ...(isCreate ? { idempotencyKey: newId() } : {}), ...input } }
}

/** A provider as its client app sees it: people who send operations of GraphQL to the real endpoint, and nothing else. */
export type Client = {
  /** @returns what was asked for. @throws on an error or a refusal, with its words: the story does not go on */
  read(who: Role, query: Query, variables?: Record<string, unknown>): Promise<Answer['data']>
  send(who: Role, mutation: Mutation, input: Record<string, unknown>): Promise<Answer['data']>
  /** @returns the code of the refusal, or of the error where somebody of this role never may */
  refused(who: Role, mutation: Mutation, input: Record<string, unknown>): Promise<unknown>
}

/** A provider of its own, there from the first operation on. Whose rules decide is all that is said of it. */
export function clientOf(ruleSetId: 'cdars-phoenix' | 'step-by-step'): Client {
  let opened: Promise<World> | undefined
  const ask = async (who: Role, document: string, variables: Record<string, unknown>) => {
    const world = await (opened ??= newWorld(ruleSetId))
    const { data, errors } = await world.send(world.people[who], document, variables)
    return { answer: data?.answer, code: errors?.[0]?.extensions.code ?? data?.answer?.code, errors }
  }
  const wanted = async (who: Role, name: string, document: string, variables: Record<string, unknown>) => {
    const { answer, code, errors } = await ask(who, document, variables)
    if (code) throw new Error(`${name} as ${who}: ${JSON.stringify(errors ?? answer)}`)
    return answer
  }
  return {
    read: (who, query, variables = {}) => wanted(who, query, queries[query], variables),
    send: (who, mutation, input) => wanted(who, mutation, documentOf(mutation), variablesOf(mutation, input)),
    refused: async (who, mutation, input) => (await ask(who, documentOf(mutation), variablesOf(mutation, input))).code,
  }
}
