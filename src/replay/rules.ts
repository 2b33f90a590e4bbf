// Every kind of dirt has one stated rule; this is the list of them, and the tally of what each one touched.

/** The ids of the rules: R for what the file brings, S for what is synthesised because the file lacks it. */
export type RuleId = (typeof RULES)[number]['id']

/** The rules in the order in which a report lists them; `statement` and `why` are sentences for a distributor. */
export const RULES = [
  {
    id: 'R01',
    statement:
      'A line with a quantity and a price above zero is a line of a sales order: confirmed, shipped whole and ' +
      'invoiced on its day.',
    why: 'It is an ordinary sale.',
  },
  {
    id: 'R02',
    statement: 'A line that repeats another line of its invoice in every column stays a line of its own.',
    why:
      'Two scans of one article look like this, the file cannot tell them from a mistake, and the control totals ' +
      'count both.',
  },
  {
    id: 'R03',
    statement:
      'Stock codes are written in upper case, so codes that differ only by letter case are one item; the line ' +
      'keeps the code as it was typed.',
    why: 'Where both spellings are sold they share a description: 85123a is a typist, not a second article.',
  },
  {
    id: 'R04',
    statement:
      'An item is called by the description that stands most often on its priced lines (the earliest on a tie); ' +
      'the others are kept only as the reason of an adjustment or the text of a manual entry.',
    why: 'A clerk types remarks into the description, and names change over a year; one item has one name.',
  },
  {
    id: 'R05',
    statement:
      'An item without a description at a price is called "Item CODE, never named at a price", a service by its ' +
      'use.',
    why: 'Its only descriptions are blank or a remark about damage.',
  },
  {
    id: 'R06',
    statement:
      'A sale, free line, credit or manual entry without a customer belongs to the cash-sale customer of its ' +
      'country.',
    why:
      'A document must have somebody to bill; one account per country keeps the tax treatment right. These ' +
      'accounts are not counted as customers.',
  },
  {
    id: 'R07',
    statement:
      'A customer seen in two countries is registered in the one with more lines; each document keeps the country' +
      ' of its own lines.',
    why: 'The goods went where the document says; the customer has one home.',
  },
  {
    id: 'R08',
    statement:
      'A negative line at price zero without a customer, on an invoice that is no cancellation, is a stock ' +
      'adjustment down; the description is its reason.',
    why: 'Clerks wrote breakage, loss and counting corrections as invoices ("damaged", "check", "thrown away").',
  },
  {
    id: 'R09',
    statement:
      'A positive line at price zero without a customer, on an invoice without any price, is a stock adjustment ' +
      'up when its description is blank or is one that the item never carries at a price.',
    why: 'These are goods found and counting corrections ("found", "adjustment"), not sales.',
  },
  {
    id: 'R10',
    statement:
      'Any other positive line at price zero of a stock item is free of charge: it is ordered, shipped and ' +
      'invoiced at 0.00.',
    why:
      'It names a customer, stands beside priced lines, or carries the name of the article: goods left the house ' +
      'for nothing.',
  },
  {
    id: 'R11',
    statement:
      'Postage, carriage, packing, fees, commission, discount, samples, manual charges, pads without a price and ' +
      'gift vouchers are service lines without stock.',
    why: 'Nothing stands on a shelf, so nothing can be reserved, picked or run short.',
  },
  {
    id: 'R12',
    statement: 'A positive line of a service at price zero is a service line at 0.00, with or without a customer.',
    why: 'A service has no stock to adjust; the quantity must still be recorded for the totals.',
  },
  {
    id: 'R13',
    statement:
      'A price with more than two decimals stays exact on the order and the invoice line; only the posting is ' +
      'rounded to cents.',
    why: 'The control totals are sums of unrounded line values; the ledger holds cents.',
  },
  {
    id: 'R14',
    statement:
      'An invoice whose number begins with A, and any line at a negative price, is an entry by hand that debits (above ' +
      'zero) or credits (below zero) the allowance for doubtful receivables, with the customer named.',
    why: 'They adjust bad debt: no goods, no sale, but the control totals count them among the sales.',
  },
  {
    id: 'R15',
    statement: 'An invoice with lines of two times is one order, dated by the first time.',
    why: 'The clerk was still typing when the minute changed.',
  },
  {
    id: 'R16',
    statement: 'Lines of one invoice that do not stand together in the file are gathered into one document.',
    why: 'Two clerks typed at the same minute, and the file is sorted by time.',
  },
  {
    id: 'R17',
    statement:
      'A cancellation line is a return and a credit note line at its own price, linked to earlier sales of the ' +
      'same item to the same customer that are still open: same price first, then the latest.',
    why: 'A credit should name the sale it undoes; the latest at that price is the likeliest one.',
  },
  {
    id: 'R18',
    statement:
      'A cancellation of more than is still open is linked as far as it goes; the rest is a return without an ' +
      'earlier sale.',
    why: 'The sale of the rest lies before the first day of the file.',
  },
  {
    id: 'R19',
    statement:
      'A cancellation of a named customer with no earlier sale still open is a return without an earlier sale, ' +
      'authorised as such.',
    why: 'The sale lies before the first day of the file, or was cancelled already.',
  },
  {
    id: 'R20',
    statement: 'A cancellation without a customer is never linked.',
    why: 'All anonymous sales share an account; a link would be a guess.',
  },
  {
    id: 'R21',
    statement: 'A cancellation of a service is a credit note line only.',
    why: 'Nothing comes back into stock.',
  },
] as const

