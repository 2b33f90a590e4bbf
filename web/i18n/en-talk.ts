// The sentences of talk about documents in English: comments, mentions, and what tells people of them.
export const enTalk = {
  'talk.people': 'People who may read this',
  'talk.nobody': 'Nobody of that name may read this.',
  'talk.hint': 'Type @ to mention somebody.',
  'talk.mentioned': 'Mentioned: {names}',
  'talk.sending': 'Sending …',

  'notice.title': 'Notices',
  'notice.mention': '{who} mentioned you',
  'notice.answer': '{who} answered',
  'notice.approved': '{who} approved what you asked for',
  'notice.rejected': '{who} rejected what you asked for',
  'notice.hidden': 'Something about a document that you may no longer read',
  'notice.waiting': 'To decide',
  'notice.news': 'Not read yet',
  'notice.all-of-them': 'All notices',
  'notice.unread': 'Not read',
  'notice.all': 'All',
  'notice.mark': 'Mark as read',
  'notice.mark-all': 'Mark all as read',
  'notice.read': 'read',
  'notice.older': 'Show older ones',
  'notice.empty-unread': 'You have read everything',
  'notice.empty': 'No notices yet',
  'notice.empty-text':
    'You are told here when somebody mentions you in a comment, answers you, or decides on what you asked for.',
} as const
