// Words of documents that cannot be made from their labels by rule: plurals of names in several words, short field names.
export const wordsEnglish: Readonly<Record<string, string>> = {
  'documents.rollout.access-request': 'Requests for access',
  'documents.rollout.access-waiver': 'Waivers of separation rules',
  'documents.rollout.trial': 'Trials of releases',
  'documents.rollout.ring': 'Rings of releases',
  'create.ask': 'Ask for access',
  'documents.rollout.evidence': 'Evidence',
  'field.num': 'Times',
  'field.den': 'Divided by',
}
