// The sentences of talk about documents in German.
import type { enTalk } from './en-talk.ts'

export const deTalk: Readonly<Record<keyof typeof enTalk, string>> = {
  'talk.people': 'Wer dies lesen darf',
  'talk.nobody': 'Niemand mit diesem Namen darf dies lesen.',
  'talk.hint': 'Mit @ erwähnen Sie jemanden.',
  'talk.mentioned': 'Erwähnt: {names}',
  'talk.sending': 'Wird gesendet …',

  'file.attach': 'Dateien anhängen',
  'file.drop': 'oder hier ablegen',
  'file.sending': '{name} wird gesendet',
  'file.put-away': 'Lassen',
  'file.too-large': '{name} ist größer, als Dateien sein dürfen. Verkleinern oder teilen Sie die Datei.',
  'file.take-back': 'Zurücknehmen',
  'file.take-back-text': '{name} verschwindet endgültig; dass es hier war und warum es ging, bleibt.',
  'file.reason': 'Warum',
  'file.taken-back': 'zurückgenommen',

  'notice.title': 'Nachrichten',
  'notice.mention': '{who} hat Sie erwähnt',
  'notice.answer': '{who} hat geantwortet',
  'notice.approved': '{who} hat genehmigt, was Sie beantragt haben',
  'notice.rejected': '{who} hat abgelehnt, was Sie beantragt haben',
  'notice.hidden': 'Etwas zu einem Beleg, den Sie nicht mehr lesen dürfen',
  'notice.waiting': 'Zu entscheiden',
  'notice.news': 'Noch nicht gelesen',
  'notice.all-of-them': 'Alle Nachrichten',
  'notice.unread': 'Ungelesen',
  'notice.all': 'Alle',
  'notice.mark': 'Als gelesen markieren',
  'notice.mark-all': 'Alle als gelesen markieren',
  'notice.read': 'gelesen',
  'notice.older': 'Ältere zeigen',
  'notice.empty-unread': 'Sie haben alles gelesen',
  'notice.empty': 'Noch keine Nachrichten',
  'notice.empty-text':
    'Hier erfahren Sie, wenn jemand Sie in einem Kommentar erwähnt, Ihnen antwortet oder über Ihren Antrag entscheidet.',
}
