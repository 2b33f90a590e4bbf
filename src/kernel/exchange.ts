// Files in and out: CSV and XLSX are read strictly, written harmlessly, and every row is accounted for.

export { guardText, unguardText } from '#kernel/exchange/guard'
export { type NumberFormat, parseLocaleNumber } from '#kernel/exchange/number-format'
export { type CsvOptions, readCsv } from '#kernel/exchange/read-csv'
export { readWorkbook, readXlsx, type Workbook, type XlsxOptions } from '#kernel/exchange/read-xlsx'
export {
  assertReceipt,
  type ReadOptions,
  type Receipt,
  type Rejection,
  receiptOf,
  type SourceRecord,
} from '#kernel/exchange/record'
export type { OldEncoding, Source } from '#kernel/exchange/source'
export { type CellText, type Column, type ExportRow, writeCsv, writeXlsx } from '#kernel/exchange/write'
