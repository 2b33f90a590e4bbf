// Dates stay right across leap days, year ends and every change of clocks.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addWorkDays,
  compareDates,
  dayOfWeek,
  daysBetween,
  dueDate,
  endOfMonth,
  instantOf,
  isDate,
  isWorkDay,
  localTimeIn,
  nextWorkDay,
  parseDate,
  promiseFrom,
  todayIn,
  type WorkCalendar,
} from '#kernel/dates'

const zones = ['Europe/Berlin', 'Pacific/Kiritimati', 'America/St_Johns', 'UTC']
const instants = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2060, 0, 1) })
const dates = fc.integer({ min: Date.UTC(1600, 0, 1), max: Date.UTC(2999, 11, 31) }).map(utcDate)

function utcDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

describe('business dates', () => {
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '0000-01-01',
    '2026-1-1',
    '',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '01.02.2026',
  ])('%j is refused', (text) => {
    expect(isDate(text)).toBe(false)
    expect(() => parseDate(text)).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }))
    expect(() => addDays(text, 1)).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }))
  })

  test.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
    expect(parseDate(text)).toBe(text)
  })

  test('adding days agrees with the platform calendar and undoes itself', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -200_000, max: 200_000 }), (date, days) => {
        const moved = addDays(date, days)
        expect(moved).toBe(utcDate(Date.parse(date) + days * 86_400_000))
        expect(daysBetween(date, moved)).toBe(days)
        expect(addDays(moved, -days)).toBe(date)
        expect(compareDates(date, moved)).toBe(Math.sign(-days) + 0)
        expect(dayOfWeek(moved) % 7).toBe(new Date(moved).getUTCDay())
      }),
    )
  })

  test('every single day of four centuries follows the day before', () => {
    let date = '1801-01-01'
    let wrong = 0
    for (let instant = Date.UTC(1801, 0, 1); instant < Date.UTC(2201, 0, 1); instant += 86_400_000) {
      wrong += date === utcDate(instant) ? 0 : 1
      date = addDays(date, 1)
    }
    expect(wrong).toBe(0)
  })

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2026-05-31', 0, '2026-05-31'],
  ])('%s plus %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  test('adding months lands in the month meant, never beyond its end', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -2400, max: 2400 }), (date, months) => {
        const moved = addMonths(date, months)
        const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(count(moved) - count(date)).toBe(months)
        expect(moved.slice(8) === date.slice(8) || moved === endOfMonth(moved)).toBe(true)
      }),
    )
  })

  test('the calendar ends at the years 1 and 9999', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(expect.objectContaining({ code: 'DATE_OUT_OF_RANGE' }))
    expect(() => addDays('0001-01-01', -1)).toThrow(expect.objectContaining({ code: 'DATE_OUT_OF_RANGE' }))
    expect(() => addMonths('9999-12-31', 1)).toThrow(expect.objectContaining({ code: 'DATE_OUT_OF_RANGE' }))
    expect(() => addDays('2026-01-01', 1.5)).toThrow(RangeError)
  })
})

describe('local time', () => {
  // Each row: an instant, and the local dates in Berlin, Kiritimati (UTC+14) and St John's (UTC-3:30, -2:30 in summer).
  test.each([
    ['2026-03-29T00:59:59Z', '2026-03-29 01:59:59', '2026-03-29 14:59:59', '2026-03-28 22:29:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29 03:00:00', '2026-03-29 15:00:00', '2026-03-28 22:30:00'],
    ['2026-10-25T00:59:59Z', '2026-10-25 02:59:59', '2026-10-25 14:59:59', '2026-10-24 22:29:59'],
    ['2026-10-25T01:00:00Z', '2026-10-25 02:00:00', '2026-10-25 15:00:00', '2026-10-24 22:30:00'],
    ['2024-02-29T10:00:00Z', '2024-02-29 11:00:00', '2024-03-01 00:00:00', '2024-02-29 06:30:00'],
    ['2026-12-31T23:00:00Z', '2027-01-01 00:00:00', '2027-01-01 13:00:00', '2026-12-31 19:30:00'],
    ['2027-01-01T03:29:59Z', '2027-01-01 04:29:59', '2027-01-01 17:29:59', '2026-12-31 23:59:59'],
  ])('at %s it is %s in Berlin, %s on Kiritimati, %s in St John’s', (text, ...expected) => {
    const shown = zones.slice(0, 3).map((zone) => {
      const { date, time } = localTimeIn(zone, Date.parse(text))
      return `${date} ${time}`
    })
    expect(shown).toEqual(expected)
  })

  test('a Date and its milliseconds mean the same, and an unknown zone is refused', () => {
    const instant = Date.UTC(2026, 5, 1)
    expect(todayIn('Pacific/Kiritimati', new Date(instant))).toBe(todayIn('Pacific/Kiritimati', instant))
    expect(() => todayIn('Europe/Atlantis', instant)).toThrow(expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }))
  })

  test('02:30 in Berlin is shown never, once or twice, and has one instant each time', () => {
    const at = (date: string) => new Date(instantOf({ date, time: '02:30' }, 'Europe/Berlin')).toISOString()
    expect(at('2026-03-28')).toBe('2026-03-28T01:30:00.000Z')
    expect(at('2026-03-29')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('2026-10-25')).toBe('2026-10-25T00:30:00.000Z')
    expect(at('2026-10-26')).toBe('2026-10-26T01:30:00.000Z')
  })

  test('what a clock shows leads back to that clock, everywhere', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones, 'Australia/Lord_Howe', 'Asia/Kathmandu'), (instant, zone) => {
        const second = Math.floor(instant / 1000) * 1000
        const local = localTimeIn(zone, second)
        const back = instantOf(local, zone)
        expect(localTimeIn(zone, back)).toEqual(local)
        expect(second - back).toBeGreaterThanOrEqual(0)
        expect(second - back).toBeLessThanOrEqual(7_200_000)
      }),
    )
  })

  test.each(['24:00', '7:30', '07:60', '', 'noon'])('the time %j is refused', (time) => {
    expect(() => instantOf({ date: '2026-01-01', time }, 'UTC')).toThrow(
      expect.objectContaining({ code: 'TIME_INVALID' }),
    )
  })
})

