// The invoice and the credit note as people get them, with totals carried from page to page and the tax of each rate.
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { addDecimals, signOfDecimal, sumDecimals } from '#kernel/decimal'
import { amount, day, money, percent, price, quantity } from './locale.ts'
import type { BillHead, BillKind, BillLine, TaxLine } from './read-bill.ts'
import { cell, facts, headCell, letterhead, right, type Stationery, sheet, table } from './sheet.ts'

/** A cell of an amount, which knows on which page it came to stand once the pages are laid out. */
type Placed = { text: string; positions?: readonly { pageNumber: number }[] }

/** Says what the lines up to the end of a page come to. */
const carriedOver =
  (cells: readonly Placed[], nets: readonly string[]) =>
  (page: number): string =>
    sumDecimals(nets.filter((_, at) => (cells[at]?.positions?.[0]?.pageNumber ?? 1) <= page))

/** The page of the last line; what comes after it carries nothing over. */
const lastPage = (cells: readonly Placed[]): number => cells.at(-1)?.positions?.[0]?.pageNumber ?? 1

function rowOf(on: Stationery, line: BillLine, currency: string): { row: TableCell[]; net: Placed } {
  const net: Placed = right(amount(line.net, currency, on.tongue))
  const row = [
    cell(String(line.line)),
    { stack: [cell(line.description), ...(line.item ? [cell(line.item, { fontSize: 8, color: '#5b5b57' })] : [])] },
    right(quantity(line.quantity, on.tongue)),
    cell(line.unit),
    right(price(line.price, on.tongue)),
    right(percent(line.tax_rate, on.tongue)),
    net,
  ]
  return { row, net }
}

function totals(on: Stationery, kind: BillKind, head: BillHead, taxes: readonly TaxLine[]): Content {
  const told = (text: string) => amount(text, head.currency, on.tongue)
  const row = (word: string, value: string, more: object = {}): TableCell[] => [cell(word, more), right(value, more)]
  const big = { bold: true, fontSize: 11, margin: [0, 3, 0, 0] }
  return {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    columns: [
      { width: '*', text: '' },
      {
        width: 300,
        table: {
          widths: ['*', 'auto'],
          body: [
            row(on.say('net'), told(head.net)),
            ...taxes.map((one) =>
              row(
                on.say('tax', { code: one.tax_code, rate: percent(one.rate, on.tongue), base: told(one.base) }),
                told(one.amount),
              ),
            ),
            row(
              on.say(kind === 'invoice' ? 'total' : 'total-credit'),
              money(head.total, head.currency, on.tongue),
              big,
            ),
          ],
        },
        layout: 'noBorders',
      },
    ],
  }
}

function conditions(on: Stationery, kind: BillKind, head: BillHead): Content[] {
  if (kind === 'credit-note')
    return head.reason ? [cell(`${on.say('reason')}: ${head.reason}`, { margin: [0, 14, 0, 0] })] : []
  const early = signOfDecimal(head.discount_percent) > 0 && head.discount_until
  const sentences = [
    `${on.say('terms')}: ${head.term}. ${on.say('due')}: ${day(head.due_on, on.tongue)}.`,
    early
      ? `${on.say('discount', { percent: percent(head.discount_percent, on.tongue), day: day(early, on.tongue) })}.`
      : '',
    ...(on.issuer.bank ?? []),
  ]
  return [{ stack: sentences.filter(Boolean).map((one) => cell(one)), margin: [0, 14, 0, 0], unbreakable: true }]
}

/** The pages of a bill. A draft and a cancelled one say so across every page. */
export function billPages(
  on: Stationery,
  kind: BillKind,
  { head, lines, taxes }: { head: BillHead; lines: readonly BillLine[]; taxes: readonly TaxLine[] },
): TDocumentDefinitions {
  const { say, tongue } = on
  const rows = lines.map((line) => rowOf(on, line, head.currency))
  const cells = rows.map((one) => one.net)
  const upTo = carriedOver(
    cells,
    lines.map((line) => line.net),
  )
  const told = (page: number) => money(addDecimals(upTo(page), '0'), head.currency, tongue)
  const number = head.number ?? say('draft')
  const pairs: (readonly [string, string | null])[] = [
    [say('date'), day(head.issued_on, tongue)],
    [say('customer'), head.customer_code],
    [say('tax-id'), head.tax_id],
    [say('order'), head.order_number],
    [say('reference'), head.reference],
    [say('corrects'), head.corrects],
    ...(kind === 'invoice' ? [[say('due'), day(head.due_on, tongue)] as const] : []),
  ]
  return sheet(on, {
    title: `${say(kind)} ${number}`,
    mark: head.state === 'draft' ? say('draft') : head.state === 'cancelled' ? say('cancelled') : undefined,
    above: (page) => (page <= lastPage(cells) ? `${say('brought')}: ${told(page - 1)}` : undefined),
    below: (page) => (page < lastPage(cells) ? `${say('carried')}: ${told(page)}` : undefined),
    content: [
      ...letterhead(on, { title: say(kind), number, to: { word: say('bill-to'), place: head }, told: facts(pairs) }),
      table(
        [24, '*', 52, 32, 60, 36, 70],
        [
          headCell('#'),
          headCell(say('item')),
          headCell(say('quantity'), { alignment: 'right' }),
          headCell(say('unit')),
          headCell(say('price'), { alignment: 'right' }),
          headCell(say('tax-rate'), { alignment: 'right' }),
          headCell(`${say('amount')} ${head.currency}`, { alignment: 'right' }),
        ],
        rows.map((one) => one.row),
      ),
      totals(on, kind, head, taxes),
      ...conditions(on, kind, head),
    ],
  })
}
