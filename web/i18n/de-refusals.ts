// Ablehnungen des Servers auf Deutsch: nach Kennung, und was an einer einzelnen Eingabe nicht passt, nach seinem Satz.
import { deRefusalsDesk } from './de-refusals-desk.ts'
import { deRefusalsFinance } from './de-refusals-finance.ts'
import { deRefusalsGeneral } from './de-refusals-general.ts'
import { deRefusalsGovernance } from './de-refusals-governance.ts'
import { deRefusalParts } from './de-refusals-parts.ts'
import { deRefusalsRollout } from './de-refusals-rollout.ts'
import { deRefusalsStock } from './de-refusals-stock.ts'

/** Was hier fehlt, bleibt der englische Satz des Servers. */
export const refusals: Readonly<Record<string, string>> = {
  ...deRefusalsGeneral,
  ...deRefusalsDesk,
  ...deRefusalsStock,
  ...deRefusalsFinance,
  ...deRefusalsRollout,
  ...deRefusalsGovernance,
}

/** Was die App selbst sagt, wenn vom Server keine Antwort kommt. */
export const appRefusals: Readonly<Record<string, string>> = {
  OFFLINE:
    'Der Server ist nicht erreichbar. Was Sie eingegeben haben, bleibt; es wird unter demselben Schlüssel noch einmal versucht, damit nichts zweimal geschieht.',
  UNREADABLE:
    'Der Server antwortete etwas anderes, als gefragt war. Ob sich etwas geändert hat, ist ungewiss; versuchen Sie es noch einmal.',
}

/** Was an einem Feld nicht passt; der Name des Felds steht davor. Und Halbsätze in anderen Ablehnungen. */
export const misfits: readonly (readonly [said: RegExp, german: string])[] = [
  [/^is missing\.$/, 'fehlt.'],
  [/^is not known here\..*$/, 'ist hier unbekannt. Lassen Sie es weg, oder prüfen Sie die Schreibweise.'],
  [/^must be one of (.*)\.$/, 'muss eines davon sein: $1.'],
  [
    /^is no number of at most (\d+) digits before the point and (\d+) after it, without a sign\.$/,
    'ist keine Zahl mit höchstens $1 Ziffern vor und $2 nach dem Komma, ohne Vorzeichen.',
  ],
  [
    /^is no number of at most (\d+) digits before the point and (\d+) after it\.$/,
    'ist keine Zahl mit höchstens $1 Ziffern vor und $2 nach dem Komma.',
  ],
  [/^is no day, which is written as in (.*)\.$/, 'ist kein Tag; er wird geschrieben wie $1.'],
  [/^is not the id of anything\.$/, 'ist keine Kennung.'],
  [
    /^is no code: .*$/,
    'ist keine Kennung dieser Art: nur Buchstaben, Ziffern, Leerzeichen und . _ / + -, am Anfang Buchstabe oder Ziffer.',
  ],
  [/^does not have the right form.*$/, 'hat nicht die richtige Form.'],
  [/^needs at least (\d+) characters?\.$/, 'braucht mindestens $1 Zeichen.'],
  [/^takes at most (\d+) characters?\.$/, 'darf höchstens $1 Zeichen haben.'],
  [/^needs at least (\d+)\.$/, 'braucht mindestens $1 davon.'],
  [/^takes at most (\d+)\.$/, 'darf höchstens $1 davon haben.'],
  [/^is no whole number\.$/, 'ist keine ganze Zahl.'],
  [/^must be (-?\d+) or more\.$/, 'muss $1 oder mehr sein.'],
  [/^must be (-?\d+) or less\.$/, 'darf höchstens $1 sein.'],
  ...deRefusalParts,
]