describe('work calendars', () => {
  const berlin: WorkCalendar = {
    weekdays: [1, 2, 3, 4, 5],
    holidays: ['2026-04-03', '2026-04-06', '2026-12-25', '2026-12-26', '2027-01-01'],
    cutOff: '15:00',
    timeZone: 'Europe/Berlin',
  }

  test('Good Friday and Easter Monday are stepped over in both directions', () => {
    expect(isWorkDay('2026-04-02', berlin)).toBe(true)
    expect(isWorkDay('2026-04-03', berlin)).toBe(false)
    expect(nextWorkDay('2026-04-02', berlin)).toBe('2026-04-07')
    expect(addWorkDays('2026-04-07', -1, berlin)).toBe('2026-04-02')
    expect(addWorkDays('2026-04-04', 0, berlin)).toBe('2026-04-07')
    expect(addWorkDays('2026-04-07', 0, berlin)).toBe('2026-04-07')
    expect(addWorkDays('2026-12-30', 2, berlin)).toBe('2027-01-04')
  })

  test('the days of other weeks work too: Sunday to Thursday', () => {
    const cairo: WorkCalendar = { ...berlin, weekdays: [7, 1, 2, 3, 4], holidays: [] }
    expect(nextWorkDay('2026-01-01', cairo)).toBe('2026-01-04')
  })

  test('adding work days counts exactly the work days passed, and going back undoes it', () => {
    const days = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(dates, days, (start, count) => {
        const from = addWorkDays(start, 0, berlin)
        const to = addWorkDays(from, count, berlin)
        let passed = 0
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
          passed += isWorkDay(day, berlin) ? 1 : 0
        }
        expect(passed).toBe(count)
        expect(addWorkDays(to, -count, berlin)).toBe(from)
      }),
    )
  })

  test.each([
    ['before the cut-off in winter', '2026-03-27T13:59:59Z', '2026-03-27'],
    ['at the cut-off in winter', '2026-03-27T14:00:00Z', '2026-03-30'],
    ['before the cut-off in summer', '2026-03-30T12:59:59Z', '2026-03-30'],
    ['at the cut-off in summer', '2026-03-30T13:00:00Z', '2026-03-31'],
    ['on a Sunday morning of the clock change', '2026-03-29T06:00:00Z', '2026-03-30'],
    ['late on the last work day of the year', '2026-12-31T20:00:00Z', '2027-01-04'],
    ['on a holiday', '2026-04-03T08:00:00Z', '2026-04-07'],
  ])('ORD-14: an order %s starts on its work day', (_, instant, expected) => {
    expect(promiseFrom(Date.parse(instant), berlin)).toBe(expected)
    expect(promiseFrom(Date.parse(instant), { ...berlin, cutOff: '15:00:00' })).toBe(expected)
  })

  test('ORD-14: the same instant is another day on Kiritimati', () => {
    const instant = Date.parse('2026-03-26T20:00:00Z')
    expect(promiseFrom(instant, berlin)).toBe('2026-03-27')
    expect(promiseFrom(instant, { ...berlin, timeZone: 'Pacific/Kiritimati' })).toBe('2026-03-27')
    expect(promiseFrom(instant, { ...berlin, timeZone: 'America/St_Johns' })).toBe('2026-03-27')
    expect(promiseFrom(instant, { ...berlin, timeZone: 'America/St_Johns', cutOff: '17:45' })).toBe('2026-03-26')
  })

  test.each([[[]], [[0]], [[8]], [[1.5]]])('weekdays %j are refused instead of searched for ever', (weekdays) => {
    expect(() => nextWorkDay('2026-01-01', { ...berlin, weekdays })).toThrow(
      expect.objectContaining({ code: 'CALENDAR_INVALID' }),
    )
  })
})

describe('due dates', () => {
  test.each([
    ['2026-01-31', { days: 0 }, '2026-01-31'],
    ['2026-01-31', { days: 30 }, '2026-03-02'],
    ['2024-01-30', { days: 30 }, '2024-02-29'],
    ['2026-12-15', { days: 30 }, '2027-01-14'],
    ['2026-01-15', { days: 30, endOfMonth: true }, '2026-02-28'],
    ['2026-01-15', { days: 30, endOfMonth: true, dayOfMonth: 10 }, '2026-03-10'],
    ['2026-01-15', { days: 0, dayOfMonth: 15 }, '2026-01-15'],
    ['2026-01-16', { days: 0, dayOfMonth: 15 }, '2026-02-15'],
    ['2026-01-31', { days: 1, dayOfMonth: 31 }, '2026-02-28'],
    ['2026-02-28', { days: 0, dayOfMonth: 31 }, '2026-02-28'],
    ['2026-12-20', { days: 0, dayOfMonth: 5 }, '2027-01-05'],
  ])('from %s with %j: %s', (date, terms, expected) => {
    expect(dueDate(date, terms)).toBe(expected)
  })

  test.each([{ days: -1 }, { days: 1.5 }, { days: 30, dayOfMonth: 0 }, { days: 30, dayOfMonth: 32 }])(
    '%j are refused',
    (terms) => {
      expect(() => dueDate('2026-01-01', terms)).toThrow(expect.objectContaining({ code: 'TERMS_INVALID' }))
    },
  )
})
