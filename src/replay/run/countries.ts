// The countries of the source by their ISO 3166-1 codes; a country that is none gets a code that ISO leaves to users.

const CODES: ReadonlyMap<string, string> = new Map([
  ['Australia', 'AU'],
  ['Austria', 'AT'],
  ['Bahrain', 'BH'],
  ['Belgium', 'BE'],
  ['Brazil', 'BR'],
  ['Canada', 'CA'],
  // Two bailiwicks, of which the source does not say which; Jersey is the larger.
  ['Channel Islands', 'JE'],
  ['Cyprus', 'CY'],
  ['Czech Republic', 'CZ'],
  ['Denmark', 'DK'],
  ['EIRE', 'IE'],
  // Reserved exceptionally in ISO 3166-1, for just this.
  ['European Community', 'EU'],
  ['Finland', 'FI'],
  ['France', 'FR'],
  ['Germany', 'DE'],
  ['Greece', 'GR'],
  ['Hong Kong', 'HK'],
  ['Iceland', 'IS'],
  ['Israel', 'IL'],
  ['Italy', 'IT'],
  ['Japan', 'JP'],
  ['Lebanon', 'LB'],
  ['Lithuania', 'LT'],
  ['Malta', 'MT'],
  ['Netherlands', 'NL'],
  ['Norway', 'NO'],
  ['Poland', 'PL'],
  ['Portugal', 'PT'],
  ['RSA', 'ZA'],
  ['Saudi Arabia', 'SA'],
  ['Singapore', 'SG'],
  ['Spain', 'ES'],
  ['Sweden', 'SE'],
  ['Switzerland', 'CH'],
  ['USA', 'US'],
  ['United Arab Emirates', 'AE'],
  ['United Kingdom', 'GB'],
])

/** Codes that ISO 3166-1 never assigns run from XA to XZ, beside others; 'XX' is commonly read as unknown. */
const UNKNOWN = 'XX'

/** The two-letter code of a country as the source writes it; 'XX' for one that it leaves open or that is not listed. */
export function countryCode(country: string): string {
  return CODES.get(country) ?? UNKNOWN
}
