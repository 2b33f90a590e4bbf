// Sentences of values and lists that stand in many screens: spans of days, and what a reference says when it is no document.
export const enValues = {
  'value.always': 'always',
  'value.from-day': 'from {day}',
  'value.until-day': 'until {day}',
  'value.everyone': 'Everyone',
  'value.everything': 'Everything',
  'value.price-group': 'A price group',
  'value.group-named': 'Group {group}',
  'list.no-number': 'not numbered yet',
  'verb.waits-then':
    'The amount asks for an approval: {number} stays as it is until it is given. Whoever decides finds it under What waits.',
  'nav.rollout-sites': 'Sites',
  'nav.rollout-template': 'Template',
  'nav.rollout-design': 'Design and data',
  'nav.rollout-governance': 'Gates and governance',
  'nav.rollout-access': 'Access',
} as const
