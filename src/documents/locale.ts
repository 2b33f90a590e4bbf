// Numbers, money and days on paper, in the habit of a language and a country; amounts stay exact texts on their way.

/** How a paper is written. `locale` is a BCP 47 tag; `language` one that the words exist in. */
export type Tongue = { readonly locale: string; readonly language: 'en' | 'de' }

const COUNTRIES: Readonly<Record<string, string>> = {
  DE: 'de-DE',
  AT: 'de-AT',
  CH: 'de-CH',
  LI: 'de-LI',
  US: 'en-US',
  CA: 'en-CA',
  GB: 'en-GB',
  IE: 'en-IE',
}

/** The tongue of a wish, else of a company's setting, else of its country. */
export function tongueOf(wish: string | undefined, set: string | undefined, country: string): Tongue {
  const [locale = 'en-GB'] = Intl.getCanonicalLocales(wish ?? set ?? COUNTRIES[country] ?? 'en-GB')
  return { locale, language: locale.startsWith('de') ? 'de' : 'en' }
}

/** Whether Intl knows a tag of this form; a wrong one would be a fault. */
export function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** Letter where paper is measured in inches, A4 elsewhere. */
export const sizeOf = (country: string): 'A4' | 'LETTER' =>
  ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE'].includes(country) ? 'LETTER' : 'A4'

const isNumber = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text)

/** Formats the exact text; Intl takes texts as they are and loses no digit. */
const format = (text: string, options: Intl.NumberFormatOptions, { locale }: Tongue): string =>
  isNumber(text) ? new Intl.NumberFormat(locale, options).format(text) : text

/** An amount without its currency, with the digits that the currency has. */
export const amount = (text: string, currency: string, tongue: Tongue): string => {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return format(text, { minimumFractionDigits: digits, maximumFractionDigits: digits }, tongue)
}

/** An amount with the currency's code: signs such as $ mean several currencies. */
export const money = (text: string, currency: string, tongue: Tongue): string =>
  format(text, { style: 'currency', currency, currencyDisplay: 'code' }, tongue)

/** A price per unit, with up to six digits where it has them. */
export const price = (text: string, tongue: Tongue): string =>
  format(text, { minimumFractionDigits: 2, maximumFractionDigits: 6 }, tongue)

export const quantity = (text: string, tongue: Tongue): string => format(text, { maximumFractionDigits: 6 }, tongue)

/** A rate in percent, as the text says it: 19 is 19 %. */
export const percent = (text: string, tongue: Tongue): string =>
  `${format(text, { maximumFractionDigits: 6 }, tongue)} %`

/** A business date. It is no instant, so no time zone may move it. */
export const day = (text: string | null, { locale }: Tongue): string =>
  text === null
    ? ''
    : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`))

/** A country's name. */
export const country = (code: string | null, { locale }: Tongue): string =>
  code && /^[A-Z]{2}$/.test(code)
    ? (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code)
    : (code ?? '')
