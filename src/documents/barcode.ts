// Barcodes as drawings: sharp at every size, and nothing but bars in them.
import bwip from 'bwip-js/node'

/** A code of the shipment's, order's or invoice's number, for scanners of every age. */
export const code128 = (text: string): string =>
  bwip.toSVG({ bcid: 'code128', text, height: 10, includetext: false, paddingwidth: 0 })

/** The GS1-128 of an SSCC, application identifier 00; 156 modules wide, and high enough when a module is 0.55 mm. */
export const gs1Sscc = (sscc: string): string =>
  bwip.toSVG({ bcid: 'gs1-128', text: `(00)${sscc}`, height: 21, includetext: false, paddingwidth: 0 })

/** What a Code 128 can hold; a number in other letters is printed without bars. */
export const fitsCode128 = (text: string): boolean => /^[\x20-\x7e]{1,40}$/.test(text)