/** What is made up because the file does not have it. Each is labelled as synthesised wherever it shows. */
export const SYNTHESISED = [
  {
    id: 'S01',
    statement:
      'Opening stock: on the day before the first day every stock item receives exactly what its lowest point of ' +
      'the first month would lack.',
    why: 'The file begins in mid-business and has no stock.',
  },
  {
    id: 'S02',
    statement:
      'Purchases: on the first business day of each later month every stock item receives exactly what its lowest' +
      ' point of that month would lack; nothing when it lacks nothing.',
    why:
      'The file has no purchases. The smallest receipts that keep every shipment whole leave no slack that could ' +
      'hide an error.',
  },
  {
    id: 'S03',
    statement:
      'Purchase cost: 55 % of the median sales price of the item (the lower one of two), half up to the cent, at ' +
      'least 0.01.',
    why: 'The file has no cost.',
  },
  {
    id: 'S04',
    statement:
      'Tax: the standard rate of the day (17.5 % until 3 January 2011, 20 % after it) on documents of the United ' +
      'Kingdom and of an unspecified country, zero-rated elsewhere, added to the net price.',
    why: 'The file is net of tax. The rates are those of the law.',
  },
  {
    id: 'S05',
    statement:
      "Payments: cash sales are paid on the day. Of the named customers' invoices with a value every 50th is " +
      'never paid, every 20th is due after 60 days, the others after 30 days; each is paid in full, as far as it ' +
      'is open, on the first business day on or after that, if the file reaches so far.',
    why: 'The file has no payments. Late and missing ones make the ageing worth reading.',
  },
  {
    id: 'S06',
    statement:
      'Credit notes: a credit note is set against the invoices it is linked to as far as these are still open; ' +
      'what remains stays on the account.',
    why: 'The file does not say how a credit was settled.',
  },
  {
    id: 'S07',
    statement: 'Goods that come back return to stock as sellable, at the day of the credit note.',
    why: 'The file does not say in which condition they came back.',
  },
] as const

/** The ids of what is synthesised. */
export type SynthesisedId = (typeof SYNTHESISED)[number]['id']

/** How much a rule touched: source lines and distinct source invoices. One line may be touched by several rules. */
export interface RuleCount {
  id: RuleId
  lines: number
  invoices: number
}

/** Counts the lines and the distinct invoices that each rule touches. */
export class RuleTally {
  private readonly lines = new Map<RuleId, number>()
  private readonly invoices = new Map<RuleId, Set<number>>()

  /** Notes that a rule decided something about one line of an invoice (by its index). */
  touch(rule: RuleId, invoice: number): void {
    this.lines.set(rule, (this.lines.get(rule) ?? 0) + 1)
    const seen = this.invoices.get(rule)
    if (seen) {
      seen.add(invoice)
    } else {
      this.invoices.set(rule, new Set([invoice]))
    }
  }

  /** The counts of all rules in the order of the list; a rule that touched nothing counts zero. */
  counts(): RuleCount[] {
    return RULES.map(({ id }) => ({
      id,
      lines: this.lines.get(id) ?? 0,
      invoices: this.invoices.get(id)?.size ?? 0,
    }))
  }
}
