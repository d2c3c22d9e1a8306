import type { Chance } from './chance.ts'

// Invented: given and family names are drawn apart from each other, and nobody is meant.
const given = [
  'Aaron',
  'Adele',
  'Ben',
  'Bridget',
  'Callum',
  'Carl',
  'Daniel',
  'Dawn',
  'Elliot',
  'Ewan',
  'Femi',
  'Gareth',
  'Harvey',
  'Ian',
  'Jamal',
  'Jodie',
  'Kieran',
  'Kofi',
  'Liam',
  'Marek',
  'Nathan',
  'Owen',
  'Pawel',
  'Quentin',
  'Rashid',
  'Ross',
  'Scott',
  'Tariq',
  'Uriah',
  'Wayne',
]
const family = [
  'Abbey',
  'Barrow',
  'Cresswell',
  'Dunmore',
  'Easton',
  'Farrow',
  'Garside',
  'Hallam',
  'Ingham',
  'Jessop',
  'Kirkby',
  'Langdale',
  'Millward',
  'Norbury',
  'Oakes',
  'Pickering',
  'Quarles',
  'Rushton',
  'Selwood',
  'Thornley',
  'Underhill',
  'Varley',
  'Wadley',
  'Yarwood',
]

export type InventedPerson = { givenName: string; familyName: string; bornOn: string; localAuthority: string }

/** @param bornIn the year; the month is one of the first eight, so that somebody born in 2009 is 16 or 17 from September 2025 on */
export function inventedPerson(luck: Chance, localAuthorities: readonly string[], bornIn: number): InventedPerson {
  const day = String(luck.whole(1, 28)).padStart(2, '0')
  return {
    givenName: luck.pick(given),
    familyName: luck.pick(family),
    bornOn: `${bornIn}-0${luck.whole(1, 8)}-${day}`,
    localAuthority: luck.pick(localAuthorities),
  }
}
