// What the makers of papers refuse.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  PAPER_SETTINGS_WRONG:
    "The setting `papers` of company {company} cannot be read: {problem}. Set it right with the company's verb change.",
  PAPER_NOT_YET: '{number} is {state}: {paper} exists {when}. Do that first.',
  PREFIX_MISSING:
    'Company {company} has no GS1 company prefix, so no parcel can be numbered. Set `papers.gs1Prefix` with its verb change.',
  SSCC_USED_UP:
    'Parcel {parcel} of {number} gets no SSCC: the GS1 prefix {prefix} leaves {digits} digits for it. Ask GS1 for a shorter prefix, or pack fewer parcels.',
})
